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
        return Scan(lower: lower, planes: out.map { [$0.letter, $0.digit, $0.space, $0.high, $0.upper, $0.newline] })
    }

    @Test func thisMachineHasAVariantBeyondScalar() {
        #expect(attune_kernels_best().pointee.level != attune_level_scalar)
        #expect(attune_kernels_at(attune_level_scalar) != nil)
    }

    @Test(arguments: variants) func scanAnswersAsTheScalarOne(level: attune_level) throws {
        guard let kernels = attune_kernels_at(level), let scalar = attune_kernels_at(attune_level_scalar) else { return }
        var random = SeededBytes(1)
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
        var random = SeededBytes(2)
        // One row of only −128 and one of only 127 show an overflow of the 16-bit sums.
        var table = (0..<1 + 32 * 300).map { _ in Int8.random(in: -128...127, using: &random) }
        for lane in 0..<64 { table[1 + lane] = lane < 32 ? -128 : 127 }
        for count in Array(0...40) + [255, 256, 257, 511, 700, 1000] {
            for constant in [false, true] {
                let rows = (0..<count).map { _ in constant ? 0 : UInt32.random(in: 0..<300, using: &random) }
                for lanes in [16, 32] {
                    var expected = [Int32](repeating: 7, count: lanes)
                    for row in rows { for lane in 0..<lanes { expected[lane] += Int32(table[1 + Int(row) * lanes + lane]) } }
                    var sums = [Int32](repeating: 7, count: lanes)
                    table.withUnsafeBufferPointer { bytes in
                        guard let base = bytes.baseAddress else { return }
                        (lanes == 16 ? kernels.pointee.add_rows_16 : kernels.pointee.add_rows_32)(base + 1, rows, count, &sums)
                    }
                    #expect(sums == expected, "\(count) rows of \(lanes)")
                }
            }
        }
    }

    @Test func dispatchingFunctionsAddTheSameRows() {
        let table = (0..<64).map { Int8($0) }
        var narrow = [Int32](repeating: 0, count: 16)
        attune_add_rows_i8(table, [0, 3], 2, &narrow)
        #expect(narrow == (0..<16).map { Int32(2 * $0 + 48) })
        var wide = [Int32](repeating: 0, count: 32)
        attune_add_rows_i8x32(table, [0, 1], 2, &wide)
        #expect(wide == (0..<32).map { Int32(2 * $0 + 32) })
    }
}
