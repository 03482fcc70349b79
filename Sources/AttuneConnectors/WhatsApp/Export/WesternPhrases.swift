extension PhraseTable {
    /// English, German, Spanish, French, Portuguese, Italian, Dutch.
    static let western = PhraseTable(
        omitted: [
            (
                "media",
                [
                    "<Media omitted>", "<Medien ausgeschlossen>", "<Medien weggelassen>", "<Multimedia omitido>", "<Archivo omitido>",
                    "<Médias omis>",
                    "<Mídia oculta>", "<Arquivo de mídia oculto>", "<Mídia omitida>", "<Ficheiro não revelado>", "<Media omessi>",
                    "<Media weggelaten>",
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
                    "Fiche contact omise", "Cartão do contato omitido", "Cartão de contacto omitido", "Scheda contatto omessa",
                    "Contactkaart weggelaten",
                ]
            ),
        ],
        deleted: [
            "This message was deleted", "You deleted this message", "You deleted this message as admin",
            "Diese Nachricht wurde gelöscht", "Du hast diese Nachricht gelöscht", "Sie haben diese Nachricht gelöscht",
            "Este mensaje fue eliminado", "Se eliminó este mensaje", "Eliminaste este mensaje", "Has eliminado este mensaje",
            "Ce message a été supprimé", "Vous avez supprimé ce message",
            "Mensagem apagada", "Essa mensagem foi apagada", "Esta mensagem foi apagada", "Você apagou esta mensagem", "Você apagou essa mensagem",
            "Esta mensagem foi eliminada", "Apagou esta mensagem", "Apagaste esta mensagem",
            "Questo messaggio è stato eliminato", "Hai eliminato questo messaggio",
            "Dit bericht is verwijderd", "Dit bericht werd verwijderd", "Je hebt dit bericht verwijderd", "U hebt dit bericht verwijderd",
        ],
        deletedByAdmin: [
            "This message was deleted by admin", "Diese Nachricht wurde von Admin", "Diese Nachricht wurde vom Admin",
            "Diese Nachricht wurde von einem Admin", "El admin. * eliminó este mensaje", "Questo messaggio è stato eliminato da un amministratore",
            "Este mensaje fue eliminado por ",
            "Ce message a été supprimé par l’admin", "Ce message a été supprimé par l'admin", "Mensagem apagada pelo admin",
            "Esta mensagem foi apagada pelo admin", "Questo messaggio è stato eliminato dall'amministratore",
            "Dit bericht is verwijderd door beheerder",
        ],
        edited: [
            "<This message was edited>", "<This message was edited.>", "<Diese Nachricht wurde bearbeitet.>", "<Diese Nachricht wurde bearbeitet>",
            "<Se editó este mensaje.>", "<Se editó este mensaje>", "<Este mensaje fue editado>", "<Ce message a été modifié>",
            "<Ce message a été modifié.>",
            "<Mensagem editada>", "<Esta mensagem foi editada>", "<Esta mensagem foi editada.>", "<Questo messaggio è stato modificato>",
            "<Questo messaggio è stato modificato.>", "<Dit bericht is bewerkt>", "<Dit bericht is bewerkt.>",
        ],
        unavailable: [
            "null", "Waiting for this message", "Waiting for this message. This may take a while.",
            "Warten auf diese Nachricht. Dies kann etwas dauern.",
            "Esperando este mensaje. Esto puede tomar tiempo.", "En attente de ce message. Cela peut prendre un moment.",
            "Aguardando mensagem. Essa ação pode levar alguns instantes.", "In attesa del messaggio. Potrebbe richiedere del tempo.",
            "Wachten op dit bericht. Dit kan even duren.",
        ],
        systemBodies: [
            "Voice call, No answer", "Video call, No answer", "Voice call, Declined", "Video call, Declined", "Sprachanruf, Keine Antwort",
            "Videoanruf, Keine Antwort", "Llamada, Sin respuesta", "Appel vocal, Pas de réponse", "Ligação de voz, Sem resposta",
            "Missed voice call", "Missed video call", "Missed group voice call", "Missed group video call", "Silenced voice call",
            "live location shared",
            "Verpasster Sprachanruf", "Verpasster Videoanruf", "Live-Standort wird geteilt", "Llamada perdida", "Videollamada perdida",
            "ubicación en tiempo real compartida", "Appel vocal manqué", "Appel vidéo manqué", "localisation en direct partagée",
            "Chamada de voz perdida", "Chamada de vídeo perdida", "localização em tempo real compartilhada", "Chiamata vocale persa",
            "Chiamata persa", "Videochiamata persa", "posizione in tempo reale condivisa", "Gemiste spraakoproep", "Gemiste video-oproep",
            "live locatie gedeeld",
        ],
        systemPrefixes: [
            "Messages and calls are end-to-end encrypted", "Messages to this chat and calls are now secured",
            "Messages to this group are now secured",
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
        ],
        callPrefixes: [
            "Voice call, ", "Video call, ", "Sprachanruf, ", "Videoanruf, ", "Llamada, ", "Videollamada, ", "Appel vocal, ", "Appel vidéo, ",
            "Ligação de voz, ", "Ligação de vídeo, ", "Chiamata vocale, ", "Videochiamata, ", "Spraakoproep, ", "Video-oproep, ",
        ],
        systemFragments: [
            " changed the subject", " changed the group", " changed this group", " created group", " created the group", " named the group",
            " changed their phone number", " pinned a message", "You changed ", "You created ", " added \"", " renamed ",
            " hat den Betreff", " hat den Gruppennamen", " hat die Gruppe", "Du hast den ", "Du hast die Gruppe",
            " cambió el asunto", " cambió el nombre", " cambió la descripción", " creó el grupo", "Cambiaste ", "Creaste ",
            " a changé l", " a modifié l", " a créé le groupe", "Vous avez changé ", "Vous avez créé ",
            " mudou o ", " alterou o ", " criou o grupo", "Você mudou ", "Você criou ",
            " ha cambiato ", " ha modificato ", " ha creato il gruppo", "Hai cambiato ", "Hai creato ",
            " heeft het onderwerp", " heeft de groep", " heeft groep", "Je hebt het onderwerp", "Je hebt de groep",
        ])
}
