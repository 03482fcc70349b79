import AttuneCore

/// What WhatsApp writes into exports besides what people wrote, in seven languages. Texts are compared without direction marks.
struct Phrases {
    enum Meaning: Hashable {
        case media(kind: String)
        case deleted
        /// Calls, encryption notices, locations.
        case system
        /// `null`, `Waiting for this message`.
        case unavailable
    }

    /// Bodies that are nothing but the phrase.
    fileprivate let exact: [String: Meaning]
    /// Lengths and outer bytes of the phrases in `exact`: nearly no other body has the same.
    private let exactFilter: [Bool]
    /// Beginnings of bodies, by their first byte.
    private let beginnings: [[Beginning]]

    private struct Beginning {
        var bytes: [UInt8]
        var meaning: Meaning
        /// A number must follow, as in `Voice call, 3 min`.
        var needsNumber = false
        /// Longest body that may begin so.
        var limit = Int.max
    }

    init() {
        var exact: [String: Meaning] = [:]
        func add(_ phrases: [String], _ meaning: Meaning) {
            for phrase in phrases {
                let first = phrase.prefix(1)
                for variant in [phrase, first.uppercased() + phrase.dropFirst(), first.lowercased() + phrase.dropFirst()] {
                    exact[variant] = meaning
                    if meaning == .deleted { exact[variant + "."] = meaning }
                }
            }
        }
        for (kind, phrases) in Self.omitted { add(phrases, .media(kind: kind)) }
        add(Self.deleted, .deleted)
        add(Self.systemBodies, .system)
        add(Self.unavailable, .unavailable)
        self.exact = exact
        var filter = Array(repeating: false, count: 1 << 16)
        for phrase in exact.keys { filter[Array(phrase.utf8).withUnsafeBufferPointer { Self.outline($0) }] = true }
        exactFilter = filter
        var beginnings: [[Beginning]] = Array(repeating: [], count: 256)
        let all =
            Self.deletedByAdmin.map { Beginning(bytes: Array($0.utf8), meaning: .deleted, limit: $0.utf8.count + 120) }
            + Self.systemPrefixes.map { Beginning(bytes: Array($0.utf8), meaning: .system) }
            + Self.callPrefixes.map { Beginning(bytes: Array($0.utf8), meaning: .system, needsNumber: true) }
        for beginning in all { beginnings[Int(beginning.bytes[0])].append(beginning) }
        self.beginnings = beginnings
    }

    /// A number below 2^16 made of a body's length and outer bytes.
    private static func outline(_ body: UnsafeBufferPointer<UInt8>) -> Int {
        guard let first = body.first, let last = body.last else { return 0 }
        return (body.count &* 0x9E37 ^ Int(first) &* 0x101 ^ Int(last) &* 0x3D) & 0xFFFF
    }

    /// Meaning of a body that WhatsApp wrote; nil for a person's.
    func meaning(_ body: String) -> Meaning? {
        var body = body
        return body.withUTF8 { meaning($0) }
    }

    /// The same for the body's bytes, of which nearly always a few are looked at.
    func meaning(_ body: UnsafeBufferPointer<UInt8>) -> Meaning? {
        guard let first = body.first else { return nil }
        if exactFilter[Self.outline(body)], let meaning = exact[String(decoding: body, as: UTF8.self)] { return meaning }
        if first == UInt8(ascii: "<") { return Self.isBracketedPhrase(String(decoding: body, as: UTF8.self)) ? .media(kind: "media") : nil }
        for beginning in beginnings[Int(first)] where body.count <= beginning.limit && ByteSearch.begins(body, with: beginning.bytes) {
            guard beginning.needsNumber else { return beginning.meaning }
            if body.count > beginning.bytes.count, body[beginning.bytes.count] &- 48 < 10 { return beginning.meaning }
        }
        return nil
    }

    /// `<Médias omis>` in a language that is not listed: one short phrase of at least two words in angle brackets.
    private static func isBracketedPhrase(_ body: String) -> Bool {
        let bytes = body.utf8
        return bytes.count <= 60 && bytes.last == UInt8(ascii: ">") && bytes.contains(32) && !bytes.contains(10)
            && bytes.dropFirst().first != UInt8(ascii: " ") && !body.dropFirst().contains("<") && !body.contains("http")
            && body.dropFirst().first?.isUppercase == true
    }

    /// The body without a trailing mark that says it was edited, or nil.
    static func withoutEditedMark(_ body: String) -> String? {
        guard body.utf8.last == UInt8(ascii: ">") else { return nil }
        for mark in edited where body.hasSuffix(mark) { return String(body.dropLast(mark.count)).trimmed }
        return nil
    }

