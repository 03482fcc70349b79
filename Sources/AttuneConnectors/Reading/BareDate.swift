import AttuneCore

/// Numbers that are days rather than Unix times, which would lie in 1970 or beyond 2600: `20260213`, `20260213091407`, and the days since the end
/// of 1899 that spreadsheets count, `46056.38`.
enum BareDate {
    /// Nil for every other number or text.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> DateText.Result? {
        switch bytes.count {
        case 8, 14: digits(bytes) ?? serial(bytes)
        case 15 where bytes[8] == UInt8(ascii: "T"), 16 where bytes[8] == UInt8(ascii: "T"): basic(bytes)
        case 5...20: serial(bytes)
        default: nil
        }
    }

    private static let years = 1990...2099

    private static func digits(_ bytes: UnsafeBufferPointer<UInt8>) -> DateText.Result? {
        guard bytes.allSatisfy({ $0 &- 48 < 10 }) else { return nil }
        func number(_ start: Int, _ count: Int) -> Int { bytes[start..<start + count].reduce(0) { $0 * 10 + Int($1 &- 48) } }
        let hasTime = bytes.count == 14
        let date = CivilDate(
            year: number(0, 4), month: number(4, 2), day: number(6, 2), hour: hasTime ? number(8, 2) : 0, minute: hasTime ? number(10, 2) : 0,
            second: hasTime ? number(12, 2) : 0)
        return years.contains(date.year) && date.isValid ? .local(date) : nil
    }

    /// ISO 8601 without its marks: `20260203T091407Z`.
    private static func basic(_ bytes: UnsafeBufferPointer<UInt8>) -> DateText.Result? {
        let isUTC = bytes.count == 16
        if isUTC, bytes[15] != UInt8(ascii: "Z") { return nil }
        let marks = Array(bytes[..<8]) + Array(bytes[9..<15])
        guard case .local(let date) = marks.withUnsafeBufferPointer(digits) else { return nil }
        return isUTC ? .zoned(date, offset: 0) : .local(date)
    }

    /// Days from 1982 to 2064.
    private static let days = 30_000...59_999
    private static let epoch = CivilDate(year: 1899, month: 12, day: 30)

    private static func serial(_ bytes: UnsafeBufferPointer<UInt8>) -> DateText.Result? {
        guard bytes.count == 5 || bytes[5] == UInt8(ascii: ".") else { return nil }
        var cursor = ByteCursor(bytes)
        guard let (day, _) = cursor.number(limit: 5), days.contains(day) else { return nil }
        var nanoseconds = 0
        if cursor.skip(UInt8(ascii: ".")) {
            guard let fraction = cursor.fraction() else { return nil }
            nanoseconds = fraction
        }
        guard cursor.isAtEnd, let start = epoch.timestamp() else { return nil }
        // Of a day, to the second: spreadsheets keep no more.
        let seconds = (Int64(nanoseconds) * 86_400 + 500_000_000) / 1_000_000_000
        return .local(CivilDate(Timestamp(nanoseconds: start.nanoseconds + (Int64(day) * 86_400 + seconds) * 1_000_000_000)))
    }
}
