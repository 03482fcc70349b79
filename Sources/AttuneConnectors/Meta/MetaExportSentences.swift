/// Sentences that the app writes in a person's name, where a download does not mark them: who called, came, went or changed the chat.
///
/// Only a sentence that begins with the name of whoever it is written in, or speaks to the reader, counts: people do not write so of
/// themselves, and what they write of others stays theirs.
struct MetaExportSentences {
    enum Meaning {
        case system
        /// The writer took a message back; which one is not told.
        case unsent
    }

    /// A sentence; `@` stands for a person of the chat, at its beginning for the writer, and `*` for anything.
    private struct Pattern {
        let pieces: [[UInt8]]
        /// What stands between the pieces: whether it has to be a person.
        let isPerson: [Bool]
        let meaning: Meaning

        init(_ text: String, _ meaning: Meaning) {
            var (pieces, isPerson) = ([[UInt8]()], [Bool]())
            for byte in text.utf8 {
                if byte == UInt8(ascii: "@") || byte == UInt8(ascii: "*") {
                    isPerson.append(byte == UInt8(ascii: "@"))
                    pieces.append([])
                } else {
                    pieces[pieces.count - 1].append(byte)
                }
            }
            (self.pieces, self.isPerson, self.meaning) = (pieces, isPerson, meaning)
        }
    }

    private let participants: [String]

    init(_ participants: [String]) { self.participants = participants }

    /// Names of the people, whole and without what follows the first blank, as the app shortens them. Made where a sentence names one, which few do.
    private var names: [[UInt8]] { participants.flatMap(Self.forms) }

    private static func forms(_ name: String) -> [[UInt8]] {
        let whole = Array(name.utf8)
        let first = Array(whole.prefix { $0 != 32 })
        return name.isEmpty ? [] : first.count < whole.count && first.count > 2 ? [whole, first] : [whole]
    }

    /// What the app tells in the name of `writer`; nil for what they wrote.
    func meaning(_ text: String, in writer: String) -> Meaning? {
        guard let first = text.utf8.first, text.utf8.count <= Self.longest else { return nil }
        let addressed = Self.addressed[Int(first)]
        if addressed.isEmpty, first != writer.utf8.first { return nil }
        var text = text.utf8.contains(0xE2) ? text.replacing("’", with: "'") : text
        return text.withUTF8 { bytes in
            var end = bytes.count
            while end > 0, bytes[end - 1] == 32 || bytes[end - 1] == UInt8(ascii: ".") || bytes[end - 1] == UInt8(ascii: "!") { end -= 1 }
            let sentence = UnsafeBufferPointer(rebasing: bytes[..<end])
            if let said = addressed.first(where: { matches(sentence, $0, from: 0) }) { return said.meaning }
            guard first == writer.utf8.first else { return nil }
            for name in Self.forms(writer) where ByteSearch.begins(sentence, with: name) {
                let rest = UnsafeBufferPointer(rebasing: sentence[name.count...])
                if let told = Self.told.first(where: { matches(rest, $0, from: 0) }) { return told.meaning }
            }
            return nil
        }
    }

