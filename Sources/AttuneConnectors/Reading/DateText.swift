import AttuneCore

/// Dates as people and old protocols write them.
enum DateText {
    enum Result: Hashable {
        case instant(Timestamp)
        case zoned(CivilDate, offset: Int)
        case local(CivilDate)
    }

    /// `2026-02-03`, `3/2/26`, `3.2.2026 9:14`, `02-03-2026 9:14:07 PM +0100`: three numbers, then perhaps a time and a zone.
    static func numeric(_ bytes: UnsafeBufferPointer<UInt8>, dayFirst: Bool) -> Result? {
        var cursor = ByteCursor(bytes)
        guard let parts = numbers(&cursor), var date = civil(parts, dayFirst: dayFirst) else { return nil }
        guard let zone = timeAndZone(&cursor, into: &date) else { return nil }
        return result(date, zone)
    }

    /// Which order of day and month a numeric date shows: true day first, false month first, nil when it does not tell.
    static func showsDayFirst(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
        if beginsWithYear(bytes) { return nil }
        var cursor = ByteCursor(bytes)
        guard let parts = numbers(&cursor), parts[0].digits <= 2, parts[1].digits <= 2 else { return nil }
        return parts[0].value > 12 ? true : parts[1].value > 12 ? false : nil
    }

    /// Whether a numeric date needs the order of day and month to be known.
    static func needsOrder(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if beginsWithYear(bytes) { return false }
        var cursor = ByteCursor(bytes)
        guard let parts = numbers(&cursor) else { return false }
        return parts[0].digits <= 2 && parts[0].value <= 12 && parts[1].value <= 12
    }

    /// Four digits in front, as nearly all dates of files have them: nothing is to be decided.
    private static func beginsWithYear(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.count > 4 && (0..<4).allSatisfy { bytes[$0] &- 48 < 10 } && bytes[4] &- 48 >= 10
    }

    private static func numbers(_ cursor: inout ByteCursor) -> [(value: Int, digits: Int)]? {
        cursor.skipSpace()
        guard let a = cursor.number(limit: 4), let separator = cursor.current, separator == 47 || separator == 46 || separator == 45 else {
            return nil
        }
        cursor.at += 1
        cursor.skipSpace()
        guard let b = cursor.number(limit: 4), cursor.skip(separator) else { return nil }
        cursor.skipSpace()
        guard let c = cursor.number(limit: 4) else { return nil }
        return [a, b, c]
    }

    private static func civil(_ parts: [(value: Int, digits: Int)], dayFirst: Bool) -> CivilDate? {
        let (a, b, c) = (parts[0], parts[1], parts[2])
        if a.digits == 4 { return CivilDate(year: a.value, month: b.value, day: c.value) }
        guard a.digits <= 2, b.digits <= 2, c.digits == 4 || c.digits == 2 else { return nil }
        let year = c.digits == 4 ? c.value : twoDigitYear(c.value)
        // A component above 12 can only be the day.
        let swapped = dayFirst ? b.value > 12 && a.value <= 12 : a.value <= 12 || b.value > 12
        return swapped ? CivilDate(year: year, month: a.value, day: b.value) : CivilDate(year: year, month: b.value, day: a.value)
    }

    /// 00…69 are of this century, as POSIX has it.
    static func twoDigitYear(_ year: Int) -> Int { year < 70 ? 2000 + year : 1900 + year }

    private enum Zone { case none, offset(Int) }

    private static func result(_ date: CivilDate, _ zone: Zone) -> Result? {
        guard date.isValid else { return nil }
        return switch zone {
        case .none: .local(date)
        case .offset(let offset): .zoned(date, offset: offset)
        }
    }

    /// The rest of a text behind its date. Nil when it is something else.
    private static func timeAndZone(_ cursor: inout ByteCursor, into date: inout CivilDate) -> Zone? {
        if !cursor.skip(UInt8(ascii: "T")) { _ = cursor.skip(UInt8(ascii: ",")) }
        cursor.skipSpace()
        if cursor.isAtEnd { return Zone.none }
        guard time(&cursor, into: &date) else { return nil }
        cursor.skipSpace()
        if cursor.isAtEnd { return Zone.none }
        guard let offset = zone(&cursor) else { return nil }
        cursor.skipSpace()
        // `+0000 UTC`: the offset says it all.
        _ = cursor.word()
        cursor.skipSpace()
        // RFC 5322 allows a comment with the zone's name.
        return cursor.isAtEnd || cursor.current == UInt8(ascii: "(") ? .offset(offset) : nil
    }

    /// `9:14`, `09:14:07.440`, `9:14 PM`, `9:14 Uhr`, `9h14`.
    static func time(_ cursor: inout ByteCursor, into date: inout CivilDate) -> Bool {
        guard let hour = cursor.number(limit: 2), cursor.skip(58) || cursor.skip(UInt8(ascii: "h")), let minute = cursor.number(limit: 2),
            minute.digits == 2
        else { return false }
        date.hour = hour.value
        date.minute = minute.value
        if cursor.skip(58) {
            guard let second = cursor.number(limit: 2), second.digits == 2 else { return false }
            date.second = second.value == 60 ? 59 : second.value
            if cursor.skip(46) || cursor.skip(44) {
                guard let fraction = cursor.fraction() else { return false }
                date.nanosecond = fraction
            }
        }
        let before = cursor.at
        cursor.skipSpace()
        if let afternoon = period(&cursor) { return DayPeriod.apply(afternoon, to: &date.hour) }
        if cursor.skip(word: "uhr") { return true }
        cursor.at = before
        return true
    }

