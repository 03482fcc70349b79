import AttuneCore

/// Direction marks that exports sprinkle over texts: U+200E, U+200F, U+202A…U+202E, U+2066…U+2069, U+FEFF. U+200D (emoji) and
/// U+200C (Persian) are text and stay.
enum TextMarks {
    /// U+200E, which WhatsApp puts before what nobody typed.
    static let leftToRight: [UInt8] = [0xE2, 0x80, 0x8E]

    /// Whether that mark stands at `at`.
    static func isLeftToRight(_ bytes: UnsafeBufferPointer<UInt8>, at: Int) -> Bool {
        at + 2 < bytes.count && bytes[at] == 0xE2 && bytes[at + 1] == 0x80 && bytes[at + 2] == 0x8E
    }

    /// Length of a mark at `at`, or 0.
    static func length(_ bytes: UnsafeBufferPointer<UInt8>, at: Int) -> Int {
        guard at + 2 < bytes.count, bytes[at] >= 0xE2 else { return 0 }
        let (b, c) = (bytes[at + 1], bytes[at + 2])
        if bytes[at] == 0xE2 {
            if b == 0x80, c == 0x8E || c == 0x8F || (c >= 0xAA && c <= 0xAE) { return 3 }
            if b == 0x81, c >= 0xA6, c <= 0xA9 { return 3 }
        } else if bytes[at] == 0xEF, b == 0xBB, c == 0xBF {
            return 3
        }
        return 0
    }

    /// Text of bytes without marks; broken UTF-8 becomes U+FFFD.
    static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard let first = first(in: bytes) else { return String(copying: bytes) }
        var kept = Array(bytes[..<first])
        var at = first
        while at < bytes.count {
            let mark = length(bytes, at: at)
            if mark == 0 {
                kept.append(bytes[at])
                at += 1
            } else {
                at += mark
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }

    static func removed(from text: String) -> String {
        if text.utf8.withContiguousStorageIfAvailable({ first(in: $0) == nil }) == true { return text }
        var text = text
        return text.withUTF8 { bytes in first(in: bytes) == nil ? nil : Self.text(bytes) } ?? text
    }

    /// Without marks, and without blanks and line ends at both ends.
    static func trimmed(_ text: consuming String) -> String {
        // Nearly all texts begin and end with a sign of ASCII, and have no mark: one look, and no copy.
        let isPlain = text.utf8.withContiguousStorageIfAvailable { bytes in
            guard let start = bytes.first, let end = bytes.last else { return true }
            return start &- 33 < 94 && end &- 33 < 94 && first(in: bytes) == nil
        }
        return isPlain == true ? text : removed(from: text).trimmed
    }

    /// Where the first mark stands; nil where there is none.
    static func first(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        // Nearly all texts stop here.
        if ByteSearch.largest(in: bytes) < 0xE2 { return nil }
        var end = bytes.count
        var mark: Int?
        for lead: UInt8 in [0xE2, 0xEF] {
            var at = 0
            while let found = ByteSearch.first(lead, in: bytes, from: at, to: end) {
                if length(bytes, at: found) > 0 {
                    (mark, end) = (found, found)
                    break
                }
                at = found + 1
            }
        }
        return mark
    }
}
