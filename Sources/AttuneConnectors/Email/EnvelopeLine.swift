/// The line that separates mails in a mailbox file.
enum EnvelopeLine {
    /// Bytes of the longest one with the line behind it.
    static let longest = 2_048

    /// Offset of the first line end from `from` on with `From ` behind it. By its `F`: there are fewer of them than line ends.
    static func candidate(_ bytes: UnsafeBufferPointer<UInt8>, from: Int) -> Int? {
        var at = from + 1
        while let found = ByteSearch.first(UInt8(ascii: "F"), in: bytes, from: at, to: bytes.count - 4) {
            if bytes[found - 1] == 10, bytes[found + 1] == UInt8(ascii: "r"), bytes[found + 2] == UInt8(ascii: "o"),
                bytes[found + 3] == UInt8(ascii: "m"), bytes[found + 4] == 32
            {
                return found - 1
            }
            at = found + 1
        }
        return nil
    }

    /// Whether a line `From …` begins a mail: an empty line stands before it, and it names a time or a header field follows.
    /// `From here on …` at the beginning of a paragraph is text. Nil when the bytes end before that is known.
    static func begins(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, isLast: Bool) -> Bool? {
        let limit = min(bytes.count, start + longest)
        let isWhole = isLast || limit < bytes.count
        guard let end = ByteSearch.first(10, in: bytes, from: start, to: limit) else { return isWhole ? namesTime(bytes, start..<limit) : nil }
        // `From : ann@example.com` is a field of a mail that somebody forwarded.
        if MailHeader.colon(bytes, start, end) != nil { return false }
        let isTimed = namesTime(bytes, start..<end)
        let isBehindEmptyLine = start < 2 || bytes[start - 2] == 10 || bytes[start - 2] == 13 && start >= 3 && bytes[start - 3] == 10
        if isTimed, isBehindEmptyLine { return true }
        guard let nextEnd = ByteSearch.first(10, in: bytes, from: end + 1, to: limit) ?? (isWhole ? limit : nil) else { return nil }
        let isHeader = MailHeader.colon(bytes, end + 1, nextEnd) != nil
        // Some programs forget the empty line.
        return isHeader && (isBehindEmptyLine || isTimed)
    }

    /// Whether what follows a separator is neither a header nor empty: then it may be a line of the mail before it. Nil when the bytes end
    /// before that is known.
    static func isDoubtful(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, isLast: Bool) -> Bool? {
        let limit = min(bytes.count, start + longest)
        guard let end = ByteSearch.first(10, in: bytes, from: start, to: limit) else { return isLast || limit < bytes.count ? true : nil }
        let known = isLast || limit < bytes.count ? limit : nil
        guard let next = ByteSearch.first(10, in: bytes, from: end + 1, to: limit) ?? known else { return nil }
        let isEmpty = bytes[(end + 1)..<next].allSatisfy { $0 <= 32 }
        return !isEmpty && MailHeader.colon(bytes, end + 1, next) == nil
    }

    /// Whether `09:14` occurs, and four digits of a year.
    private static func namesTime(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        if endsWithTime(bytes, range) { return true }
        var (hasTime, hasYear, digits) = (false, false, 0)
        for i in range {
            if bytes[i] >= 48, bytes[i] <= 57 {
                digits += 1
                hasYear = hasYear || digits == 4
            } else {
                if bytes[i] == 58, digits >= 1, digits <= 2, i + 1 < range.upperBound, bytes[i + 1] >= 48, bytes[i + 1] <= 57 { hasTime = true }
                digits = 0
            }
        }
        return hasTime && hasYear
    }

    /// Whether it ends with ` 09:14:07 2026`, as nearly all do.
    private static func endsWithTime(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        let end = range.upperBound > range.lowerBound && bytes[range.upperBound - 1] == 13 ? range.upperBound - 1 : range.upperBound
        guard end - range.lowerBound >= 14 else { return false }
        func isDigit(_ back: Int) -> Bool { bytes[end - back] &- 48 < 10 }
        let hasYear = isDigit(1) && isDigit(2) && isDigit(3) && isDigit(4)
        return hasYear && isDigit(10) && bytes[end - 11] == UInt8(ascii: ":") && isDigit(12) && isDigit(13) && bytes[end - 14] == 32
    }
}
