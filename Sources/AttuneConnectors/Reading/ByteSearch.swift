import Foundation

/// Searches of bytes at the speed of the C library.
enum ByteSearch {
    /// Offset of the first `byte` in `from..<to`, or nil.
    static func first(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from: Int, to: Int) -> Int? {
        guard from < to, let base = bytes.baseAddress, let found = memchr(base + from, Int32(byte), to - from) else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// Whether two stretches of bytes are the same.
    static func equal(_ a: UnsafeBufferPointer<UInt8>, _ b: [UInt8]) -> Bool {
        guard a.count == b.count else { return false }
        return b.withUnsafeBufferPointer { b in
            guard let first = a.baseAddress, let second = b.baseAddress else { return true }
            return memcmp(first, second, a.count) == 0
        }
    }

    /// Whether bytes begin with others.
    static func begins(_ a: UnsafeBufferPointer<UInt8>, with b: [UInt8]) -> Bool {
        a.count >= b.count && equal(UnsafeBufferPointer(rebasing: a[..<b.count]), b)
    }
}
