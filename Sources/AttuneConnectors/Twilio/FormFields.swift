import AttuneCore

/// Fields of an `application/x-www-form-urlencoded` body. Of a repeated name the first counts; empty values count as missing.
///
/// Values are decoded when they are asked for: a message has thirty, of which ten are read.
struct FormFields {
    private let body: [UInt8]
    private var fields: [(name: Range<Int>, value: Range<Int>)] = []

    init(_ body: UnsafeBufferPointer<UInt8>) {
        self.body = Array(body)
        fields.reserveCapacity(32)
        var start = 0
        while start < body.count {
            let end = ByteSearch.first(UInt8(ascii: "&"), in: body, from: start, to: body.count) ?? body.count
            let equals = ByteSearch.first(UInt8(ascii: "="), in: body, from: start, to: end) ?? end
            if equals + 1 < end { fields.append((start..<equals, equals + 1..<end)) }
            start = end + 1
        }
    }

    /// The same fields as an object of JSON has them, whose names may begin with small letters.
    init(_ object: JSONNode) {
        var body = [UInt8]()
        object.forEachMember { name, value in
            guard let first = name.first, let text = value.scalarText, !text.isEmpty else { return }
            if !body.isEmpty { body.append(UInt8(ascii: "&")) }
            Self.encode([first &- 97 < 26 ? first & 0xDF : first] + name.dropFirst(), into: &body)
            body.append(UInt8(ascii: "="))
            Self.encode(text.utf8, into: &body)
        }
        self = body.withUnsafeBufferPointer { FormFields($0) }
    }

    private static func encode(_ text: some Sequence<UInt8>, into out: inout [UInt8]) {
        for byte in text {
            if (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 {
                out.append(byte)
            } else {
                out.append(UInt8(ascii: "%"))
                out.append(contentsOf: Hex.encode(CollectionOfOne(byte)).utf8)
            }
        }
    }

    subscript(_ name: String) -> String? {
        var name = name
        return name.withUTF8 { name in
            body.withUnsafeBufferPointer { body in
                for field in fields where Self.isSame(UnsafeBufferPointer(rebasing: body[field.name]), name) {
                    return Self.decoded(UnsafeBufferPointer(rebasing: body[field.value]))
                }
                return nil
            }
        }
    }

    /// Whether an encoded name stands for this one.
    private static func isSame(_ encoded: UnsafeBufferPointer<UInt8>, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        if encoded.count < name.count { return false }
        return isPlain(encoded) ? encoded.elementsEqual(name) : decoded(encoded).utf8.elementsEqual(name)
    }

    private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        ByteSearch.first(UInt8(ascii: "%"), in: bytes, from: 0, to: bytes.count) == nil
            && ByteSearch.first(UInt8(ascii: "+"), in: bytes, from: 0, to: bytes.count) == nil
    }

    /// `+` is a blank, `%XX` a byte; what is neither stays as it is. Broken UTF-8 becomes U+FFFD.
    private static func decoded(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        if isPlain(bytes) { return String(copying: bytes) }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { out in
            var (at, count) = (0, 0)
            while at < bytes.count {
                if bytes[at] == UInt8(ascii: "%"), at + 2 < bytes.count, let high = hex(bytes[at + 1]), let low = hex(bytes[at + 2]) {
                    out[count] = high << 4 | low
                    at += 3
                } else {
                    out[count] = bytes[at] == UInt8(ascii: "+") ? 32 : bytes[at]
                    at += 1
                }
                count += 1
            }
            return String(copying: UnsafeBufferPointer(rebasing: out[..<count]))
        }
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