    /// Whether what stands before a colon is the beginning of a system line, such as `Ana changed the subject to "Sale`.
    static func isSystemStart(_ author: String) -> Bool { systemFragments.contains { author.contains($0) } }

    private static let omitted: [(String, [String])] = [
        (
            "media",
            [
                "<Media omitted>", "<Medien ausgeschlossen>", "<Medien weggelassen>", "<Multimedia omitido>", "<Archivo omitido>", "<Médias omis>",
                "<Mídia oculta>", "<Arquivo de mídia oculto>", "<Mídia omitida>", "<Ficheiro não revelado>", "<Media omessi>", "<Media weggelaten>",
            ]
        ),
        (
            "image",
            [
                "image omitted", "Bild weggelassen", "imagen omitida", "image absente", "image omise", "imagem ocultada", "imagem omitida",
                "immagine omessa", "afbeelding weggelaten",
            ]
        ),
        (
            "video",
            [
                "video omitted", "video note omitted", "Video weggelassen", "Videonachricht weggelassen", "video omitido", "vídeo omitido",
                "vídeo ocultado",
                "vidéo absente", "vidéo omise", "video omesso", "video weggelaten",
            ]
        ),
        (
            "audio",
            [
                "audio omitted", "Audio weggelassen", "audio omitido", "audio omis", "audio absent", "áudio ocultado", "áudio omitido",
                "audio omesso",
                "audio weggelaten",
            ]
        ),
        (
            "gif",
            [
                "GIF omitted", "GIF weggelassen", "GIF omitido", "GIF retiré", "GIF absent", "GIF ocultado", "GIF esclusa", "GIF omessa",
                "GIF weggelaten",
            ]
        ),
        (
            "sticker",
            [
                "sticker omitted", "Sticker weggelassen", "sticker omitido", "sticker omis", "sticker absent", "figurinha omitida",
                "autocolante omitido",
                "sticker non incluso", "sticker omesso", "sticker weggelaten",
            ]
        ),
        (
            "document",
            [
                "document omitted", "Dokument weggelassen", "documento omitido", "document manquant", "document omis", "documento ocultado",
                "documento omesso", "document weggelaten",
            ]
        ),
        (
            "contact",
            [
                "Contact card omitted", "Kontaktkarte ausgelassen", "Kontaktkarte weggelassen", "Tarjeta de contacto omitida",
                "Fiche contact manquante",
                "Fiche contact omise", "Cartão do contato omitido", "Cartão de contacto omitido", "Scheda contatto omessa", "Contactkaart weggelaten",
            ]
        ),
    ]

    private static let deleted = [
        "This message was deleted", "You deleted this message", "You deleted this message as admin",
        "Diese Nachricht wurde gelöscht", "Du hast diese Nachricht gelöscht", "Sie haben diese Nachricht gelöscht",
        "Este mensaje fue eliminado", "Se eliminó este mensaje", "Eliminaste este mensaje", "Has eliminado este mensaje",
        "Ce message a été supprimé", "Vous avez supprimé ce message",
        "Mensagem apagada", "Essa mensagem foi apagada", "Esta mensagem foi apagada", "Você apagou esta mensagem", "Você apagou essa mensagem",
        "Esta mensagem foi eliminada", "Apagou esta mensagem",
        "Questo messaggio è stato eliminato", "Hai eliminato questo messaggio",
        "Dit bericht is verwijderd", "Dit bericht werd verwijderd", "Je hebt dit bericht verwijderd", "U hebt dit bericht verwijderd",
    ]

    private static let deletedByAdmin = [
        "This message was deleted by admin", "Diese Nachricht wurde von Admin", "Diese Nachricht wurde vom Admin", "Este mensaje fue eliminado por ",
        "Ce message a été supprimé par l’admin", "Ce message a été supprimé par l'admin", "Mensagem apagada pelo admin",
        "Esta mensagem foi apagada pelo admin", "Questo messaggio è stato eliminato dall'amministratore", "Dit bericht is verwijderd door beheerder",
    ]

    private static let edited = [
        "<This message was edited>", "<This message was edited.>", "<Diese Nachricht wurde bearbeitet.>", "<Diese Nachricht wurde bearbeitet>",
        "<Se editó este mensaje.>", "<Se editó este mensaje>", "<Este mensaje fue editado>", "<Ce message a été modifié>",
        "<Ce message a été modifié.>",
        "<Mensagem editada>", "<Esta mensagem foi editada>", "<Esta mensagem foi editada.>", "<Questo messaggio è stato modificato>",
        "<Questo messaggio è stato modificato.>", "<Dit bericht is bewerkt>", "<Dit bericht is bewerkt.>",
    ]

