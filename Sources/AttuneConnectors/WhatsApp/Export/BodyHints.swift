import AttuneCore

/// What a body's bytes rule out, so that nearly no message is compared with phrases: found in one walk over them.
struct BodyHints {
    let bytes: UnsafeBufferPointer<UInt8>
    /// U+200E stands in front.
    let isMarked: Bool
    /// A `>` or `)` occurs: references to files and edit marks end so.
    private(set) var hasClosingSign = false
    /// Neither direction marks nor CR: the bytes are the text.
    private(set) var isPlain = true
    /// Whether the text surely is in NFC.
    private(set) var isComposed = true

    init(_ all: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) {
        bytes = UnsafeBufferPointer(rebasing: all[min(start, end)..<end])
        isMarked = bytes.count > 2 && bytes[0] == 0xE2 && bytes[1] == 0x80 && bytes[2] == 0x8E
        look()
    }

    /// Eight bytes at a time (Mycroft's test for a zero byte, once a kind); one by one where there is more than ASCII.
    private mutating func look() {
        let raw = UnsafeRawBufferPointer(bytes)
        guard raw.count >= 8 else { return look(at: 0..<raw.count) }
        let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        var at = 0
        while at < raw.count {
            // The last word overlaps the one before it.
            let start = min(at, raw.count &- 8)
            let word = raw.loadUnaligned(fromByteOffset: start, as: UInt64.self)
            let (carriage, angle, round) = (word ^ (ones &* 13), word ^ (ones &* 0x3E), word ^ (ones &* 0x29))
            // Exact for words without high bits, the others are looked at again.
            let hits = ((carriage &- ones) & ~carriage) | ((angle &- ones) & ~angle) | ((round &- ones) & ~round) | word
            if hits & highs != 0 { look(at: start..<(start &+ 8)) }
            at &+= 8
        }
    }

    private mutating func look(at range: Range<Int>) {
        for at in range {
            let byte = bytes[at]
            switch byte {
            case 13: isPlain = false
            case UInt8(ascii: ">"), UInt8(ascii: ")"): hasClosingSign = true
            case 0xCC...:
                isComposed = false
                // Marks begin with one of these.
                if byte == 0xE2 || byte == 0xEF { isPlain = false }
            default: break
            }
        }
    }

    /// Whether the first line may refer to a file: it ends with one of the signs, and a name's point stands before it.
    var mayNameFile: Bool {
        guard hasClosingSign, isPlain else { return hasClosingSign }
        var end = ByteSearch.first(10, in: bytes, from: 0, to: bytes.count) ?? bytes.count
        while end > 0, bytes[end - 1] == 32 { end -= 1 }
        guard end > 0, bytes[end - 1] == UInt8(ascii: ">") || bytes[end - 1] == UInt8(ascii: ")") else { return false }
        return ByteSearch.first(UInt8(ascii: "."), in: bytes, from: 0, to: end) != nil
    }

    /// Where a mark that says that the message was edited begins, in whatever language: U+200E and a few words in angle brackets behind
    /// what somebody wrote. References to files have a colon in them.
    var editedMark: Int? {
        guard hasClosingSign, !isPlain else { return nil }
        var end = bytes.count
        while end > 0, bytes[end - 1] <= 32 { end -= 1 }
        guard end > 0, bytes[end - 1] == UInt8(ascii: ">") else { return nil }
        let open = (max(0, end - Self.longestMark)..<end).last { bytes[$0] == UInt8(ascii: "<") } ?? 0
        guard open > 3, bytes[open - 3] == 0xE2, bytes[open - 2] == 0x80, bytes[open - 1] == 0x8E, end - open > 5 else { return nil }
        let words = bytes[(open + 1)..<(end - 1)]
        // The colon as wide as a Chinese letter is EF BC 9A.
        return words.contains { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") || $0 == 10 || $0 == 0xEF || $0 &- 48 < 10 } ? nil : open - 3
    }

    /// Bytes of the longest mark of an edit.
    private static let longestMark = 120

    var text: String { String(copying: bytes) }
}
