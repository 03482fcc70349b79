import AttuneCore

/// Dates of mails: RFC 5322 with its obsolete forms, and the usual mistakes.
enum MailDate {
    /// What an unfolded `Date` field says; nil when it is none.
    static func parse(_ value: UnsafeBufferPointer<UInt8>) -> DateText.Result? {
        PlainDate.parse(value).map { .instant($0) } ?? byGrammar(Array(value))
    }

    /// The same by the grammar alone.
    static func byGrammar(_ value: [UInt8]) -> DateText.Result? {
        MailComment.removed(from: value).withUnsafeBufferPointer { bytes in
            var parts = Parts()
            var cursor = ByteCursor(bytes)
            while let byte = cursor.current {
                if isDigit(byte) {
                    guard digits(&cursor, &parts) else { return iso(value) }
                } else if HTMLTokenizer.isLetter(byte) || byte >= 0x80 {
                    word(&cursor, &parts)
                } else if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") {
                    offset(&cursor, &parts)
                } else {
                    cursor.at += 1
                }
            }
            return parts.date ?? iso(value)
        }
    }

    private struct Parts {
        var (year, month, day): (Int?, Int?, Int?)
        /// Whether the month stood before the day: it may be a weekday then.
        var isMonthFirst = false
        var time: (hour: Int, minute: Int, second: Int)?
        /// Seconds ahead of UTC; nil without a zone.
        var offset: Int?

        var date: DateText.Result? {
            guard let year, let month, let day, let time else { return nil }
            let date = CivilDate(year: year, month: month, day: day, hour: time.hour, minute: time.minute, second: min(time.second, 59))
            if !date.isValid { return nil }
            return offset.map { .zoned(date, offset: $0) } ?? .local(date)
        }
    }

    /// A day, a year or a time; false when a number is none of them.
    private static func digits(_ cursor: inout ByteCursor, _ parts: inout Parts) -> Bool {
        guard let number = cursor.number(limit: 4) else { return false }
        let end = cursor.at
        cursor.skipSpace()
        if number.digits <= 2, parts.time == nil, let separator = cursor.current, separator == 58 || separator == 46 && parts.year != nil {
            return time(&cursor, hour: number.value, separator: separator, &parts)
        }
        cursor.at = end
        if parts.day == nil, number.digits <= 2, number.value <= 31 {
            parts.day = number.value
        } else if parts.year == nil {
            parts.year = year(number.value, digits: number.digits)
        } else {
            return false
        }
        return true
    }

    /// RFC 5322 §4.3: two digits below 50 are of this century, three count from 1900.
    private static func year(_ value: Int, digits: Int) -> Int {
        switch digits {
        case 1, 2: value < 50 ? 2000 + value : 1900 + value
        case 3: 1900 + value
        default: value
        }
    }

    private static func time(_ cursor: inout ByteCursor, hour: Int, separator: UInt8, _ parts: inout Parts) -> Bool {
        cursor.at += 1
        cursor.skipSpace()
        guard let minute = cursor.number(limit: 2) else { return false }
        var second = 0
        cursor.skipSpace()
        if cursor.skip(separator) {
            cursor.skipSpace()
            second = cursor.number(limit: 2)?.value ?? 0
            if cursor.skip(46) { _ = cursor.fraction() }
        }
        parts.time = (hour, minute.value, second)
        return true
    }

    /// A month, a weekday, a zone or half of the day.
    private static func word(_ cursor: inout ByteCursor, _ parts: inout Parts) {
        let word = cursor.current.map { $0 < 0x80 } == true ? foreignEnd(cursor.word(), &cursor) : foreignEnd("", &cursor)
        if let time = parts.time {
            if word == "pm" || word == "am" {
                var hour = time.hour
                if DayPeriod.apply(word == "pm", to: &hour) { parts.time?.hour = hour }
            } else if parts.offset == nil {
                // The military letters stand for UTC, and so does the word before an offset: `GMT+0100`.
                if let hours = zones[word], hours != 0 || !isOffset(cursor) {
                    parts.offset = hours * 1_800
                } else if word.utf8.count == 1 {
                    parts.offset = 0
                }
            }
        }
        if word.utf8.count >= 3 { month(word, cursor, &parts) }
    }

    /// Keeps a month. `mar., 3 févr.` and `mardi 3 février` begin with a weekday that is also a month's name.
    private static func month(_ word: String, _ cursor: ByteCursor, _ parts: inout Parts) {
        guard parts.month == nil || parts.isMonthFirst && parts.day != nil && parts.time == nil else { return }
        guard let month = MonthNames.number(word) else { return }
        if parts.day == nil {
            var next = cursor
            _ = next.skip(46)
            next.skipSpace()
            if next.current == UInt8(ascii: ",") { return }
        }
        parts.isMonthFirst = parts.day == nil
        parts.month = month
    }

    /// The word with what follows the letters of ASCII: `févr`, and all of `фев`.
    private static func foreignEnd(_ word: String, _ cursor: inout ByteCursor) -> String {
        let start = cursor.at
        while let byte = cursor.current, byte >= 0x80 || cursor.at > start && HTMLTokenizer.isLetter(byte) {
            let before = cursor.at
            cursor.skipSpace()
            if cursor.at > before { return word + rest(cursor, start..<before) }
            cursor.at += 1
        }
        return cursor.at == start ? word : word + rest(cursor, start..<cursor.at)
    }

    private static func rest(_ cursor: ByteCursor, _ range: Range<Int>) -> String {
        String(decoding: cursor.bytes[range], as: UTF8.self).lowercased()
    }

    /// Half hours ahead of UTC.
    private static let zones: [String: Int] = [
        "ut": 0, "utc": 0, "gmt": 0, "est": -10, "edt": -8, "cst": -12, "cdt": -10, "mst": -14, "mdt": -12, "pst": -16, "pdt": -14, "wet": 0,
        "west": 2,
        "bst": 2, "cet": 2, "cest": 4, "met": 2, "mest": 4, "mez": 2, "mesz": 4, "eet": 4, "eest": 6, "msk": 6, "msd": 8, "jst": 18, "kst": 18,
        "hkt": 16, "aest": 20, "aedt": 22, "nzst": 24, "nzdt": 26,
    ]

    /// `+0100`, `-05:00`; the hyphen of `3-Feb-2026` is none.
    private static func offset(_ cursor: inout ByteCursor, _ parts: inout Parts) {
        let sign = cursor.current == UInt8(ascii: "-") ? -1 : 1
        cursor.at += 1
        guard parts.time != nil, let first = cursor.number(limit: 4) else { return }
        var (hours, minutes) = first.digits > 2 ? (first.value / 100, first.value % 100) : (first.value, 0)
        if first.digits <= 2, cursor.skip(58) { minutes = cursor.number(limit: 2)?.value ?? 0 }
        // A year may stand behind the time: `Tue Feb 3 09:14:07 2026` has no sign, `+0000 2026` is read by its digits.
        if hours <= 15, minutes <= 59, parts.offset == nil { parts.offset = sign * (hours * 3_600 + minutes * 60) }
    }

    /// Whether an offset follows at once.
    private static func isOffset(_ cursor: ByteCursor) -> Bool {
        guard let sign = cursor.current, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), cursor.at + 1 < cursor.bytes.count else {
            return false
        }
        return isDigit(cursor.bytes[cursor.at + 1])
    }

    /// `2026-02-03T09:14:07Z`, as some scripts write.
    private static func iso(_ value: [UInt8]) -> DateText.Result? {
        guard let (date, offset) = RFC3339.parseLocal(String(decoding: value, as: UTF8.self)) else { return nil }
        return offset.map { .zoned(date, offset: $0) } ?? .local(date)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
}

extension DateText.Result {
    /// The instant, by a clock that shows UTC where no zone is named: that of a server.
    var utc: Timestamp? {
        switch self {
        case .instant(let at): at
        case .zoned(let date, let offset): date.timestamp(offset: offset)
        case .local(let date): date.timestamp()
        }
    }
}
