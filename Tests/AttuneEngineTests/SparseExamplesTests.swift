import Testing

@testable import AttuneEngine

@Suite struct SparseExamplesTests {
    /// Texts of up to 30 rows out of 64, and the same texts with only the rows below 16: the words.
    private func examples() -> (all: SparseExamples, words: SparseExamples) {
        var generator = SplitMix64(seed: 3)
        var (all, words) = (SparseExamples(denseWidth: 0), SparseExamples(denseWidth: 0))
        for _ in 0..<50 {
            let rows = (0..<1 + generator.index(below: 30)).map { _ in UInt32(generator.index(below: 64)) }
            all.append(rows, dense: Column())
            words.append(rows.filter { $0 < 16 }, dense: Column())
        }
        return (all, words)
    }

    @Test func frequenciesCountTexts() {
        var examples = SparseExamples(denseWidth: 0)
        examples.append([1, 1, 2], dense: Column())
        examples.append([2], dense: Column())
        #expect(examples.frequencies(rowCount: 4) == [0, 1, 2, 0])
    }

    @Test func rowsOfWordsMoveMoreFreelyByTheFactor() {
        let (all, words) = examples()
        let plain = all.squaredInverseFrequencies(rowCount: 64, of: (0..<50).map { Int32($0) })
        let favoured = all.favouring(words, by: 4, plain)
        let ratios = (0..<64).map { favoured[$0] / plain[$0] }
        for row in 1..<16 { #expect(abs(ratios[row] / ratios[0] - 1) < 1e-4) }
        for row in 16..<64 { #expect(abs(ratios[0] / ratios[row] - 4) < 1e-3) }
        let mean = (0..<50).reduce(Float(0)) { $0 + all.squaredLength($1, favoured) } / 50
        #expect(abs(mean - 1) < 1e-3)
    }

    @Test func unitVectorsAreEquallyLongAndPointWhereTheyPointed() {
        var (all, _) = examples()
        // Nothing of it counts: it is left alone.
        all.append([63], dense: Column())
        var squares = all.squaredInverseFrequencies(rowCount: 64, of: (0..<50).map { Int32($0) })
        squares[63] = 0
        let unit = all.unit(squares)
        let weights = (0..<64).map { Float($0 % 7) - 3 }
        for example in 0..<50 where all.squaredLength(example, squares) > 0 {
            let length = all.squaredLength(example, squares).squareRoot()
            #expect(abs(unit.squaredLength(example, squares) - 1) < 1e-4)
            #expect(abs(unit.sum(example, weights) * length - all.sum(example, weights)) < 1e-3)
        }
        #expect(unit.norms[50] == all.norms[50] && unit.rows == all.rows)
    }

    @Test func factorOneChangesNothing() {
        let (all, words) = examples()
        let plain = all.squaredInverseFrequencies(rowCount: 64, of: (0..<50).map { Int32($0) })
        for (one, other) in zip(all.favouring(words, by: 1, plain), plain) { #expect(abs(one - other) <= 1e-5 * other) }
    }
}
