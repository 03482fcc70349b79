import AttuneEngine
import Foundation

/// Maps packs and model files, and reads lexicon folders; hands their bytes to the engine.
enum PackLoader {
    /// A larger lexicon file is none; ours are below 1 MiB.
    private static let fileLimit = 64 << 20

    static func analyzer(_ installation: Installation) throws -> Analyzer { Analyzer(pack: try pack(installation)) }

    /// The installation's pack, mapped and used where it lies. Folders of the user's own lexicons are layered over it in memory, which
    /// takes as long as building a pack: `attune lexicon build` does it once.
    static func pack(_ installation: Installation) throws -> Pack {
        let folders = installation.userLexicons
        if folders.isEmpty { return try pack(file: installation.packFile.path) }
        let (lexicon, problems) = Lexicon.read(try sources(folders: [installation.lexicons] + folders))
        if let problem = problems.first { throw CommandFailure("\(problem)") }
        return Pack(lexicon: lexicon, model: try model(ofPackOrModel: installation.packFile.path))
    }

    static func pack(file path: String) throws -> Pack {
        let storage = try storage(packFile: path)
        do throws(PackError) { return try Pack(storage: storage) } catch { throw CommandFailure("\(path): \(error)") }
    }

    /// A model file that `attune train` wrote, mapped: its tables are not copied.
    static func model(_ path: String) throws -> ModelFile {
        let storage = try storage(path)
        do throws(ModelError) { return try ModelFile(storage: storage) } catch { throw CommandFailure("\(path): \(error)") }
    }

    /// The heads of a pack, whatever engine built its lexicons, or of a model file.
    static func model(ofPackOrModel path: String) throws -> ModelFile? {
        let storage = try storage(packFile: path)
        guard Pack.isPack(storage.bytes) else { return try model(path) }
        do throws(PackError) { return try Pack.model(of: storage) } catch { throw CommandFailure("\(path): \(error)") }
    }

    private static func storage(packFile path: String) throws -> ModelStorage {
        guard access(path, F_OK) == 0 else { throw CommandFailure("there is no \(path): build it with `attune lexicon build`") }
        return try storage(path)
    }

    private static func storage(_ path: String) throws -> ModelStorage {
        let file = try MappedFile(path: path)
        return ModelStorage(mapped: file.bytes, owner: file)
    }

    /// The TSVs of several folders, each layered over those before it; named by their paths.
    static func sources(folders: [URL]) throws -> [LexiconSource] {
        try folders.flatMap { folder in
            try sources(folder).map { LexiconSource(name: "\(folder.path)/\($0.name)", bytes: $0.bytes) }
        }
    }

    /// All TSVs in the folder's language folders, in the order of their paths; named by language and file.
    static func sources(_ root: URL) throws -> [LexiconSource] {
        let manager = FileManager.default
        guard let languages = try? manager.contentsOfDirectory(atPath: root.path).sorted() else {
            throw CommandFailure("cannot read the folder \(root.path): give one with a folder of TSVs for each language")
        }
        var sources = [LexiconSource]()
        for language in languages {
            let folder = root.appendingPathComponent(language)
            let files = (try? manager.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []
            for file in files where file.hasSuffix(".tsv") {
                let url = folder.appendingPathComponent(file)
                guard let data = manager.contents(atPath: url.path) else { throw CommandFailure("cannot read \(url.path): check its permissions") }
                if data.count > fileLimit { throw CommandFailure("\(url.path) is larger than \(fileLimit >> 20) MiB: it is no lexicon") }
                sources.append(LexiconSource(name: "\(language)/\(file)", bytes: Array(data)))
            }
        }
        guard !sources.isEmpty else { throw CommandFailure("\(root.path) holds no lexicons: they stand in language folders, as in en/valence.tsv") }
        return sources
    }

    /// Writes a file in place only when it is complete: what is half written would be refused as damaged.
    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure("cannot write \(path): \((error as NSError).localizedDescription)")
        }
    }
}
