/// Text whose UTF-8 bytes were taken for Latin-1 letters, as Meta's downloads have it.
enum Mojibake {
    /// The text as it was written; unchanged when its letters are not the bytes of UTF-8.
    static func repaired(_ text: String) -> String {
        if text.utf8.withContiguousStorageIfAvailable({ ByteSearch.largest(in: $0) < 0x80 }) == true { return text }
        var bytes = [UInt8]()
        bytes.reserveCapacity(text.utf8.count)
        var isPlain = true
        for scalar in text.unicodeScalars {
            guard let byte = UInt8(exactly: scalar.value) else { return text }
            if byte >= 0x80 { isPlain = false }
            bytes.append(byte)
        }
        return isPlain ? text : String(validating: bytes, as: UTF8.self) ?? text
    }
}
