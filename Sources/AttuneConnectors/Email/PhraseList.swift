/// Phrases that are looked for in a line, as bytes: a line is compared with all of them in a microsecond.
struct PhraseList {
    private let phrases: [[UInt8]]

    /// - Parameter text: phrases in lower case, separated by `|`.
    init(_ text: String) { phrases = text.split(separator: "|").map { Array($0.utf8) } }

    /// - Parameter whole: whether letters beside a phrase rule it out. Phrases of scripts without blanks stand anywhere.
    func occurs(in line: [UInt8], whole: Bool = false) -> Bool {
        line.withUnsafeBufferPointer { bytes in phrases.contains { Self.occurs($0, in: bytes, whole: whole) } }
    }

    private static func occurs(_ phrase: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, whole: Bool) -> Bool {
        var at = 0
        while let found = ByteSearch.first(phrase, in: bytes, from: at, to: bytes.count) {
            let end = found + phrase.count
            // 0xE3 leads U+3000 and above.
            if !whole || phrase[0] >= 0xE3 { return true }
            if (found == 0 || !isLetter(bytes[found - 1])) && (end == bytes.count || !isLetter(bytes[end])) { return true }
            at = found + 1
        }
        return false
    }

    private static func isLetter(_ byte: UInt8) -> Bool { HTMLTokenizer.isLetter(byte) || byte >= 0x80 }

    /// A text in lower case, with narrow and no-break blanks as blanks.
    static func folded(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        if ByteSearch.largest(in: text) < 0x80 { return text.map { $0 >= 65 && $0 <= 90 ? $0 | 0x20 : $0 } }
        let lower = String(decoding: text, as: UTF8.self).lowercased()
        return Array(String(String.UnicodeScalarView(lower.unicodeScalars.map { $0 == "\u{A0}" || $0 == "\u{202F}" ? " " : $0 })).utf8)
    }
}
