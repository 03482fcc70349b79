/// HMAC-SHA-256 (RFC 2104): keyed hashes of identifiers, so that an erased value cannot be found again by guessing.
public enum HMAC {
    public static func sha256(key: [UInt8], _ message: some Sequence<UInt8>) -> [UInt8] {
        var block = key.count > 64 ? SHA256.digest(key) : key
        block.append(contentsOf: repeatElement(0, count: 64 - block.count))
        var inner = SHA256()
        inner.update(block.map { $0 ^ 0x36 })
        inner.update(message)
        var outer = SHA256()
        outer.update(block.map { $0 ^ 0x5c })
        outer.update(inner.finalize())
        return outer.finalize()
    }
}
