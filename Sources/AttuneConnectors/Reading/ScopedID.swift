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
    static func of(_ platform: String, _ scope: String, _ name: String) -> String {
        let count = platform.utf8.count + scope.utf8.count + name.utf8.count + 2
        return String(unsafeUninitializedCapacity: count) { out in
            guard var at = out.baseAddress else { return 0 }
            put(platform, &at)
            at.pointee = UInt8(ascii: ":")
            at += 1
            put(scope, &at)
            at.pointee = UInt8(ascii: ":")
            at += 1
            put(name, &at)
            return count
        }
    }

    private static func put(_ part: String, _ at: inout UnsafeMutablePointer<UInt8>) {
        var part = part
        part.withUTF8 { bytes in
            guard let from = bytes.baseAddress else { return }
            at.update(from: from, count: bytes.count)
            at += bytes.count
        }
    }
}
