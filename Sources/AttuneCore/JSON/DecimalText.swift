/// Decimal notation of numbers, written straight into bytes by integer arithmetic.
public enum DecimalText {
    /// No number written here takes more bytes: a sign, 20 digits, the point and 9 decimals, and a byte for reading pairs.
    public static let room = 32

    public static func append(_ value: Int, to out: inout [UInt8]) {
        append(to: &out) { write(value, at: $0) }
    }

    public static func append(_ value: Int, to out: inout ByteBuffer) {
        let end = write(value, at: out.reserve(room))
        out.advance(to: end)
    }

    /// At most `decimals` (0…9) digits behind the point, without trailing zeros; `null` when it is no finite number below 10⁹.
    public static func append(_ value: Double, decimals: Int, to out: inout [UInt8]) {
        append(to: &out) { write(value, decimals: decimals, at: $0) }
    }

    public static func append(millionths: Int64, to out: inout [UInt8]) {
        append(to: &out) { write(scaled: millionths, decimals: 6, at: $0) }
    }

    private static func append(to out: inout [UInt8], _ write: (UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8>) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { memory in
            // A temporary allocation of more than no bytes has an address.
            guard let start = memory.baseAddress else { return }
            out.append(contentsOf: UnsafeBufferPointer(start: start, count: write(start) - start))
        }
    }

    /// Writes a whole number; returns what stands behind it. Needs `room` bytes, as the others do.
    static func write(_ value: Int, at out: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        var at = out
        if value < 0 {
            at.pointee = UInt8(ascii: "-")
            at += 1
        }
        return digits(UInt64(value.magnitude), at: at)
    }

    /// Writes a number as `append(_:decimals:to:)` does.
    @inline(__always)
    static func write(_ value: Double, decimals: Int, at out: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        guard abs(value) < 1e9 else {
            UnsafeMutableRawPointer(out).storeBytes(of: UInt32(littleEndian: 0x6C6C_756E), as: UInt32.self)
            return out + 4
        }
        return write(scaled: rounded(value * Double(power(decimals))), decimals: decimals, at: out)
    }

    /// Writes a probability, 0…1, with at most four decimals: nearly all numbers of a result.
    @inline(__always)
    static func write(share value: Double, at out: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        guard value >= 0, value < 1 else { return write(value, decimals: 4, at: out) }
        let scaled = UInt32(truncatingIfNeeded: rounded(value * 10_000))
        if scaled == 0 || scaled == 10_000 {
            out.pointee = scaled == 0 ? UInt8(ascii: "0") : UInt8(ascii: "1")
            return out + 1
        }
        let digits = UInt32(pair(scaled / 100)) | UInt32(pair(scaled % 100)) << 16
        let raw = UnsafeMutableRawPointer(out)
        raw.storeBytes(of: UInt16(littleEndian: 0x2E30), as: UInt16.self)
        raw.storeBytes(of: UInt32(littleEndian: digits), toByteOffset: 2, as: UInt32.self)
        // Zeros at the end are the word's highest bytes.
        return out + 6 - ((digits ^ 0x3030_3030).leadingZeroBitCount >> 3)
    }

    @inline(__always)
    static func write(scaled: Int64, decimals: Int, at out: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        var at = out
        if scaled < 0 {
            at.pointee = UInt8(ascii: "-")
            at += 1
        }
        let (whole, fraction) = scaled.magnitude.quotientAndRemainder(dividingBy: power(decimals))
        at = digits(whole, at: at)
        guard fraction > 0 else { return at }
        at.pointee = UInt8(ascii: ".")
        var end = at + 1 + decimals
        pairs(fraction, count: decimals, endingAt: end)
        while end[-1] == UInt8(ascii: "0") { end -= 1 }
        return end
    }

    /// The nearest whole number, halves away from zero. The baseline instruction set has no rounding: a call to the C library each.
    @inline(__always)
    private static func rounded(_ value: Double) -> Int64 {
        // |value| < 10¹⁸, so it fits; the difference to its whole part is exact.
        let whole = Int64(value)
        let rest = value - Double(whole)
        return rest >= 0.5 ? whole &+ 1 : rest <= -0.5 ? whole &- 1 : whole
    }

    @inline(__always)
    private static func digits(_ value: UInt64, at out: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        if value < 10 {
            out.pointee = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value)
            return out + 1
        }
        var count = 2
        var bound: UInt64 = 100
        // 10¹⁹ is the last power that fits.
        while count < 20, value >= bound {
            count += 1
            bound = count < 20 ? bound &* 10 : bound
        }
        pairs(value, count: count, endingAt: out + count)
        return out + count
    }

    /// Writes exactly `count` digits before `end`.
    @inline(__always)
    private static func pairs(_ value: UInt64, count: Int, endingAt end: UnsafeMutablePointer<UInt8>) {
        var rest = value
        var at = end
        var left = count
        while left >= 2 {
            at -= 2
            UnsafeMutableRawPointer(at).storeBytes(of: UInt16(littleEndian: pair(UInt32(truncatingIfNeeded: rest % 100))), as: UInt16.self)
            rest /= 100
            left -= 2
        }
        if left == 1 { at[-1] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10) }
    }

    /// The two digits of 0…99, the first one in the low byte.
    @inline(__always)
    private static func pair(_ value: UInt32) -> UInt16 {
        // 103 / 1024 is a tenth, exactly enough below 100.
        let tens = (value &* 103) &>> 10
        return UInt16(truncatingIfNeeded: 0x3030 &+ tens &+ (value &- tens &* 10) &<< 8)
    }

    @inline(__always)
    private static func power(_ decimals: Int) -> UInt64 {
        switch decimals {
        case 2: 100
        case 4: 10_000
        case 6: 1_000_000
        default: (0..<decimals).reduce(1) { power, _ in power &* 10 }
        }
    }
}
