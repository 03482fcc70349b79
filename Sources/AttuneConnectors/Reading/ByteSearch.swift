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

    static func equal(_ a: UnsafeBufferPointer<UInt8>, _ b: StaticString) -> Bool {
        equal(a, UnsafeBufferPointer(start: b.utf8Start, count: b.utf8CodeUnitCount))
    }

    /// Whether bytes begin with others.
    static func begins(_ a: UnsafeBufferPointer<UInt8>, with b: [UInt8]) -> Bool {
        a.count >= b.count && equal(UnsafeBufferPointer(rebasing: a[..<b.count]), b)
    }

    static func begins(_ a: UnsafeBufferPointer<UInt8>, with b: StaticString) -> Bool {
        a.count >= b.utf8CodeUnitCount && equal(UnsafeBufferPointer(rebasing: a[..<b.utf8CodeUnitCount]), b)
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
