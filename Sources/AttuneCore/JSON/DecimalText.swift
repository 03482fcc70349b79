/// Decimal notation of numbers, written straight into bytes.
public enum DecimalText {
    public static func append(_ value: Int, to out: inout [UInt8]) {
        if value < 0 { out.append(UInt8(ascii: "-")) }
        appendDigits(value.magnitude, minimum: 1, to: &out)
    }

    /// At most `decimals` (0…9) digits behind the point, without trailing zeros; `null` when it is no finite number below 10⁹.
    public static func append(_ value: Double, decimals: Int, to out: inout [UInt8]) {
        guard value.isFinite, abs(value) < 1e9 else { return out.append(contentsOf: "null".utf8) }
        var scale = 1
        for _ in 0..<decimals { scale *= 10 }
        append(scaled: Int64((value * Double(scale)).rounded()), scale: UInt(scale), decimals: decimals, to: &out)
    }

    public static func append(millionths: Int64, to out: inout [UInt8]) {
        append(scaled: millionths, scale: 1_000_000, decimals: 6, to: &out)
    }

    private static func append(scaled: Int64, scale: UInt, decimals: Int, to out: inout [UInt8]) {
        if scaled < 0 { out.append(UInt8(ascii: "-")) }
        let magnitude = UInt(scaled.magnitude)
        appendDigits(magnitude / scale, minimum: 1, to: &out)
        var fraction = magnitude % scale
        guard fraction > 0 else { return }
        var digits = decimals
        while fraction % 10 == 0 {
            fraction /= 10
            digits -= 1
        }
        out.append(UInt8(ascii: "."))
        appendDigits(fraction, minimum: digits, to: &out)
    }

    private static func appendDigits(_ value: UInt, minimum: Int, to out: inout [UInt8]) {
        var divisor: UInt = 1
        var count = 1
        while value / divisor >= 10 || count < minimum {
            divisor *= 10
            count += 1
        }
        while divisor > 0 {
            out.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }
}
