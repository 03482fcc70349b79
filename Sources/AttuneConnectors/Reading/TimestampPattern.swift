import AttuneCore

/// A pattern for times in the letters of Unicode TR 35 that exports use, or the unit of a Unix number.
struct TimestampPattern: Sendable {
    static let help = """
        write a pattern of yyyy yy MM M MMM dd d HH H hh h mm ss SSS a Z EEE and literal signs (letters in 'quotes'), \
        one of YYYY-MM-DD HH:mm:ss, one of strptime such as %d.%m.%Y %H:%M:%S, or unix, unix-ms, unix-us, unix-ns, iso8601, or rfc5322
        """

    /// What people call Unix numbers besides, without the marks between words.
    private static let units: [String: UnixTime.Unit] = [
        "unix": .seconds, "unixtime": .seconds, "unixs": .seconds, "unixseconds": .seconds, "epoch": .seconds, "epochs": .seconds,
        "epochseconds": .seconds, "s": .seconds, "sec": .seconds, "seconds": .seconds, "%s": .seconds,
        "unixms": .milliseconds, "unixmillis": .milliseconds, "epochms": .milliseconds, "epochmillis": .milliseconds, "ms": .milliseconds,
        "millis": .milliseconds, "milliseconds": .milliseconds,
        "unixus": .microseconds, "epochus": .microseconds, "us": .microseconds, "microseconds": .microseconds,
        "unixns": .nanoseconds, "epochns": .nanoseconds, "ns": .nanoseconds, "nanoseconds": .nanoseconds,
    ]

    private enum Element {
        case year(digits: Int), month, monthName, day, hour, minute, second, fraction, period, zone, weekday, literal(UInt8)
        /// Any, or none.
        case blanks

        var isNumber: Bool {
            switch self {
            case .year, .month, .day, .hour, .minute, .second, .fraction: true
            case .monthName, .period, .zone, .weekday, .literal, .blanks: false
            }
        }
    }

    private enum Kind {
        case unix(UnixTime.Unit)
        case worded
        case iso
        case elements([Element])
    }

    private let kind: Kind

    /// Nil when the pattern has a letter that is not in `help`, or no year, month and day.
    init?(_ text: String) {
        let word = text.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
        if let unit = Self.units[word] {
            kind = .unix(unit)
        } else if ["rfc5322", "rfc2822", "rfc822"].contains(word) {
            kind = .worded
        } else if ["iso8601", "iso", "rfc3339"].contains(word) {
            kind = .iso
        } else {
            let pattern = Array(text.utf8)
            guard let elements = pattern.contains(UInt8(ascii: "%")) ? Self.directives(pattern) : Self.elements(pattern) else { return nil }
            kind = .elements(elements)
        }
    }

    private static func elements(_ pattern: [UInt8]) -> [Element]? {
        var elements = [Element]()
        var letters = Set<UInt8>()
        var at = 0
        while at < pattern.count {
            let byte = pattern[at]
            if byte == UInt8(ascii: "'") {
                let end = pattern[(at + 1)...].firstIndex(of: byte) ?? pattern.count
                elements += end == at + 1 ? [.literal(byte)] : pattern[(at + 1)..<end].map { .literal($0) }
                at = end + 1
                continue
            }
            guard (byte | 0x20) >= 97, (byte | 0x20) <= 122 else {
                elements.append(.literal(byte))
                at += 1
                continue
            }
            let end = pattern[at...].firstIndex { $0 != byte } ?? pattern.count
            guard let element = element(byte, count: end - at) else { return nil }
            elements.append(element)
            if case .weekday = element {} else { letters.insert(byte) }
            at = end
        }
        return letters.contains(UInt8(ascii: "M")) && !letters.isDisjoint(with: "dD".utf8) && !letters.isDisjoint(with: "yuY".utf8) ? elements : nil
    }

