/// Lines that the app writes in a person's name.
enum MetaExportPhrases {
    /// `Reacted 😡 to your message `, in the language of whoever downloaded it, with what they chose and no words in its place.
    static func isReaction(_ text: String) -> Bool {
        guard text.utf8.count <= MetaExportReaction.longest else { return false }
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count > 2, marks[Int(bytes[0] | 0x20)] & MetaExportReaction.mark(bytes[1], bytes[2]) != 0 else { return false }
            let first = bytes[0]
            var end = bytes.count
            while end > 0, bytes[end - 1] <= 32 { end -= 1 }
            let line = UnsafeBufferPointer(rebasing: bytes[..<end])
            return reactions[Int(first | 0x20)].contains { $0.isSaid(line) }
        }
    }

    /// By their first bytes, with the bit of small letters.
    private static let reactions = MetaExportReaction.all.reduce(into: Array(repeating: [MetaExportReaction](), count: 256)) {
        $0[Int($1.first | 0x20)].append($1)
    }

    /// A bit for the second and third byte of each, by their first.
    private static let marks = reactions.map { $0.reduce(UInt64(0)) { $0 | $1.mark } }

    /// `Priya sent an attachment.`, beside what was sent, in the language of whoever downloaded it.
    static func isNotice(_ text: String) -> Bool {
        guard text.utf8.count <= longestNotice else { return false }
        var text = text
        return text.withUTF8 { bytes in
            let sentence = bytes.last == UInt8(ascii: ".") ? UnsafeBufferPointer(rebasing: bytes.dropLast()) : bytes
            guard let last = sentence.last else { return false }
            return notices.contains {
                $0.last == last && sentence.count >= $0.count && ByteSearch.begins(UnsafeBufferPointer(rebasing: sentence.suffix($0.count)), with: $0)
            }
        }
    }

    /// Bytes: a name and the phrase.
    private static let longestNotice = 200

    private static let notices = (bare + toSenders).map { Array($0.utf8) }

    /// `Priya wasn't notified about this message because they're in quiet mode.`, in the name of whoever wrote to them.
    static func isQuiet(_ text: String) -> Bool {
        guard text.utf8.count > quiet.count, text.utf8.count <= longestNotice else { return false }
        var text = text
        let endsSo = text.withUTF8 { ByteSearch.begins(UnsafeBufferPointer(rebasing: $0.suffix(quiet.count)), with: quiet) }
        return endsSo && text.contains(" notified about this message because ")
    }

    private static let quiet = Array(" in quiet mode.".utf8)

    /// What follows the name.
    static let bare = [
        " sent an attachment", " sent a photo", " sent a video", " sent a voice message", " sent a sticker", " sent a GIF", " sent a link",
        " sent a live location", " sent a location", " hat einen Anhang gesendet", " hat ein Foto gesendet",
        " hast einen Anhang gesendet", " hat eine Sprachnachricht gesendet", " a envoyé une pièce jointe", " a envoyé une photo",
        " a envoyé un message vocal", " envió un archivo adjunto", " envió una foto", " enviou um anexo", " enviou uma foto",
        " ha enviado un archivo adjunto", " ha enviado una foto", " ha inviato un allegato", " ha inviato una foto", " heeft een bijlage verzonden",
        " heeft een bijlage gestuurd",
    ]

    /// The same, said to whoever downloaded.
    static let toSenders = [
        "You sent an attachment", "You sent a photo", "You sent a video", "You sent a voice message", "You sent a sticker", "You sent a GIF",
        "You sent a link", "You sent a live location", "You sent a location", "Du hast einen Anhang gesendet", "Du hast ein Foto gesendet",
        "Du hast eine Sprachnachricht gesendet", "Vous avez envoyé une pièce jointe", "Vous avez envoyé une photo",
        "Vous avez envoyé un message vocal", "Enviaste un archivo adjunto", "Enviaste una foto", "Has enviado un archivo adjunto",
        "Has enviado una foto", "Você enviou um anexo", "Você enviou uma foto", "Hai inviato un allegato", "Hai inviato una foto",
        "Je hebt een bijlage verzonden", "Je hebt een bijlage gestuurd",
    ]
}
