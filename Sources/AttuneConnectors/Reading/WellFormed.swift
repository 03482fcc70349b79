/// Checks of UTF-8, without making strings.
enum WellFormed {
    /// Whether bytes are well-formed UTF-8 (Unicode, table 3-7).
    static func utf8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var at = 0
        let count = bytes.count
        guard let base = bytes.baseAddress else { return true }
        let raw = UnsafeRawPointer(base)
        while at < count {
            while at + 8 <= count, raw.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 { at += 8 }
            guard at < count else { return true }
            if bytes[at] < 0x80 {
                at += 1
                continue
            }
            let length = length(bytes, at: at)
            if length == 0 { return false }
            at += length
        }
        return true
    }

    /// Whether a text is in an encoding of one byte a character: it has bytes beyond ASCII, and no sequence of UTF-8 among them. Of nearly
    /// every text that is not, the first of those bytes tells.
    static func isSingleByte(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = firstBeyondASCII(bytes) else { return false }
        return !(first..<bytes.count).contains { bytes[$0] >= 0x80 && length(bytes, at: $0) > 0 }
    }

    private static func firstBeyondASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var start = 0
        while start < bytes.count {
            // Blocks, because their largest byte is found many bytes at a time.
            let block = UnsafeBufferPointer(rebasing: bytes[start..<min(start + 4_096, bytes.count)])
            if ByteSearch.largest(in: block) >= 0x80 { return block.firstIndex { $0 >= 0x80 }.map { start + $0 } }
            start += block.count
        }
        return nil
    }

    /// Bytes of the character that begins with a byte beyond ASCII; 0 when it is not well-formed.
    @inline(__always)
    private static func length(_ bytes: UnsafeBufferPointer<UInt8>, at: Int) -> Int {
        let lead = bytes[at]
        let length = sequenceLength(lead)
        guard length > 0, at + length <= bytes.count else { return 0 }
        let second = bytes[at + 1]
        guard second >= lowest(lead), second <= highest(lead) else { return 0 }
        for i in 2..<max(length, 2) where bytes[at + i] & 0xC0 != 0x80 { return 0 }
        return length
    }

    private static func sequenceLength(_ lead: UInt8) -> Int {
        switch lead {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 0
        }
    }

    private static func lowest(_ lead: UInt8) -> UInt8 { lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80 }
    private static func highest(_ lead: UInt8) -> UInt8 { lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF }
}