    private static func element(_ letter: UInt8, count: Int) -> Element? {
        switch letter {
        // As people mean it, who write YYYY-MM-DD: by the letters of TR 35 it would be the year of a week and the day of a year.
        case UInt8(ascii: "y"), UInt8(ascii: "u"), UInt8(ascii: "Y"): .year(digits: count == 2 ? 2 : 4)
        case UInt8(ascii: "D"): count > 2 ? nil : .day
        case UInt8(ascii: "d") where count > 2: .weekday
        case UInt8(ascii: "A"): .period
        case UInt8(ascii: "T") where count == 1: .literal(letter)
        case UInt8(ascii: "M"): count > 2 ? .monthName : .month
        case UInt8(ascii: "d"): .day
        case UInt8(ascii: "H"), UInt8(ascii: "h"): .hour
        case UInt8(ascii: "m"): .minute
        case UInt8(ascii: "s"): .second
        case UInt8(ascii: "S"): .fraction
        case UInt8(ascii: "a"): .period
        case UInt8(ascii: "Z"), UInt8(ascii: "X"), UInt8(ascii: "x"), UInt8(ascii: "z"), UInt8(ascii: "V"): .zone
        case UInt8(ascii: "E"): .weekday
        default: nil
        }
    }

    /// A pattern of C's strptime, which Python and databases have too.
    private static func directives(_ pattern: [UInt8]) -> [Element]? {
        var elements = [Element]()
        var letters = Set<UInt8>()
        var at = 0
        while at < pattern.count {
            defer { at += 1 }
            guard pattern[at] == UInt8(ascii: "%") else {
                elements.append(pattern[at] == 32 ? .blanks : .literal(pattern[at]))
                continue
            }
            at += 1
            // Flags of how a number is padded: any number is read.
            while at < pattern.count, "-_0#".utf8.contains(pattern[at]) { at += 1 }
            guard at < pattern.count, let found = directive(pattern[at]) else { return nil }
            elements += found
            letters.insert(pattern[at])
        }
        let isDated = !letters.isDisjoint(with: "de".utf8) && !letters.isDisjoint(with: "mbBh".utf8) && !letters.isDisjoint(with: "yY".utf8)
        return isDated || !letters.isDisjoint(with: "FD".utf8) ? elements : nil
    }

