import Testing

@testable import AttuneEngine

@Suite struct OriginColumnsTests {
    private func rows(_ lines: [Int]) -> [PackRows.Row] {
        lines.map { .init(example: TrainingExample("text", ["positive"]), labels: ["positive"], line: $0) }
    }

    private func recipe() throws -> PackRecipe {
        let lines = [
            "tweets\ttrain\tsentiment\tp>positive\tmapped\t1\ten", "reviews\ttrain\tsentiment\tp>positive\tmapped\t1\ten",
            "tweets\ttrain\tsentiment\tn>negative\tmapped\t9\ten", "posts\ttrain\tsentiment\tp>positive\tmapped\t1\tde",
            "letters\ttrain\tsentiment\tp>positive\tmapped\t1\tfr",
        ]
        return try PackRecipe(tsv: Array(lines.joined(separator: "\n").utf8))
    }

    /// Two lines of one set share a column, and so do all sets of other languages.
    @Test func everyEnglishSetHasAColumn() throws {
        let origin = OriginColumns(rows([0, 1, 2, 3, 4]), try recipe())
        #expect(origin.width == 3)
        let columns = origin.columns()
        let places = (0..<5).map { row in columns[row * 3..<row * 3 + 3].firstIndex(of: 1).map { $0 - row * 3 } }
        #expect(columns.count == 15 && columns.reduce(0, +) == 5)
        #expect(places[0] == places[2] && places[3] == places[4])
        #expect(Set([places[0], places[1], places[3]]).count == 3)
    }

    @Test func theMeanOverTheRowsStaysInTheBias() throws {
        let origin = OriginColumns(rows([0, 0, 0, 1]), try recipe())
        // Columns are in the order of the sets' names: reviews, tweets.
        let head = origin.withoutOrigin(HeadWeights(rows: [1, 2], dense: [5, 6, 4, 8], bias: 1))
        #expect(head.rows == [1, 2] && head.dense == [5, 6])
        #expect(head.bias == 1 + 0.25 * 4 + 0.75 * 8)
    }
}
