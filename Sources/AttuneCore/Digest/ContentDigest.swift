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

    /// Hashes a message where it was written, without a copy of its end.
    /// - Parameters:
    ///   - start: of the message; behind it is room for `SHA256.padding` bytes, which are overwritten.
    ///   - count: bytes of the message.
    public init(padding start: UnsafeMutablePointer<UInt8>, count: Int) {
        let blocks = SHA256.pad(start, count: count)
        self = withUnsafeTemporaryAllocation(of: SIMD8<UInt32>.self, capacity: 1) { memory in
            memory.initialize(repeating: SHA256.initialWords)
            return memory.withMemoryRebound(to: UInt32.self) { state in
                // It has room for eight.
                let words = state.baseAddress.unsafelyUnwrapped
                SHA256.compress(words, start, blocks)
                return ContentDigest(state: words)
            }
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
