extension EntryTable {
    /// Headers that are compared.
    private static let comparedHeaders = 2_000

    /// Whether different words stand beside the clock: then they are AM and PM in a language that is not listed, and half of the times
    /// would be twelve hours wrong.
    func hasUnknownPeriods(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var words = Set<String>()
        return forEachWord(bytes) { word, _ in
            words.insert(word)
            return words.count < 2
        } == false
    }

    /// The only word beside the clock of a file whose hours are all those of a clock of twelve; nil where it is no AM or PM for sure.
    func unknownPeriod(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        var only: String?
        let isHalf = forEachWord(bytes) { word, entry in
            only = word
            return entry.hour >= 1 && entry.hour <= 12 && !word.isEmpty && !Self.joiningWords.contains(word.lowercased())
        }
        return isHalf == true ? only : nil
    }

    /// Words between a date and a time, and signs of years and hours behind them, letters only.
    private static let joiningWords: Set = [
        "klo", "kl", "um", "uhr", "à", "a", "alas", "às", "as", "at", "om", "alle", "ore", "la", "o", "u", "г", "ч", "гч", "в", "о", "h", "saat",
        "год", "plkst",
        "kell", "kello",
    ]

    /// Whether the clock has the words of Korean or Japanese, which write the year first. Chinese does so in some places only.
    func hasEastAsianPeriods(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard style?.hasPeriod == true, let entry = entries.first else { return false }
        let header = Self.header(of: entry, bytes)
        return ["오전", "오후", "午前", "午後"].contains { header.contains($0) }
    }

    private static func header(of entry: Entry, _ bytes: UnsafeBufferPointer<UInt8>) -> String {
        let end = Int(entry.bodyStart)
        var start = end
        while start > 0, bytes[start - 1] != 10 { start -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// Hands the letters of each header on, until `body` says that it has seen enough: false then, and nil where no header has a word.
    private func forEachWord(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (String, Entry) -> Bool) -> Bool? {
        guard style?.hasWord == true else { return nil }
        for entry in entries.prefix(Self.comparedHeaders) {
            let header = Self.header(of: entry, bytes)
            if !body(String(String.UnicodeScalarView(header.unicodeScalars.filter(\.properties.isAlphabetic))), entry) { return false }
        }
        return true
    }
}
