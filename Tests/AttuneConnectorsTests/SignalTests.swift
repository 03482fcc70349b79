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
