import AttuneCore

/// `evidence.keys`: kind, U+001F and hash of each key, U+001E between keys; kinds are words of the identity rules and contain neither.
enum KeyCoding {
    private static let unit: UInt8 = 0x1F
    private static let record: UInt8 = 0x1E

    static func text(_ keys: [IdentifierKey]) -> String {
        var text = ""
        text.reserveCapacity(44 * keys.count)
        for key in keys {
            if !text.isEmpty { text.unicodeScalars.append(Unicode.Scalar(record)) }
            text += key.kind.rawValue
            text.unicodeScalars.append(Unicode.Scalar(unit))
            text += key.hash
        }
        return text
    }

    static func keys(_ text: UnsafeBufferPointer<UInt8>) -> [IdentifierKey] {
        text.split(separator: record).map { part in
            let end = part.firstIndex(of: unit) ?? part.endIndex
            return IdentifierKey(
                kind: Identifier.Kind(rawValue: String(decoding: part[..<end], as: UTF8.self)),
                hash: String(decoding: part[end...].dropFirst(), as: UTF8.self))
        }
    }
}
