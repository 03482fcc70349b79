import ArgumentParser
import AttuneCore
import AttuneEngine
import Foundation

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Print the receipt of one text: for every score, the contributions that add up to it.",
        discussion: "The text is the argument, or standard input when it is `-`."
    )

    @Argument(help: "The text; `-` reads standard input.")
    var text: String

    @Option(help: "BCP 47 code of the language, when you know it.")
    var language: String?

    @Option(help: "Contributions shown per score; the rest is summed up in one line.")
    var limit = 12

    mutating func validate() throws {
        if limit < 1 { throw ValidationError("--limit takes a number of 1 or more, not \(limit)") }
    }

    func run() throws {
        let analyzer = try PackLoader.analyzer(try Installation.find())
        var bytes = Array(text.utf8)
        if text == "-" {
            let file = try InputFile(path: "-")
            var input = ByteBuffer()
            while try file.read(into: &input) > 0 {
                if input.count > LineBlocks.lineLimit { throw CommandFailure("standard input is longer than \(LineBlocks.lineLimit >> 20) MiB") }
            }
            bytes = Array(input.bytes)
            while bytes.last == 10 || bytes.last == 13 { bytes.removeLast() }
        }
        var scratch = AnalyzerScratch()
        let analysis = bytes.withUnsafeBufferPointer {
            analyzer.analyze($0, explain: true, languageHint: language, scratch: &scratch)
        }
        let view = ReceiptView(text: bytes, terminal: .standardOutput(), limit: limit)
        for line in view.lines(analysis) { try StandardOutput.line(line) }
        try StandardOutput.line(Terminal.standardOutput().styled("engine \(Analyzer.version), pack \(analyzer.packHash)", .dim))
    }
}
