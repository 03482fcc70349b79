/// Texts of header fields: encoded words of RFC 2047, raw UTF-8, and what careless programs send instead.
enum EncodedWords {
    /// - Parameter value: an unfolded value.
    static func decode(_ value: UnsafeBufferPointer<UInt8>) -> String {
        ByteSearch.first("=?", in: value, from: 0, to: value.count) == nil ? MailCharset.unlabelled(value) : words(value)
    }

    static func decode(_ value: [UInt8]) -> String { value.withUnsafeBufferPointer { decode($0) } }

    /// An encoded word, its charset and its bytes.
    private struct Word {
        var charset: String
        var bytes: [UInt8]
        var end: Int
    }

    private static func words(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        var text = ""
        var pending: Word?
        /// Start of the text that is not written yet.
        var plain = 0
        var at = 0
        func flush(to end: Int) {
            if let word = pending {
                text += MailCharset.decode(word.bytes, charset: word.charset)
                pending = nil
            }
            if plain < end { text += MailCharset.unlabelled(UnsafeBufferPointer(rebasing: bytes[plain..<end])) }
        }
        while let start = ByteSearch.first("=?", in: bytes, from: at, to: bytes.count) {
            guard let word = word(bytes, at: start) else {
                at = start + 2
                continue
            }
            // Blanks between encoded words are not text, and a character may be cut between two.
            if let open = pending, bytes[plain..<start].allSatisfy({ $0 <= 32 }) {
                if open.charset == word.charset {
                    pending?.bytes += word.bytes
                } else {
                    text += MailCharset.decode(open.bytes, charset: open.charset)
                    pending = word
                }
            } else {
                flush(to: start)
                pending = word
            }
            plain = word.end
            at = word.end
        }
        flush(to: bytes.count)
        return text
    }

    /// Longest charset name with a language behind it, and longest text, bytes. RFC 2047 allows 75 for all; few keep to it.
    private static let (charsetLimit, textLimit) = (60, 2_048)

    /// `=?charset*language?encoding?text?=`
    private static func word(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Word? {
        let limit = min(bytes.count, start + 2 + charsetLimit)
        guard let charsetEnd = ByteSearch.first(UInt8(ascii: "?"), in: bytes, from: start + 2, to: limit), charsetEnd > start + 2,
            charsetEnd + 3 < bytes.count, bytes[charsetEnd + 2] == UInt8(ascii: "?"),
            let end = ByteSearch.first("?=", in: bytes, from: charsetEnd + 3, to: min(bytes.count, charsetEnd + textLimit))
        else { return nil }
        let name = HTMLTokenizer.lower(bytes, start + 2..<charsetEnd)
        let charset = name.prefix { $0 != "*" }
        let content = UnsafeBufferPointer(rebasing: bytes[charsetEnd + 3..<end])
        switch bytes[charsetEnd + 1] | 0x20 {
        case UInt8(ascii: "b"): return Word(charset: String(charset), bytes: TransferDecoding.base64(content).bytes, end: end + 2)
        case UInt8(ascii: "q"): return Word(charset: String(charset), bytes: quoted(content), end: end + 2)
        default: return nil
        }
    }

    /// The "Q" encoding: `_` is a blank.
    private static func quoted(_ content: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var out = [UInt8]()
        out.reserveCapacity(content.count)
        var p = 0
        while p < content.count {
            if content[p] == UInt8(ascii: "="), p + 2 < content.count, let value = TransferDecoding.hex(content[p + 1], content[p + 2]) {
                out.append(value)
                p += 3
            } else {
                out.append(content[p] == UInt8(ascii: "_") ? 32 : content[p])
                p += 1
            }
        }
        return out
    }
}
