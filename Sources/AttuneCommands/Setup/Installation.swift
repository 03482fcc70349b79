import AttuneEngine
import Foundation

/// Where this copy of Attune keeps its pack: beside the installed binary, or in the checkout it was built in.
struct Installation {
    /// Folder with the language folders and `attune.model`.
    var lexicons: URL
    /// Folder of the bundled conversations; nil when it was not installed.
    var corpora: URL?

    static let versionText = "attune \(Analyzer.version)"

    /// `ATTUNE_PACK`, else `../share/attune` of the binary, else the checkout around the binary.
    static func find(environment: [String: String] = ProcessInfo.processInfo.environment, executable: URL = executableURL()) throws -> Installation {
        if let path = environment["ATTUNE_PACK"], !path.isEmpty {
            let url = URL(fileURLWithPath: path)
            guard isPack(url) else {
                throw CommandFailure("ATTUNE_PACK names \(path), which holds no lexicons: set it to the folder that has und/emoji.tsv")
            }
            return Installation(lexicons: url, corpora: existing(url.deletingLastPathComponent().appendingPathComponent("Corpora")))
        }
        var folder = executable.deletingLastPathComponent()
        let shared = folder.deletingLastPathComponent().appendingPathComponent("share/attune")
        for _ in 0..<8 {
            for base in [shared, folder] where isPack(base.appendingPathComponent("Lexicons")) {
                return Installation(
                    lexicons: base.appendingPathComponent("Lexicons"), corpora: existing(base.appendingPathComponent("Corpora")))
            }
            folder.deleteLastPathComponent()
        }
        throw CommandFailure(
            "no lexicons found beside \(executable.path): reinstall with Scripts/install, or set ATTUNE_PACK to a Lexicons folder")
    }

    static func executableURL() -> URL {
        // /proc/self/exe is the binary itself, whatever link or relative name it was started by.
        let link = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        if link.path != "/proc/self/exe" { return link }
        return URL(fileURLWithPath: CommandLine.arguments.first ?? "attune").resolvingSymlinksInPath()
    }

    private static func isPack(_ url: URL) -> Bool {
        FileManager.default.fileExists(atPath: url.appendingPathComponent("und/emoji.tsv").path)
    }

    private static func existing(_ url: URL) -> URL? { FileManager.default.fileExists(atPath: url.path) ? url : nil }
}
