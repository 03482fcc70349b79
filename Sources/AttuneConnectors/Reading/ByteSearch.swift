import Foundation

/// Searches of bytes at the speed of the C library.
enum ByteSearch {
    /// Offset of the first `byte` in `from..<to`, or nil.
    static func first(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from: Int, to: Int) -> Int? {
        guard from < to, let base = bytes.baseAddress, let found = memchr(base + from, Int32(byte), to - from) else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// Whether two stretches of bytes are the same.
    static func equal(_ a: UnsafeBufferPointer<UInt8>, _ b: [UInt8]) -> Bool { b.withUnsafeBufferPointer { equal(a, $0) } }

    static func equal(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        guard a.count == b.count else { return false }
        guard let first = a.baseAddress, let second = b.baseAddress else { return true }
        return memcmp(first, second, a.count) == 0
    }

    /// Whether bytes begin with others.
    static func begins(_ a: UnsafeBufferPointer<UInt8>, with b: [UInt8]) -> Bool {
        a.count >= b.count && equal(UnsafeBufferPointer(rebasing: a[..<b.count]), b)
    }

    /// Offset of the first occurrence of `needle`, which is not empty, within `from..<to`, or nil.
    static func first(_ needle: StaticString, in bytes: UnsafeBufferPointer<UInt8>, from: Int, to: Int) -> Int? {
        first(UnsafeBufferPointer(start: needle.utf8Start, count: needle.utf8CodeUnitCount), in: bytes, from: from, to: to)
    }

    static func first(_ needle: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, from: Int, to: Int) -> Int? {
        needle.withUnsafeBufferPointer { first($0, in: bytes, from: from, to: to) }
    }

    /// The largest byte; 0 where there is none. Without an early end, so that many bytes are looked at in one step.
    static func largest(in bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
        var largest: UInt8 = 0
        for byte in bytes { largest = max(largest, byte) }
        return largest
    }

    /// How often `byte` occurs. Eight bytes at a time, each counted in a byte of its own as long as none can overflow.
    static func count(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        let (ones, lows, pattern): (UInt64, UInt64, UInt64) = (0x0101_0101_0101_0101, 0x7F7F_7F7F_7F7F_7F7F, 0x0101_0101_0101_0101 &* UInt64(byte))
        var (total, at) = (0, 0)
        while at &+ 8 <= bytes.count {
            var sums: UInt64 = 0
            let end = min(at &+ 8 &* 255, bytes.count &- 7)
            while at < end {
                let other = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self) ^ pattern
                // The high bit of a byte that is zero, exactly.
                sums &+= (~(((other & lows) &+ lows) | other | lows) &>> 7) & ones
                at &+= 8
            }
            // Two sums a lane of sixteen bits, which hold the eight of them.
            let pairs = (sums & 0x00FF_00FF_00FF_00FF) &+ ((sums &>> 8) & 0x00FF_00FF_00FF_00FF)
            total &+= Int(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) &>> 48)
        }
        while at < bytes.count {
            total &+= base[at] == byte ? 1 : 0
            at &+= 1
        }
        return total
    }

    /// Steps over the occurrences of the first byte: `memmem` is not in every C library.
    static func first(_ needle: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>, from: Int, to: Int) -> Int? {
        guard let base = bytes.baseAddress, let word = needle.baseAddress, to - from >= needle.count else { return nil }
        let (last, end) = (to - needle.count + 1, needle.count - 1)
        var at = from
        while let found = first(word[0], in: bytes, from: at, to: last) {
            // The last byte first, which tells nearly always.
            if base[found + end] == word[end], memcmp(base + found, word, needle.count) == 0 { return found }
            at = found + 1
        }
        return nil
    }
}
