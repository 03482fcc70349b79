import AttuneEngine
import CKernels
import Testing

/// Every variant against the scalar one.
@Suite struct KernelTests {
    static let variants: [attune_level] = [attune_level_scalar, attune_level_sse2, attune_level_avx2, attune_level_neon]

    struct Scan: Equatable {
        var lower: [UInt8]
        var planes: [[UInt64]]
    }

    static func scan(_ kernels: UnsafePointer<attune_kernels>, _ bytes: [UInt8], offset: Int) -> Scan {
        let count = bytes.count - offset
        let blocks = (count + 63) / 64
        var lower = [UInt8](repeating: 0xEE, count: blocks * 64)
        var out = [attune_block](repeating: attune_block(), count: blocks)
        bytes.withUnsafeBufferPointer { text in
            if let base = text.baseAddress { kernels.pointee.scan(base + offset, count, &lower, &out) }
        }
        return Scan(lower: lower, planes: out.map { [$0.letter, $0.digit, $0.space, $0.high, $0.upper, $0.newline, $0.triple] })
    }

    @Test func thisMachineHasAVariantBeyondScalar() {
        #expect(attune_kernels_best().pointee.level != attune_level_scalar)
        #expect(attune_kernels_at(attune_level_scalar) != nil)
    }

    @Test(arguments: variants) func scanAnswersAsTheScalarOne(level: attune_level) throws {
        guard let kernels = attune_kernels_at(level), let scalar = attune_kernels_at(attune_level_scalar) else { return }
        var random = SplitMix64(seed: 1)
        let every = (0..<256).map { UInt8($0) }
        #expect(Self.scan(kernels, every, offset: 0) == Self.scan(scalar, every, offset: 0))
        for length in 0...200 {
            for offset in 0..<min(4, length + 1) {
                let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
                #expect(Self.scan(kernels, bytes, offset: offset) == Self.scan(scalar, bytes, offset: offset), "length \(length)")
            }
        }
    }

    @Test func scalarClassesAreThoseOfTheHeader() throws {
        let scalar = try #require(attune_kernels_at(attune_level_scalar))
        let scan = Self.scan(scalar, Array("Az09 \n!\u{7F}é".utf8), offset: 0)
        #expect(scan.lower.prefix(10) == Array("az09 \n!\u{7F}é".utf8)[0..<10])
        #expect(scan.planes[0][0] == 0b11)
        #expect(scan.planes[0][1] == 0b1100)
        #expect(scan.planes[0][2] == UInt64.max << 10 | 0b1011_0000)
        #expect(scan.planes[0][3] == 0b11_0000_0000)
        #expect(scan.planes[0][4] == 0b1)
        #expect(scan.planes[0][5] == 0b10_0000)
        let triples = Self.scan(scalar, Array("sooO bbb 111 !!! xx".utf8), offset: 0)
        #expect(triples.planes[0][6] == 0b10_0010)
    }

    @Test(arguments: variants) func newlineIsFoundAtEveryPlace(level: attune_level) throws {
        guard let kernels = attune_kernels_at(level) else { return }
        for length in 0...200 {
            for place in 0...length {
                var bytes = [UInt8](repeating: 0x61, count: length)
                for index in stride(from: place, to: length, by: 7) { bytes[index] = 0x0A }
                #expect(kernels.pointee.newline(bytes, length) == place, "\(place) of \(length)")
            }
        }
    }

    @Test(arguments: variants) func rowSumsAreTheScalarOnes(level: attune_level) throws {
        guard let kernels = attune_kernels_at(level) else { return }
        var random = SplitMix64(seed: 2)
        // One row of only −128 and one of only 127 show an overflow of the 16-bit sums. Rows beyond the table are taken back by the mask.
        var table = (0..<1 + 80 * 300).map { _ in Int8.random(in: -128...127, using: &random) }
        for lane in 0..<160 { table[1 + lane] = lane < 80 ? -128 : 127 }
        for count in Array(0...40) + [255, 256, 257, 511, 700, 1000] {
            for constant in [false, true] {
                let rows = (0..<count).map { _ in constant ? 0 : UInt32.random(in: 0..<1000, using: &random) }
                for lanes in [16, 32, 48, 64, 80] {
                    var expected = [Int32](repeating: 7, count: lanes)
                    for row in rows { for lane in 0..<lanes { expected[lane] += Int32(table[1 + Int(row & 255) * lanes + lane]) } }
                    var sums = [Int32](repeating: 7, count: lanes)
                    table.withUnsafeBufferPointer { bytes in
                        if let base = bytes.baseAddress { kernels.pointee.add_rows(base + 1, rows, count, 255, &sums, lanes) }
                    }
                    #expect(sums == expected, "\(count) rows of \(lanes)")
                }
            }
        }
    }

