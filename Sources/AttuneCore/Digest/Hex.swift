/// Lower-case hexadecimal.
public enum Hex {
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        bytes.withContiguousStorageIfAvailable { encode($0) } ?? Array(bytes).withUnsafeBufferPointer { encode($0) }
    }

    public static func encode(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(unsafeUninitializedCapacity: 2 * bytes.count) { out in
            guard let from = bytes.baseAddress, let to = out.baseAddress else { return 0 }
            var at = 0
            while at + 4 <= bytes.count {
                let four = UInt32(littleEndian: UnsafeRawPointer(from + at).loadUnaligned(as: UInt32.self))
                UnsafeMutableRawPointer(to + 2 * at).storeBytes(of: digits(four).littleEndian, as: UInt64.self)
                at += 4
            }
            while at < bytes.count {
                UnsafeMutableRawPointer(to + 2 * at).storeBytes(
                    of: UInt16(truncatingIfNeeded: digits(UInt32(from[at]))).littleEndian, as: UInt16.self)
                at += 1
            }
            return 2 * bytes.count
        }
    }

    /// The digit of the lowest four bits.
    static func digit(_ value: UInt64) -> UInt8 {
        let digit = UInt8(truncatingIfNeeded: value & 15)
        return digit &+ 48 &+ (digit > 9 ? 39 : 0)
    }

    /// The eight digits of four bytes, first byte lowest: each byte is spread over two, its higher half first, and all become letters at once.
    private static func digits(_ four: UInt32) -> UInt64 {
        var wide = UInt64(four)
        wide = (wide | wide &<< 16) & 0x0000_FFFF_0000_FFFF
        wide = (wide | wide &<< 8) & 0x00FF_00FF_00FF_00FF
        let halves = (wide &>> 4) & 0x000F_000F_000F_000F | (wide & 0x000F_000F_000F_000F) &<< 8
        // From ten on, six more carry into the next half.
        let isLetter = ((halves &+ 0x0606_0606_0606_0606) &>> 4) & 0x0101_0101_0101_0101
        return halves &+ 0x3030_3030_3030_3030 &+ isLetter &* 39
    }
}
