/// The escapes of JSON strings.
enum JSONEscape {
    /// The UTF-16 unit that four hexadecimal digits name; nil when there are no four.
    @inline(__always)
    static func unit(_ digits: UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>) -> UInt32? {
        guard end - digits >= 4 else { return nil }
        var value: UInt32 = 0
        var isHexadecimal = true
        for i in 0..<4 {
            let digit = digits[i] &- 48
            let letter = (digits[i] | 0x20) &- 97
            isHexadecimal = isHexadecimal && (digit < 10 || letter < 6)
            value = value &<< 4 | UInt32(digit < 10 ? digit : letter &+ 10)
        }
        return isHexadecimal ? value : nil
    }

    /// Appends what stands between the quotes of a string whose escapes were checked. It never has more bytes than they take.
    static func append(_ content: UnsafeBufferPointer<UInt8>, to out: inout ByteBuffer) {
        // Words are copied whole: the last one may overshoot.
        let to = out.reserve(content.count + 8)
        out.advance(to: write(content, to: to))
    }

    /// The same into memory with room for the content's bytes and eight more. Where it ends.
    static func write(_ content: UnsafeBufferPointer<UInt8>, to start: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        var to = start
        guard var at = content.baseAddress else { return to }
        let end = at + content.count
        while at < end {
            copyPlain(&at, before: end, &to)
            // A checked string has no backslash at its end.
            guard end - at >= 2 else { break }
            let letter = at[1]
            at += 2
            if letter == UInt8(ascii: "u") {
                writeScalar(&at, before: end, &to)
            } else {
                to.pointee = plain(letter)
                to += 1
            }
        }
        return to
    }

    /// Copies up to the next backslash or the end.
    @inline(__always)
    private static func copyPlain(_ at: inout UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>, _ to: inout UnsafeMutablePointer<UInt8>) {
        let ones: UInt64 = 0x0101_0101_0101_0101
        while end - at >= 8 {
            let word = UnsafeRawPointer(at).loadUnaligned(as: UInt64.self)
            UnsafeMutableRawPointer(to).storeBytes(of: word, as: UInt64.self)
            let slash = UInt64(littleEndian: word) ^ (ones &* 0x5C)
            let found = (slash &- ones) & ~slash & (ones &* 0x80)
            let count = found == 0 ? 8 : found.trailingZeroBitCount &>> 3
            at += count
            to += count
            if found != 0 { return }
        }
        while at < end, at.pointee != UInt8(ascii: "\\") {
            to.pointee = at.pointee
            at += 1
            to += 1
        }
    }

    private static func plain(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 8
        case UInt8(ascii: "f"): 12
        case UInt8(ascii: "n"): 10
        case UInt8(ascii: "r"): 13
        case UInt8(ascii: "t"): 9
        default: letter
        }
    }

    /// Six escaped bytes become three at most, twelve become four.
    private static func writeScalar(_ at: inout UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>, _ to: inout UnsafeMutablePointer<UInt8>) {
        guard var value = unit(at, before: end) else { return }
        at += 4
        if value & 0xFC00 == 0xD800, end - at >= 6, let low = unit(at + 2, before: end) {
            value = 0x10000 + (value - 0xD800) << 10 + (low & 0x3FF)
            at += 6
        }
        if value < 0x80 {
            to[0] = UInt8(truncatingIfNeeded: value)
            to += 1
        } else if value < 0x800 {
            to[0] = UInt8(truncatingIfNeeded: 0xC0 | value >> 6)
            to[1] = UInt8(truncatingIfNeeded: 0x80 | value & 0x3F)
            to += 2
        } else if value < 0x10000 {
            to[0] = UInt8(truncatingIfNeeded: 0xE0 | value >> 12)
            to[1] = UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F)
            to[2] = UInt8(truncatingIfNeeded: 0x80 | value & 0x3F)
            to += 3
        } else {
            to[0] = UInt8(truncatingIfNeeded: 0xF0 | value >> 18)
            to[1] = UInt8(truncatingIfNeeded: 0x80 | value >> 12 & 0x3F)
            to[2] = UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F)
            to[3] = UInt8(truncatingIfNeeded: 0x80 | value & 0x3F)
            to += 4
        }
    }
}
