import AttuneCore

/// `claims.shown`, and the keys of an outline: of each key a byte for its kind, and the 16 bytes of its hash.
///
/// A kind that is not among `kinds` is 0, and its name stands between, behind a byte for the length of that.
enum KeyCoding {
    /// Kinds that have a number, twice that of their place and two. Released stores hold these numbers: new ones go to the end.
    private static let kinds: [Identifier.Kind] = [
        IdentityPolicy.participant, .email, .phone, .userID, .externalID, .handle, .deviceID, .cookie, .orderNumber,
    ]

    static func bytes(_ keys: [IdentifierKey]) -> [UInt8] {
        var out = [UInt8]()
        out.reserveCapacity(17 * keys.count)
        for key in keys {
            if let place = kinds.firstIndex(of: key.kind) {
                out.append(UInt8(2 * place + 2))
            } else {
                let name = key.kind.rawValue.utf8.prefix(255)
                out.append(0)
                out.append(UInt8(name.count))
                out.append(contentsOf: name)
            }
            key.hash.withBytes { out.append(contentsOf: $0) }
        }
        return out
    }

    static func keys(_ bytes: UnsafeBufferPointer<UInt8>) throws -> [IdentifierKey] {
        var keys = [IdentifierKey]()
        keys.reserveCapacity(bytes.count / 17)
        try forEach(bytes) { keys.append($0) }
        return keys
    }

    /// Whether the key is among those of a claim.
    static func contains(_ key: IdentifierKey, in bytes: UnsafeBufferPointer<UInt8>) throws -> Bool {
        var isThere = false
        try forEach(bytes) { if $0 == key { isThere = true } }
        return isThere
    }

    static func forEach(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (IdentifierKey) -> Void) throws {
        var rest = UnsafeRawBufferPointer(bytes)[...]
        while let code = rest.popFirst() {
            let place = Int(code / 2) - 1
            guard place < kinds.count, code % 2 == 0 else { throw damage }
            let kind = place < 0 ? try kind(&rest) : kinds[place]
            guard rest.count >= KeyHash.byteCount else { throw damage }
            body(IdentifierKey(kind: kind, hash: KeyHash(UnsafeRawBufferPointer(rebasing: rest.prefix(KeyHash.byteCount)))))
            rest = rest.dropFirst(KeyHash.byteCount)
        }
    }

    private static func kind(_ rest: inout Slice<UnsafeRawBufferPointer>) throws -> Identifier.Kind {
        guard let count = rest.popFirst(), rest.count >= Int(count) else { throw damage }
        defer { rest = rest.dropFirst(Int(count)) }
        return Identifier.Kind(rawValue: String(decoding: rest.prefix(Int(count)), as: UTF8.self))
    }

    private static var damage: StoreError { .corrupt("the identifiers of a claim can't be read back") }
}
