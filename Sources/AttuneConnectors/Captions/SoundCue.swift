/// Lines of captions that tell what is heard and not what is said: `[Music]`, `(applause)`, `♪ la la ♪`.
enum SoundCue {
    /// Longest description, bytes; more is somebody's words.
    private static let longest = 48

    static func isSound(_ line: String) -> Bool {
        guard let first = line.utf8.first, first == UInt8(ascii: "[") || first == UInt8(ascii: "(") || first == 0xE2 else { return false }
        if line.first == "♪" || line.first == "♫" { return line.count > 1 && (line.last == "♪" || line.last == "♫") || line.count == 1 }
        let (open, close): (Character, Character) = first == UInt8(ascii: "[") ? ("[", "]") : ("(", ")")
        guard first != 0xE2, line.last == close, line.utf8.count <= longest else { return false }
        let inner = line.dropFirst().dropLast()
        guard !inner.contains(where: { $0 == open || $0 == close || $0 == ":" }) else { return false }
        let word = inner.lowercased()
        if open == "(" { return inner.first?.isLowercase == true && inner.split(separator: " ").count <= 3 || sounds.contains(word) }
        return !masked.contains(word)
    }

    /// What stands for words that were said and taken out.
    private static let masked: Set<String> = ["pii", "redacted", "name", "phone", "email", "address", "inaudible", "unintelligible", "__"]

    private static let sounds: Set<String> = [
        "music", "applause", "laughter", "silence", "crosstalk", "noise", "musik", "applaus", "gelächter", "lachen", "musique", "applaudissements",
        "rires", "música", "aplausos", "risas", "risos", "musica", "applausi", "risate", "muziek", "gelach", "音楽", "拍手", "笑",
    ]
}
