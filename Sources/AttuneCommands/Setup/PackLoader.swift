import AttuneEngine
import Foundation

/// Reads the pack's files and hands their bytes to the engine.
enum PackLoader {
    /// A larger lexicon file is none; ours are below 1 MiB.
    private static let fileLimit = 64 << 20

    static func analyzer(_ installation: Installation) throws -> Analyzer { Analyzer(pack: try pack(installation)) }

    static func pack(_ installation: Installation) throws -> Pack {
        let (lexicon, problems) = Lexicon.read(try sources(installation))
        if let problem = problems.first { throw CommandFailure("\(installation.lexicons.path)/\(problem)") }
        let url = installation.lexicons.appendingPathComponent("attune.model")
        guard FileManager.default.fileExists(atPath: url.path) else { return Pack(lexicon: lexicon, model: nil) }
        return Pack(lexicon: lexicon, model: try model(url.path))
    }

    /// A model file, mapped: its tables are not copied.
    static func model(_ path: String) throws -> ModelFile {
        let file = try MappedFile(path: path)
        do throws(ModelError) {
            return try ModelFile(storage: ModelStorage(mapped: file.bytes, owner: file))
        } catch {
            throw CommandFailure("\(path): \(error)")
        }
    }

    /// All TSVs of the pack, in the order of their paths.
    static func sources(_ installation: Installation) throws -> [LexiconSource] {
        let root = installation.lexicons
        let manager = FileManager.default
        var sources = [LexiconSource]()
        let languages = (try? manager.contentsOfDirectory(atPath: root.path))?.sorted() ?? []
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
        return sources
    }
}
