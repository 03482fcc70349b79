import AttuneEngine
import Testing

@testable import AttuneCore

/// Decimals against a plain definition of what they are.
@Suite struct DecimalTextTests {
    /// At most `decimals` digits behind the point, halves away from zero, without trailing zeros.
    private static func reference(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite, abs(value) < 1e9 else { return "null" }
        let scale = (0..<decimals).reduce(1) { power, _ in power * 10 }
        let scaled = Int64((value * Double(scale)).rounded())
        let digits = String(scaled.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        var text = String(padded.dropLast(decimals)) + (decimals > 0 ? "." + padded.suffix(decimals) : "")
        while decimals > 0, text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return (scaled < 0 ? "-" : "") + text
    }

    private static func written(_ write: (UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8>) -> String {
        // What a writer leaves alone must not look like digits.
        var memory = [UInt8](repeating: 0x78, count: DecimalText.room)
        return memory.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return "" }
            return String(decoding: UnsafeBufferPointer(start: start, count: write(start) - start), as: UTF8.self)
        }
    }

    @Test func everyShareOfTenThousand() {
        for i in 0...10_000 {
            for value in [Double(i) / 10_000, Double(i) / 10_000 + 0.000_05, Double(i) / 10_000 - 0.000_05, (Double(i) / 10_000).nextDown] {
                #expect(Self.written { DecimalText.write(share: value, at: $0) } == Self.reference(value, 4), "\(value)")
            }
        }
    }

    @Test func randomNumbersOfEveryScale() {
        var random = SplitMix64(seed: 5)
        for _ in 0..<20_000 {
            let magnitude = Double.random(in: -12...10, using: &random)
            let value = Double.random(in: -1...1, using: &random) * Double(sign: .plus, exponent: Int(magnitude * 3), significand: 1)
            let decimals = Int.random(in: 0...9, using: &random)
            #expect(Self.written { DecimalText.write(value, decimals: decimals, at: $0) } == Self.reference(value, decimals), "\(value), \(decimals)")
            #expect(Self.written { DecimalText.write(share: value, at: $0) } == Self.reference(value, 4), "\(value)")
        }
    }

    @Test(arguments: [
        0.0, -0.0, 0.5, -0.5, 1, -1, 0.499_999_999_999_999_94, 999_999_999.999_999, 1e9, -1e9, 1e300, .nan, .infinity, -.infinity,
        .leastNonzeroMagnitude,
    ])
    func edges(value: Double) {
        for decimals in 0...9 {
            #expect(Self.written { DecimalText.write(value, decimals: decimals, at: $0) } == Self.reference(value, decimals), "\(decimals)")
        }
        #expect(Self.written { DecimalText.write(share: value, at: $0) } == Self.reference(value, 4))
    }

    @Test func wholeNumbers() {
        var numbers = [0, 1, -1, .max, .min]
        var power = 1
        while power < .max / 10 {
            power *= 10
            numbers += [power, power - 1, power + 1, -power]
        }
        for number in numbers {
            #expect(Self.written { DecimalText.write(number, at: $0) } == String(number))
            var out = ByteBuffer()
            DecimalText.append(number, to: &out)
            #expect(String(decoding: out.bytes, as: UTF8.self) == String(number))
        }
    }

    @Test func millionths() {
        for (value, text) in [(0, "0"), (1, "0.000001"), (-1_500_000, "-1.5"), (Int64.max, "9223372036854.775807")] {
            var out = [UInt8]()
            DecimalText.append(millionths: value, to: &out)
            #expect(String(decoding: out, as: UTF8.self) == text)
        }
    }
}
