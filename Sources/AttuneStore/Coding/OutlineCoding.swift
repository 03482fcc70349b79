import AttuneCore

/// `customers.outline`: a byte for the number of names, of each the time (8 bytes, the lowest first), the length (4) and the text; then the
/// keys as in `claims`.
enum OutlineCoding {
    static func bytes(_ outline: CustomerOutline) -> [UInt8] {
        var out = [UInt8(truncatingIfNeeded: outline.names.count)]
        for name in outline.names.prefix(255) {
            append(UInt64(bitPattern: name.firstSeen.nanoseconds), count: 8, to: &out)
            append(UInt64(name.text.utf8.count), count: 4, to: &out)
            out.append(contentsOf: name.text.utf8)
        }
        out.append(contentsOf: KeyCoding.bytes(outline.keys))
        return out
    }

    private static func append(_ value: UInt64, count: Int, to out: inout [UInt8]) {
        for i in 0..<count { out.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(i)))) }
    }

    static func outline(_ bytes: UnsafeBufferPointer<UInt8>) throws -> CustomerOutline {
        var rest = bytes[...]
        let number = { (count: Int) throws -> UInt64 in
            guard rest.count >= count else { throw StoreError.corrupt("a customer's outline can't be read back") }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        var names = [CustomerOutline.Name]()
        for _ in 0..<(try number(1)) {
            let time = Timestamp(nanoseconds: Int64(bitPattern: try number(8)))
            let count = Int(try number(4))
            guard rest.count >= count else { throw StoreError.corrupt("a customer's outline can't be read back") }
            names.append(.init(String(decoding: rest.prefix(count), as: UTF8.self), firstSeen: time))
            rest = rest.dropFirst(count)
        }
        return CustomerOutline(names: names, keys: try KeyCoding.keys(UnsafeBufferPointer(rebasing: rest)))
    }
}
