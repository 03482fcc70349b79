import AttuneEngine
import Foundation

/// Where this copy of Attune keeps its pack: beside the installed binary, or in the checkout it was built in.
struct Installation {
    /// Folder with `attune.pack` and the language folders that it was built from.
    var lexicons: URL
    /// Folder of the bundled conversations; nil when it was not installed.
    var corpora: URL?
    /// Folders of lexicons that are layered over the pack's, from `ATTUNE_LEXICONS` (paths with `:` between them).
    var userLexicons: [URL] = []

    /// What `attune lexicon build` makes of the language folders and the trained heads.
    var packFile: URL { lexicons.appendingPathComponent(Self.packName) }
    static let packName = "attune.pack"

    static let versionText = "attune \(Analyzer.version)"

    /// `ATTUNE_PACK`, else `../share/attune` of the binary, else the checkout around the binary.
    static func find(environment: [String: String] = ProcessInfo.processInfo.environment, executable: URL = executableURL()) throws -> Installation {
        var installation = try findPack(environment: environment, executable: executable)
        installation.userLexicons = (environment["ATTUNE_LEXICONS"] ?? "").split(separator: ":").map { URL(fileURLWithPath: String($0)) }
        return installation
    }

    private static func findPack(environment: [String: String], executable: URL) throws -> Installation {
        if let path = environment["ATTUNE_PACK"], !path.isEmpty {
            let url = URL(fileURLWithPath: path)
            guard isPack(url) else {
                throw CommandFailure("ATTUNE_PACK names \(path), which holds no pack: set it to the folder that has \(packName)")
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
        var path = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = path.count
        let length = path.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { readlink("/proc/self/exe", $0.assumingMemoryBound(to: CChar.self), count) } ?? 0
        }
        if length > 0 { return URL(fileURLWithPath: String(decoding: path[..<length], as: UTF8.self), isDirectory: false) }
        return URL(fileURLWithPath: CommandLine.arguments.first ?? "attune").resolvingSymlinksInPath()
    }

    private static func isPack(_ url: URL) -> Bool {
        // Lexicons without a pack are an installation, too: the next step is to build it.
        [packName, "und/emoji.tsv"].contains { FileManager.default.fileExists(atPath: url.appendingPathComponent($0).path) }
    }

    private static func existing(_ url: URL) -> URL? { FileManager.default.fileExists(atPath: url.path) ? url : nil }
}
