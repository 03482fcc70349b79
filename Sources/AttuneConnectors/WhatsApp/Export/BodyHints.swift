import AttuneCore

/// What a body's bytes rule out, so that nearly no message is compared with phrases: found in one walk over them.
struct BodyHints {
    let bytes: UnsafeBufferPointer<UInt8>
    /// U+200E stands in front.
    let isMarked: Bool
    /// A `>` or `)` occurs: references to files and edit marks end so.
    let hasClosingSign: Bool
    /// Neither direction marks nor CR: the bytes are the text.
    let isPlain: Bool
    /// Whether the text surely is in NFC.
    let isComposed: Bool
    let isASCII: Bool

    init(_ all: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) {
        bytes = UnsafeBufferPointer(rebasing: all[min(start, end)..<end])
        isMarked = TextMarks.isLeftToRight(bytes, at: 0)
        let seen = Signs(bytes)
        isASCII = seen.largest < 0x80
        hasClosingSign = seen.closing == 0
        isComposed = seen.largest < 0xCC
        // The marks begin with one of two bytes, with which quotation marks and dashes begin too.
        isPlain = seen.carriage != 0 && (seen.largest < 0xE2 || TextMarks.first(in: bytes) == nil)
    }

    /// The largest byte, and whether signs occur: those are zero then. Without an early end, so that many bytes are looked at in one step.
    private struct Signs {
        var largest: UInt8 = 0
        var closing: UInt8 = 1
        var carriage: UInt8 = 1
        /// Bytes that are looked at in one step, or a multiple of it.
        private static let step = 32

        init(_ bytes: UnsafeBufferPointer<UInt8>) {
            guard bytes.count >= Self.step else {
                look(bytes)
                return
            }
            look(UnsafeBufferPointer(rebasing: bytes[..<(bytes.count & -Self.step)]))
            // The last ones overlap those before them.
            look(UnsafeBufferPointer(rebasing: bytes[(bytes.count - Self.step)...]))
        }

        @inline(__always)
        private mutating func look(_ bytes: UnsafeBufferPointer<UInt8>) {
            var (largest, closing, carriage) = (self.largest, self.closing, self.carriage)
            for byte in bytes {
                largest = max(largest, byte)
                closing = min(closing, byte ^ UInt8(ascii: ">"), byte ^ UInt8(ascii: ")"))
                carriage = min(carriage, byte ^ 13)
            }
            (self.largest, self.closing, self.carriage) = (largest, closing, carriage)
        }
    }

    /// Whether a byte occurs that direction marks begin with, or a CR.
    var mayBeMarked: Bool { !isPlain || !isASCII && bytes.contains { $0 == 0xE2 || $0 == 0xEF } }

    /// Whether the first line may refer to a file: it ends with one of the signs, and a name's point stands before it.
    var mayNameFile: Bool {
        guard hasClosingSign, !mayBeMarked else { return hasClosingSign }
        var end = ByteSearch.first(10, in: bytes, from: 0, to: bytes.count) ?? bytes.count
        while end > 0, bytes[end - 1] == 32 { end -= 1 }
        guard end > 0 else { return false }
        return AttachmentMark.mayStand(in: UnsafeBufferPointer(rebasing: bytes[..<end]))
    }

    /// Whether the first line may be the phrase for a medium, in angle brackets, with a caption below it.
    var mayBeginWithMedium: Bool { hasClosingSign && bytes.first == UInt8(ascii: "<") }

    /// What stands between the last U+200E and the mark of an edit or the end; nil when that is longer than a phrase. WhatsApp puts the
    /// sign before what nobody typed.
    var untyped: UnsafeBufferPointer<UInt8>? {
        if isPlain { return nil }
        let end = editedMark ?? bytes.count
        var start = end
        while start >= 3, end - start <= Self.longestMark {
            if TextMarks.isLeftToRight(bytes, at: start - 3) { return UnsafeBufferPointer(rebasing: bytes[start..<end]) }
            start -= 1
        }
        return nil
    }

    /// Whether the last byte is that of a mark that says that the message was edited.
    var mayEndWithEditedMark: Bool { hasClosingSign && (bytes.last == UInt8(ascii: ">") || !isPlain) }

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
