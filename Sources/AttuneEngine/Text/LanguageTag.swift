/// Languages as BCP 47 writes them, found in what people, platforms and programs write of them.
public enum LanguageTag {
    /// The tag that a text means: `en-us`, `en_US.UTF-8`, `eng`, `English (US)` are `en-US`, `en-US`, `en`, `en`, and `iw` is `he`. Nil when it names no
    /// language that is known (`N/A`, `und`, `auto`, nothing): then the text itself tells its language better.
    public static func normalized(_ text: String) -> String? { isPlain(text.utf8) ? text : regional(text) ?? read(text) }

    /// Longer than any name of a language with its region.
    private static let longest = 64

    /// A code of two small letters, as nearly all are: nothing is to be done.
    @inline(__always)
    private static func isPlain(_ bytes: String.UTF8View) -> Bool {
        guard bytes.count == 2, let first = bytes.first, let second = bytes.last else { return false }
        let (row, column) = (first &- 97, second &- 97)
        return row < 26 && column < 26 && LanguageNames.codes[Int(row)] &>> UInt32(column) & 1 == 1
    }

    /// A language of today with a country, as platforms write it: `en-GB`, `en_gb`. Nil for anything else.
    private static func regional(_ text: String) -> String? {
        var text = text
        return text.withUTF8 { bytes -> String? in
            guard bytes.count == 5, bytes[2] == UInt8(ascii: "-") || bytes[2] == UInt8(ascii: "_"), isLetter(bytes[3]), isLetter(bytes[4]) else {
                return nil
            }
            let (row, column) = (bytes[0] &- 97, bytes[1] &- 97)
            guard row < 26, column < 26, LanguageNames.codes[Int(row)] &>> UInt32(column) & 1 == 1 else { return nil }
            return String(unsafeUninitializedCapacity: 5) { out in
                (out[0], out[1], out[2]) = (bytes[0], bytes[1], UInt8(ascii: "-"))
                (out[3], out[4]) = (bytes[3] & 0xDF, bytes[4] & 0xDF)
                return 5
            }
        }
    }

    private static func read(_ text: String) -> String? {
        guard text.utf8.count <= longest else { return nil }
        // The first of several, as in `en-US,en;q=0.9` and `German/Deutsch`, without what stands in brackets.
        let first = text.prefix { !",;/|([".contains($0) }
        let words = first.split { $0.isWhitespace }.prefix { $0 != "-" && $0 != "–" }
        if words.count == 1, let word = words.first, let tag = tag(word.prefix { $0 != "." && $0 != "@" }) { return tag }
        return named(words.joined(separator: " "))
    }

    private static func tag(_ text: Substring) -> String? {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "_" }
        guard let first = parts.first, let language = language(first.lowercased()) else { return nil }
        let rest = parts.dropFirst().enumerated().map { index, part in
            switch part.utf8.count {
            case 4 where index == 0 && part.utf8.allSatisfy(isLetter): part.prefix(1).uppercased() + part.dropFirst().lowercased()
            case 2 where index < 2: part.uppercased()
            default: part.lowercased()
            }
        }
        let isTag = rest.allSatisfy { (1...8).contains($0.utf8.count) && $0.utf8.allSatisfy { isLetter($0) || $0 &- 48 < 10 } }
        return isTag ? ([language] + rest).joined(separator: "-") : language
    }

    /// The code of today for one of two or three small letters.
    private static func language(_ code: String) -> String? {
        guard (2...3).contains(code.utf8.count), code.utf8.allSatisfy(isLetter) else { return nil }
        if isPlain(code.utf8) || LanguageNames.longCodes.contains(code) { return code }
        return LanguageNames.oldCodes[code]
    }

    private static func named(_ name: String) -> String? {
        let name = name.lowercased()
        if let tag = LanguageNames.tags[name] { return tag }
        let words = name.split { $0 == " " || $0 == "_" || $0 == "-" }
        guard let first = words.first, words.count > 1 else { return nil }
        // `Chinese Simplified`, `Canadian French`.
        return LanguageNames.tags[String(first)] ?? (LanguageNames.kinds.contains(String(first)) ? LanguageNames.tags[String(words[1])] : nil)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }
}
