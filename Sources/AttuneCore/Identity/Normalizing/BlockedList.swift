/// Values that a policy blocks, ready to be looked up, as they are written and in the form under which they are compared.
struct BlockedList: Sendable {
    private var exact: [Identifier.Kind: Set<[UInt8]>] = [:]
    /// Of every kind those between whose parts anything may stand.
    private var patterns: [Identifier.Kind: [[[UInt8]]]] = [:]

    init() {}

    /// - Parameter normalize: the form under which values of a kind are compared.
    init(_ policy: IdentityPolicy, normalize: (Identifier) -> String?) {
        if policy.blocked.isEmpty { return }
        let kinds = policy.rules.map(\.kind) + [.orderNumber]
        for value in policy.blocked {
            let written = value.pattern.lowercased()
            for kind in value.kind.map({ [$0] }) ?? kinds {
                guard written.contains("*") else {
                    exact[kind, default: []].insert(Array(written.utf8))
                    let normal = normalize(Identifier(kind: kind, value: value.pattern, verified: true))
                    if let normal { exact[kind, default: []].insert(Array(normal.lowercased().utf8)) }
                    continue
                }
                patterns[kind, default: []].append(written.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init))
            }
        }
    }

    /// - Parameter lower: a value in small letters.
    func contains(_ lower: [UInt8], _ kind: Identifier.Kind) -> Bool {
        exact[kind]?.contains(lower) ?? false || patterns[kind]?.contains { Self.fits(lower, $0) } ?? false
    }

    /// Each part is looked for behind the one before it, which is enough: the earliest place leaves most room.
    private static func fits(_ value: [UInt8], _ parts: [[UInt8]]) -> Bool {
        guard let first = parts.first, let last = parts.last, value.count >= first.count + last.count, value.starts(with: first),
            value.suffix(last.count).elementsEqual(last)
        else { return false }
        var rest = value[first.count..<(value.count - last.count)]
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let place = rest.indices.first(where: { rest[$0...].starts(with: part) }) else { return false }
            rest = rest[(place + part.count)...]
        }
        return true
    }
}
