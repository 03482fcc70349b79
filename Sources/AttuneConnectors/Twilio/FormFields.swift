/// Fields of an `application/x-www-form-urlencoded` body. Of a repeated name the first counts; empty values count as missing.
struct FormFields {
    private var values: [String: String] = [:]

    init(_ body: UnsafeBufferPointer<UInt8>) {
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            let value = Self.decoded(pair.dropFirst(name.count + 1))
            let key = Self.decoded(name)
            if !value.isEmpty, values[key] == nil { values[key] = value }
        }
    }

    subscript(_ name: String) -> String? { values[name] }

    /// `+` is a blank, `%XX` a byte; what is neither stays as it is. Broken UTF-8 becomes U+FFFD.
    private static func decoded(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        var out = [UInt8]()
        out.reserveCapacity(bytes.count)
        var at = bytes.startIndex
        while at < bytes.endIndex {
            if bytes[at] == UInt8(ascii: "%"), at + 2 < bytes.endIndex, let high = hex(bytes[at + 1]), let low = hex(bytes[at + 2]) {
                out.append(high << 4 | low)
                at += 3
            } else {
                out.append(bytes[at] == UInt8(ascii: "+") ? 32 : bytes[at])
                at += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
