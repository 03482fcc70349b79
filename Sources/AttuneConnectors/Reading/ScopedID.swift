/// Names of the form `scope:name`: ids of messages, identifiers of accounts. Every message has several, and interpolation takes as long
/// for one as reading a record does.
enum ScopedID {
    static func of(_ scope: String, _ name: String, separator: UInt8 = UInt8(ascii: ":")) -> String {
        var (scope, name) = (scope, name)
        return scope.withUTF8 { scope in
            name.withUTF8 { name in
                String(unsafeUninitializedCapacity: scope.count + 1 + name.count) { out in
                    guard let start = out.baseAddress else { return 0 }
                    if let from = scope.baseAddress { start.update(from: from, count: scope.count) }
                    start[scope.count] = separator
                    if let from = name.baseAddress { (start + scope.count + 1).update(from: from, count: name.count) }
                    return scope.count + 1 + name.count
                }
            }
        }
    }

    /// `platform:scope:name`.
    static func of(_ platform: String, _ scope: String, _ name: String) -> String { joined(platform, ":", scope, ":", name) }

    /// Texts one behind another.
    static func joined(_ first: String, _ second: String, _ third: String, _ fourth: String = "", _ fifth: String = "") -> String {
        let count = first.utf8.count + second.utf8.count + third.utf8.count + fourth.utf8.count + fifth.utf8.count
        return String(unsafeUninitializedCapacity: count) { out in
            guard var at = out.baseAddress else { return 0 }
            put(first, &at)
            put(second, &at)
            put(third, &at)
            put(fourth, &at)
            put(fifth, &at)
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
