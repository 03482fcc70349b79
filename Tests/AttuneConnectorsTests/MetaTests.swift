import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct MetaTests {
    /// A body wrapped in an array; changes with seconds beside messaging with milliseconds.
    @Test func readsPageAndMessenger() throws {
        let operations = try decode("meta", Files.fixture("meta-page.json"))
        #expect(
            outline(operations) == [
                "message", "message", "edit", "delete", "ignored:hide", "message", "ignored:status", "ignored:reaction", "rejected:11", "rejected:12",
                "message", "message", "attachment", "delete", "message", "edit", "ignored:reaction", "ignored:receipt", "status:delivered",
                "status:delivered", "ignored:optin", "ignored:unsupported", "rejected:25", "message",
            ])
        let read = messages(operations)
        #expect(
            read[0]
                == Message(
                    id: "meta:500:500_1_c1", nativeID: "500_1_c1", channel: .social, source: "meta:500", conversationID: "500_1:500_1_c1",
                    author: Author(
                        role: .customer, displayName: "Priya N",
                        identifiers: [Identifier(kind: .externalID, value: "facebook:500:p7", verified: true)]),
                    sentAt: try #require(RFC3339.parse("2026-02-03T09:09:07Z")), text: "My parcel is late again 😡", inReplyTo: "meta:500:500_1"))
        #expect(read[1].author.role == .agent && read[1].conversationID == read[0].conversationID && read[1].inReplyTo == read[0].id)
        #expect(read[2].id == read[0].id && read[2].edited && read[2].text == "My parcel is late, again")
        #expect(read[3].conversationID == "500_9" && read[3].inReplyTo == nil)
        #expect(read[4].channel == .chat && read[4].conversationID == "500:u1" && read[4].inReplyTo == "meta:500:m_0")
        #expect(RFC3339.format(read[4].sentAt) == "2026-02-03T09:09:07.123Z")
        #expect(read[5].author.role == .agent && read[5].conversationID == "500:u1")
        #expect(read[6].attachments == [Attachment(kind: "document")] && read[6].text.isEmpty)
        #expect(read[8].id == read[7].id && read[8].text == "Track my order" && read[9].conversationID == "500:u2")
        guard case .delete(let comment) = operations[3], case .delete(let message) = operations[13] else { return #expect(Bool(false)) }
        #expect(comment.target == read[0].id && comment.at.map(RFC3339.format) == "2026-02-03T09:10:00Z")
        #expect(message.target == read[4].id && message.author?.role == .customer)
    }

    /// Entries without a list of changes, with one, and with messaging.
    @Test func readsInstagram() throws {
        let operations = try decode("meta", Files.fixture("meta-instagram.json"))
        #expect(
            outline(operations) == [
                "message", "message", "ignored:mention", "message", "ignored:story_insights", "message", "status:read", "message", "ignored:empty",
            ])
        let read = messages(operations)
        #expect(read[0].text == "Love it é/" && read[0].conversationID == "m1:c1" && read[0].inReplyTo == nil && read[0].timeBasis == .exact)
        #expect(read[0].author.identifiers.map(\.value) == ["instagram:178:igs1", "instagram:pri.n", "instagram:178:igs9"])
        #expect(read[1].author.role == .agent && read[1].inReplyTo == "meta:178:c1" && read[1].conversationID == "m1:c1")
        #expect(RFC3339.format(read[2].sentAt) == "2026-02-03T09:09:09Z" && read[2].channel == .chat)
        #expect(read[3].inReplyTo == nil, "a story is no message")
        #expect(read[4].nativeID == nil && read[4].text == "Opening hours" && read[4].id.utf8.count == 64)
    }

    @Test(arguments: [
        (#"{"object":"user","entry":[{"id":"1"}]}"#, "ignored:user"), (#"{"object":"page","entry":[]}"#, "ignored:empty"),
        (#"{"object":"page","entry":[3]}"#, "rejected:1"), (#"{"object":"page"}"#, "rejected:1"),
        (#"{"object":"instagram","entry":[{"id":"1","field":"comments"}]}"#, "rejected:1"),
        (#"{"object":"instagram","entry":[{"id":"1","field":"comments","value":{"text":"no id"}}]}"#, "rejected:1"),
        (#"{"object":"instagram","entry":[{"id":"1","field":"comments","value":{"id":"c"}}]}"#, "ignored:empty"),
        (#"{"object":"page","entry":[{"id":"1","changes":[{"field":"ratings","value":{"item":"comment","verb":"add"}}]}]}"#, "rejected:1"),
        (#"{"object":"page","entry":[{"id":"1","changes":[{"field":"ratings","value":{"item":"like","verb":"add"}}]}]}"#, "ignored:reaction"),
        (#"{"field":"comments","value":{"id":"c","text":"a sample of the dashboard"}}"#, "message"),
        (#"{"object":"page","entry":[{"messaging":[{"sender":{"id":"1"},"message":{"mid":"m","text":"no time, no page"}}]}]}"#, "message"),
        (#"{"object":"page","entry":[{"id":"1","messaging":[{"message_edit":{"mid":"m","num_edit":0}}]}]}"#, "ignored:edit"),
        (
            #"{"object":"page","entry":[{"id":"1","changes":[{"field":"feed","value":{"item":"post","verb":"remove","post_id":"9","from":{"id":"7"}}}]}]}"#,
            "delete"
        ),
    ])
    func otherBodies(body: String, expected: String) throws { #expect(outline(try decode("meta", body)) == [expected]) }

    @Test func readsADownload() throws {
        let configuration = #"{"agentNames":["Harbour Tea"]}"#
        let operations = try decode("meta-export", Files.fixture("meta-download.json"), configuration)
        #expect(
            outline(operations) == [
                "message", "message", "message", "attachment", "attachment", "delete", "ignored:reaction", "ignored:call", "rejected:10",
                "ignored:empty", "message",
            ])
        let read = messages(operations)
        #expect(read[0].author.role == .agent && read[1].author.displayName == "Renée" && read[1].author.role == .customer)
        #expect(read[5].text == "Où est mon colis 😡 ?" && read[5].conversationID == "inbox/renee_1" && read[5].timeBasis == .exact)
        #expect(Set(read.map(\.id)).count == read.count, "two equal messages stay two")
        #expect(read[3].attachments == [Attachment(kind: "image", name: "a.jpg")] && read[4].text.isEmpty)
        // A later download that begins with newer messages, or lacks the oldest, gives the same ids.
        let text = try String(decoding: Files.fixture("meta-download.json"), as: UTF8.self)
        let newer = text.replacing(
            "\"messages\":[\n", with: "\"messages\":[{\"sender_name\":\"Tom\",\"timestamp_ms\":1770109900000,\"content\":\"new\"},\n")
        #expect(messages(try decode("meta-export", newer, configuration)).dropFirst().map(\.id) == read.map(\.id))
    }

    @Test(arguments: [
        ("caf\u{C3}\u{A9}", "café"), ("\u{F0}\u{9F}\u{98}\u{A1}", "😡"), ("plain", "plain"), ("café", "café"), ("naïve Ã", "naïve Ã"), ("日本", "日本"),
        ("\u{E2}\u{80}\u{99}", "’"), ("", ""),
    ])
    func repairsMojibake(text: String, expected: String) { #expect(Mojibake.repaired(text) == expected) }

    /// Newer downloads of encrypted Messenger chats name their members otherwise.
    @Test func readsEncryptedChats() throws {
        let text = """
            {"participants":["Priya","Ana"],"threadName":"Priya_1","messages":[{"isUnsent":false,"media":[],"senderName":"Priya",\
            "text":"hello","timestamp":1770109747000,"type":"text"}]}
            """
        #expect(try ConnectorRegistry.standard.recognise(head: Array(text.utf8)[...], fileName: nil).connector.name == "meta-export")
        let read = messages(try decode("meta-export", text))
        #expect(read.map(\.text) == ["hello"] && read[0].conversationID == "Priya_1" && read[0].author.displayName == "Priya")
    }

    /// Lines that the app writes in somebody's name, and what people write that is like them.
    @Test(arguments: [
        ("Priya Nair joined the video chat.", true), ("Priya missed your call.", true), ("You missed a call from Priya.", true),
        ("You missed a call from me", false), ("Priya named the group Tea & more.", true), ("Priya left the group.", true),
        ("Bo left the group.", false), ("left the group", false), ("Priya", false), ("Priya joined the call and nobody came", false),
        ("You are now connected on Messenger", true), ("The video chat ended.", true), ("The call ended.", false),
        ("Priya set your nickname to Boss.", true), ("Priya changed the theme to Love.", true), ("Priya set the emoji to 😡.", true),
        ("Priya added Bo to the group.", true), ("You called Priya.", true), ("You called me a liar", false), ("Priya sent a photo.", true),
        ("Priya hat die Gruppe verlassen.", true), ("Du hast einen Anruf von Priya verpasst.", true), ("Du hast mich angerufen", false),
        ("Priya a rejoint l’appel.", true), ("Vous avez manqué un appel de Priya.", true), ("Priya salió del grupo.", true),
        ("Priya se unió al chat de video.", true), ("Priya saiu do grupo.", true), ("Você perdeu uma ligação de Priya.", true),
        ("Priya ha abbandonato il gruppo.", true), ("Hai perso una chiamata di Priya.", true), ("Priya heeft de groep verlaten.", true),
        ("Je hebt een oproep van Priya gemist.", true), ("You are useless", false), ("", false), ("You sent an attachment.", true),
        ("You sent a photo.", true), ("You sent me a photo.", false), ("Du hast einen Anhang gesendet.", true),
        ("Vous avez envoyé une pièce jointe.", true), ("Enviaste un archivo adjunto.", true), ("Has enviado un archivo adjunto.", true),
        ("Priya ha enviado un archivo adjunto.", true), ("Você enviou um anexo.", true), ("Hai inviato un allegato.", true),
        ("Messages and calls are secured with end-to-end encryption.", true),
        ("Messages and calls are secured with end-to-end encryption. Only people in this chat can read them.", true),
        ("Messages and calls are lost", false), ("Tea wasn't notified about this message because they're in quiet mode.", true),
        ("Tea wasn’t notified about this message because they’re in quiet mode.", true), ("my phone is in quiet mode.", false),
    ])
    func linesOfTheApp(line: String, isApps: Bool) throws {
        let text = """
            {"participants":[{"name":"Priya Nair"},{"name":"Harbour Tea"}],"messages":[{"sender_name":"Priya Nair","timestamp_ms":1770109747000,\
            "content":"\(line)"}],"title":"Priya Nair","thread_path":"inbox/p_1"}
            """
        #expect(outline(try decode("meta-export", text)) == [isApps ? "ignored:system" : line.isEmpty ? "ignored:empty" : "message"])
    }

    /// Which message was taken back is not told, nor what it said.
    @Test(arguments: [
        ("You unsent a message", "delete"), ("Priya unsent a message", "delete"), ("Priya Nair unsent a message.", "delete"),
        ("Bo unsent a message", "message"), ("You unsent a message of mine", "message"),
    ])
    func messagesTakenBack(line: String, expected: String) throws {
        let text = #"{"messages":[{"sender_name":"Priya Nair","timestamp_ms":1770109747000,"content":"\#(line)"}],"title":"Priya"}"#
        let operations = try decode("meta-export", text)
        #expect(outline(operations) == [expected])
        guard expected == "delete" else { return }
        guard case .delete(let deletion)? = operations.first else { return #expect(Bool(false)) }
        #expect(deletion.target == nil && deletion.author?.displayName == "Priya Nair")
    }

    /// What was sent has the app's own sentence beside it, whoever downloaded.
    @Test(arguments: ["You sent an attachment.", "Hai inviato un allegato.", "Priya ha enviado un archivo adjunto.", "Priya sent a photo."])
    func noticesBesideFiles(line: String) throws {
        let item = #"{"sender_name":"Priya","timestamp_ms":1770109747000,"content":"\#(line)","photos":[{"uri":"a/b.jpg"}]}"#
        #expect(outline(try decode("meta-export", #"{"messages":[\#(item)],"title":"Priya"}"#)) == ["attachment"])
    }

    /// What somebody chose for a message, in the language of whoever downloaded it; people's own words are theirs.
    @Test(arguments: [
        ("Reacted 😡 to your message ", true), ("Reacted to your message", true), ("Liked a message", true),
        ("Hat mit ❤️ auf deine Nachricht reagiert ", true), ("a réagi 😡 à votre message ", true), ("A réagi avec 😡 à ton message", true),
        ("Reaccionó con 😂 a tu mensaje ", true), ("Ha reaccionado con 😂 a tu mensaje", true), ("Reagiu com ❤️ à sua mensagem ", true),
        ("Ha reagito con 👍🏽 al tuo messaggio ", true), ("Heeft met ❤️ op je bericht gereageerd", true), ("Curtiu uma mensagem", true),
        ("Le gusta un mensaje", true), ("Te gustó un mensaje", true), ("Le gusta un mensaje corto", false),
        ("Reacted badly to your message", false), ("Hat niemand auf deine Nachricht reagiert", false), ("Reagiu com raiva à sua mensagem", false),
        ("Reacted 😡 to your message and left", false), ("Liked a message of yours", false), ("Hat mit", false), ("R", false),
    ])
    func reactionsInDownloads(line: String, isReaction: Bool) throws {
        let text = #"{"messages":[{"sender_name":"Priya","timestamp_ms":1770109747000,"content":"\#(line)"}],"title":"Priya"}"#
        #expect(outline(try decode("meta-export", text)) == [isReaction ? "ignored:reaction" : "message"])
    }

    @Test(arguments: ["id", "comment_id"])
    func readsCommentsOnInstagram(name: String) throws {
        let value = #"{"\#(name)":"c19","parent_id":"c9","text":"Thanks","from":{"id":"2","username":"z"},"media":{"id":"M1"}}"#
        let text = #"{"object":"instagram","entry":[{"id":"1","time":1770109747,"changes":[{"field":"comments","value":\#(value)}]}]}"#
        #expect(messages(try decode("meta", text)).map(\.nativeID) == ["c19"])
    }

    @Test(arguments: [("negative", 0.0), ("positive", 1)])
    func readsRecommendations(type: String, value: Double) throws {
        let change = #"{"item":"rating","verb":"add","open_graph_story_id":"7","reviewer_id":"u3","reviewer_name":"Cy","created_time":1770109747"#
        let text = #"{"object":"page","entry":[{"id":"500","changes":[{"field":"ratings","value":\#(change),"#
        let operations = try decode("meta", text + #""recommendation_type":"\#(type)","review_text":"Awful tea"}}]}]}"#)
        let read = messages(operations)
        #expect(read.map(\.text) == ["Awful tea"] && read[0].rating == Rating(value: value, min: 0, max: 1) && read[0].channel == .review)
        #expect(read[0].id == "meta:500:7" && read[0].author.displayName == "Cy" && RFC3339.format(read[0].sentAt) == "2026-02-03T09:09:07Z")
    }
}
