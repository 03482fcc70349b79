/// A strict UTF-8 decoder over bytes that may be anything.
enum UTF8Decoding {
    /// The scalar at `position` and its length, or nil when the bytes there are not UTF-8 (overlong, surrogate, cut off, stray).
    @inline(__always)
    static func scalar(_ bytes: UnsafePointer<UInt8>, _ position: Int, _ count: Int) -> (value: UInt32, length: Int)? {
        let first = UInt32(bytes[position])
        if first < 0x80 { return (first, 1) }
        guard first >= 0xC2, first <= 0xF4 else { return nil }
        guard let second = continuation(bytes, position &+ 1, count) else { return nil }
        if first < 0xE0 { return ((first & 0x1F) << 6 | second, 2) }
        guard let third = continuation(bytes, position &+ 2, count) else { return nil }
        if first < 0xF0 {
            let value = (first & 0x0F) << 12 | second << 6 | third
            return value < 0x800 || (value >= 0xD800 && value <= 0xDFFF) ? nil : (value, 3)
        }
        guard let fourth = continuation(bytes, position &+ 3, count) else { return nil }
        let value = (first & 0x07) << 18 | second << 12 | third << 6 | fourth
        return value < 0x10000 || value > 0x10FFFF ? nil : (value, 4)
    }

    @inline(__always)
    private static func continuation(_ bytes: UnsafePointer<UInt8>, _ position: Int, _ count: Int) -> UInt32? {
        guard position < count, bytes[position] & 0xC0 == 0x80 else { return nil }
        return UInt32(bytes[position] & 0x3F)
    }

    /// Calls `body` with every scalar of folded text, which is UTF-8; a byte that is not counts as itself.
    @inline(__always)
    static func forEachScalar(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (UInt32) -> Void) {
        var at = 0
        while at < bytes.count {
            let first = UInt32(bytes[at])
            let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
            guard first >= 0xC0, at &+ length <= bytes.count else {
                body(first)
                at &+= 1
                continue
            }
            var scalar = first & (0xFF >> UInt32(length + 1))
            for offset in 1..<length { scalar = scalar << 6 | UInt32(bytes[at &+ offset] & 0x3F) }
            body(scalar)
            at &+= length
        }
    }

    /// End of the valid UTF-8 that begins at `start`.
    static func validEnd(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        var position = start
        while position < end, let scalar = scalar(bytes, position, end) { position &+= scalar.length }
        return position
    }

    /// `position`, or up to three bytes before it, so that no scalar of valid UTF-8 is cut.
    @inline(__always)
    static func boundary(_ bytes: UnsafePointer<UInt8>, _ position: Int) -> Int {
        var cut = position
        while cut > 0, position &- cut < 3, bytes[cut] & 0xC0 == 0x80 { cut &-= 1 }
        return cut
    }
}