    /// Whether the rest of a sentence is the rest of a pattern, from one of its pieces on.
    private func matches(_ sentence: UnsafeBufferPointer<UInt8>, _ pattern: Pattern, from piece: Int) -> Bool {
        let fixed = pattern.pieces[piece]
        guard ByteSearch.begins(sentence, with: fixed) else { return false }
        func rest(_ count: Int) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: sentence[count...]) }
        guard piece < pattern.isPerson.count else { return sentence.count == fixed.count }
        if pattern.isPerson[piece] {
            let person = rest(fixed.count)
            return names.contains { ByteSearch.begins(person, with: $0) && matches(rest(fixed.count + $0.count), pattern, from: piece + 1) }
        }
        if piece + 2 == pattern.pieces.count, pattern.pieces[piece + 1].isEmpty { return sentence.count > fixed.count }
        guard fixed.count < sentence.count else { return false }
        return (fixed.count + 1..<sentence.count).contains { matches(rest($0), pattern, from: piece + 1) }
    }

    /// Bytes: two names and the phrase.
    private static let longest = 240

    /// What follows the writer's name.
    private static let told =
        [english, german, french, spanish, portuguese, italian, dutch, MetaExportPhrases.bare].joined().map { Pattern($0, .system) }
        + [Pattern(" unsent a message", .unsent)]
    /// Whole sentences, by their first byte.
    private static let addressed =
        ((toReaders + MetaExportPhrases.toSenders).map { ($0, Meaning.system) } + [("You unsent a message", Meaning.unsent)])
        .reduce(into: Array(repeating: [Pattern](), count: 256)) { addressed, said in
            addressed[Int(said.0.utf8.first ?? 0)].append(Pattern(said.0, said.1))
        }
}

