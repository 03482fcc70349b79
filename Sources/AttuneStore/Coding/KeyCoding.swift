import AttuneCore

/// `claims.shown`, and the keys of an outline: of each key a byte for its kind, and the 16 bytes of its hash.
///
/// A kind that is not among `kinds` is 0 and its name behind a byte for the length of that; a hash that is not 32 hexadecimal digits makes
/// the byte one more, and stands behind a byte for its own length.
enum KeyCoding {
    /// Kinds that have a number, twice that of their place and two. Released stores hold these numbers: new ones go to the end.
    private static let kinds: [Identifier.Kind] = [
        IdentityPolicy.participant, .email, .phone, .userID, .externalID, .handle, .deviceID, .cookie, .orderNumber,
    ]

    static func bytes(_ keys: [IdentifierKey]) -> [UInt8] {
        var out = [UInt8]()
        out.reserveCapacity(17 * keys.count)
        for key in keys { append(key, to: &out) }
        return out
    }

    private static func append(_ key: IdentifierKey, to out: inout [UInt8]) {
        let start = out.count
        let place = kinds.firstIndex(of: key.kind)
        out.append(place.map { UInt8(2 * $0 + 2) } ?? 0)
        if place == nil { appendText(key.kind.rawValue, to: &out) }
        let hash = out.count
        var text = key.hash
        let isPacked = text.withUTF8 { digits in
            guard digits.count == 32 else { return false }
            var isHex: UInt8 = 0
            for i in 0..<16 {
                let (high, low) = (value(digits[2 * i]), value(digits[2 * i + 1]))
                isHex |= high | low
                out.append(high << 4 | low)
            }
            return isHex < 16
        }
        if isPacked { return }
        out.removeLast(out.count - hash)
        out[start] += 1
        appendText(key.hash, to: &out)
    }

    private static func appendText(_ text: String, to out: inout [UInt8]) {
        let bytes = text.utf8.prefix(255)
        out.append(UInt8(bytes.count))
        out.append(contentsOf: bytes)
    }

    /// Of a small hexadecimal digit; 255 of anything else.
    private static func value(_ digit: UInt8) -> UInt8 {
        switch digit {
        case 48...57: digit - 48
        case 97...102: digit - 87
        default: 255
        }
    }

    static func keys(_ bytes: UnsafeBufferPointer<UInt8>) throws -> [IdentifierKey] {
        var keys = [IdentifierKey]()
        keys.reserveCapacity(bytes.count / 17)
        var rest = bytes[...]
        while let code = rest.popFirst() {
            let place = Int(code / 2) - 1
            guard place < kinds.count else { throw damage }
            let kind = place < 0 ? Identifier.Kind(rawValue: String(decoding: try text(&rest), as: UTF8.self)) : kinds[place]
            if code % 2 == 1 {
                keys.append(IdentifierKey(kind: kind, hash: String(decoding: try text(&rest), as: UTF8.self)))
            } else {
                guard rest.count >= 16 else { throw damage }
                keys.append(IdentifierKey(kind: kind, hash: Hex.encode(UnsafeBufferPointer(rebasing: rest.prefix(16)))))
                rest = rest.dropFirst(16)
            }
        }
        return keys
    }

    private static func text(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) throws -> Slice<UnsafeBufferPointer<UInt8>> {
        guard let count = rest.popFirst(), rest.count >= Int(count) else { throw damage }
        defer { rest = rest.dropFirst(Int(count)) }
        return rest.prefix(Int(count))
    }

    private static var damage: StoreError { .corrupt("the identifiers of a claim can't be read back") }
}
