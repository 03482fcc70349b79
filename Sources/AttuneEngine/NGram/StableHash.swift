import CKernels

/// The 64-bit hash of words: FNV-1a over the bytes, finished by MurmurHash3's `fmix64`. (Character n-grams have `CharacterNGrams`.)
///
/// `fmix64` because FNV's low bits alone are too regular for a power-of-two table. It is defined on bytes with wrapping 64-bit arithmetic only,
/// so every machine agrees. A change of it makes every model file useless: golden values are tested.
enum StableHash {
    static let offset: UInt64 = 0xCBF2_9CE4_8422_2325
    static let prime: UInt64 = 0x0000_0100_0000_01B3

    @inline(__always)
    static func extend(_ state: UInt64, _ byte: UInt8) -> UInt64 { (state ^ UInt64(byte)) &* prime }

    @inline(__always)
    static func finish(_ state: UInt64) -> UInt64 { attune_finish(state) }

    /// Hash of two things in a row; not symmetric.
    @inline(__always)
    static func pair(_ first: UInt64, _ second: UInt64) -> UInt64 { attune_pair(first, second) }

    @inline(__always)
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64) -> UInt64 {
        var state = offset ^ seed
        for byte in bytes { state = extend(state, byte) }
        return finish(state)
    }
}
