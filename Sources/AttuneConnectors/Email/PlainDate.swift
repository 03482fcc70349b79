import AttuneCore

/// Dates as nearly all mail programs write them: `Tue, 3 Feb 2026 09:14:07 +0000`, to the letter.
///
/// What `MailDate` makes of one, in a tenth of the time; every other date is left to it.
struct PlainDate {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0

    /// The instant of an unfolded value; nil where the grammar has to be asked.
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Timestamp? {
        var date = PlainDate(bytes)
        return date.instant()
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private mutating func instant() -> Timestamp? {
        skipBlanks()
        if Self.isLetter(byte(at)) {
            // With a comma it is a weekday, whichever.
            guard Self.isLetter(byte(at + 1)), Self.isLetter(byte(at + 2)), byte(at + 3) == UInt8(ascii: ",") else { return nil }
            at += 4
            skipBlanks()
        }
        guard let day = number(1...2), skipBlanks(), let month = month(), skipBlanks() else { return nil }
        let yearStart = at
        guard var year = number(2...4), at - yearStart != 3 else { return nil }
        if at - yearStart == 2 { year += year < 50 ? 2_000 : 1_900 }
        guard skipBlanks(), let hour = number(1...2), skip(UInt8(ascii: ":")), let minute = number(1...2) else { return nil }
        var second = 0
        if skip(UInt8(ascii: ":")) {
            guard let value = number(1...2) else { return nil }
            second = value
        }
        guard skipBlanks(), let offset = offset() else { return nil }
        let date = CivilDate(year: year, month: month, day: day, hour: hour, minute: minute, second: min(second, 59))
        return date.isValid ? date.timestamp(offset: offset) : nil
    }

    /// The byte at an offset, 0 behind the end.
    private func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard self.byte(at) == byte else { return false }
        at += 1
        return true
    }

    /// Whether there were blanks.
    @discardableResult
    private mutating func skipBlanks() -> Bool {
        let start = at
        while byte(at) == 32 { at += 1 }
        return at > start
    }

    private mutating func number(_ digits: ClosedRange<Int>) -> Int? {
        let start = at
        var value = 0
        while at < bytes.count, case let digit = bytes[at] &- 48, digit < 10, at - start <= digits.upperBound {
            value = value * 10 + Int(digit)
            at += 1
        }
        return digits ~= at - start ? value : nil
    }

    /// Three letters in lower case as a number, 0 where there are fewer or more.
    private mutating func letters() -> UInt32 {
        guard Self.isLetter(byte(at)), Self.isLetter(byte(at + 1)), Self.isLetter(byte(at + 2)), !Self.isLetter(byte(at + 3)) else { return 0 }
        defer { at += 3 }
        return Self.key(byte(at), byte(at + 1), byte(at + 2))
    }

    private static func key(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> UInt32 { UInt32(a | 0x20) << 16 | UInt32(b | 0x20) << 8 | UInt32(c | 0x20) }

    private mutating func month() -> Int? {
        let word = letters()
        return Self.months.firstIndex(of: word).map { $0 + 1 }
    }

    private static func keys(_ words: String) -> [UInt32] {
        words.split(separator: " ").map { word in word.utf8.reduce(0) { $0 << 8 | UInt32($1) } }
    }

    private static let months = keys("jan feb mar apr may jun jul aug sep oct nov dec")
    private static let zones = keys("gmt utc est edt cst cdt mst mdt pst pdt")
    private static let zoneHours = [0, 0, -5, -4, -6, -5, -7, -6, -8, -7]

    /// Seconds ahead of UTC of the rest of the value, `+0100`, `-0500 (EST)`, `GMT`.
    private mutating func offset() -> Int? {
        let sign = byte(at)
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
            guard let zone = Self.zones.firstIndex(of: letters()), at == bytes.count else { return nil }
            return Self.zoneHours[zone] * 3_600
        }
        at += 1
        guard let number = number(4...4), number / 100 <= 15, number % 100 <= 59 else { return nil }
        guard at == bytes.count || skipBlanks() && isComment() else { return nil }
        return (sign == UInt8(ascii: "-") ? -1 : 1) * (number / 100 * 3_600 + number % 100 * 60)
    }

    /// Whether the rest is one comment without another in it.
    private func isComment() -> Bool {
        guard byte(at) == UInt8(ascii: "("), bytes.last == UInt8(ascii: ")"), bytes.count - at >= 2 else { return false }
        for i in at + 1..<bytes.count - 1 where bytes[i] == UInt8(ascii: "(") || bytes[i] == UInt8(ascii: ")") || bytes[i] == UInt8(ascii: "\\") {
            return false
        }
        return true
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }
}
