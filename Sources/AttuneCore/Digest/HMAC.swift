/// HMAC-SHA-256 (RFC 2104): keyed hashes of identifiers, so that an erased value cannot be found again by guessing.
public struct HMAC: Sendable {
    private static let blockSize = 64
    /// The key as the first block of the inner and of the outer message: taken once, so that a short message costs two blocks, not four.
    private let inner: SHA256.Midstate
    private let outer: SHA256.Midstate

    public init(key: [UInt8]) {
        var block = key.count > Self.blockSize ? SHA256.digest(key) : key
        block.append(contentsOf: repeatElement(0, count: Self.blockSize - block.count))
        inner = SHA256.Midstate(block.map { $0 ^ 0x36 })
        outer = SHA256.Midstate(block.map { $0 ^ 0x5c })
    }

    public static func sha256(key: [UInt8], _ message: some Sequence<UInt8>) -> [UInt8] {
        Array(message).withUnsafeBufferPointer { message in HMAC(key: key).withDigest(of: message) { Array($0) } }
    }

    /// The first 16 bytes of the digest.
    func keyHash(of message: UnsafeBufferPointer<UInt8>) -> KeyHash {
        withDigest(of: message) { KeyHash(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer($0).prefix(KeyHash.byteCount))) }
    }

    private func withDigest<Result>(of message: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: SHA256.byteCount) { digest in
            SHA256.digest(of: message, behind: inner, into: digest)
            SHA256.digest(of: UnsafeBufferPointer(digest), behind: outer, into: digest)
            return body(UnsafeBufferPointer(digest))
        }
    }
}
