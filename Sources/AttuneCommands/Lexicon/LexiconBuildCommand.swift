import ArgumentParser
import AttuneEngine
import Foundation

struct LexiconBuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build a pack: lexicons and trained heads in one file that is mapped at start.",
        discussion: """
            Reads the TSVs of one or more folders, each layered over those before it, and takes the heads from a pack or a model. Run it after every \
            change of a lexicon.
            """
    )

    @Option(help: "Folder with a folder of TSVs for each language; may be given again. The installation's by default.")
    var lexicons: [String] = []

    @Option(help: "A pack or model whose heads are taken; the pack that is there already by default.")
    var model: String?

    @Option(help: "Where to write the pack; attune.pack in the first lexicons' folder by default.")
    var output: String?

    func run() throws {
        let folders = try lexicons.isEmpty ? [Installation.find().lexicons] : lexicons.map { URL(fileURLWithPath: $0) }
        let path = output ?? folders[0].appendingPathComponent(Installation.packName).path
        let lexicon = try LexiconBuild.lexicon(folders)
        let pack = Pack(lexicon: lexicon, model: try heads(folders[0]))
        let bytes = pack.serialized()
        try PackLoader.write(bytes, to: path)
        // Read as it will be read at every start.
        let written = try PackLoader.pack(file: path)
        guard written.hash == pack.hash else { throw CommandFailure("\(path) does not read back as it was written: check the disk") }
        let counts = lexicon.counts
        try StandardOutput.line("wrote     \(path): \(bytes.count) bytes, of them \(lexicon.byteCount) lexicons")
        try StandardOutput.line(
            "lexicons  \(lexicon.entryCount) entries in \(lexicon.languages.count) languages; \(counts.words) words, \(counts.nodes) nodes, \(counts.prefixes) prefixes"
        )
        let names = pack.model?.groups.map { "\($0.name) (\($0.labels.count))" } ?? []
        try StandardOutput.line("heads     \(names.isEmpty ? "none: texts are judged by the lexicons alone" : names.joined(separator: ", "))")
        try StandardOutput.line("hash      \(Analyzer(pack: written).packHash)")
    }

    private func heads(_ folder: URL) throws -> ModelFile? {
        if let model { return try PackLoader.model(ofPackOrModel: model) }
        let present = folder.appendingPathComponent(Installation.packName).path
        guard FileManager.default.fileExists(atPath: present) else { return nil }
        do {
            return try PackLoader.model(ofPackOrModel: present)
        } catch let failure as CommandFailure {
            throw CommandFailure("\(failure.message), or name another source of heads with --model")
        }
    }
}
