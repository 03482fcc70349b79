import AttuneEngine
import Foundation
import Testing

/// The shipped pack on our own conversations. The world is for demonstration and tests: nothing is trained on it.
@Suite struct LarkspurTests {
    private let world: Larkspur

    init() throws { world = try Larkspur() }

    /// Measures may not fall below what is committed in `Corpora/larkspur/expected.tsv`.
    @Test func accuracyDoesNotDrop() throws {
        let path = Larkspur.root.appendingPathComponent("Corpora/larkspur/expected.tsv")
        let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
        let expected = Dictionary(
            uniqueKeysWithValues: lines.map { line in
                let cells = line.split(separator: "\t").map(String.init)
                return (cells[0], Double(cells[1]) ?? 2)
            })
        let measured = measure()
        #expect(Set(expected.keys) == Set(measured.keys))
        for (name, minimum) in expected { #expect(measured[name, default: 0] >= minimum, "\(name): \(measured[name, default: 0])") }
    }

    private func measure() -> [String: Double] {
        let analyses = world.customers.map { ($0, world.analyzer.analyze($0.text)) }
        // A mixed text has no single polarity: it is measured by whether it is called mixed or either side.
        let plain = analyses.filter { $0.0.sentiment != "mixed" }
        let sentiment = Metrics(
            truth: plain.map { [$0.0.sentiment] }, predicted: plain.map { [world.analyzer.polarity(of: $0.1.sentiment).rawValue] })
        let intents = analyses.filter { $0.0.intent != "other" }
        let share = { (count: Int, of: Int) in Double(count) / Double(max(1, of)) }
        return [
            "sentiment macro recall": sentiment.macroRecall,
            "intent first": share(intents.count { $0.1.intents.first?.label == $0.0.intent }, intents.count),
            "intent among first three": share(intents.count { row in row.1.intents.prefix(3).contains { $0.label == row.0.intent } }, intents.count),
            "language": share(analyses.count { $0.1.language?.code == $0.0.language }, analyses.count),
        ]
    }

    @Test func everyReceiptSumsToItsScore() {
        var accounts = 0
        for row in world.rows {
            let analysis = world.analyzer.analyze(row.text, explain: true)
            let receipt = analysis.receipt?.accounts ?? []
            for account in receipt {
                accounts += 1
                #expect(account.contributions.reduce(0) { $0 + $1.millionths } == account.millionths, "\(row.place) \(account.head)")
                for span in account.contributions.compactMap(\.span) {
                    #expect(span.start >= 0 && span.start <= span.end && Int(span.end) <= row.text.utf8.count, "\(row.place) \(account.head)")
                }
            }
            let valence = receipt.first { $0.head == "sentiment.valence" }
            #expect(valence?.millionths == Int64((analysis.sentiment.valence * 1e6).rounded()), "\(row.place)")
        }
        #expect(accounts > world.rows.count)
    }

    @Test func theReceiptChangesNothing() {
        for row in world.rows {
            var explained = world.analyzer.analyze(row.text, explain: true)
            explained.receipt = nil
            #expect(explained == world.analyzer.analyze(row.text), "\(row.place)")
        }
    }
}