    private static let unavailable = [
        "null", "Waiting for this message", "Waiting for this message. This may take a while.", "Warten auf diese Nachricht. Dies kann etwas dauern.",
        "Esperando este mensaje. Esto puede tomar tiempo.", "En attente de ce message. Cela peut prendre un moment.",
        "Aguardando mensagem. Essa ação pode levar alguns instantes.", "In attesa del messaggio. Potrebbe richiedere del tempo.",
        "Wachten op dit bericht. Dit kan even duren.",
    ]

    private static let systemBodies = [
        "Missed voice call", "Missed video call", "Missed group voice call", "Missed group video call", "Silenced voice call", "live location shared",
        "Verpasster Sprachanruf", "Verpasster Videoanruf", "Live-Standort wird geteilt", "Llamada perdida", "Videollamada perdida",
        "ubicación en tiempo real compartida", "Appel vocal manqué", "Appel vidéo manqué", "localisation en direct partagée",
        "Chamada de voz perdida", "Chamada de vídeo perdida", "localização em tempo real compartilhada", "Chiamata vocale persa",
        "Chiamata persa", "Videochiamata persa", "posizione in tempo reale condivisa", "Gemiste spraakoproep", "Gemiste video-oproep",
        "live locatie gedeeld",
    ]

    private static let systemPrefixes = [
        "Messages and calls are end-to-end encrypted", "Messages to this chat and calls are now secured", "Messages to this group are now secured",
        "Your security code with ", "Missed voice call,", "Missed voice call.", "Missed video call,", "Missed voice call at ",
        "Missed video call at ",
        "POLL:\n", "POLL: \n", "location: https://", "Location: https://",
        "Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt", "Nachrichten in diesem Chat sowie Anrufe", "Deine Sicherheitsnummer für ",
        "UMFRAGE:\n", "Standort: https://", "Los mensajes y las llamadas están cifrados", "Tu código de seguridad con ", "ENCUESTA:\n",
        "ubicación: https://", "Ubicación: https://", "Les messages et les appels sont chiffrés", "Les messages et appels sont chiffrés",
        "Votre code de sécurité avec ", "SONDAGE :\n", "localisation : https://", "Localisation : https://",
        "As mensagens e as chamadas são protegidas",
        "As mensagens e ligações são protegidas", "Seu código de segurança com ", "ENQUETE:\n", "localização: https://", "Localização: https://",
        "I messaggi e le chiamate sono crittografati", "SONDAGGIO:\n", "posizione: https://", "Posizione: https://",
        "Berichten en oproepen zijn end-to-end versleuteld", "Je beveiligingscode met ", "PEILING:\n", "locatie: https://", "Locatie: https://",
    ]

    private static let callPrefixes = [
        "Voice call, ", "Video call, ", "Sprachanruf, ", "Videoanruf, ", "Llamada, ", "Videollamada, ", "Appel vocal, ", "Appel vidéo, ",
        "Ligação de voz, ", "Ligação de vídeo, ", "Chiamata vocale, ", "Videochiamata, ", "Spraakoproep, ", "Video-oproep, ",
    ]

    private static let systemFragments = [
        " changed the subject", " changed the group", " changed this group", " created group", " created the group", " named the group",
        " changed their phone number", " pinned a message", "You changed ", "You created ", " added \"", " renamed ",
        " hat den Betreff", " hat den Gruppennamen", " hat die Gruppe", "Du hast den ", "Du hast die Gruppe",
        " cambió el asunto", " cambió el nombre", " cambió la descripción", " creó el grupo", "Cambiaste ", "Creaste ",
        " a changé l", " a modifié l", " a créé le groupe", "Vous avez changé ", "Vous avez créé ",
        " mudou o ", " alterou o ", " criou o grupo", "Você mudou ", "Você criou ",
        " ha cambiato ", " ha modificato ", " ha creato il gruppo", "Hai cambiato ", "Hai creato ",
        " heeft het onderwerp", " heeft de groep", " heeft groep", "Je hebt het onderwerp", "Je hebt de groep",
    ]
}

extension Phrases {
    /// iOS without media: `test_document • 2 pages document omitted`.
    func documentKind(_ body: String) -> Attachment? {
        guard body.utf8.count <= 400, !body.utf8.contains(10), let bullet = body.firstRange(of: " • ") else { return nil }
        let rest = body[bullet.upperBound...]
        var words = rest.split(separator: " ")
        while !words.isEmpty {
            if case .media(let kind)? = exact[words.joined(separator: " ")] {
                return Attachment(kind: kind, name: String(body[..<bullet.lowerBound]))
            }
            words.removeFirst()
        }
        return nil
    }
}
