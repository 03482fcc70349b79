/// Compares names of scripts that write consonants and long vowels (Arabic, Hebrew) with their Latin forms: محمد, which becomes
/// `MHMD`, with `mohammed`.
enum ConsonantScript {
    /// Letters from Hebrew to Arabic Extended, and their presentation forms.
    static func contains(_ scalar: Unicode.Scalar) -> Bool {
        (0x590...0x8FF).contains(scalar.value) || (0xFB1D...0xFDFF).contains(scalar.value) || (0xFE70...0xFEFF).contains(scalar.value)
    }

    /// Whether a text was written in such a script.
    static func isWritten(_ text: some Collection<UInt8>) -> Bool { text.first.map { $0 >= 65 && $0 <= 90 } ?? false }

    /// Whether the consonants are those of the Latin word, with vowels that are not written in between.
    ///
    /// - Parameters:
    ///   - consonants: capitals.
    ///   - latin: small letters.
    static func fits(_ consonants: some RandomAccessCollection<UInt8>, _ latin: some RandomAccessCollection<UInt8>) -> Bool {
        let (word, name) = (Array(consonants.prefix(limit)), Array(latin.prefix(limit)))
        guard word.count > 1, name.count > 1, abs(word.count - name.count) <= max(word.count, 3) else { return false }
        return fits(word[...], name[...], last: 0)
    }

    /// Letters of the longest names that are compared.
    private static let limit = 24

    private static func fits(_ word: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>, last: UInt8) -> Bool {
        guard let letter = word.first else { return name.allSatisfy { isVowel($0) || $0 == last || $0 == 104 } }
        guard let next = name.first else {
            // A mute ending: the t or h of feminine names.
            return word.count == 1 && (letter == UInt8(ascii: "T") || letter == UInt8(ascii: "H"))
        }
        if same(letter, next), fits(word.dropFirst(), name.dropFirst(), last: next) { return true }
        // Short vowels, and the second of two equal consonants, are not written.
        if isVowel(next) || next == last, fits(word, name.dropFirst(), last: last) { return true }
        // A mark that carries a vowel, as Latin writes nothing for it.
        return word.count > 1 && last != 0 && letter == UInt8(ascii: "A") && fits(word.dropFirst(), name, last: last)
    }

    private static func isVowel(_ letter: UInt8) -> Bool { letter == 121 || "aeiou".utf8.contains(letter) }

    /// Letters that transliterations exchange.
    private static func same(_ capital: UInt8, _ letter: UInt8) -> Bool {
        if capital + 32 == letter { return true }
        return switch capital {
        case UInt8(ascii: "W"): "ouv".utf8.contains(letter)
        case UInt8(ascii: "Y"): "iej".utf8.contains(letter)
        case UInt8(ascii: "A"): "eiou".utf8.contains(letter)
        case UInt8(ascii: "Q"), UInt8(ascii: "K"): "kqcg".utf8.contains(letter)
        case UInt8(ascii: "B"): letter == UInt8(ascii: "v")
        case UInt8(ascii: "P"): letter == UInt8(ascii: "f")
        case UInt8(ascii: "J"): letter == UInt8(ascii: "g")
        case UInt8(ascii: "Z"), UInt8(ascii: "S"): letter == UInt8(ascii: "s") || letter == UInt8(ascii: "z")
        default: false
        }
    }
}
