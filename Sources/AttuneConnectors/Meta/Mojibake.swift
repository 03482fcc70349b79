import AttuneCore

/// Text whose UTF-8 bytes were taken for Latin-1 letters, as Meta's downloads have it.
enum Mojibake {
    /// The text as it was written; unchanged when its letters are not the bytes of UTF-8.
    static func repaired(_ text: String) -> String {
        if text.utf8.withContiguousStorageIfAvailable({ ByteSearch.largest(in: $0) < 0x80 }) == true { return text }
        var text = text
        let repaired: String? = text.withUTF8 { utf8 in
            // Latin-1 in UTF-8: one byte each below U+0080, two that begin with C2 or C3 up to U+00FF.
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: utf8.count) { bytes in
                var (from, count) = (0, 0)
                while from < utf8.count {
                    let first = utf8[from]
                    guard first <= 0xC3 else { return nil }
                    let isPair = first >= 0xC2
                    bytes[count] = isPair ? first << 6 | utf8[from + 1] & 0x3F : first
                    (from, count) = (from + (isPair ? 2 : 1), count + 1)
                }
                let written = UnsafeBufferPointer(rebasing: bytes[..<count])
                return WellFormed.utf8(written) ? String(copying: written) : nil
            }
        }
        return repaired ?? text
    }
}
