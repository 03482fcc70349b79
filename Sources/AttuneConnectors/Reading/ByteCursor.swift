/// Walks over the bytes of a short text: numbers, words and signs of dates.
struct ByteCursor {
    let bytes: UnsafeBufferPointer<UInt8>
    var at: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, at: Int = 0) {
        self.bytes = bytes
        self.at = at
    }

    var isAtEnd: Bool { at >= bytes.count }
    var current: UInt8? { at < bytes.count ? bytes[at] : nil }

    mutating func skip(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        at += 1
        return true
    }

    /// Skips blanks: space, tab, U+00A0, U+202F.
    mutating func skipSpace() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x09: at += 1
            case 0xC2 where at + 1 < bytes.count && bytes[at + 1] == 0xA0: at += 2
            case 0xE2 where at + 2 < bytes.count && bytes[at + 1] == 0x80 && bytes[at + 2] == 0xAF: at += 3
            default: return
            }
        }
    }

    /// An unsigned number of at most `limit` (≤ 19) digits, and how many there were; stays where it is when there is none or more.
    mutating func number(limit: Int) -> (value: Int, digits: Int)? {
        var value = 0
        var end = at
        while end < bytes.count, bytes[end] >= 48, bytes[end] <= 57 {
            if end - at == limit { return nil }
            // Nineteen digits may wrap, but only to a negative number.
            value = value &* 10 &+ Int(bytes[end] - 48)
            end += 1
        }
        guard end > at, value >= 0 else { return nil }
        defer { at = end }
        return (value, end - at)
    }

    /// ASCII letters, lower-cased; empty when there are none.
    mutating func word() -> String {
        let start = at
        while let byte = current, (byte | 0x20) &- 97 < 26 { at += 1 }
        let count = at - start
        return String(unsafeUninitializedCapacity: count) { letters in
            for i in 0..<count { letters[i] = bytes[start + i] | 0x20 }
            return count
        }
    }

    /// Nanoseconds of a fraction of a second behind its point; digits beyond nine are dropped. Nil without a digit.
    mutating func fraction() -> Int? {
        var scale = 100_000_000
        var value = 0
        let first = at
        while let byte = current, byte >= 48, byte <= 57 {
            value += Int(byte - 48) * scale
            scale /= 10
            at += 1
        }
        return at > first ? value : nil
    }

    /// Whether `word` (ASCII, lower case) follows, in any case; if so, skips it.
    mutating func skip(word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard at + count <= bytes.count else { return false }
        for i in 0..<count where (bytes[at + i] >= 65 && bytes[at + i] <= 90 ? bytes[at + i] | 0x20 : bytes[at + i]) != word.utf8Start[i] {
            return false
        }
        at += count
        return true
    }
}
