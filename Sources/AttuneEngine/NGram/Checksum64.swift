/// A 64-bit checksum that runs at memory speed: four lanes of xor, multiply and rotate over 8-byte words.
///
/// Each step is a bijection of its lane, so any change inside one word, and so any flipped byte, changes the sum. It guards against
/// accidents, not against forgery.
enum Checksum64 {
    private static let prime: UInt64 = 0x9E37_79B1_85EB_CA87

    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var lanes = (UInt64(1), UInt64(2), UInt64(3), UInt64(4))
        var at = 0
        while at + 32 <= bytes.count {
            lanes.0 = step(lanes.0, bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            lanes.1 = step(lanes.1, bytes.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self))
            lanes.2 = step(lanes.2, bytes.loadUnaligned(fromByteOffset: at + 16, as: UInt64.self))
            lanes.3 = step(lanes.3, bytes.loadUnaligned(fromByteOffset: at + 24, as: UInt64.self))
            at += 32
        }
        while at < bytes.count {
            lanes.0 = step(lanes.0, UInt64(bytes[at]))
            at += 1
        }
        var sum = StableHash.finish(UInt64(bytes.count))
        for lane in [lanes.0, lanes.1, lanes.2, lanes.3] { sum = StableHash.finish((sum &* prime) ^ lane) }
        return sum
    }

    @inline(__always)
    private static func step(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        let mixed = (lane ^ UInt64(littleEndian: word)) &* prime
        return (mixed << 29) | (mixed >> 35)
    }
}
