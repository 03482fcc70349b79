/// Walks over JSON text at the speed of memory, as strictly as `JSONParser` but without its words: a step that meets something
/// odd says only so, and the parser then tells what is wrong, or that all is well.
struct JSONCursor {
    enum Kind { case object, array, string, escapedString, number, bool, null }

    /// Containers nested deeper are left to the parser, which knows its own limit.
    static let depthLimit = 64

    var at: UnsafePointer<UInt8>
    let end: UnsafePointer<UInt8>
    /// Whether an escape named U+0000.
    private(set) var sawNUL = false

    init(at: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) {
        self.at = at
        self.end = end
    }

    /// The byte here; 0, which is nowhere allowed, at the end.
    @inline(__always)
    var current: UInt8 { at < end ? at.pointee : 0 }

    @inline(__always)
    mutating func skipSpace() {
        while at < end, at.pointee <= 32, at.pointee == 32 || at.pointee == 10 || at.pointee == 13 || at.pointee == 9 { at += 1 }
    }

    /// Takes a byte if it is this one.
    @inline(__always)
    mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        at += 1
        return true
    }

    /// Skips the value that begins here; nil when it is odd.
    mutating func value(depth: Int = 1) -> Kind? {
        switch current {
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: "-"), 48...57: return number() ? .number : nil
        case UInt8(ascii: "t"): return literal(0x6575_7274, count: 4) ? .bool : nil
        case UInt8(ascii: "f"): return literal(0x6573_6C61, skipping: 1, count: 4) ? .bool : nil
        case UInt8(ascii: "n"): return literal(0x6C6C_756E, count: 4) ? .null : nil
        case UInt8(ascii: "{"): return depth < Self.depthLimit && object(depth: depth) ? .object : nil
        case UInt8(ascii: "["): return depth < Self.depthLimit && array(depth: depth) ? .array : nil
        default: return nil
        }
    }

    private mutating func object(depth: Int) -> Bool {
        at += 1
        skipSpace()
        if take(UInt8(ascii: "}")) { return true }
        while true {
            skipSpace()
            guard current == UInt8(ascii: "\""), string() != nil else { return false }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { return false }
            skipSpace()
            guard value(depth: depth + 1) != nil else { return false }
            skipSpace()
            if take(UInt8(ascii: "}")) { return true }
            guard take(UInt8(ascii: ",")) else { return false }
        }
    }

    private mutating func array(depth: Int) -> Bool {
        at += 1
        skipSpace()
        if take(UInt8(ascii: "]")) { return true }
        while true {
            skipSpace()
            guard value(depth: depth + 1) != nil else { return false }
            skipSpace()
            if take(UInt8(ascii: "]")) { return true }
            guard take(UInt8(ascii: ",")) else { return false }
        }
    }

    /// - Parameter letters: four letters as a little-endian word.
    private mutating func literal(_ letters: UInt32, skipping skipped: Int = 0, count: Int) -> Bool {
        guard end - at >= skipped + count else { return false }
        let found = UnsafeRawPointer(at).loadUnaligned(fromByteOffset: skipped, as: UInt32.self)
        at += skipped + count
        return UInt32(littleEndian: found) == letters
    }

    private mutating func number() -> Bool {
        _ = take(UInt8(ascii: "-"))
        if take(UInt8(ascii: "0")) {
            if current >= 48, current <= 57 { return false }
        } else if !digits() {
            return false
        }
        if take(UInt8(ascii: ".")), !digits() { return false }
        guard current | 0x20 == UInt8(ascii: "e") else { return true }
        at += 1
        if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { at += 1 }
        return digits()
    }

    private mutating func digits() -> Bool {
        let start = at
        while at < end, at.pointee &- 48 < 10 { at += 1 }
        return at > start
    }

    /// Skips the string that begins here, quotes included: its escapes and its UTF-8 are checked.
    @inline(__always)
    mutating func string() -> Kind? {
        at += 1
        var kind = Kind.string
        while true {
            skipPlain()
            let byte = current
            if byte == UInt8(ascii: "\"") {
                at += 1
                return kind
            }
            if byte >= 0x80 {
                guard skipMultibyte() else { return nil }
            } else if byte == UInt8(ascii: "\\") {
                guard skipEscape() else { return nil }
                kind = .escapedString
            } else {
                return nil
            }
        }
    }

    /// Skips ASCII that means nothing in a string, eight bytes at a time: stops at a quote, a backslash, a control byte or a
    /// byte above 0x7F. (Mycroft's test for a zero byte, once a kind; its lowest hit is exact.)
    @inline(__always)
    private mutating func skipPlain() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        while end - at >= 8 {
            let word = UInt64(littleEndian: UnsafeRawPointer(at).loadUnaligned(as: UInt64.self))
            let quote = word ^ (ones &* 0x22)
            let slash = word ^ (ones &* 0x5C)
            // A difference below zero sets the high bit, and so does a byte that has it: both stop here.
            let found = ((quote &- ones) | (slash &- ones) | (word &- ones &* 0x20) | word) & (ones &* 0x80)
            if found != 0 {
                at += found.trailingZeroBitCount &>> 3
                return
            }
            at += 8
        }
        while at < end, at.pointee >= 0x20, at.pointee < 0x80, at.pointee != 0x22, at.pointee != 0x5C { at += 1 }
    }

    private mutating func skipEscape() -> Bool {
        guard end - at >= 2 else { return false }
        let letter = at[1]
        at += 2
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            return true
        case UInt8(ascii: "u"): break
        default: return false
        }
        guard let unit = JSONEscape.unit(at, before: end) else { return false }
        at += 4
        if unit == 0 { sawNUL = true }
        guard unit & 0xF800 == 0xD800 else { return true }
        guard unit < 0xDC00, end - at >= 6, at[0] == UInt8(ascii: "\\"), at[1] == UInt8(ascii: "u"),
            let low = JSONEscape.unit(at + 2, before: end), low & 0xFC00 == 0xDC00
        else { return false }
        at += 6
        return true
    }
}

