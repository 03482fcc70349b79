/// A SHA-256 digest as four words of memory: an id that takes no memory of its own before somebody reads it.
public struct ContentDigest: Hashable, Sendable {
    /// The digest's bytes in the order of memory; the first also spread evenly over all of its values.
    public let first: UInt64
    private let second: UInt64
    private let third: UInt64
    private let fourth: UInt64

    public init(of bytes: UnsafeBufferPointer<UInt8>) {
        (first, second, third, fourth) = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: SHA256.byteCount) { digest in
            SHA256.digest(of: bytes, into: digest)
            func word(_ number: Int) -> UInt64 { UnsafeRawBufferPointer(digest).loadUnaligned(fromByteOffset: 8 * number, as: UInt64.self) }
            return (word(0), word(1), word(2), word(3))
        }
    }

    /// - Parameter state: the eight words of a hash that has taken all blocks.
    init(state: UnsafePointer<UInt32>) {
        func word(_ number: Int) -> UInt64 {
            UInt64(bigEndian: UInt64(state[2 * number]) << 32 | UInt64(state[2 * number + 1]))
        }
        (first, second, third, fourth) = (word(0), word(1), word(2), word(3))
    }

    /// Lower-case hexadecimal, 64 letters.
    public var hex: String {
        withUnsafeBytes(of: self) { Hex.encode($0.bindMemory(to: UInt8.self)) }
    }
}
