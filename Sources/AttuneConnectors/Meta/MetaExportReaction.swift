/// A sentence by which the app says that somebody chose an emoji for a message: what stands before the emoji and behind it.
struct MetaExportReaction {
    let first: UInt8
    private let before: [UInt8]
    private let behind: [UInt8]
    /// Whether nothing stands in between.
    private let isWhole: Bool

    /// Bytes: a sentence and one of the longest emoji.
    static let longest = 160

    private init(_ before: String, _ behind: String = "", isWhole: Bool = false) {
        first = before.utf8.first ?? 0
        (self.before, self.behind, self.isWhole) = (Array(before.utf8.dropFirst()), Array(behind.utf8), isWhole)
    }

    /// A bit for what follows its first byte.
    var mark: UInt64 { before.count < 2 ? ~0 : Self.mark(before[0], before[1]) }

    static func mark(_ second: UInt8, _ third: UInt8) -> UInt64 { 1 &<< UInt64((second &* 31 &+ third) & 63) }

    /// Whether a line without blanks at its end is that sentence; where it leaves out the name it begins with a capital.
    func isSaid(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = line.first, start | 0x20 == first | 0x20, line.count > before.count + behind.count,
            isWhole || line.last == behind.last
        else { return false }
        let rest = UnsafeBufferPointer(rebasing: line.dropFirst())
        guard ByteSearch.begins(rest, with: before), rest.suffix(behind.count).elementsEqual(behind) else { return false }
        let chosen = rest.dropFirst(before.count).dropLast(behind.count)
        if isWhole { return chosen.isEmpty }
        return !String(decoding: chosen, as: UTF8.self).unicodeScalars.contains { $0.properties.isAlphabetic }
    }

    static let all = pairs.map { MetaExportReaction($0.0, $0.1) } + sentences.map { MetaExportReaction($0, isWhole: true) }

    private static let pairs = [
        ("Reacted", " to your message"), ("Reacted", " to a message"), ("Hat mit", " auf deine Nachricht reagiert"),
        ("Hat mit", " auf Ihre Nachricht reagiert"), ("Hat", " auf deine Nachricht reagiert"), ("Reagierte mit", " auf deine Nachricht"),
        ("A réagi avec", " à votre message"), ("A réagi", " à votre message"), ("A réagi par", " à votre message"),
        ("A réagi avec", " à ton message"), ("A réagi", " à ton message"), ("A réagi par", " à ton message"),
        ("Reaccionó con", " a tu mensaje"), ("Reaccionó", " a tu mensaje"), ("Ha reaccionado con", " a tu mensaje"),
        ("Reaccionó con", " a su mensaje"), ("Reagiu com", " à sua mensagem"), ("Reagiu com", " a sua mensagem"),
        ("Reagiu com", " à tua mensagem"), ("Reagiu", " à sua mensagem"), ("Ha reagito con", " al tuo messaggio"),
        ("Ha reagito", " al tuo messaggio"), ("Ha messo", " al tuo messaggio"), ("Heeft gereageerd met", " op je bericht"),
        ("Heeft met", " op je bericht gereageerd"), ("Heeft met", " gereageerd op je bericht"), ("Reageerde met", " op je bericht"),
        ("Heeft", " op je bericht gereageerd"),
    ]

    private static let sentences = [
        "Liked a message", "Gefällt eine Nachricht",
        "Hat eine Nachricht mit „Gefällt mir“ markiert", "Hat eine Nachricht mit \"Gefällt mir\" markiert", "A aimé un message",
        "Le gustó un mensaje", "Le ha gustado un mensaje", "Le gusta un mensaje", "Te gustó un mensaje", "Indicó que le gusta un mensaje",
        "Indicó que le gustó un mensaje", "Curtiu uma mensagem", "Gostou de uma mensagem",
        "Ha messo Mi piace a un messaggio", "Ha messo \"Mi piace\" a un messaggio", "Vindt een bericht leuk", "Vond een bericht leuk",
    ]
}
