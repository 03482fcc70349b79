/// Comments and quoted strings of RFC 5322.
enum MailComment {
    /// Comments within comments that are counted.
    private static let deepest = 100

    /// Moves behind the comment whose `(` is at `at`; one that does not end goes to the end.
    static func skip(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) { walk(bytes, &at) { _ in } }

    /// The same, and what is in it.
    static func content(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> [UInt8] {
        var out = [UInt8]()
        walk(bytes, &at) { out.append($0) }
        return out
    }

    @inline(__always)
    private static func walk(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ body: (UInt8) -> Void) {
        var depth = 0
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\\"), at < bytes.count {
                body(bytes[at])
                at += 1
                continue
            }
            if byte == UInt8(ascii: "(") {
                depth = min(depth + 1, deepest)
                if depth == 1 { continue }
            } else if byte == UInt8(ascii: ")") {
                depth -= 1
                if depth == 0 { break }
            }
            body(byte)
        }
    }

    /// A value with a blank for each comment.
    static func removed(from value: [UInt8]) -> [UInt8] {
        guard value.contains(UInt8(ascii: "(")) else { return value }
        return value.withUnsafeBufferPointer { bytes in
            [UInt8](unsafeUninitializedCapacity: bytes.count) { out, count in
                var at = 0
                while at < bytes.count {
                    if bytes[at] == UInt8(ascii: "(") {
                        skip(bytes, &at)
                        out[count] = 32
                    } else {
                        out[count] = bytes[at]
                        at += 1
                    }
                    count += 1
                }
            }
        }
    }

    /// Content of the quoted string whose quote is at `at`; moves behind it.
    static func quoted(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> [UInt8] {
        var out = [UInt8]()
        at += 1
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
            if bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count { at += 1 }
            out.append(bytes[at])
            at += 1
        }
        at = min(at + 1, bytes.count)
        return out
    }
}
