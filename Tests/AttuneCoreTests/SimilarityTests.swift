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

    /// The distances by the table that defines them.
    private func tabled(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var rows = [Array(0...b.count)]
        for i in 0..<a.count {
            var row = [i + 1]
            for j in 0..<b.count {
                var least = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, rows[i - 1][j - 1] + 1) }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }

    @Test func editsAreThoseOfTheTable() {
        var generator = SplitMix64(seed: 12)
        var counts = [Int](repeating: 0, count: 5)
        for round in 0..<6_000 {
            let letters: ClosedRange<UInt8> = round % 3 == 0 ? 97...98 : round % 3 == 1 ? 97...104 : 0...255
            let longest = round % 50 == 0 ? 64 : 12
            let word = { (g: inout SplitMix64) in (0..<Int.random(in: 0...longest, using: &g)).map { _ in UInt8.random(in: letters, using: &g) } }
            let a = word(&generator)
            var b = round % 2 == 0 ? word(&generator) : a
            for _ in 0..<Int.random(in: 0...3, using: &generator) where b.count > 1 {
                let i = Int.random(in: 0..<b.count - 1, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: b.swapAt(i, i + 1)
                case 1: b.remove(at: i)
                default: if b.count < 64 { b.insert(UInt8.random(in: letters, using: &generator), at: i) }
                }
            }
            let distance = tabled(a, b)
            for limit in [0, 2, 9, 64] { #expect(Similarity.edits(a, b, limit: limit) == min(distance, limit + 1)) }
            counts[min(4, distance)] += 1
        }
        #expect(counts.allSatisfy { $0 > 100 })
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
