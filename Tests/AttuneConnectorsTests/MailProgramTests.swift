import AttuneCore
import Testing

@testable import AttuneConnectors

/// What mail programs make of a mail besides what the standards say.
@Suite struct MailProgramTests {
    /// Some add an empty plain text for form's sake, and the message is in the HTML only.
    @Test(
        arguments: [
            ("", "\n", "only HTML"), ("", "  \n\n\t\n", "only HTML"),
            ("Content-Transfer-Encoding: quoted-printable\n", "=20=\n=C2=A0\n", "only HTML"),
            ("Content-Transfer-Encoding: base64\n", "IAo=\n", "only HTML"), ("", "plain\n", "plain"),
        ])
    func emptyPlainText(header: String, plain: String, text: String) throws {
        let mail = """
            From: ann@example.com
            Subject: Order
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8
            \(header)
            \(plain)
            --b
            Content-Type: text/html

            <p>only HTML</p>
            --b--
            """
        #expect(messages(try decode("email", mail)).map(\.text) == [text])
    }

    private static let parts = [
        "picture": "Content-Type: image/gif\nContent-ID: <i>\nContent-Transfer-Encoding: base64\n\nAAAA",
        "html": "Content-Type: text/html\nContent-ID: <r>\n\n<p>late</p>", "plain": "Content-Type: text/plain\n\nlate",
        "log": "Content-Type: text/plain; name=log.txt\nContent-Disposition: inline; filename=log.txt\n\nlog angry",
    ]

    /// Pictures may stand before the text to which they belong, and files before what was written.
    @Test(
        arguments: [
            ("related", "picture html", "late", ["image"]), ("related; start=\"<r>\"", "picture html", "late", ["image"]),
            ("related", "html picture", "late", ["image"]), ("related", "html plain", "late", ["document"]),
            ("related", "picture html plain", "late", ["image", "document"]),
            ("mixed", "log plain", "late", ["document"]), ("mixed", "log", "log angry", []), ("mixed", "log picture", "log angry", ["image"]),
            ("mixed", "log log", "log angry", ["document"]), ("mixed", "plain log", "late", ["document"]),
        ])
    func whichPartIsTheText(type: String, parts: String, text: String, attachments: [String]) throws {
        let written = parts.split(separator: " ").map { "--b\n\(Self.parts[String($0)] ?? "")\n" }.joined()
        let mail = "From: ann@example.com\nSubject: x\nContent-Type: multipart/\(type); boundary=b\n\n\(written)--b--\n"
        let read = messages(try decode("email", mail))
        #expect(read.map(\.text) == [text] && read.first?.attachments.map(\.kind) == attachments)
    }

    @Test(arguments: [1, 4, 4_096])
    func byteOrderMark(pieces: Int) throws {
        let bytes = Array("\u{FEFF}From: ann@example.com\nSubject: Order\nMessage-ID: <a@b>\n\nhello".utf8)
        #expect(messages(try decode("email", bytes, pieces: pieces)).map(\.text) == ["hello"])
        #expect(try ConnectorRegistry.standard.recognise(head: bytes[...], fileName: nil).connector.name == "email")
    }

    /// A line without a colon ends a header only where it does not go on behind it.
    @Test(
        arguments: [
            ("From: a@x.example\nnot a field\nSubject: x\nMessage-ID: <1@x>\n\nlate", "late", "1@x"),
            ("From: a@x.example\nnot a field\nSubject: x\n folded\nX-A: b\n\nlate", "late", nil),
            ("From: a@x.example\nSubject: x\nMy cup broke.\nNote: it is late\n\nbye", "My cup broke.\nNote: it is late\n\nbye", nil),
            ("From: a@x.example\nMy cup broke.\nSubject: x\nit is late\n\nbye", "My cup broke.\nSubject: x\nit is late\n\nbye", nil),
            ("From: a@x.example\nSubject: x\nMy cup broke.\nSubject: y\n\nbye", "My cup broke.\nSubject: y\n\nbye", nil),
            ("From: a@x.example\nMy cup broke.\nSubject: x", "My cup broke.\nSubject: x", nil),
        ] as [(String, String, String?)])
    func linesThatAreNoFields(mail: String, text: String, id: String?) throws {
        let read = messages(try decode("email", mail))
        #expect(read.map(\.text) == [text] && read.map(\.nativeID) == [id])
    }

    /// A group puts its own address into From.
    @Test func senderBeforeTheGroup() throws {
        let mail = "From: 'Ann Lee' via Support <support@shop.example>\nX-Original-Sender: ann@example.com\nSubject: s\n\nhello"
        let author = try #require(messages(try decode("email", mail, #"{"agentDomains":["shop.example"]}"#)).first).author
        #expect(author.displayName == "Ann Lee" && author.role == .customer && author.identifiers.map(\.value) == ["ann@example.com"])
    }

    /// Gmail in Hebrew, with the marks it writes.
    @Test func hebrewQuoting() {
        let intro = "\u{202B}בתאריך יום ב׳, 2 בפבר׳ 2026 ב-18:00 מאת \u{202A}Ann\u{202C}\u{200F} <\u{202A}a@example.il\u{202C}\u{200F}>:\u{202C}"
        #expect(ReplyCutter.split("עדיין לא.\n\n\(intro)\n\n> שלום").own == "עדיין לא.")
    }

    /// What is surely JSON, or a chat in a form that nothing reads, is not one customer's message a line.
    @Test(arguments: ["[[[[[[[[", "{\"a\": [1,", "2026~02~03 9:14\n[2026.02.03 xx 9:14 yy zz] A: x: y\n[2026.02.14 xx 9:15 yy zz] B: x: z\n"])
    func noPlainText(text: String) {
        #expect(TextConnector().recognise(head: Array(text.utf8)[...], fileName: nil) == nil)
    }

    @Test(arguments: [
        "hello", "[sigh] again late", "{sic}", "3.2.2026 9:14: it broke", "10:30 was our time: nobody came\n1/2 of it: broken", "[1] 9:14 x: y",
    ])
    func plainText(text: String) {
        #expect(TextConnector().recognise(head: Array(text.utf8)[...], fileName: nil) != nil)
    }
}
