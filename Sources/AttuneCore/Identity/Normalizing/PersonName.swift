/// A person's name as far as it can be read out of what somebody typed: given name and surname in small ASCII letters.
public struct PersonName: Hashable, Sendable {
    /// First given name or its initial; empty when only a surname is known.
    public var given: [UInt8]
    /// All other words put together, or an initial; empty when there is one word.
    public var surname: [UInt8]

    public var isEmpty: Bool { given.isEmpty && surname.isEmpty }
    /// One word: a given name most of the time, a surname now and then.
    public var isSingle: Bool { surname.isEmpty }

    /// Both parts with a blank between them.
    public var text: String { [given, surname].filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ") }

    public init(given: [UInt8], surname: [UInt8]) {
        self.given = given
        self.surname = surname
    }

    /// Reads `Ann Lee`, `Lee, Ann`, `A. Lee`, `Dr. Ann van Lee`, `Ann L.`, `王小明`; nil for handles and texts without letters.
    public init?(_ text: String) {
        var text = text
        guard let name = text.withUTF8({ PersonName(utf8: $0) }) else { return nil }
        self = name
    }

    init?(utf8 text: UnsafeBufferPointer<UInt8>) {
        var words = Words()
        let plain = Self.plain(text).prefix(120)
        var next = plain.startIndex
        while next < plain.endIndex {
            let byte = plain[next]
            next += 1
            switch byte {
            case 97...122, 128..., 65...90: words.letters.append(byte)
            case 39, 45: continue  // O'Brien, Anne-Marie: one word, however it is written
            case 48...57, 95, 64: return nil
            case 44:
                words.end()
                words.comma()
            case 40:
                // A title with its other ending: Sr(a).
                if words.isInWord, let close = plain[next...].prefix(4).firstIndex(of: 41) { next = close + 1 } else { words.end() }
            default: words.end()
            }
        }
        words.end()
        words.dropDegree()
        guard let given = words.given else { return nil }
        self.given = given
        surname = words.surname
    }

    /// In plain letters; Chinese and Korean names, which have their surname first and no blank in between, with a comma behind it.
    private static func plain(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        // Two to four letters of three bytes each.
        guard (6...12).contains(text.count), text[0] >= 0xE3, text[0] <= 0xED else { return PlainText.ascii(text) }
        let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
        guard (2...4).contains(scalars.count), scalars.allSatisfy({ (0x4E00...0x9FFF).contains($0.value) || (0xAC00...0xD7A3).contains($0.value) })
        else { return PlainText.ascii(text) }
        let latin = { (part: Substring.UnicodeScalarView) in PlainText.letters(String(part)) }
        return latin(scalars.prefix(1)) + [44] + latin(scalars.dropFirst())
    }

    /// The words of a name as they are read.
    private struct Words {
        var letters: [UInt8] = []
        /// Where words begin that were read, in front of the one that is being read.
        private var starts: [Int] = []
        private var start = 0
        /// Words before the first comma.
        private var half: Int?

        /// Ends a word. Titles in front of a name and suffixes behind it say nothing; Jack Lord and Mary King are called so.
        mutating func end() {
            guard isInWord else { return }
            let isTitle = starts.count == (half ?? 0) && isOne(of: PersonName.titles, from: start)
            let isSuffix = !starts.isEmpty && isOne(of: PersonName.suffixes, from: start)
            if isTitle || isSuffix { letters.removeLast(letters.count - start) } else { starts.append(start) }
            start = letters.count
        }

        var isInWord: Bool { start < letters.count }

        /// Takes away a degree that stands behind a comma letter by letter: Ann Lee, M.D.
        mutating func dropDegree() {
            guard let comma = half, comma + 1 < starts.count, isOne(of: PersonName.degrees, from: starts[comma]) else { return }
            letters.removeLast(letters.count - starts[comma])
            starts.removeLast(starts.count - comma)
            half = nil
        }

        private func isOne(of words: ByteTable, from start: Int) -> Bool {
            letters.count - start <= PersonName.longestTitle
                && letters.withUnsafeBufferPointer { words.contains(UnsafeBufferPointer(rebasing: $0[start...])) }
        }

        /// What stands before the first comma is the surname.
        mutating func comma() { if half == nil, !starts.isEmpty { half = starts.count } }

        private func word(_ i: Int) -> ArraySlice<UInt8> { letters[starts[i]..<(i + 1 < starts.count ? starts[i + 1] : letters.count)] }

        /// Words behind the comma, if there are any, come first.
        private var first: Int { half.flatMap { $0 < starts.count ? $0 : nil } ?? 0 }

        var given: [UInt8]? { starts.isEmpty ? nil : Array(word(first)) }

        var surname: [UInt8] {
            let rest = first > 0 ? 0..<first : 1..<max(1, starts.count)
            // Middle initials say little and come and go.
            let isLong = rest.count > 1 && rest.contains { word($0).count > 1 }
            var surname = [UInt8]()
            for i in rest where !isLong || word(i).count > 1 { surname += word(i) }
            return surname
        }
    }

    private static let longestTitle = 12
    private static let titles = ByteTable([
        "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "madam", "dame", "lord", "lady", "rev", "herr", "frau", "hr", "fr",
        "dipl", "ing", "mme", "mlle", "monsieur", "madame", "sr", "sra", "srta", "senor", "senora", "dona", "don", "sig", "signor", "signora",
        "dott", "smt", "shri", "sri", "kumari", "dra", "ssa", "ra", "med", "mag", "fam", "familie", "adv", "capt", "maitre", "mademoiselle",
    ])
    private static let degrees = ByteTable(["md", "phd", "dds", "mba", "msc", "bsc", "esq"])
    private static let suffixes = ByteTable([
        "jr", "sr", "snr", "jnr", "ii", "iii", "iv", "esq", "phd", "md", "mba", "msc", "bsc", "dds", "prof", "dr", "mr", "mrs", "ms", "herr", "frau",
    ])
}
