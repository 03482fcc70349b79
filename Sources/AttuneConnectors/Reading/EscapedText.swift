/// Texts of platforms that escape `&`, `<` and `>` and nothing else.
enum EscapedText {
    /// Undoes the escapes once: `&amp;lt;` was written as `&lt;`.
    static func unescaped(_ text: String) -> String {
        var text = text
        return text.withUTF8 { bytes in
            ByteSearch.first(UInt8(ascii: "&"), in: bytes, from: 0, to: bytes.count) == nil ? nil : String(decoding: unescaped(bytes), as: UTF8.self)
        } ?? text
    }

    private static func unescaped(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var out = [UInt8]()
        out.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            guard bytes[at] == UInt8(ascii: "&"), let (character, length) = escape(bytes, at) else {
                out.append(bytes[at])
                at += 1
                continue
            }
            out.append(character)
            at += length
        }
        return out
    }

    private static func escape(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> (UInt8, Int)? {
        let rest = bytes[at...]
        if rest.starts(with: "&amp;".utf8) { return (UInt8(ascii: "&"), 5) }
        if rest.starts(with: "&lt;".utf8) { return (UInt8(ascii: "<"), 4) }
        if rest.starts(with: "&gt;".utf8) { return (UInt8(ascii: ">"), 4) }
        return nil
    }
}
