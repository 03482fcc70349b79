import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct SignalTests {
    @Test func readsAChat() throws {
        let operations = try decode("signal-export", Files.fixture("signal.md"), #"{"zone":"Europe/Berlin"}"#, fileName: "out/Priya/chat.md")
        #expect(
            outline(operations) == [
                "ignored:preamble", "message", "message", "message", "message", "attachment", "message", "ignored:empty", "rejected:12",
            ])
        let read = messages(operations)
        #expect(read[0].text == "My parcel is late again\nsecond line: with a colon" && read[0].conversationID == "Priya")
        #expect(RFC3339.format(read[0].sentAt) == "2026-02-03T08:14:00Z" && read[0].timeBasis == .localAssumed && read[0].author.role == .customer)
        #expect(read[1].text == "ok" && read[1].id != read[2].id)
        #expect(read[3].author.role == .agent && read[3].text == "Sorry! Order 1182?" && RFC3339.format(read[3].sentAt) == "2026-02-03T08:16:12Z")
        #expect(read[4].attachments == [Attachment(kind: "image", name: "IMG_1.jpg")])
        #expect(read[4].author.identifiers == [Identifier(kind: .phone, value: "+447700900123", verified: false)])
        #expect(read[5].text.hasSuffix("[site](https://shop.example)") && read[5].attachments == [Attachment(kind: "document", name: "bill.pdf")])
    }

    /// The form of today, with what signal-export writes besides people's words.
    @Test func readsTodaysForm() throws {
        let lines = [
            "Jörg: hallo", "Me: hi  ", "Jörg: 12:30: bye", "Jörg: Incoming voice call (accepted, 2m 3s)  ", "Me: Outgoing call  ",
            "Jörg: Missed video call  ", "Jörg: Missed call? No", "Jörg: (This message was deleted)", "Jörg:   \n(( 😡 ))",
            "Jörg:   [😡](../exported_stickers/1/2.webp)  ", "No-Sender: Group was updated", "Jörg: ![a b.jpg](./media/a%20b.jpg)  ",
        ]
        let text = lines.map { "[2026-02-03 09:14:07] \($0)\n" }.joined()
        let operations = try decode("signal-export", text)
        #expect(
            outline(operations) == [
                "message", "message", "message", "ignored:call", "ignored:call", "ignored:call", "message", "delete", "attachment", "attachment",
                "ignored:system", "attachment",
            ])
        let read = messages(operations)
        #expect(read.map(\.author.role).prefix(3) == [.customer, .agent, .customer] && read[2].text == "12:30: bye")
        #expect(
            read.flatMap(\.attachments) == [Attachment(kind: "sticker"), Attachment(kind: "sticker"), Attachment(kind: "image", name: "a b.jpg")])
        let head = Array(text.utf8)[...]
        #expect(try ConnectorRegistry.standard.recognise(head: head, fileName: "Ann/chat.txt").connector.name == "signal-export")
        let phone = Array("[2026-02-03 09:14:07] Jörg: hallo\n[2026-02-03 09:14:09] Ann: hi\n".utf8)[...]
        #expect(try ConnectorRegistry.standard.recognise(head: phone, fileName: "_chat.txt").connector.name == "whatsapp-export")
        #expect(try ConnectorRegistry.standard.recognise(head: phone, fileName: "Ann/chat.md").connector.name == "signal-export")
        let swedish = Array("[2026-02-03, 09:14:07] Jörg: hallo\n".utf8)[...]
        let old = Array("[2026-02-03, 09:14] Jörg: hallo\n".utf8)[...]
        for (head, name, connector) in [
            (swedish, nil, "whatsapp-export"), (swedish, "Ann/chat.md", "signal-export"), (old, nil, "signal-export"),
            (old, "_chat.txt", "whatsapp-export"), (old, "WhatsApp Chat with Jörg.txt", "whatsapp-export"),
        ] {
            #expect(try ConnectorRegistry.standard.recognise(head: head, fileName: name).connector.name == connector)
        }
        #expect(throws: UnreadableInput.self) { try decode("signal-export", "no chat at all") }
    }

    /// Another zone, and an export without the oldest lines, give the same ids.
    @Test func idsAreStable() throws {
        let text = try String(decoding: Files.fixture("signal.md"), as: UTF8.self)
        let all = messages(try decode("signal-export", text)).map(\.id)
        #expect(messages(try decode("signal-export", text, #"{"zone":"Asia/Tokyo"}"#)).map(\.id) == all)
        let trimmed = text.split(separator: "\n").dropFirst(3).joined(separator: "\n")
        #expect(messages(try decode("signal-export", trimmed)).map(\.id) == Array(all.dropFirst()))
        #expect(try decode("signal-export", text.replacing("\n", with: "\r\n")) == decode("signal-export", text))
    }

    @Test(arguments: [
        "[2026-02-03 09:14] Tom: a", "[2026-2-3, 09:14] Tom: a", "[2026-02-03, 09:14]Tom: a", "[2026-02-03, 09:14] Tom", "[2026-02-03, 09:14] : a",
        "2026-02-03, 09:14 Tom: a",
        "[2026-02-03, 09:1", "[", "",
    ])
    func isNoHeader(line: String) {
        var line = line
        #expect(line.withUTF8 { SignalHeader($0) == nil })
    }

    @Test(
        arguments: [
            ("a ![x](./media/p.jpg) b", "a  b", ["p.jpg"]), ("![x](./media/1.jpg)![y](media/2.png)", "", ["1.jpg", "2.png"]),
            ("](media/a)", "](media/a)", []),
            ("[a](media/", "[a](media/", []), ("[a](https://b.example)", "[a](https://b.example)", []), ("hi (- Tom: 👍 -)", "hi", []),
            ("(- -)", "", []),
            ("a (b)", "a (b)", []), ("[[a](media/b)", "[", ["b"]),
        ] as [(String, String, [String])])
    func takesMessagesApart(written: String, text: String, files: [String]) {
        let body = SignalBody(written)
        #expect(body.text == text && body.attachments.compactMap(\.name) == files)
    }

    /// Texts that a careless search would take quadratic time for.
    @Test(arguments: ["](media/a)", "[a](media/b)", "[", "(- ", "> a\n"])
    func longMessagesTakeLinearTime(part: String) {
        let body = SignalBody(String(repeating: part, count: 10_000))
        #expect(body.text.utf8.count <= part.utf8.count * 10_000)
    }
}