    private static func directive(_ letter: UInt8) -> [Element]? {
        let colon = Element.literal(UInt8(ascii: ":"))
        let (dash, slash) = (Element.literal(UInt8(ascii: "-")), Element.literal(UInt8(ascii: "/")))
        return switch letter {
        case UInt8(ascii: "Y"): [.year(digits: 4)]
        case UInt8(ascii: "y"): [.year(digits: 2)]
        case UInt8(ascii: "m"): [.month]
        case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "h"): [.monthName]
        case UInt8(ascii: "d"): [.day]
        case UInt8(ascii: "H"), UInt8(ascii: "I"): [.hour]
        // Padded with blanks.
        case UInt8(ascii: "e"): [.blanks, .day]
        case UInt8(ascii: "k"), UInt8(ascii: "l"): [.blanks, .hour]
        case UInt8(ascii: "M"): [.minute]
        case UInt8(ascii: "S"): [.second]
        case UInt8(ascii: "f"): [.fraction]
        case UInt8(ascii: "p"): [.period]
        case UInt8(ascii: "z"), UInt8(ascii: "Z"): [.zone]
        case UInt8(ascii: "a"), UInt8(ascii: "A"): [.weekday]
        case UInt8(ascii: "F"): [.year(digits: 4), dash, .month, dash, .day]
        case UInt8(ascii: "D"): [.month, slash, .day, slash, .year(digits: 2)]
        case UInt8(ascii: "T"): [.hour, colon, .minute, colon, .second]
        case UInt8(ascii: "R"): [.hour, colon, .minute]
        case UInt8(ascii: "%"): [.literal(letter)]
        default: nil
        }
    }

    /// Nil when the text does not follow the pattern to its end, or names no date.
    func read(_ bytes: UnsafeBufferPointer<UInt8>) -> DateText.Result? {
        switch kind {
        case .unix(let unit): return UnixTime.read(bytes, unit: unit).map { .instant($0) }
        case .worded: return DateText.worded(bytes)
        case .iso: return Self.iso(bytes)
        case .elements(let elements):
            var cursor = ByteCursor(bytes)
            var reading = Reading()
            for (index, element) in elements.enumerated() {
                let next = index + 1 < elements.count ? elements[index + 1] : nil
                // Of numbers side by side, as in yyyyMMdd, each has all of its digits.
                let isTight = next?.isNumber == true || index > 0 && elements[index - 1].isNumber
                if !reading.take(element, &cursor, isTight: isTight, before: next) { return nil }
            }
            guard cursor.isAtEnd, reading.finish() else { return nil }
            return reading.offset.map { .zoned(reading.date, offset: $0) } ?? .local(reading.date)
        }
    }

    /// RFC 3339, without a zone too, and the shorter forms of ISO 8601.
    private static func iso(_ bytes: UnsafeBufferPointer<UInt8>) -> DateText.Result? {
        if bytes.count >= 19, let (date, offset) = RFC3339.parseLocal(bytes) { return offset.map { .zoned(date, offset: $0) } ?? .local(date) }
        guard bytes.count >= 8, bytes[..<4].allSatisfy({ $0 &- 48 < 10 }) else { return nil }
        return bytes[4] == UInt8(ascii: "-") ? DateText.numeric(bytes, dayFirst: true) : bytes.count != 14 ? BareDate.read(bytes) : nil
    }

    private struct Reading {
        var date = CivilDate(year: 1970, month: 1, day: 1)
        var offset: Int?
        var afternoon: Bool?

        mutating func take(_ element: Element, _ cursor: inout ByteCursor, isTight: Bool, before next: Element?) -> Bool {
            switch element {
            case .year(let digits):
                guard let year = Self.number(&cursor, digits: digits, isTight) else { return false }
                date.year = digits == 2 ? DateText.twoDigitYear(year) : year
            case .month: return number(&cursor, \.month, isTight)
            case .day: return number(&cursor, \.day, isTight)
            case .hour: return number(&cursor, \.hour, isTight)
            case .minute: return number(&cursor, \.minute, isTight)
            case .second: return number(&cursor, \.second, isTight)
            case .monthName:
                guard let month = Self.month(&cursor) else { return false }
                date.month = month
                // Short forms may have a point that the pattern leaves out.
                if case .literal(UInt8(ascii: ".")) = next { break }
                _ = cursor.skip(UInt8(ascii: "."))
            case .weekday: return !cursor.word().isEmpty
            case .fraction:
                guard let fraction = cursor.fraction() else { return false }
                date.nanosecond = fraction
            case .period:
                let letter = cursor.word()
                guard letter == "am" || letter == "pm" else { return false }
                afternoon = letter == "pm"
            case .zone:
                guard let zone = DateText.zone(&cursor) else { return false }
                offset = zone
            case .literal(let byte): return cursor.skip(byte)
            case .blanks: while cursor.skip(32) {}
            }
            return true
        }

        private mutating func number(_ cursor: inout ByteCursor, _ path: WritableKeyPath<CivilDate, Int>, _ isTight: Bool) -> Bool {
            guard let number = Self.number(&cursor, digits: 2, isTight) else { return false }
            date[keyPath: path] = number
            return true
        }

        private static func number(_ cursor: inout ByteCursor, digits: Int, _ isTight: Bool) -> Int? {
            guard isTight else { return cursor.number(limit: digits)?.value }
            let end = cursor.at + digits
            guard end <= cursor.bytes.count else { return nil }
            var own = ByteCursor(UnsafeBufferPointer(rebasing: cursor.bytes[cursor.at..<end]))
            guard let (value, count) = own.number(limit: digits), count == digits else { return nil }
            cursor.at = end
            return value
        }

        /// A month's name in any language.
        private static func month(_ cursor: inout ByteCursor) -> Int? {
            let start = cursor.at
            while let byte = cursor.current, (byte | 0x20) &- 97 < 26 || byte >= 0x80 { cursor.at += 1 }
            let name = String(decoding: cursor.bytes[start..<cursor.at], as: UTF8.self).lowercased()
            return MonthNames.number(name)
        }

        mutating func finish() -> Bool {
            if let afternoon, !DayPeriod.apply(afternoon, to: &date.hour) { return false }
            return date.isValid
        }
    }
}
