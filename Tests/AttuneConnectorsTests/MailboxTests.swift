import AttuneCore
import Testing

@testable import AttuneConnectors

/// What a mailbox says of the mails in it, and mails say of each other.
@Suite struct MailboxTests {
    private func mail(_ header: String, _ body: String = "late again") -> String {
        "From: ann@example.com\nMessage-ID: <1@b>\n\(header)\n\n\(body)\n"
    }

    private func item(_ header: String, _ body: String = "late again") -> String { "From - Tue Feb  3 09:14:07 2026\n\(header)\n\n\(body)\n\n" }

    @Test(arguments: [
        ("X-Gmail-Labels: Inbox,Opened", "message"), ("X-Gmail-Labels: Spam", "ignored:spam"), ("X-Gmail-Labels: Opened,Drafts", "ignored:draft"),
        ("X-Gmail-Labels: =?UTF-8?Q?Entw=C3=BCrfe?=", "ignored:draft"), ("X-Gmail-Labels: Papierkorb,Ungelesen", "ignored:deleted"),
        ("X-Gmail-Labels: My drafts", "message"), ("X-Mozilla-Status: 0001", "message"), ("X-Mozilla-Status: 0009", "ignored:deleted"),
        ("X-Mozilla-Status: x", "message"), ("X-Status: AD", "ignored:deleted"), ("X-Status: T", "ignored:draft"), ("X-Status: RF", "message"),
        ("X-Unsent: 1", "ignored:draft"), ("X-Unsent: 0", "message"),
    ])
    func keeping(header: String, expected: String) throws { #expect(outline(try decode("email", mail(header))) == [expected]) }

    @Test(arguments: [
        ("cur/1770109747.M1P1.host,S=12:2,S", "message"), ("cur/1770109747.M1P1.host:2,DS", "ignored:draft"),
        ("cur/1770109747.M1P1.host;2,T", "ignored:deleted"), ("cur/1770109747.M1P1.host:2,", "message"), ("Order 2,T", "message"),
        ("Tuesday, D.eml", "message"),
    ])
    func flagsOfMaildirs(name: String, expected: String) throws {
        #expect(outline(try decode("email", mail("Subject: x"), fileName: name)) == [expected])
    }

    /// Folders that programs keep beside the inbox, in the names of IMAP.
    @Test(arguments: [
        ("Mail/.Trash/cur/1.M1P1.host:2,S", "ignored:deleted"), ("Mail/.INBOX.Junk/new/1.M1P1.host", "ignored:spam"),
        ("Mail/.Spam/cur/1.M1P1.host:2,", "ignored:spam"), ("Mail/.Gel&APY-schte Objekte/cur/1.M1P1.host:2,S", "ignored:deleted"),
        (".Drafts/cur/1.M1P1.host:2,S", "ignored:draft"), ("Mail/.Sent/cur/1.M1P1.host:2,S", "message"), ("Mail/.Trash/1.eml", "message"),
        ("Trash/cur/1.M1P1.host:2,S", "message"), ("Mail/cur/1.M1P1.host:2,S", "message"), ("Mail/.Trash bins/cur/1.M1P1.host:2,S", "message"),
    ])
    func foldersOfMaildirs(name: String, expected: String) throws {
        #expect(outline(try decode("email", mail("Subject: x"), fileName: name)) == [expected])
    }

    /// Gmail sends an emoji on a mail as a mail.
    @Test func reactions() throws {
        let parts = """
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain

            👍
            --b
            Content-Type: text/vnd.google.email-reaction+json

            {"emoji":"👍","version":1}
            --b
            Content-Type: text/html

            <p>👍 Ann reacted via Gmail</p>
            --b--
            """
        #expect(outline(try decode("email", "From: ann@example.com\nSubject: x\n\(parts)")) == ["ignored:reaction"])
        #expect(outline(try decode("email", mail("Content-Type: text/vnd.google.email-reaction+json", "{}"))) == ["ignored:reaction"])
    }

    /// What a reply answers is not what its sender said.
    @Test(arguments: [
        ("Subject: terrible", "message", "terrible"), ("Subject: Re: terrible", "ignored:empty", nil),
        ("Subject: AW: terrible", "ignored:empty", nil),
        ("Subject: terrible\nIn-Reply-To: <0@b>", "ignored:empty", nil), ("X: y", "ignored:empty", nil),
        ("Subject: Re: terrible\nContent-Type: application/pdf", "attachment", ""),
    ])
    func emptyBodies(header: String, expected: String, text: String?) throws {
        let read = try decode("email", mail(header, ""))
        #expect(outline(read) == [expected] && messages(read).first?.text == text)
    }

    @Test(arguments: [
        ("Thanks!\n\n[cid:image001.png@01DA]\n[image: logo.png]\n<https://x.example/a>", "Thanks!\n\n<https://x.example/a>"),
        ("[Image: a\nlogo] late [CID:x] again", "late  again"), ("[cid: late\n", "[cid: late"), ("[1] and [imagine: it]", "[1] and [imagine: it]"),
        (
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nlate again\n- - one\n- -- \nAnn\n-----BEGIN PGP SIGNATURE-----\n\niQ\n=a\n"
                + "-----END PGP SIGNATURE-----", "late again\n- one"
        ),
        ("late\n-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQ\n-----END PGP PUBLIC KEY BLOCK-----\nagain", "late\nagain"),
        ("late\n-----BEGIN PGP MESSAGE-----\n\nhQ", "late"), ("[cid:a]\n-----BEGIN PGP MESSAGE-----\n\nhQ\n-----END PGP MESSAGE-----\nlate", "late"),
    ])
    func whatProgramsPutIntoTexts(body: String, text: String) throws {
        #expect(messages(try decode("email", mail("Subject: x", body))).map(\.text) == [text])
    }

    @Test func encryptedMailsAreAttachments() throws {
        let read = try decode("email", mail("Subject: terrible", "-----BEGIN PGP MESSAGE-----\nVersion: x\n\nhQ\n=a\n-----END PGP MESSAGE-----"))
        #expect(outline(read) == ["attachment"] && messages(read).map(\.text) == [""])
    }

    /// Files that stand in the text, as Outlook still can write them.
    @Test(arguments: [
        ("late\n\nbegin 644 label 1.pdf\n#0V%T\n`\nend\n\nagain", "late\n\nagain", ["label 1.pdf"]),
        ("begin 666 a.txt\r\n#0V%T\r\n`\r\nend\r\nbegin 0644 b.txt\n`\nend", "", ["a.txt", "b.txt"]),
        ("begin 644 a.txt\n#0V%T\n`\nlate", "begin 644 a.txt\n#0V%T\n`\nlate", []),
        ("begin 644 a.txt\nlate\nend", "begin 644 a.txt\nlate\nend", []), ("to begin 644 a\n`\nend", "to begin 644 a\n`\nend", []),
        ("begin again\n`\nend", "begin again\n`\nend", []),
    ])
    func filesInTexts(body: String, text: String, names: [String]) throws {
        let read = messages(try decode("email", mail("Subject: x", body)))
        #expect(read.map(\.text) == [text] && read.first?.attachments.compactMap(\.name) == names)
    }

    /// Mailboxes whose mails tell their length leave lines as they are; elsewhere what begins so and has no header is a damaged mail.
    @Test(arguments: [1, 7, 4_096])
    func linesLikeSeparators(pieces: Int) throws {
        let body = "Hello\n\nFrom ann@example.com Tue Feb  3 09:14:07 2026\nstill hers\n"
        func read(_ header: String) throws -> [AttuneCore.Operation] {
            let box = item("From: ann@example.com\n\(header)", body) + item("From: bob@example.com\nSubject: x")
            return try decode("email", Array(box.utf8), pieces: pieces)
        }
        #expect(
            messages(try read("Content-Length: 66")).map(\.text) == [
                "Hello\n\nFrom ann@example.com Tue Feb  3 09:14:07 2026\nstill hers", "late again",
            ])
        #expect(outline(try read("Lines: 4")) == ["message", "rejected:7", "message"])
    }

