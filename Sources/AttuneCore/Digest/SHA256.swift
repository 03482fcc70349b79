import CKernels

/// SHA-256 (FIPS 180-4) for content-derived ids. The core depends on no package, so it has its own; where a secret is
/// compared, the edges use swift-crypto.
public struct SHA256: Sendable {
    /// Bytes of a digest.
    public static let byteCount = 32
    private static let blockSize = 64

    private var state: [UInt32] = Self.initialState
    private var block: [UInt8] = []
    private var count: UInt64 = 0

    static let initialState: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]
    /// The same as one value.
    static let initialWords = SIMD8<UInt32>(initialState)
    static let compress = attune_sha256_best()

    public init() { block.reserveCapacity(Self.blockSize) }

    public static func digest(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finalize()
    }

    /// Lower-case hexadecimal of the digest of `bytes`.
    public static func hex(_ bytes: some Sequence<UInt8>) -> String { Hex.encode(digest(bytes)) }

    public mutating func update(_ bytes: some Sequence<UInt8>) {
        let isDone: Void? = bytes.withContiguousStorageIfAvailable { take($0) }
        if isDone == nil { Array(bytes).withUnsafeBufferPointer { take($0) } }
    }

    private mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) {
        count &+= UInt64(bytes.count)
        var at = 0
        if !block.isEmpty {
            at = min(Self.blockSize - block.count, bytes.count)
            block.append(contentsOf: bytes[..<at])
            guard block.count == Self.blockSize else { return }
            block.withUnsafeBufferPointer { Self.compress(&state, $0.baseAddress.unsafelyUnwrapped, 1) }
            block.removeAll(keepingCapacity: true)
        }
        let whole = (bytes.count - at) / Self.blockSize
        if whole > 0, let base = bytes.baseAddress { Self.compress(&state, base + at, whole) }
        block.append(contentsOf: bytes[(at + whole * Self.blockSize)...])
    }

    /// The 32 bytes of the digest. The value must not be used again.
    public mutating func finalize() -> [UInt8] {
        Array(unsafeUninitializedCapacity: Self.byteCount) { out, written in
            block.withUnsafeBufferPointer { Self.finish(&state, rest: $0, of: count, into: out) }
            written = Self.byteCount
        }
    }

    /// The state of a hash that has taken one block of 64 bytes: what messages with the same beginning share.
    struct Midstate: Sendable {
        fileprivate let words: [UInt32]

        /// - Parameter block: 64 bytes.
        init(_ block: [UInt8]) {
            precondition(block.count == SHA256.blockSize, "a block of SHA-256 has 64 bytes")
            var state = SHA256.initialState
            block.withUnsafeBufferPointer { if let base = $0.baseAddress { SHA256.compress(&state, base, 1) } }
            words = state
        }
    }

    /// Writes the digest of bytes that are in memory as a whole, without using any other: what ids of millions of records need.
    /// - Parameter out: room for 32 bytes, which may be those of `bytes`.
    public static func digest(of bytes: UnsafeBufferPointer<UInt8>, into out: UnsafeMutableBufferPointer<UInt8>) {
        digest(of: bytes, from: initialState, behind: 0, into: out)
    }

    /// The same for bytes behind a block that was taken before.
    static func digest(of bytes: UnsafeBufferPointer<UInt8>, behind block: Midstate, into out: UnsafeMutableBufferPointer<UInt8>) {
        digest(of: bytes, from: block.words, behind: blockSize, into: out)
    }

    private static func digest(
        of bytes: UnsafeBufferPointer<UInt8>, from start: [UInt32], behind count: Int, into out: UnsafeMutableBufferPointer<UInt8>
    ) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 8) { state in
            guard let words = state.baseAddress else { return }
            _ = state.initialize(from: start)
            let whole = bytes.count / blockSize
            if whole > 0, let base = bytes.baseAddress { compress(words, base, whole) }
            finish(words, rest: UnsafeBufferPointer(rebasing: bytes[(whole * blockSize)...]), of: UInt64(count + bytes.count), into: out)
        }
    }

    /// Bytes that a message grows by at most when it is padded.
    public static let padding = 2 * blockSize

    /// Pads a message of which no block was taken.
    /// - Returns: how many blocks it has then.
    static func pad(_ start: UnsafeMutablePointer<UInt8>, count: Int) -> Int {
        // A mark and eight bytes of length follow.
        let blocks = (count + 9 + blockSize - 1) / blockSize
        let padded = blocks * blockSize
        (start + count).update(repeating: 0, count: padded - count)
        start[count] = 0x80
        UnsafeMutableRawPointer(start).storeBytes(of: (UInt64(count) &* 8).bigEndian, toByteOffset: padded - 8, as: UInt64.self)
        return blocks
    }

    /// Pads what is left of a message and writes the digest.
    /// - Parameter count: bytes of the whole message.
    private static func finish(
        _ state: UnsafeMutablePointer<UInt32>, rest: UnsafeBufferPointer<UInt8>, of count: UInt64, into out: UnsafeMutableBufferPointer<UInt8>
    ) {
        withUnsafeTemporaryAllocation(byteCount: 2 * blockSize, alignment: 8) { tail in
            guard let base = tail.baseAddress, let to = out.baseAddress else { return }
            // A mark and eight bytes of length follow: one block, or two.
            let padded = rest.count + 9 <= blockSize ? blockSize : 2 * blockSize
            if let from = rest.baseAddress { base.copyMemory(from: from, byteCount: rest.count) }
            (base + rest.count).initializeMemory(as: UInt8.self, repeating: 0, count: padded - rest.count)
            base.storeBytes(of: 0x80, toByteOffset: rest.count, as: UInt8.self)
            base.storeBytes(of: (count &* 8).bigEndian, toByteOffset: padded - 8, as: UInt64.self)
            compress(state, base.assumingMemoryBound(to: UInt8.self), padded / blockSize)
            for i in 0..<byteCount / 4 { UnsafeMutableRawPointer(to).storeBytes(of: state[i].bigEndian, toByteOffset: 4 * i, as: UInt32.self) }
        }
    }
}