extension MetaExportSentences {
    private static let english = [
        " joined the call", " joined the video chat", " joined the video call", " joined the audio call", " started a call",
        " started a video chat", " started a video call", " started an audio call", " started sharing video", " missed your call",
        " missed your video chat", " missed your video call", " missed a call from you", " called you", " called @", " video called you",
        " left the group", " joined the group", " joined the group via link", " added * to the group", " removed * from the group",
        " named the group *", " changed the group name to *", " changed the group photo", " removed the group photo", " created the group",
        " created this group", " set your nickname to *", " set the nickname for * to *", " set his own nickname to *",
        " set her own nickname to *", " set their own nickname to *", " cleared your nickname", " cleared the nickname for *",
        " cleared his own nickname", " cleared her own nickname", " cleared their own nickname", " changed the theme to *",
        " changed the chat theme to *", " changed the chat theme", " changed the chat colors", " set the emoji to *",
        " set the quick reaction to *", " removed the emoji", " pinned a message", " unpinned a message", " turned on disappearing messages",
        " turned on disappearing messages*", " turned off disappearing messages", " turned off disappearing messages*", " turned on vanish mode",
        " turned off vanish mode", " changed the group settings*",
        " made * an admin", " made * a group admin", " removed * as a group admin", " created a poll: *", " voted for * in the poll: *",
        " changed their vote to * in the poll: *", " waved at you", " waved at @", " reacted * to your message", " reacted to your message",
        " liked a message", " shared a story",
    ]
    private static let german = [
        " ist dem Anruf beigetreten", " ist dem Videochat beigetreten", " hat am Videochat teilgenommen", " hat einen Anruf gestartet",
        " hat einen Videochat gestartet", " hat einen Videoanruf gestartet", " hat einen Audioanruf gestartet",
        " hat einen Sprachanruf gestartet", " hat deinen Anruf verpasst", " hat deinen Videoanruf verpasst", " hat dich angerufen",
        " hat @ angerufen", " hat die Gruppe verlassen", " ist der Gruppe beigetreten", " hat * zur Gruppe hinzugefügt",
        " hat * aus der Gruppe entfernt", " hat die Gruppe * genannt", " hat der Gruppe den Namen * gegeben",
        " hat den Gruppennamen in * geändert", " hat das Gruppenfoto geändert", " hat das Gruppenbild geändert", " hat die Gruppe erstellt",
        " hat deinen Spitznamen auf * festgelegt", " hat deinen Spitznamen in * geändert", " hat den Spitznamen für * auf * festgelegt",
        " hat den Spitznamen von * in * geändert", " hat das Design in * geändert", " hat das Chat-Design in * geändert",
        " hat das Thema in * geändert", " hat das Emoji auf * gesetzt", " hat das Emoji auf * festgelegt", " hat das Emoji in * geändert",
        " hat eine Nachricht angepinnt", " hat eine Nachricht fixiert", " hat eine Umfrage erstellt: *", " hat dir zugewinkt",
    ]
    private static let french = [
        " a rejoint l'appel", " a rejoint la discussion vidéo", " a rejoint le chat vidéo", " a rejoint l'appel vidéo", " a lancé un appel",
        " a lancé un appel vidéo", " a lancé un appel audio", " a démarré un appel", " a démarré un appel vidéo", " a démarré un appel audio",
        " a démarré une discussion vidéo", " a démarré un chat vidéo", " a commencé un appel", " a commencé un appel vidéo",
        " a manqué votre appel", " a manqué ton appel", " vous a appelé", " vous a appelé(e)", " t'a appelé", " t'a appelé(e)", " a appelé @",
        " a quitté le groupe", " a rejoint le groupe", " a ajouté * au groupe", " a retiré * du groupe", " a supprimé * du groupe",
        " a nommé le groupe *", " a renommé le groupe *", " a changé la photo du groupe", " a modifié la photo du groupe",
        " a créé le groupe", " a défini votre pseudo sur *", " a changé votre pseudo en *", " a défini le pseudo de * sur *",
        " a choisi le pseudo * pour *", " a changé le thème en *", " a modifié le thème en *", " a changé le thème pour *",
        " a défini l'emoji sur *", " a choisi l'emoji *", " a épinglé un message", " a créé un sondage : *", " vous a fait coucou",
    ]
    private static let spanish = [
        " se unió a la llamada", " se ha unido a la llamada", " se unió al videochat", " se unió al chat de video", " se unió a la videollamada",
        " inició una llamada", " inició una videollamada", " inició un videochat", " inició un chat de video", " inició una llamada de audio",
        " ha iniciado una llamada", " ha iniciado una videollamada", " empezó una llamada", " empezó una videollamada",
        " perdió tu llamada", " no contestó tu llamada", " te llamó", " te ha llamado", " llamó a @", " salió del grupo", " abandonó el grupo",
        " ha abandonado el grupo", " se unió al grupo", " agregó a * al grupo", " añadió a * al grupo", " ha añadido a * al grupo",
        " eliminó a * del grupo", " ha eliminado a * del grupo", " llamó * al grupo", " puso al grupo el nombre *", " nombró al grupo *",
        " cambió el nombre del grupo a *", " cambió la foto del grupo", " ha cambiado la foto del grupo", " creó el grupo", " creó este grupo",
        " cambió tu apodo a *", " estableció tu apodo como *", " cambió el apodo de * a *", " estableció el apodo de * como *",
        " cambió el tema a *", " ha cambiado el tema a *", " cambió el emoji a *", " estableció el emoji *", " estableció el emoji en *",
        " fijó un mensaje", " creó una encuesta: *", " te saludó",
    ]
    private static let portuguese = [
        " entrou na chamada", " entrou na ligação", " entrou no bate-papo por vídeo", " entrou na chamada de vídeo",
        " entrou na conversa por vídeo", " iniciou uma chamada", " iniciou uma ligação", " iniciou uma chamada de vídeo",
        " iniciou uma videochamada", " iniciou um bate-papo por vídeo", " iniciou uma conversa por vídeo", " iniciou uma chamada de áudio",
        " iniciou uma ligação de áudio", " perdeu sua ligação", " perdeu sua chamada", " perdeu a tua chamada", " ligou para você",
        " ligou-te", " ligou para @", " saiu do grupo", " entrou no grupo", " adicionou * ao grupo", " removeu * do grupo",
        " deu ao grupo o nome *", " deu o nome * ao grupo", " nomeou o grupo como *", " nomeou o grupo *", " alterou o nome do grupo para *",
        " mudou a foto do grupo", " alterou a foto do grupo", " criou o grupo", " definiu seu apelido como *", " mudou seu apelido para *",
        " definiu o apelido de * como *", " mudou o tema para *", " alterou o tema para *", " definiu o emoji como *",
        " alterou o emoji para *", " fixou uma mensagem", " criou uma enquete: *", " acenou para você",
    ]
    private static let italian = [
        " ha partecipato alla chiamata", " si è unito alla chiamata", " si è unita alla chiamata", " si è unito alla videochat",
        " si è unita alla videochat", " si è unito alla videochiamata", " si è unita alla videochiamata", " ha iniziato una chiamata",
        " ha avviato una chiamata", " ha iniziato una videochat", " ha avviato una videochat", " ha iniziato una videochiamata",
        " ha avviato una videochiamata", " ha perso la tua chiamata", " ti ha chiamato", " ha chiamato @", " ha abbandonato il gruppo",
        " ha lasciato il gruppo", " si è unito al gruppo", " si è unita al gruppo", " ha aggiunto * al gruppo", " ha rimosso * dal gruppo",
        " ha chiamato il gruppo *", " ha dato al gruppo il nome *", " ha modificato il nome del gruppo in *", " ha cambiato la foto del gruppo",
        " ha modificato la foto del gruppo", " ha creato il gruppo", " ha impostato il tuo soprannome su *",
        " ha impostato il tuo soprannome come *", " ha impostato il soprannome di * su *", " ha cambiato il tema in *",
        " ha modificato il tema in *", " ha impostato l'emoji su *", " ha fissato un messaggio", " ha creato un sondaggio: *", " ti ha salutato",
    ]
    private static let dutch = [
        " neemt deel aan het gesprek", " neemt deel aan de oproep", " neemt deel aan de videochat", " neemt nu deel aan het gesprek",
        " neemt nu deel aan de videochat", " heeft een gesprek gestart", " heeft een oproep gestart", " heeft een videochat gestart",
        " heeft een videogesprek gestart", " heeft een audiogesprek gestart", " heeft je oproep gemist", " heeft je gesprek gemist",
        " heeft je gebeld", " heeft @ gebeld", " heeft de groep verlaten", " is nu lid van de groep", " heeft * toegevoegd aan de groep",
        " heeft * aan de groep toegevoegd", " heeft * uit de groep verwijderd", " heeft * verwijderd uit de groep",
        " heeft de groep de naam * gegeven", " heeft de groep * genoemd", " heeft de groepsnaam gewijzigd in *",
        " heeft de groepsfoto gewijzigd", " heeft de groep gemaakt", " heeft je bijnaam ingesteld op *", " heeft je bijnaam gewijzigd in *",
        " heeft de bijnaam van * ingesteld op *", " heeft het thema gewijzigd in *", " heeft de emoji ingesteld op *",
        " heeft een bericht vastgezet", " heeft een peiling gemaakt: *", " heeft naar je gezwaaid",
    ]

