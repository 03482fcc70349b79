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

    private static func put(_ part: String, _ at: inout UnsafeMutablePointer<UInt8>) {
        var part = part
        part.withUTF8 { bytes in
            guard let from = bytes.baseAddress else { return }
            at.update(from: from, count: bytes.count)
            at += bytes.count
        }
    }
}