    @Test(arguments: variants) func wordSumsAreTheScalarOnes(level: attune_level) throws {
        guard let kernels = attune_kernels_at(level) else { return }
        var random = SplitMix64(seed: 3)
        let largest = Int16(attune_largest_lane)
        // (48, 64) is our own pack's shape, which has a way of its own.
        for (wide, narrow) in [(16, 0), (32, 16), (48, 64), (64, 48), (48, 80), (144, 0), (0, 64)] {
            let size = 2 * wide + narrow
            for count in 0...Int(attune_most_words) {
                for isExtreme in [false, true] {
                    var words = [UInt8](repeating: 0, count: count * size)
                    var expected = [Int32](repeating: -3, count: wide + narrow)
                    for word in 0..<count {
                        for lane in 0..<wide {
                            let value = isExtreme ? -largest : Int16.random(in: -largest...largest, using: &random)
                            withUnsafeBytes(of: value) { words.replaceSubrange(word * size + 2 * lane..<word * size + 2 * lane + 2, with: $0) }
                            expected[lane] += Int32(value)
                        }
                        for lane in 0..<narrow {
                            let value = isExtreme ? -128 : Int8.random(in: .min ... .max, using: &random)
                            words[word * size + 2 * wide + lane] = UInt8(bitPattern: value)
                            expected[wide + lane] += Int32(value)
                        }
                    }
                    var sums = [Int32](repeating: -3, count: wide + narrow)
                    words.withUnsafeBufferPointer { buffer in
                        let rows = (0..<count).compactMap { word in buffer.baseAddress.map { $0 + word * size } }
                        kernels.pointee.add_words(rows, count, &sums, wide, narrow)
                    }
                    #expect(sums == expected, "\(count) words of \(wide) + \(narrow)")
                }
            }
        }
    }

    @Test(arguments: variants) func logOddsAreTheScalarOnesToTheLastBit(level: attune_level) throws {
        guard let kernels = attune_kernels_at(level), let scalar = attune_kernels_at(attune_level_scalar) else { return }
        var random = SplitMix64(seed: 4)
        for lanes in [16, 32, 80] {
            for count in [0, 1, 7, 36] {
                let numbers = (0..<(2 + 40) * lanes).map { _ in Double.random(in: -3...3, using: &random) }
                let sums = (0..<lanes).map { _ in Int32.random(in: -40_000...40_000, using: &random) }
                let features = (0..<count).map { attune_feature(value: Double.random(in: -1...1, using: &random), column: ($0 * 7) % 40) }
                var (one, other) = ([Double](repeating: 0, count: lanes), [Double](repeating: 0, count: lanes))
                kernels.pointee.log_odds(numbers, lanes, sums, 0.123, features, count, &one)
                scalar.pointee.log_odds(numbers, lanes, sums, 0.123, features, count, &other)
                #expect(one.map(\.bitPattern) == other.map(\.bitPattern))
            }
        }
    }