    /// Those that say "you" of whoever downloaded; what anybody may write of a call or a group is none of them.
    private static let toReaders = [
        "You missed a call from @", "You missed a video chat with @", "You missed a video call from @", "You missed an audio call from @",
        "You called @", "You video called @", "You started a call", "You started a video chat", "You started a video call",
        "You started an audio call", "You started sharing video", "You joined the call", "You joined the video chat", "You joined the video call",
        "You created the group", "You named the group *", "You changed the group photo", "You added @ to the group",
        "You removed @ from the group", "You set the nickname for @ to *", "You set your nickname to *", "You changed the theme to *",
        "You changed the chat theme to *", "You set the emoji to *", "You set the quick reaction to *", "You waved at @",
        "You and @ waved at each other", "You are now connected on Messenger", "You're now connected on Messenger",
        "You can now message and call each other and see info like Active Status and when you've read messages",
        "Say hi to your new Facebook friend, @", "The video chat ended", "The video call ended", "The audio call ended",
        "This poll is no longer available", "Mentioned you in their story", "Messages and calls are secured with end-to-end encryption",
        "Messages and calls are secured with end-to-end encryption. *",
        "Du hast einen Anruf von @ verpasst", "Du hast einen Videoanruf von @ verpasst", "Du hast einen Videochat mit @ verpasst",
        "Du hast @ angerufen", "Du hast einen Anruf gestartet", "Du hast einen Videochat gestartet", "Du hast einen Audioanruf gestartet",
        "Du bist dem Anruf beigetreten", "Du bist dem Videochat beigetreten", "Du hast die Gruppe erstellt", "Du hast die Gruppe * genannt",
        "Du hast @ zur Gruppe hinzugefügt", "Du hast das Gruppenfoto geändert", "Ihr seid jetzt auf Messenger verbunden",
        "Ihr seid jetzt über Messenger verbunden", "Ihr seid jetzt im Messenger verbunden", "Der Videochat wurde beendet",
        "Der Audioanruf wurde beendet", "Der Videochat ist beendet",
        "Vous avez manqué un appel de @", "Vous avez manqué un appel vidéo de @", "Vous avez appelé @", "Vous avez lancé un appel",
        "Vous avez démarré un appel", "Vous avez démarré une discussion vidéo", "Vous avez rejoint l'appel",
        "Vous avez rejoint la discussion vidéo", "Vous avez créé le groupe", "Vous avez nommé le groupe *", "Vous avez ajouté @ au groupe",
        "Vous êtes maintenant en contact sur Messenger", "Vous êtes maintenant connectés sur Messenger", "L'appel audio est terminé",
        "L'appel vidéo est terminé", "La discussion vidéo est terminée", "Le chat vidéo est terminé",
        "Perdiste una llamada de @", "Perdiste una videollamada de @", "Tienes una llamada perdida de @", "Llamaste a @",
        "Iniciaste una llamada", "Iniciaste un chat de video", "Iniciaste una videollamada", "Te uniste a la llamada",
        "Te uniste al chat de video", "Creaste el grupo", "Agregaste a @ al grupo", "Añadiste a @ al grupo",
        "Ahora están conectados en Messenger", "Ahora estáis conectados en Messenger", "Ahora tú y @ están conectados en Messenger",
        "Finalizó el chat de video", "El chat de video finalizó", "El videochat finalizó", "La llamada de audio finalizó",
        "Você perdeu uma ligação de @", "Você perdeu uma chamada de @", "Você ligou para @", "Você iniciou uma ligação",
        "Você iniciou uma chamada", "Você iniciou um bate-papo por vídeo", "Você entrou na ligação", "Você entrou na chamada",
        "Você entrou no bate-papo por vídeo", "Você criou o grupo", "Você nomeou o grupo *", "Você adicionou @ ao grupo",
        "Agora vocês estão conectados no Messenger", "Vocês agora estão conectados no Messenger", "O bate-papo por vídeo terminou",
        "A ligação de áudio terminou", "A chamada de áudio terminou", "A chamada de vídeo terminou",
        "Hai perso una chiamata di @", "Hai perso una chiamata da @", "Hai perso una videochiamata di @", "Hai chiamato @",
        "Hai iniziato una chiamata", "Hai avviato una chiamata", "Hai avviato una videochat", "Hai iniziato una videochat",
        "Hai creato il gruppo", "Hai aggiunto @ al gruppo", "Ora siete in contatto su Messenger", "Ora siete connessi su Messenger",
        "La videochat è terminata", "La chiamata audio è terminata",
        "Je hebt een oproep van @ gemist", "Je hebt een gesprek van @ gemist", "Je hebt een videogesprek van @ gemist", "Je hebt @ gebeld",
        "Je hebt een gesprek gestart", "Je hebt een videochat gestart", "Je neemt deel aan het gesprek", "Je neemt deel aan de videochat",
        "Je hebt de groep gemaakt", "Je hebt @ toegevoegd aan de groep", "Jullie zijn nu verbonden via Messenger",
        "Jullie zijn nu verbonden op Messenger", "De videochat is beëindigd", "Het audiogesprek is beëindigd",
    ]
}