extension JSONCursor {
    /// Skips the sequences above ASCII that begin here; false when one is ill-formed (Unicode, table 3-7).
    @inline(__always)
    private mutating func skipMultibyte() -> Bool {
        while end - at >= 4 {
            let word = UInt32(littleEndian: UnsafeRawPointer(at).loadUnaligned(as: UInt32.self))
            if word & 0xC0E0 == 0x80C0 {
                // A lead below 0xC2 is overlong.
                guard word & 0x1E != 0 else { return false }
                at += 2
            } else if word & 0xC0_C0F0 == 0x80_80E0 {
                // Behind 0xE0 below 0xA0 is overlong, behind 0xED from 0xA0 on is a surrogate.
                let bits = word & 0x200F
                guard bits != 0, bits != 0x200D else { return false }
                at += 3
            } else if word & 0xC0C0_C0F8 == 0x8080_80F0 {
                // Behind 0xF0 below 0x90 is overlong; 0xF4 0x90 and all above is beyond U+10FFFF.
                guard word & 0x3007 != 0, word & 0x7 < 4 || word & 0x3007 == 4 else { return false }
                at += 4
            } else {
                return word & 0x80 == 0
            }
        }
        return skipLastMultibyte()
    }

    /// The same for the last bytes of the text, where no four can be looked at.
    private mutating func skipLastMultibyte() -> Bool {
        while at < end, at.pointee >= 0x80 {
            let (lead, left) = (at.pointee, end - at)
            if lead & 0xE0 == 0xC0, lead >= 0xC2, left >= 2, at[1] & 0xC0 == 0x80 {
                at += 2
            } else if lead & 0xF0 == 0xE0, left >= 3, at[1] & 0xC0 == 0x80, at[2] & 0xC0 == 0x80, lead != 0xE0 || at[1] >= 0xA0,
                lead != 0xED || at[1] < 0xA0
            {
                at += 3
            } else {
                return false
            }
        }
        return true
    }
}
