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

    /// Reads `Ann Lee`, `Lee, Ann`, `A. Lee`, `Dr. Ann van Lee`, `Ann L.`; nil for handles and texts without letters.
    public init?(_ text: String) {
        var halves: [[[UInt8]]] = [[]]
        var word = [UInt8]()
        var isHandle = false
        func endWord() {
            if !word.isEmpty, !Self.titles.contains(word) { halves[halves.count - 1].append(word) }
            word = []
        }
        for byte in PlainText.ascii(text).prefix(120) {
            switch byte {
            case 97...122, 128...: word.append(byte)
            case 39, 45: continue  // O'Brien, Anne-Marie: one word, however it is written
            case 48...57, 95, 64: isHandle = true
            case 44:
                endWord()
                if halves.count == 1, !halves[0].isEmpty { halves.append([]) }
            default: endWord()
            }
        }
        endWord()
        if isHandle { return nil }
        if halves.count == 2, halves[1].isEmpty { halves.removeLast() }
        let words = halves.count == 2 ? halves[1] + halves[0] : halves[0]
        guard let first = words.first else { return nil }
        given = first
        let rest = halves.count == 2 ? halves[0] : Array(words.dropFirst())
        // Middle initials say little and come and go.
        let long = rest.count > 1 ? rest.filter { $0.count > 1 } : rest
        surname = Array((long.isEmpty ? rest : long).joined())
    }

    private static let titles: Set<[UInt8]> = Set(
        [
            "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "madam", "dame", "lord", "lady", "rev", "herr", "frau", "hr", "fr",
            "dipl", "ing", "mme", "mlle", "monsieur", "madame", "sr", "sra", "srta", "senor", "senora", "dona", "don", "sig", "signor", "signora",
            "dott", "jr", "snr", "jnr", "ii", "iii", "iv", "esq", "phd", "md", "smt", "shri", "sri",
        ].map { Array($0.utf8) })
}
