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
}
