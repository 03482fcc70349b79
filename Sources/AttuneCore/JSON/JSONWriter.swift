/// Compact JSON text of a value: UTF-8, no blanks, members in their order.
public enum JSONWriter {
    public static func bytes(_ value: JSONValue) -> [UInt8] {
        var out = [UInt8]()
        write(value, into: &out)
        return out
    }

    public static func string(_ value: JSONValue) -> String { String(decoding: bytes(value), as: UTF8.self) }

    public static func write(_ value: JSONValue, into out: inout [UInt8]) {
        switch value {
        case .null: out.append(contentsOf: "null".utf8)
        case .bool(let b): out.append(contentsOf: (b ? "true" : "false").utf8)
        case .number(let digits): out.append(contentsOf: digits.utf8)
        case .string(let text): write(text, into: &out)
        case .array(let items):
            out.append(UInt8(ascii: "["))
            for (i, item) in items.enumerated() {
                if i > 0 { out.append(UInt8(ascii: ",")) }
                write(item, into: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let members):
            out.append(UInt8(ascii: "{"))
            for (i, member) in members.enumerated() {
                if i > 0 { out.append(UInt8(ascii: ",")) }
                write(member.key, into: &out)
                out.append(UInt8(ascii: ":"))
                write(member.value, into: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    /// A quoted string; only what RFC 8259 demands is escaped.
    public static func write(_ text: String, into out: inout [UInt8]) {
        var text = text
        text.withUTF8 { bytes in
            out.append(UInt8(ascii: "\""))
            var start = 0
            while let special = special(in: bytes, from: start) {
                out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<special]))
                escape(bytes[special], into: &out)
                start = special + 1
            }
            out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
            out.append(UInt8(ascii: "\""))
        }
    }

    /// Text of a value that is printed: U+0085, U+2028 and U+2029 are escaped too, as readers of lines in other languages cut there. What is stored
    /// stays as it was written, so that it is found again.
    public static func printed(_ value: JSONValue) -> [UInt8] {
        let text = bytes(value)
        return text.withUnsafeBufferPointer { bytes in
            var out = [UInt8]()
            var start = 0
            for at in bytes.indices where bytes[at] >= 0xC2 {
                let length = lineEnd(in: bytes, at: at)
                if length == 0 { continue }
                out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<at]))
                start = at + length
                escape(lineEnd: bytes[start - 1], into: &out)
            }
            return start == 0 ? text : out + bytes[start...]
        }
    }

    /// Bytes of U+0085, U+2028 or U+2029; 0 where something else stands.
    private static func lineEnd(in bytes: UnsafeBufferPointer<UInt8>, at: Int) -> Int {
        if bytes[at] == 0xC2 { return at + 1 < bytes.count && bytes[at + 1] == 0x85 ? 2 : 0 }
        return bytes[at] == 0xE2 && at + 2 < bytes.count && bytes[at + 1] == 0x80 && bytes[at + 2] & 0xFE == 0xA8 ? 3 : 0
    }

    /// - Parameter lineEnd: the sign's last byte.
    private static func escape(lineEnd: UInt8, into out: inout [UInt8]) {
        out.append(contentsOf: (lineEnd == 0x85 ? "\\u0085" : lineEnd == 0xA8 ? "\\u2028" : "\\u2029").utf8)
    }

    /// What `printed` gives of a text, into memory that is used again.
    public static func write(_ text: String, into out: inout ByteBuffer) {
        var text = text
        text.withUTF8 { bytes in
            out.append(UInt8(ascii: "\""))
            var (start, seen) = (0, 0)
            while let special = special(in: bytes, from: seen, endsLines: true) {
                let length = lineEnd(in: bytes, at: special)
                seen = special + max(length, 1)
                if bytes[special] >= 0x80, length == 0 { continue }
                out.append(UnsafeBufferPointer(rebasing: bytes[start..<special]))
                var escaped = [UInt8]()
                if length > 0 { escape(lineEnd: bytes[seen - 1], into: &escaped) } else { escape(bytes[special], into: &escaped) }
                out.append(escaped)
                start = seen
            }
            out.append(UnsafeBufferPointer(rebasing: bytes[start...]))
            out.append(UInt8(ascii: "\""))
        }
    }

    /// Offset of the next byte that must be escaped, looked for eight bytes at a time as in `JSONCursor`.
    /// - Parameter endsLines: whether the first bytes of what `lineEnd` knows are looked for, too.
    @inline(__always)
    private static func special(in bytes: UnsafeBufferPointer<UInt8>, from start: Int, endsLines: Bool = false) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        let ones: UInt64 = 0x0101_0101_0101_0101
        var at = start
        while bytes.count - at >= 8 {
            let word = UInt64(littleEndian: UnsafeRawPointer(base).loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let quote = word ^ (ones &* 0x22)
            let slash = word ^ (ones &* 0x5C)
            var found =
                (((quote &- ones) & ~quote) | ((slash &- ones) & ~slash) | ((word &- ones &* 0x20) & ~word)) & (ones &* 0x80)
            if endsLines, word & (ones &* 0x80) != 0 {
                let (wide, narrow) = (word ^ (ones &* 0xE2), word ^ (ones &* 0xC2))
                found |= (((wide &- ones) & ~wide) | ((narrow &- ones) & ~narrow)) & (ones &* 0x80)
            }
            if found != 0 { return at + (found.trailingZeroBitCount >> 3) }
            at += 8
        }
        while at < bytes.count {
            if bytes[at] == 0x22 || bytes[at] == 0x5C || bytes[at] < 0x20 || endsLines && (bytes[at] == 0xE2 || bytes[at] == 0xC2) {
                return at
            }
            at += 1
        }
        return nil
    }

    private static func escape(_ byte: UInt8, into out: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            out.append(UInt8(ascii: "\\"))
            out.append(byte)
        case 10: out.append(contentsOf: "\\n".utf8)
        case 13: out.append(contentsOf: "\\r".utf8)
        case 9: out.append(contentsOf: "\\t".utf8)
        default: out.append(contentsOf: "\\u00\(Hex.encode(CollectionOfOne(byte)))".utf8)
        }
    }
}
