/// RFC 3339 timestamps, with the deviations that platforms send: 0 to 9 fractional digits, `±hhmm` without a colon
/// (Salesforce), a blank for the `T`, a trailing ` UTC` (Chatwoot).
public enum RFC3339 {
    /// Nil when the text is no such timestamp, names a date that does not exist, or has no zone.
    public static func parse(_ text: some StringProtocol) -> Timestamp? {
        guard let (date, rest) = parseCivil(Array(text.utf8)), let offset = zoneOffset(rest) else { return nil }
        return date.timestamp(offset: offset)
    }

    /// Like `parse`, for a text that may have no zone; `offset` is nil then and the date is a wall clock's.
    public static func parseLocal(_ text: some StringProtocol) -> (date: CivilDate, offset: Int?)? {
        guard let (date, rest) = parseCivil(Array(text.utf8)) else { return nil }
        if rest.isEmpty { return (date, nil) }
        return zoneOffset(rest).map { (date, $0) }
    }

    /// `2026-02-03T09:14:07.44Z`: UTC, the fraction without trailing zeros and left out when zero.
    public static func format(_ timestamp: Timestamp) -> String {
        let d = CivilDate(timestamp)
        var out = [UInt8]()
        out.reserveCapacity(30)
        append(d.year, width: 4, to: &out)
        out.append(UInt8(ascii: "-"))
        append(d.month, width: 2, to: &out)
        out.append(UInt8(ascii: "-"))
        append(d.day, width: 2, to: &out)
        out.append(UInt8(ascii: "T"))
        append(d.hour, width: 2, to: &out)
        out.append(UInt8(ascii: ":"))
        append(d.minute, width: 2, to: &out)
        out.append(UInt8(ascii: ":"))
        append(d.second, width: 2, to: &out)
        if d.nanosecond > 0 {
            out.append(UInt8(ascii: "."))
            append(d.nanosecond, width: 9, to: &out)
            while out.last == UInt8(ascii: "0") { out.removeLast() }
        }
        out.append(UInt8(ascii: "Z"))
        return String(decoding: out, as: UTF8.self)
    }

    private static func append(_ value: Int, width: Int, to out: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            out.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }

    private static func parseCivil(_ b: [UInt8]) -> (CivilDate, ArraySlice<UInt8>)? {
        func digits(_ at: Int, _ count: Int) -> Int? {
            guard at + count <= b.count else { return nil }
            var value = 0
            for i in at..<at + count {
                guard b[i] >= 48, b[i] <= 57 else { return nil }
                value = value * 10 + Int(b[i] - 48)
            }
            return value
        }
        guard b.count >= 19, b[4] == 45, b[7] == 45, [84, 116, 32].contains(b[10]), b[13] == 58, b[16] == 58,
            let year = digits(0, 4), let month = digits(5, 2), let day = digits(8, 2),
            let hour = digits(11, 2), let minute = digits(14, 2), let second = digits(17, 2)
        else { return nil }
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
        return date.isValid ? (date, b[at...]) : nil
    }

    /// Seconds ahead of UTC of `Z`, ` UTC`, `+01:00`, `+0100`, `+01`; nil for anything else.
    private static func zoneOffset(_ rest: ArraySlice<UInt8>) -> Int? {
        let z = rest.drop { $0 == 32 }
        if z.elementsEqual("Z".utf8) || z.elementsEqual("z".utf8) || z.elementsEqual("UTC".utf8) || z.elementsEqual("GMT".utf8) { return 0 }
        guard let sign = z.first, sign == 43 || sign == 45 else { return nil }
        let digits = z.dropFirst().filter { $0 != 58 }
        guard digits.count == 4 || digits.count == 2, digits.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
        let n = digits.map { Int($0 - 48) }
        let hours = n[0] * 10 + n[1]
        let minutes = n.count == 4 ? n[2] * 10 + n[3] : 0
        guard hours <= 23, minutes <= 59 else { return nil }
        return (sign == 45 ? -1 : 1) * (hours * 3_600 + minutes * 60)
    }
}
