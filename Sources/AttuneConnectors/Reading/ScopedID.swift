/// Names of the form `scope:name`: ids of messages, identifiers of accounts. Every message has several, and interpolation takes as long
/// for one as reading a record does.
enum ScopedID {
    static func of(_ scope: String, _ name: String, separator: UInt8 = UInt8(ascii: ":")) -> String {
        let count = scope.utf8.count + 1 + name.utf8.count
        return String(unsafeUninitializedCapacity: count) { out in
            guard var at = out.baseAddress else { return 0 }
            put(scope, &at)
            at.pointee = separator
            at += 1
            put(name, &at)
            return count
        }
    }

    /// `platform:scope:name`.
    static func of(_ platform: String, _ scope: String, _ name: String) -> String { joined(platform, scope, name, separator: ":") }

    /// Three texts one behind another, with a separator between them.
    static func joined(_ first: String, _ second: String, _ third: String, separator: StaticString) -> String {
        let count = first.utf8.count + second.utf8.count + third.utf8.count + 2 * separator.utf8CodeUnitCount
        return String(unsafeUninitializedCapacity: count) { out in
            guard var at = out.baseAddress else { return 0 }
            func separate() {
                at.update(from: separator.utf8Start, count: separator.utf8CodeUnitCount)
                at += separator.utf8CodeUnitCount
            }
            put(first, &at)
            separate()
            put(second, &at)
            separate()
            put(third, &at)
            return count
        }
    }

    /// Reads the bytes where they are: making them contiguous first would count references, and take longer than copying them.
    @inline(__always)
    private static func put(_ part: String, _ at: inout UnsafeMutablePointer<UInt8>) {
        let start = at
        let count: Int? = part.utf8.withContiguousStorageIfAvailable { bytes in
            if let from = bytes.baseAddress { start.update(from: from, count: bytes.count) }
            return bytes.count
        }
        at += count ?? 0
        if count != nil { return }
        for byte in part.utf8 {
            at.pointee = byte
            at += 1
        }
    }
}
