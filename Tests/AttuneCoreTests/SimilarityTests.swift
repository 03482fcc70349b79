import AttuneEngine
import Testing

@testable import AttuneCore

@Suite struct SimilarityTests {
    private func jaroWinkler(_ a: String, _ b: String) -> Double { Similarity.jaroWinkler(Array(a.utf8), Array(b.utf8)) }
    private func edits(_ a: String, _ b: String, limit: Int = 9) -> Int { Similarity.edits(Array(a.utf8), Array(b.utf8), limit: limit) }

    /// The values of Winkler's own papers.
    @Test(arguments: [
        ("martha", "marhta", 0.9611), ("dwayne", "duane", 0.84), ("dixon", "dicksonx", 0.8133), ("abc", "abc", 1), ("abc", "xyz", 0), ("", "", 1),
        ("a", "", 0),
    ])
    func jaroWinklerIsAsPublished(a: String, b: String, expected: Double) {
        #expect(abs(jaroWinkler(a, b) - expected) < 1e-4)
        #expect(jaroWinkler(a, b) == jaroWinkler(b, a))
    }

    @Test(arguments: [
        ("kitten", "sitting", 3), ("ab", "ba", 1), ("martha", "marhta", 1), ("", "abc", 3), ("abc", "abc", 0), ("1991-04-05", "1991-05-04", 2),
    ])
    func editsCountSwapsAsOne(a: String, b: String, expected: Int) {
        #expect(edits(a, b) == expected && edits(b, a) == expected)
        #expect(edits(a, b, limit: 1) == min(expected, 2))
    }

    @Test func theQuickTestNeverRejectsWhatIsAlike() {
        var generator = SplitMix64(seed: 11)
        var refused = 0
        for _ in 0..<5_000 {
            let word = { (g: inout SplitMix64) in (0..<Int.random(in: 1...9, using: &g)).map { _ in UInt8.random(in: 97...106, using: &g) } }
            let (a, b) = (word(&generator), word(&generator))
            let isAlike = Similarity.jaroWinkler(a, b) >= 0.7 || Similarity.edits(a, b, limit: 2) <= 2
            let canBe = a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { b in
                    let letters = (Similarity.letters(a), Similarity.letters(b))
                    return Similarity.canBeAlike(a, b, letters: letters, similarity: 0.7, edits: 2)
                }
            }
            #expect(!isAlike || canBe)
            if !canBe { refused += 1 }
        }
        #expect(refused > 1_500)
    }

    @Test func logarithmsInvertOneAnother() {
        for x in [1e-300, 1e-9, 0.3, 1, 1.5, 2, 1e9] as [Double] { #expect(abs(Bits.exp2(Bits.log2(x)) / x - 1) < 1e-11) }
        #expect(Bits.log2(8) == 3)
        #expect(Bits.probability(0) == 0.5 && Bits.probability(2000) == 1 && Bits.probability(-2000) == 0)
        #expect(abs(Bits.probability(Bits.logOdds(0.2)) - 0.2) < 1e-12)
    }
}
