/// Reads the header of an exported line, `[03/02/2026, 09:14:07] ` or `2/3/26, 9:14 PM - ` and their many relatives, and tells
/// in which style it is written. All lines of one file are written in one style.
struct HeaderScanner {
    /// What does not change within a file.
    struct Style: Hashable {
        enum End: Hashable { case bracket, dash, colon, blank }
        var end: End
        var dateSeparator: UInt8
        var timeSeparator: UInt8
        var hasSeconds: Bool
        var hasPeriod: Bool
        /// Which of the three numbers has four digits; 3 when none has.
        var fullYearAt: UInt8
        /// Whether a word stands beside the clock that is not known as a day period.
        var hasWord = false
        var isTimeFirst = false
    }

    struct Match {
        var style: Style
        /// The date's numbers as written, and the clock's after AM and PM.
        var date: (UInt16, UInt16, UInt16)
        var hour: UInt8
        var minute: UInt8
        var second: UInt8
        /// Where the author begins.
        var bodyStart: Int
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var at: Int
    private let end: Int
    /// Whether an unknown word stood before or behind the clock.
    private var hasWord = false

    /// Nil when the line `start..<end` does not begin with a header.
    static func match(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Match? {
        guard start < end else { return nil }
        // Nearly all continuation lines end here.
        switch bytes[start] {
        case 0x5B, 48...57, 0xE2, 0xD9, 0xDB, 0xE0, 0xEF: break
        default: return nil
        }
        var scanner = HeaderScanner(bytes: bytes, at: start, end: end)
        return scanner.match()
    }

    /// `09:14, 03/02/2026 - ` of Vietnamese phones, `[9:14 PM, 2/3/2026] ` as WhatsApp's web page copies.
    private mutating func matchTimeFirst(_ isBracketed: Bool) -> Match? {
        guard let time = time() else { return nil }
        skipSpace()
        let afternoon = PeriodNames.read(bytes, &at, end)
        var hour = Int(time.hour)
        if let afternoon, !DayPeriod.apply(afternoon, to: &hour) { return nil }
        _ = skip(0x2C)
        skipSpace()
        guard let date = date(), let ending = ending(isBracketed), ending == .bracket || ending == .dash else { return nil }
        let style = Style(
            end: ending, dateSeparator: date.separator, timeSeparator: time.separator, hasSeconds: time.second != nil, hasPeriod: afternoon != nil,
            fullYearAt: date.fullYearAt, isTimeFirst: true)
        return Match(
            style: style, date: date.numbers, hour: UInt8(hour), minute: time.minute, second: time.second ?? 0, bodyStart: at)
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, at: Int, end: Int) {
        self.bytes = bytes
        self.at = at
        self.end = end
    }

    private mutating func match() -> Match? {
        skipMarks()
        let isBracketed = skip(0x5B)
        skipMarks()
        let start = at
        guard let date = date() else {
            at = start
            return matchTimeFirst(isBracketed)
        }
        var afternoon = betweenDateAndTime()
        guard let time = time() else { return nil }
        let beforePeriod = at
        skipSpace()
        let behind = afternoon == nil ? PeriodNames.read(bytes, &at, end) : nil
        if behind == nil { at = beforePeriod } else { afternoon = behind }
        let hasPeriod = afternoon != nil
        var hour = Int(time.hour)
        if let afternoon, !DayPeriod.apply(afternoon, to: &hour) { return nil }
        skipMarks()
        guard let ending = ending(isBracketed) else { return nil }
        let style = Style(
            end: ending, dateSeparator: date.separator, timeSeparator: time.separator, hasSeconds: time.second != nil, hasPeriod: hasPeriod,
            fullYearAt: date.fullYearAt, hasWord: hasWord)
        return Match(
            style: style, date: date.numbers, hour: UInt8(hour), minute: time.minute, second: time.second ?? 0, bodyStart: at)
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard at < end, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    private mutating func skipMarks() {
        while at < end, bytes[at] >= 0xE2 {
            let length = TextMarks.length(bytes, at: at)
            if length == 0 { return }
            at += length
        }
    }

    /// Skips blanks (also U+00A0 and U+202F) and marks.
    private mutating func skipSpace() {
        while at < end {
            switch bytes[at] {
            case 0x20, 0x09: at += 1
            case 0xC2 where at + 1 < end && bytes[at + 1] == 0xA0: at += 2
            case 0xE2 where at + 2 < end && bytes[at + 1] == 0x80 && bytes[at + 2] == 0xAF: at += 3
            case 0xE2..., 0xEF:
                let length = TextMarks.length(bytes, at: at)
                if length == 0 { return }
                at += length
            default: return
            }
        }
    }

    /// A digit in ASCII, Arabic-Indic, Persian, or a script of India.
    private func digit() -> (value: Int, length: Int)? {
        guard at < end else { return nil }
        let byte = bytes[at]
        if byte >= 48, byte <= 57 { return (Int(byte - 48), 1) }
        if at + 1 < end {
            let next = bytes[at + 1]
            if byte == 0xD9, next >= 0xA0, next <= 0xA9 { return (Int(next - 0xA0), 2) }
            if byte == 0xDB, next >= 0xB0, next <= 0xB9 { return (Int(next - 0xB0), 2) }
            // Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada, Malayalam.
            if byte == 0xE0, next >= 0xA5, next <= 0xB5, next & 1 == 1, at + 2 < end, bytes[at + 2] >= 0xA6, bytes[at + 2] <= 0xAF {
                return (Int(bytes[at + 2] - 0xA6), 3)
            }
        }
        return nil
    }

    private mutating func number(limit: Int) -> (value: Int, digits: Int)? {
        var (value, digits) = (0, 0)
        while let digit = digit() {
            if digits == limit { return nil }
            value = value * 10 + digit.value
            digits += 1
            at += digit.length
        }
        return digits == 0 ? nil : (value, digits)
    }

    /// Three numbers with `/`, `.` or `-` between them; blanks may follow the separator, a point may end it all.
    private mutating func date() -> (numbers: (UInt16, UInt16, UInt16), separator: UInt8, fullYearAt: UInt8)? {
        guard let a = number(limit: 4) else { return nil }
        skipMarks()
        guard at < end else { return nil }
        let separator = bytes[at]
        guard separator == 0x2F || separator == 0x2E || separator == 0x2D else { return nil }
        at += 1
        skipSpace()
        guard let b = number(limit: 4) else { return nil }
        skipMarks()
        guard skip(separator) else { return nil }
        skipSpace()
        guard let c = number(limit: 4) else { return nil }
        let years = [a, b, c].map { $0.digits == 4 }
        guard years.count(where: { $0 }) <= 1, ![a, b, c].contains(where: { $0.digits == 3 }) else { return nil }
        let position = years.firstIndex(of: true) ?? 3
        return ((UInt16(a.value), UInt16(b.value), UInt16(c.value)), separator, UInt8(position))
    }

    /// `, `, `. `, a blank, a word (Finnish `klo`) or a day period that stands before the clock (Korean, Chinese).
    private mutating func betweenDateAndTime() -> Bool? {
        _ = skip(0x2E)
        // A comma, also the Arabic one.
        if !skip(0x2C), at + 1 < end, bytes[at] == 0xD8, bytes[at + 1] == 0x8C { at += 2 }
        skipSpace()
        if let afternoon = PeriodNames.read(bytes, &at, end) {
            skipSpace()
            return afternoon
        }
        skipWord(limit: 24)
        // Bulgarian: `3.02.26 г., 9:14 ч. - `
        _ = skip(0x2C)
        skipSpace()
        return nil
    }

    /// Skips a word in any script, with its points.
    private mutating func skipWord(limit: Int) {
        let start = at
        while at < end, at - start < limit, bytes[at] | 0x20 >= 97 && bytes[at] | 0x20 <= 122 || bytes[at] >= 0x80 || bytes[at] == 0x2E && at > start
        {
            let before = at
            skipSpace()
            if at > before {
                at = before
                break
            }
            if digit() != nil { break }
            at += 1
        }
        if at > start { hasWord = true }
    }

    private mutating func time() -> (hour: UInt8, minute: UInt8, second: UInt8?, separator: UInt8)? {
        guard let hour = number(limit: 2), at < end else { return nil }
        skipMarks()
        if let spelled = spelledTime(hour.value) { return spelled }
        guard at < end, bytes[at] == 0x3A || bytes[at] == 0x2E else { return nil }
        let separator = bytes[at]
        at += 1
        guard let minute = number(limit: 2), minute.digits == 2, hour.value < 24, minute.value < 60 else { return nil }
        let before = at
        skipMarks()
        guard skip(separator), let second = number(limit: 2), second.digits == 2 else {
            at = before
            return (UInt8(hour.value), UInt8(minute.value), nil, separator)
        }
        guard second.value < 61 else { return nil }
        return (UInt8(hour.value), UInt8(minute.value), UInt8(min(second.value, 59)), separator)
    }

    /// What follows the hour of a French Canadian clock: ` h 14`, ` h 14 min 07 s`.
    private mutating func spelledTime(_ hour: Int) -> (hour: UInt8, minute: UInt8, second: UInt8?, separator: UInt8)? {
        let start = at
        skipSpace()
        let letter = UInt8(ascii: "h")
        guard skip(letter) else {
            at = start
            return nil
        }
        skipSpace()
        guard let minute = number(limit: 2), hour < 24, minute.value < 60 else {
            at = start
            return nil
        }
        let behind = at
        skipSpace()
        if at + 3 <= end, bytes[at..<at + 3].elementsEqual("min".utf8) {
            at += 3
            skipSpace()
            if let second = number(limit: 2), second.value < 61 {
                skipSpace()
                if skip(UInt8(ascii: "s")) { return (UInt8(hour), UInt8(minute.value), UInt8(min(second.value, 59)), letter) }
            }
        }
        at = behind
        return (UInt8(hour), UInt8(minute.value), nil, letter)
    }

    private mutating func ending(_ isBracketed: Bool) -> Style.End? {
        if isBracketed {
            skipHourSign()
            guard skip(0x5D) else { return nil }
            _ = skip(0x20)
            return .bracket
        }
        if skip(0x3A) {
            guard skip(0x20) else { return nil }
            return .colon
        }
        let before = at
        skipSpace()
        guard at > before else { return nil }
        if dash() { return .dash }
        // Up to two words that are no known day period: `9:15 PTG - `, `9:15 e pasdites - `.
        let (word, hadWord) = (at, hasWord)
        for _ in 0..<2 where at < end {
            skipWord(limit: 24)
            skipSpace()
            if at > word, dash() { return .dash }
        }
        (at, hasWord) = (word, hadWord)
        // `DATE. TIME AUTHOR: TEXT`: only with an author behind it.
        return hasAuthor() ? .blank : nil
    }

    /// Bulgarian phones write an hour's sign behind the clock: `9:14:07 ч.`
    private mutating func skipHourSign() {
        let start = at
        skipSpace()
        if at + 3 <= end, bytes[at] == 0xD1, bytes[at + 1] == 0x87, bytes[at + 2] == 0x2E {
            at += 3
        } else {
            at = start
        }
    }

    /// Skips a hyphen or an en dash with its blank.
    private mutating func dash() -> Bool {
        if at + 1 < end, bytes[at] == 0x2D, bytes[at + 1] == 0x20 {
            at += 2
            return true
        }
        if at + 1 == end, bytes[at] == 0x2D {
            at += 1
            return true
        }
        if at + 3 < end, bytes[at] == 0xE2, bytes[at + 1] == 0x80, bytes[at + 2] == 0x93, bytes[at + 3] == 0x20 {
            at += 4
            return true
        }
        return false
    }

    /// Whether `: ` follows in the rest of the line, and no dash before it: then a header ended there that was not understood.
    private func hasAuthor() -> Bool {
        var i = at
        while i + 1 < end {
            if bytes[i] == 0x3A, bytes[i + 1] == 0x20 { return i > at }
            if bytes[i] == 0x2D, bytes[i + 1] == 0x20, bytes[i - 1] == 0x20 { return false }
            i += 1
        }
        return false
    }
}