    /// `AM`, `p.m.`, `a. m.`
    private static func period(_ cursor: inout ByteCursor) -> Bool? {
        let start = cursor.at
        guard let letter = cursor.current.map({ $0 | 0x20 }), letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") else { return nil }
        cursor.at += 1
        if cursor.skip(46) { cursor.skipSpace() }
        if cursor.skip(word: "m") {
            _ = cursor.skip(46)
            return letter == UInt8(ascii: "p")
        }
        cursor.at = start
        return nil
    }

    /// Seconds ahead of UTC of `Z`, `+0100`, `+01:00`, `GMT`, `GMT+1`, `UTC+5:30`, `EST`.
    static func zone(_ cursor: inout ByteCursor) -> Int? {
        if let offset = offset(&cursor) { return offset }
        let name = cursor.word()
        if cursor.current == 43 || cursor.current == 45 { return ["gmt", "utc", "ut"].contains(name) ? offset(&cursor) : nil }
        return zoneHours[name].map { $0 * 3_600 }
    }

    private static func offset(_ cursor: inout ByteCursor) -> Int? {
        if cursor.current == 43 || cursor.current == 45 {
            let sign = cursor.current == 45 ? -1 : 1
            cursor.at += 1
            guard let first = cursor.number(limit: 4) else { return nil }
            var (hours, minutes) = (first.value, 0)
            if first.digits == 4 {
                (hours, minutes) = (first.value / 100, first.value % 100)
            } else if cursor.skip(58) {
                guard let second = cursor.number(limit: 2), second.digits == 2 else { return nil }
                minutes = second.value
            }
            return hours <= 23 && minutes <= 59 ? sign * (hours * 3_600 + minutes * 60) : nil
        }
        return nil
    }

    /// RFC 5322 §4.3: the obsolete zones; and those of Europe, which have one meaning in English and German.
    private static let zoneHours = [
        "z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
        "wet": 0, "west": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3, "oez": 2, "oesz": 3, "msk": 3,
    ]
}

extension DateText {
    /// `Tue, 03 Feb 2026 09:14:07 +0000`, `Tue Feb 03 09:14:07 +0000 2026`, `February 3, 2026 9:14 PM`: English month names.
    static func worded(_ bytes: UnsafeBufferPointer<UInt8>) -> Result? {
        var cursor = ByteCursor(bytes)
        var (year, month, day): (Int?, Int?, Int?)
        var date = CivilDate(year: 0, month: 1, day: 1)
        var (hasTime, offset): (Bool, Int?) = (false, nil)
        while true {
            while cursor.skip(44) || cursor.skip(45) && !hasTime || cursor.current == 32 { cursor.skipSpace() }
            guard let byte = cursor.current, byte != UInt8(ascii: "(") else { break }
            if byte >= 48, byte <= 57 {
                let start = cursor.at
                if !hasTime, time(&cursor, into: &date) {
                    hasTime = true
                    continue
                }
                cursor.at = start
                guard let number = cursor.number(limit: 4) else { return nil }
                if number.digits <= 2, day == nil {
                    day = number.value
                } else if year == nil {
                    year = number.digits == 2 ? twoDigitYear(number.value) : number.value
                } else {
                    return nil
                }
            } else if byte == 43 || byte == 45 {
                guard let found = zone(&cursor), offset == nil else { return nil }
                offset = found
            } else {
                guard let word = name(&cursor, month: &month, offset: &offset, hasTime: hasTime), word else { return nil }
            }
        }
        guard let year, let month, let day else { return nil }
        (date.year, date.month, date.day) = (year, month, day)
        return result(date, offset.map { .offset($0) } ?? .none)
    }

    /// Takes a month's, weekday's or zone's name; false for any other word, nil for a byte that is no letter.
    private static func name(_ cursor: inout ByteCursor, month: inout Int?, offset: inout Int?, hasTime: Bool) -> Bool? {
        let start = cursor.at
        let word = cursor.word()
        guard !word.isEmpty else { return nil }
        _ = cursor.skip(46)
        if month == nil, let found = monthNumber(word) {
            month = found
            return true
        }
        if isWeekday(word) || word == "st" || word == "nd" || word == "rd" || word == "th" || word == "at" { return true }
        cursor.at = start
        guard hasTime, let found = zone(&cursor) else { return false }
        // `+0000 UTC`: the offset says it all.
        offset = offset ?? found
        return true
    }

    /// 1…12 of an English month's name or its first three letters, lower case.
    static func monthNumber(_ word: String) -> Int? {
        guard let key = key(word), let month = monthKeys.firstIndex(of: key) else { return nil }
        return word.utf8.count == 3 || word == months[month] || word == "sept" ? month + 1 : nil
    }

    /// The first three bytes of a word as a number; nil when it has fewer.
    private static func key(_ word: String) -> UInt32? {
        var word = word
        return word.withUTF8 { $0.count < 3 ? nil : UInt32($0[0]) | UInt32($0[1]) << 8 | UInt32($0[2]) << 16 }
    }

    private static let monthKeys = months.compactMap(key)
    private static let weekdayKeys = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].compactMap(key)

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ]

    /// Whether a word, lower case, begins as an English weekday does.
    private static func isWeekday(_ word: String) -> Bool {
        key(word).map(weekdayKeys.contains) ?? false
    }
}

/// AM and PM.
enum DayPeriod {
    /// Turns an hour of the 12-hour clock into one of the day. Exports do write `00:08 a.m.` and `13:05 p.m.`: both are read as they stand.
    static func apply(_ afternoon: Bool, to hour: inout Int) -> Bool {
        guard hour <= 23 else { return false }
        if afternoon, hour < 12 { hour += 12 } else if !afternoon, hour == 12 { hour = 0 }
        return true
    }
}
