/// A pack's checksum: every start reads the whole file for it, so it takes 16 bytes a multiplication, in four lanes.
///
/// A step is the product of two words that the lane's state and constants were folded into, upper half on lower (as wyhash does): the
/// words of neighbouring steps never meet without a multiplication between them. It guards against accidents, not against forgery.
enum PackChecksum {
    private static let keys: (UInt64, UInt64) = (0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB)

    /// Where the checksum itself stands: its bytes count as 0.
    static let place = 24..<32

    /// - Parameter file: at least a header.
    static func of(_ file: UnsafeRawBufferPointer) -> UInt64 {
        let head = sum(UnsafeRawBufferPointer(rebasing: file[..<place.lowerBound]))
        return StableHash.pair(head, sum(UnsafeRawBufferPointer(rebasing: file[place.upperBound...])))
    }

    private static func sum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var lanes = (UInt64(1), UInt64(2), UInt64(3), UInt64(4))
        var at = 0
        while at &+ 64 <= bytes.count {
            lanes.0 = step(lanes.0, bytes, at)
            lanes.1 = step(lanes.1, bytes, at &+ 16)
            lanes.2 = step(lanes.2, bytes, at &+ 32)
            lanes.3 = step(lanes.3, bytes, at &+ 48)
            at &+= 64
        }
        var sum = StableHash.finish(UInt64(bytes.count))
        while at < bytes.count {
            sum = fold(sum ^ UInt64(bytes[at]) ^ keys.0, keys.1)
            at &+= 1
        }
        for lane in [lanes.0, lanes.1, lanes.2, lanes.3] { sum = fold(sum ^ keys.0, lane ^ keys.1) }
        return StableHash.finish(sum)
    }

    @inline(__always)
    private static func step(_ lane: UInt64, _ bytes: UnsafeRawBufferPointer, _ at: Int) -> UInt64 {
        let first = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        let second = bytes.loadUnaligned(fromByteOffset: at &+ 8, as: UInt64.self)
        // The state goes in twice: a factor of 0 would else forget it.
        return fold(first ^ lane ^ keys.0, second ^ keys.1) ^ lane &* 5
    }

    @inline(__always)
    private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
