/// Character references that stand in the Markdown of posts itself, behind the escapes of an answer: `&nbsp;`, `&#x200B;`.
enum RedditEntities {
    /// `&`, `<` and `>` stay as they were written: with them a text says how something is written.
    static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var text = text
        return text.withUTF8 { String(decoding: decoded($0), as: UTF8.self) }
    }

    private static func decoded(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var out = [UInt8]()
        out.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            // Without a semicolon it is part of an address.
            guard bytes[at] == UInt8(ascii: "&"), let (scalar, end) = HTMLEntities.decode(bytes, at: at, to: bytes.count),
                bytes[end - 1] == UInt8(ascii: ";"), !"&<>".unicodeScalars.contains(scalar)
            else {
                out.append(bytes[at])
                at += 1
                continue
            }
            out += replacement(scalar).utf8
            at = end
        }
        return out
    }

    /// Reddit's editor writes U+200B for an empty line, and people U+00A0 for a blank.
    private static func replacement(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\u{200B}": ""
        case "\u{A0}": " "
        default: String(scalar)
        }
    }
}
