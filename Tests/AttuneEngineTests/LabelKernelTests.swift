import CKernels
import Testing

@testable import AttuneEngine

/// What labels are made with: exponentials, rankings, and the sum over an outline's pairs.
@Suite struct LabelKernelTests {
    @Test(arguments: KernelTests.variants) func exponentialsAreThoseOfTheEngineToTheLastBit(level: attune_level) throws {
        guard let kernels = attune_kernels_at(level) else { return }
        var random = SplitMix64(seed: 31)
        var numbers: [Double] = [0, -0.0, 1, -1, 709, 709.1, -708, -708.1, 1e9, -1e9, .infinity, -.infinity, .nan, 1e-300, 0.5, -745]
        for width in [1e-3, 1.0, 30, 710] { numbers += (0..<500).map { _ in Double.random(in: -width...width, using: &random) } }
        var powers = numbers
        kernels.pointee.exponentials(&powers, powers.count)
        for (number, power) in zip(numbers, powers) {
            let expected = DeterministicMath.exp(number)
            #expect(power.bitPattern == expected.bitPattern || power.isNaN && expected.isNaN, "\(number)")
        }
    }

    @Test func rankingIsThatOfAWalk() {
        var random = SplitMix64(seed: 32)
        for count in 1...64 {
            for _ in 0..<40 {
                // Whole numbers make ties, of which the first one wins.
                let numbers = (0..<count).map { _ in Double.random(in: -6...4, using: &random).rounded() }
                let thresholds = (0..<count).map { _ in Double.random(in: -4...2, using: &random).rounded() }
                let floor = Double.random(in: -5...1, using: &random).rounded()
                let ranking = attune_rank(numbers, thresholds, count, -2.5, floor)
                let held = numbers.map { max($0, -2.5) }
                #expect(ranking.largest == held.max())
                #expect(ranking.best == held.firstIndex(of: ranking.largest))
                for index in 0..<count {
                    #expect(ranking.above >> UInt64(index) & 1 == (held[index] > thresholds[index] && numbers[index] > floor ? 1 : 0))
                }
                #expect(count == 64 || ranking.above >> UInt64(count) == 0)
            }
        }
    }

    @Test func bitsAreThoseOfTheNumbersAndMarks() {
        var random = SplitMix64(seed: 33)
        let choices: [Float] = [0, 0, 0, -0.0, .nan, -1, .leastNonzeroMagnitude, 3]
        for count in 0...64 {
            let numbers: [Float] = (0..<count).map { _ in choices.randomElement(using: &random) ?? 0 }
            var expected: UInt64 = 0
            for (index, number) in numbers.enumerated() where number != 0 { expected |= 1 << UInt64(index) }
            #expect(attune_nonzero(numbers, count) == expected, "\(numbers)")
        }
        for equal in 0..<16 {
            var marks: [UInt32] = []
            for bit in 0..<4 { marks.append(equal >> bit & 1 == 1 ? 0x8000_0001 : 0x8000_0011 + UInt32(bit)) }
            #expect(attune_equal_marks(marks, 0x8000_0001) == UInt32(equal))
        }
    }

    /// Of every length: pairs are summed up by four, and first symbols by nineteen.
    @Test func outlinesAddUpPairByPair() throws {
        var random = SplitMix64(seed: 34)
        let rows = OutlinePairs.configuration.rowCount
        let weights = OutlineHeads.labels.indices.map { _ in
            HeadWeights(rows: (0..<rows).map { _ in Float.random(in: -1...1, using: &random) }, dense: [], bias: 0)
        }
        let heads = LinearHeads.quantized(
            name: PackLabels.outlineGroup, labels: OutlineHeads.labels, link: .independent, configuration: OutlinePairs.configuration,
            heads: weights, calibration: weights.map { _ in .identity }, threshold: [0, 0])
        let table = try #require(heads.table)
        let fast = try #require(OutlineHeads(heads))
        for count in 0...70 {
            let symbols = (0..<count).map { _ in UInt8.random(in: 0..<UInt8(TextOutline.Symbol.count), using: &random) }
            let outline = TextOutline(symbols: symbols)
            var sums: [Int64] = [0, 0]
            OutlinePairs.forEach(outline) { row, _, _ in
                for head in 0..<2 { sums[head] += Int64(table[Int(row) * heads.lanes + head]) }
            }
            var (negative, positive) = (0.25, -0.5)
            fast.add(outline, to: &negative, &positive)
            let inverse = count > 1 ? 1 / Double(OutlinePairs.count(count)).squareRoot() : 0
            #expect(negative == 0.25 + Double(heads.scale[0]) * Double(sums[0]) * inverse, "\(count) symbols")
            #expect(positive == -0.5 + Double(heads.scale[1]) * Double(sums[1]) * inverse, "\(count) symbols")
        }
    }

    @Test func tokensAreCountedByKindAndShape() {
        for words in [0, 1, 254, 255, 256, 700] {
            let text = String(repeating: "word ", count: words) + "LOUD soooo @me #tag https://a.de 12 😀 :) ! ? . , \n x"
            let buffer = TextFixture.tokenize(text)
            var ends = Column<Int32>()
            let counts = TokenCounts(buffer.tokens.buffer, ends: &ends)
            func number(_ kind: Token.Kind) -> Int { buffer.tokens.filter { $0.kind == kind }.count }
            #expect(Int(counts.words) == number(.word) && number(.word) == words + 3)
            #expect(Int(counts.mentions) == number(.mention) && Int(counts.urls) == number(.url) && Int(counts.hashtags) == number(.hashtag))
            #expect(counts.mentions == 1 && counts.urls == 1 && counts.hashtags == 1 && counts.capitals == 1 && counts.elongations == 1)
            #expect(ends.map { Int($0) } == buffer.tokens.indices.filter { buffer.tokens[$0].shape.contains(.endsSentence) })
        }
    }
}
