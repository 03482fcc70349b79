import AttuneEngine
import Foundation
import Testing

@testable import AttuneCommands

/// The shipped pack on our own held-out messages and hard sets: no figure may fall below what was reached, less what a few rows make.
@Suite struct AccuracyFloorTests {
    @Test func noMeasureFallsBelowItsFloor() throws {
        let path = Larkspur.root.appendingPathComponent("Corpora/floors.tsv")
        let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
        let floors = try lines.map { line in
            let cells = line.split(separator: "\t")
            return (name: String(cells[0]), floor: try #require(Double(cells[1])))
        }
        let pack = try PackLoader.pack(file: Larkspur.root.appendingPathComponent("Lexicons/attune.pack").path)
        let measure = SuiteMeasure(analyzer: Analyzer(pack: pack), corpora: Larkspur.root.appendingPathComponent("Corpora"))
        let values = Dictionary(try measure.held().map { ($0.name, $0.value) }) { first, _ in first }
        #expect(Set(values.keys) == Set(floors.map(\.name)), "the floors name other measures than `attune evaluate --suite`")
        for (name, floor) in floors { #expect(values[name, default: 0] >= floor, "\(name): \(values[name, default: 0])") }
    }

    @Test func anEmptyTextClaimsNothing() throws {
        let text = "  \n"
        let pack = try PackLoader.pack(file: Larkspur.root.appendingPathComponent("Lexicons/attune.pack").path)
        let analysis = Analyzer(pack: pack).analyze(text)
        #expect(analysis.sentiment.label == .neutral && analysis.emotions.isEmpty)
        #expect(analysis.intents.map(\.label) == [Analysis.outOfScope])
    }
}