    @Test(arguments: [true, false])
    func utf16(isMarked: Bool) throws {
        let text = (isMarked ? "\u{FEFF}" : "") + mail("Subject: x", "zu spät")
        for pieces in [1, 4_096] {
            let read = try decode("email", text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }, pieces: pieces)
            #expect(messages(read).map(\.text) == ["zu spät"])
        }
    }

    /// Conversation and role of each mail by its id, of inputs that are read together.
    private func read(_ inputs: [String], _ configuration: String = "{}") throws -> [String: String] {
        let memory = InputMemory()
        let configuration = try ConnectorConfiguration(jsonText: Array(configuration.utf8))
        for input in inputs {
            var survey = try #require(EmailConnector().makeSurvey(configuration, memory: memory))
            Array(input.utf8).withUnsafeBufferPointer { survey.look($0, isLast: true) }
        }
        var found: [String: String] = [:]
        for input in inputs {
            let context = DecodingContext(receivedAt: Timestamp(nanoseconds: 0), memory: memory)
            var decoder = try EmailConnector().makeDecoder(configuration, context: context)
            try decoder.decode(all: Array(input.utf8)) {
                for message in messages([$0]) { found[message.nativeID ?? ""] = "\(message.conversationID) \(message.author.role)" }
            }
        }
        return found
    }

    @Test func neitherOrderNorFilesDecideThreads() throws {
        let mails = [
            ("a", "Order", ""), ("b", "Re: Order", "In-Reply-To: <a>"), ("c", "Re: Order", "In-Reply-To: <b>"),
            ("d", "Re: Order", "References: <a> <b> <c>"), ("f", "Re: Order", "In-Reply-To: <zz>"), ("g", "Other", "References: <b>"),
        ].map { "From: p@x.example\nMessage-ID: <\($0)>\nSubject: \($1)\n\($2.isEmpty ? "X: y" : $2)" }
        let expected = ["a": "a customer", "b": "a customer", "c": "a customer", "d": "a customer", "f": "zz customer", "g": "a customer"]
        #expect(try read([mails.map { item($0) }.joined()]) == expected)
        #expect(try read([mails.reversed().map { item($0) }.joined()]) == expected)
        #expect(try read(mails.map { $0 + "\n\nlate" }) == expected)
        #expect(try read(mails.reversed().map { $0 + "\n\nlate" }) == expected)
    }

    /// A reply without references belongs to the thread that began with its subject, not to one of which only an answer is there.
    @Test func subjectsOfThreadsThatBeganElsewhere() throws {
        let mails = [("a", "Order", ""), ("f", "Re: Order", "In-Reply-To: <zz>"), ("e", "Re: Order", "")]
            .map { "From: p@x.example\nMessage-ID: <\($0)>\nSubject: \($1)\n\($2.isEmpty ? "X: y" : $2)" }
        #expect(try read([mails.map { item($0) }.joined()])["e"] == "a customer")
    }

    /// Mails that answer in a circle have a conversation too.
    @Test func circles() throws {
        let mails = ["a b", "b a", "c c", "d a"].map { $0.split(separator: " ") }.map {
            item("From: p@x.example\nMessage-ID: <\($0[0])>\nSubject: x\nReferences: <\($0[1])>")
        }
        #expect(try read([mails.joined()]).count == 4)
    }

    @Test func theOwnerIsKnownBeforeTheFirstMail() throws {
        let mails = [
            "From: me@shop.example\nMessage-ID: <s>\nSubject: x", "From: ann@example.com\nMessage-ID: <r>\nDelivered-To: Me@shop.example\nSubject: x",
            "From: Me <me@shop.example>\nMessage-ID: <t>\nSubject: x",
        ]
        let expected = ["s": "s agent", "r": "r customer", "t": "t agent"]
        #expect(try read([mails.map { item($0) }.joined()]) == expected)
        #expect(try read(mails.map { $0 + "\n\nlate" }) == expected)
        #expect(
            try read([mails.map { item($0) }.joined()], #"{"agentDomains":["example.com"]}"#) == [
                "s": "s customer", "r": "r agent", "t": "t customer",
            ])
        let takeout = ["Gesendet", "Sent", "=?UTF-8?Q?Messages_envoy=C3=A9s?="].map {
            item("From: me@shop.example\nMessage-ID: <s>\nX-Gmail-Labels: \($0)") + item("From: ann@example.com\nMessage-ID: <r>")
        }
        for box in takeout { #expect(try read([box]) == ["s": "s agent", "r": "r customer"]) }
    }
}