    @Test(arguments: variants) func choicesAreTheScalarOnesToTheLastBit(level: attune_level) throws {
        guard let kernels = attune_kernels_at(level), let scalar = attune_kernels_at(attune_level_scalar) else { return }
        var random = SplitMix64(seed: 5)
        for lanes in [8, 16, 80] {
            for _ in 0..<500 {
                let width = Double.random(in: 0...60, using: &random)
                // Whole numbers make ties, of which the first lane wins.
                let odds = (0..<lanes).map { _ in (Double.random(in: -width...width, using: &random) * 4).rounded() / 4 }
                var priors = (0..<lanes).map { _ in Bool.random(using: &random) ? -.infinity : 0.5 }
                priors[lanes / 2] = 0
                let one = kernels.pointee.choose(odds, priors, lanes)
                let other = scalar.pointee.choose(odds, priors, lanes)
                #expect(one.lane == other.lane)
                #expect(one.total.bitPattern == other.total.bitPattern)
                #expect(one.largest.bitPattern == other.largest.bitPattern)
                #expect(odds[one.lane] + priors[one.lane] == one.largest)
                #expect(one.total >= 1 && one.total <= Double(lanes))
            }
        }
    }

    @Test(arguments: variants) func packedRowsAreTheScalarOnes(level: attune_level) throws {
        guard let kernels = attune_kernels_at(level), let scalar = attune_kernels_at(attune_level_scalar) else { return }
        var random = SplitMix64(seed: 6)
        for (wide, narrow) in [(16, 0), (48, 64), (0, 16), (64, 80)] {
            for largest in [3, 1023, 1024, 1025, 32_000] as [Int32] {
                for _ in 0..<50 {
                    let sums = (0..<wide + narrow).map { _ in
                        Bool.random(using: &random)
                            ? Int32.random(in: -largest...largest, using: &random) : [largest, -largest].randomElement(using: &random) ?? 0
                    }
                    var (one, other) = ([UInt8](repeating: 0xEE, count: 2 * wide + narrow), [UInt8](repeating: 0x11, count: 2 * wide + narrow))
                    let fits = kernels.pointee.pack_row(sums, wide, narrow, &one)
                    #expect(scalar.pointee.pack_row(sums, wide, narrow, &other) == fits)
                    #expect(one == other, "\(wide) + \(narrow) within \(largest)")
                    #expect(fits == sums[..<wide].allSatisfy { abs($0) <= Int32(attune_largest_lane) })
                }
            }
        }
    }

    @Test func aStepIsTheNearest() throws {
        let scalar = try #require(attune_kernels_at(attune_level_scalar))
        let sums: [Int32] = [0, 3, 4, -4, -5, 11, 12, 1012, 1019, 1020, 5000, -1012, -1020, -1021, -9999, 7]
        var row = [UInt8](repeating: 0, count: 16)
        #expect(scalar.pointee.pack_row(sums, 0, 16, &row))
        #expect(row.map { Int8(bitPattern: $0) } == [0, 0, 1, 0, -1, 1, 2, 127, 127, 127, 127, -126, -127, -127, -127, 1])
    }

    @Test(arguments: variants) func characterHashesAreTheScalarOnes(level: attune_level) throws {
        guard let kernels = attune_kernels_at(level), let scalar = attune_kernels_at(attune_level_scalar) else { return }
        var random = SplitMix64(seed: 7)
        for length in 1...Int(attune_most_form) {
            for longest in 1...Int(attune_most_characters) {
                // Words in ASCII and beyond, and bytes that are no UTF-8.
                let scalars: [Unicode.Scalar] = ["a", "z", "é", "ß", "日", "😀", "न", "ا"]
                let words: [[UInt8]] = [
                    (0..<length).map { _ in UInt8.random(in: 0x61...0x7A, using: &random) },
                    Array(String(String.UnicodeScalarView((0..<(length + 3) / 4).compactMap { _ in scalars.randomElement(using: &random) })).utf8),
                    (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) },
                ]
                for word in words where word.count <= Int(attune_most_form) {
                    var (one, other) = ([UInt32](repeating: 1, count: 512), [UInt32](repeating: 2, count: 512))
                    let count = scalar.pointee.characters(word, word.count, longest, &other)
                    #expect(kernels.pointee.characters(word, word.count, longest, &one) == count)
                    let total = (1...longest).reduce(0) { $0 + max(0, $1 == 1 ? count + 1 : count + 3 - $1) }
                    #expect(one[..<total] == other[..<total], "\(word), up to \(longest)")
                }
            }
        }
    }
}
