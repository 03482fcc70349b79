import AttuneEngine
import Foundation
import Testing

@testable import AttuneCommands

/// The shipped pack beside the table of accuracy that is committed with it: no figure may fall by more than a few rows make.
@Suite struct AccuracyFloorTests {
    private static let results = Larkspur.root.appendingPathComponent("Benchmarks/Results/accuracy.md")
    /// A set is a few hundred rows and up; heads and rules are deterministic, so only a change of either moves a figure.
    private static let slack = 0.01

    /// Measure and metric with the value in the committed table.
    private func committed() throws -> [String: Double] {
        var values: [String: Double] = [:]
        for line in try String(contentsOf: Self.results, encoding: .utf8).split(separator: "\n") where line.hasPrefix("| ") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
            if cells.count > 3, let value = Double(cells[3]) { values["\(cells[1]), \(cells[2])"] = value }
        }
        return values
    }

    private func check(sets: String?) async throws {
        let pack = try PackLoader.pack(file: Larkspur.root.appendingPathComponent("Lexicons/attune.pack").path)
        let measure = SuiteMeasure(analyzer: Analyzer(pack: pack), corpora: Larkspur.root.appendingPathComponent("Corpora"))
        let floors = try committed()
        try await EvaluationSuite(measure: measure, pack: pack, sets: sets) { line in
            let floor = floors["\(line.name), \(line.metric)"]
            #expect(floor != nil, "\(line.name) is not in the committed table: `attune evaluate --suite`")
            #expect(line.value >= (floor ?? 0) - Self.slack, "\(line.name), \(line.metric)")
        }.run(training: false)
    }

    @Test func noMeasureOfOurOwnMessagesFalls() async throws { try await check(sets: nil) }

    /// Only where the public sets lie beside the checkout.
    @Test func noMeasureOfThePublicSetsFalls() async throws {
        let sets = Larkspur.root.deletingLastPathComponent().appendingPathComponent("shared/corpora").path
        guard FileManager.default.fileExists(atPath: sets) else { return }
        try await check(sets: sets)
    }

    @Test func anEmptyTextClaimsNothing() throws {
        let text = "  \n"
        let pack = try PackLoader.pack(file: Larkspur.root.appendingPathComponent("Lexicons/attune.pack").path)
        let analysis = Analyzer(pack: pack).analyze(text)
        #expect(analysis.sentiment.label == .neutral && analysis.emotions.isEmpty)
        #expect(analysis.intents.map(\.label) == [Analysis.outOfScope])
    }
}
