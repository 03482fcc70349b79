/// RFC 3339 timestamps, with the deviations that platforms send: 0 to 9 fractional digits, `±hhmm` without a colon
/// (Salesforce), a blank for the `T`, a trailing ` UTC` (Chatwoot).
public enum RFC3339 {
    /// Nil when the text is no such timestamp, names a date that does not exist, or has no zone.
    public static func parse(_ text: some StringProtocol) -> Timestamp? {
        guard let (date, offset) = parseLocal(text), let offset else { return nil }
        return date.timestamp(offset: offset)
    }

    /// The same for the text's bytes.
    public static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Timestamp? {
        guard let (date, offset) = parseLocal(bytes), let offset else { return nil }
        return date.timestamp(offset: offset)
    }

    /// Like `parse`, for a text that may have no zone; `offset` is nil then and the date is a wall clock's.
    public static func parseLocal(_ text: some StringProtocol) -> (date: CivilDate, offset: Int?)? {
        var text = String(text)
        return text.withUTF8 { parseLocal($0) }
    }

    /// The same for the text's bytes.
    public static func parseLocal(_ bytes: UnsafeBufferPointer<UInt8>) -> (date: CivilDate, offset: Int?)? {
        guard let (date, end) = parseCivil(bytes) else { return nil }
        if end == bytes.count { return (date, nil) }
        return zoneOffset(UnsafeBufferPointer(rebasing: bytes[end...])).map { (date, $0) }
    }

    /// `2026-02-03T09:14:07.44Z`: UTC, the fraction without trailing zeros and left out when zero.
    public static func format(_ timestamp: Timestamp) -> String {
        String(unsafeUninitializedCapacity: room) { out in
            guard let start = out.baseAddress else { return 0 }
            return write(timestamp, at: start) - start
        }
    }

    /// Appends what `format` gives.
    public static func append(_ timestamp: Timestamp, to out: inout ByteBuffer) {
        let end = write(timestamp, at: out.reserve(room))
        out.advance(to: end)
    }

    /// Bytes of the longest timestamp: nineteen of date and time, the point, nine decimals, the zone.
    private static let room = 30

    /// Bytes of `2026-02-03T09:14:07`.
    public static let wallClockLength = 19

    /// The numbers below a hundred, one behind the other.
    private static let twoDigits: StaticString = """
        00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869\
        707172737475767778798081828384858687888990919293949596979899
        """

    /// Writes `2026-02-03T09:14:07`, without fraction and zone: `wallClockLength` bytes.
    public static func write(wallClock date: CivilDate, at out: UnsafeMutablePointer<UInt8>) {
        let digits = UnsafeRawPointer(twoDigits.utf8Start)
        func put(_ value: Int, _ at: Int) {
            let value = Int(UInt32(truncatingIfNeeded: value) % 100)
            UnsafeMutableRawPointer(out + at).storeBytes(of: digits.loadUnaligned(fromByteOffset: 2 * value, as: UInt16.self), as: UInt16.self)
        }
        put(date.year / 100, 0)
        put(date.year, 2)
        out[4] = UInt8(ascii: "-")
        put(date.month, 5)
        out[7] = UInt8(ascii: "-")
        put(date.day, 8)
        out[10] = UInt8(ascii: "T")
        put(date.hour, 11)
        out[13] = UInt8(ascii: ":")
        put(date.minute, 14)
        out[16] = UInt8(ascii: ":")
        put(date.second, 17)
    }

    private static func write(_ timestamp: Timestamp, at out: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        let date = CivilDate(timestamp)
        write(wallClock: date, at: out)
        var at = out + wallClockLength
        if date.nanosecond > 0 {
            at.pointee = UInt8(ascii: ".")
            at += 1
            var fraction = date.nanosecond
            var digits = 9
            while fraction % 10 == 0 { (fraction, digits) = (fraction / 10, digits - 1) }
            for i in (0..<digits).reversed() {
                at[i] = UInt8(truncatingIfNeeded: 48 + fraction % 10)
                fraction /= 10
            }
            at += digits
        }
        at.pointee = UInt8(ascii: "Z")
        return at + 1
    }

    /// The date and where it ends.
    private static func parseCivil(_ b: UnsafeBufferPointer<UInt8>) -> (date: CivilDate, end: Int)? {
        guard b.count >= 19, b[4] == 45, b[7] == 45, b[10] == 84 || b[10] == 116 || b[10] == 32, b[13] == 58, b[16] == 58 else { return nil }
        var largest: UInt8 = 0
        func two(_ at: Int) -> Int {
            let (high, low) = (b[at] &- 48, b[at &+ 1] &- 48)
            largest = max(largest, high, low)
            return Int(high) &* 10 &+ Int(low)
        }
        let (year, month, day, hour, minute, second) = (two(0) * 100 + two(2), two(5), two(8), two(11), two(14), two(17))
        guard largest <= 9 else { return nil }
        var at = 19
        var nanosecond = 0
        if at < b.count, b[at] == 46 || b[at] == 44 {
            at += 1
            var scale = 100_000_000
            let first = at
            while at < b.count, b[at] >= 48, b[at] <= 57 {
                nanosecond += Int(b[at] - 48) * scale
                scale /= 10
                at += 1
            }
            if at == first { return nil }
        }
        let date = CivilDate(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second == 60 ? 59 : second, nanosecond: nanosecond)
        return date.isValid ? (date, at) : nil
    }

    /// Seconds ahead of UTC of `Z`, ` UTC`, `+01:00`, `+0100`, `+01`; nil for anything else.
    private static func zoneOffset(_ rest: UnsafeBufferPointer<UInt8>) -> Int? {
        var at = 0
        while at < rest.count, rest[at] == 32 { at += 1 }
        guard at < rest.count else { return nil }
        let sign = rest[at]
        guard sign == 43 || sign == 45 else {
            let name = rest[at...]
            return sign | 0x20 == 122 && name.count == 1 || name.elementsEqual("UTC".utf8) || name.elementsEqual("GMT".utf8) ? 0 : nil
        }
        var (value, count) = (0, 0)
        for byte in rest[(at + 1)...] where byte != 58 {
            guard byte >= 48, byte <= 57, count < 4 else { return nil }
            value = value * 10 + Int(byte - 48)
            count += 1
        }
        guard count == 4 || count == 2 else { return nil }
        let (hours, minutes) = count == 4 ? (value / 100, value % 100) : (value, 0)
        guard hours <= 23, minutes <= 59 else { return nil }
        return (sign == 45 ? -1 : 1) * (hours * 3_600 + minutes * 60)
    }
}
