import AttuneCore
import Foundation
import Testing

@testable import AttuneConnectors

private func mail(_ header: String, _ body: String = "hello") throws -> [AttuneCore.Operation] {
    try decode("email", header + "\n\n" + body, #"{"agentDomains":["harbour-tea.example"],"agentNames":["Support Desk"]}"#)
}

@Suite struct EmailTests {
    @Test(arguments: [1, 7, 4_096])
    func fixturesInPieces(pieces: Int) throws {
        let reply = try messages(decode("email", Files.fixture("reply.eml"), #"{"agentDomains":["harbour-tea.example"]}"#, pieces: pieces))
        #expect(reply.count == 1)
        let message = reply[0]
        #expect(message.id == "email:p2@example.com" && message.nativeID == "p2@example.com" && message.conversationID == "p1@example.com")
        #expect(message.inReplyTo == "email:h1@harbour-tea.example" && message.channel == .email)
        #expect(message.author.displayName == "Priya När (home)" && message.author.role == .customer)
        #expect(message.author.identifiers == [Identifier(kind: .email, value: "Priya@example.com", verified: false)])
        #expect(RFC3339.format(message.sentAt) == "2026-02-03T09:14:07Z" && message.timeBasis == .exact)
        #expect(message.text == "My parcel is late again, für das zweite Mal. Very annoyed.\nReally.")
        #expect(message.attachments == [Attachment(kind: "image", name: "käput.png")])

        let box = try decode("email", Files.fixture("box.mbox"), #"{"agentDomains":["harbour-tea.example"]}"#, pieces: pieces)
        #expect(outline(box) == ["message", "ignored:auto-reply", "message", "rejected:30"])
        let read = messages(box)
        #expect(read[0].text == "Where is it?\n\nFrom here on I only wait.\nFrom now on I do not.")
        #expect(read[1].text == "It is on its way—\nthe courier’s" && read[1].author.role == .agent && read[1].author.displayName == "Tea, Harbour")
        #expect(read[1].conversationID == read[0].conversationID && RFC3339.format(read[1].sentAt) == "2026-02-03T14:20:00Z")
        #expect(read[1].id.count == 64 && read[1].nativeID == nil)
    }

    /// Empty lines before the header are nobody's; what has no header behind them is still no mail.
    @Test(arguments: [
        ("\n", "message"), ("\r\n\r\n", "message"), ("\u{FEFF}", "message"), ("\u{FEFF}\n", "message"), (" \n\n", "message"), ("x\n", "rejected:1"),
        ("\nhello\n", "rejected:1"),
    ])
    func linesBeforeTheHeader(before: String, expected: String) throws {
        let mail = before + "From: ann@example.com\nTo: b@c.example\nMessage-ID: <1@b>\nSubject: hi\n\nlate again\n"
        for pieces in [1, 4_096] {
            let operations = try decode("email", Array(mail.utf8), pieces: pieces)
            #expect(outline(operations) == [expected] && messages(operations).allSatisfy { $0.text == "late again" && $0.nativeID == "1@b" })
        }
    }

    /// The obsolete grammar has blanks before colons and comments anywhere (RFC 5322 A.6.3); a separator has neither colon there.
    @Test(arguments: [1, 7, 4_096])
    func aFieldIsNoSeparator(pieces: Int) throws {
        let mail =
            "From  : John Doe <jdoe@machine(comment).  example>\nSubject     : Hello\nDate  : Fri, 21 Nov 1997 09(comment):   55  :  06 -0600\n"
            + "Message-ID  : <1234   @   local(blah)  .machine .example>\n\nJust to say hello.\n\nFrom : Ann\nDate : Monday\n"
        #expect(EmailConnector().recognise(head: Array(mail.utf8)[...], fileName: nil)?.reason == "it begins with a mail's header")
        for text in [mail, "From - Tue Feb  3 09:14:07 2026\n" + mail] {
            let read = messages(try decode("email", Array(text.utf8), pieces: pieces))
            #expect(read.map(\.nativeID) == ["1234@local.machine.example"] && read.map(\.author.displayName) == ["John Doe"])
            #expect(read.first?.text.hasPrefix("Just to say hello.") == true)
        }
    }

    /// Programs of old Macs end lines with CR alone.
    @Test(arguments: [1, 4_096])
    func carriageReturns(pieces: Int) throws {
        let mail = "From: ann@example.com\rSubject: x\rMessage-ID: <cr@x>\r\rline 1\rline 2\r"
        let read = messages(try decode("email", Array(mail.utf8), pieces: pieces))
        #expect(read.map(\.text) == ["line 1\nline 2"] && read.map(\.nativeID) == ["cr@x"])
    }

    /// Without a word about agents, whoever owns the mailbox is one; that it was guessed is said.
    @Test func theOwnerOfAMailboxIsAnAgent() throws {
        func mail(_ number: Int, _ from: String, _ more: String = "") -> String {
            "From a Tue Feb  3 09:14:07 2026\n\(more)From: \(from)\nTo: x@y.example\nMessage-ID: <\(number)@a>\n\nhello\n\n"
        }
        let box =
            mail(1, "Help@shop.example") + mail(2, "ann@example.com", "Delivered-To: help@shop.example\nDelivered-To: ann@example.com\n")
            + mail(3, "Shop <Help@Shop.example>") + mail(4, "ann@example.com")
        func read(_ text: String, _ configuration: String) throws -> (roles: [Role], remarks: [String]) {
            var decoder = try EmailConnector().makeDecoder(
                ConnectorConfiguration(jsonText: Array(configuration.utf8)), context: DecodingContext(receivedAt: Timestamp(nanoseconds: 0)))
            var operations = [AttuneCore.Operation]()
            try decoder.decode(all: Array(text.utf8)) { operations.append($0) }
            return (messages(operations).map(\.author.role), decoder.remarks)
        }
        let guessed = try read(box, "{}")
        #expect(guessed.roles == [.customer, .customer, .agent, .customer] && guessed.remarks.count == 1)
        #expect(guessed.remarks[0].contains("agentDomains") && !guessed.remarks[0].contains("@"))
        let told = try read(box, #"{"agentDomains":["example.com"]}"#)
        #expect(told.roles == [.customer, .agent, .customer, .agent] && told.remarks.isEmpty)
        #expect(try read(mail(1, "a@b.example") + mail(2, "c@d.example"), "{}").remarks[0].contains("every sender"))
        #expect(try read(mail(1, "a@b.example"), "{}").remarks.isEmpty)
    }

    @Test(
        arguments: [
            ("Ann Lee <ann@example.com>", "Ann Lee", "ann@example.com"), ("ann@Example.COM", nil, "ann@example.com"),
            ("<ann@example.com>", nil, "ann@example.com"),
            ("\"Lee, Ann\" <ann@example.com>", "Lee, Ann", "ann@example.com"),
            ("\"Giant; \\\"Big\\\" Box\" <s@example.net>", "Giant; \"Big\" Box", "s@example.net"),
            ("\"O'Neil, \\\"Pat\\\"\" <p@x.example>", "O'Neil, \"Pat\"", "p@x.example"),
            ("\"\\\"Pat\\\" O'Neil\" <p@x.example>", "\"Pat\" O'Neil", "p@x.example"), ("\"'\\\"Pat\\\"'\" <p@x.example>", "Pat", "p@x.example"),
            ("Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>", "Pete (A nice ) chap)", "pete@silly.test"),
            ("ann@example.com (Ann Lee)", "Ann Lee", "ann@example.com"),
            ("A Group:Ed Jones <c@a.test>,joe@where.test;", "Ed Jones", "c@a.test"), ("Undisclosed recipients:;", "Undisclosed recipients", nil),
            ("(Empty list)(start)Undisclosed recipients  :(nobody(that I know))  ;", "Undisclosed recipients", nil),
            ("Mary Smith <@node.test,@b:mary@example.net>, , jdoe@test", "Mary Smith", "mary@example.net"),
            (", , jdoe@test  . example", nil, "jdoe@test.example"),
            ("Moderator-Address", "Moderator-Address", nil), ("(mailbox in US-ASCII)", "mailbox in US-ASCII", nil),
            ("\"joe smith\"@example.com", nil, "\"joe smith\"@example.com"),
            ("=?iso-8859-1?q?J=F6rg_M?= =?ISO-8859-1?Q?=FCller?= <j@x.de>", "Jörg Müller", "j@x.de"),
            ("\"=?utf-8?b?SsO2cmc=?=\" <j@x.de>", "Jörg", "j@x.de"),
            ("=?utf-8?B?5bGx?= =?utf-8?B?55Sw?= <y@x.jp>", "山田", "y@x.jp"), ("Jörg <j@x.de>", "Jörg", "j@x.de"),
            ("ann@example.com <ann@example.com>", nil, "ann@example.com"),
            ("Ann <<ann@example.com>>", "Ann", "ann@example.com"), ("Ann <ann at example.com>", "Ann", nil),
            ("ann@example.com, bob@example.com", nil, "ann@example.com"),
            ("'Ann' <mailto:ann@example.com>", "Ann", "ann@example.com"),
            ("Mary Smith: Personal <smith@home.example>", "Personal", "smith@home.example"), ("", nil, nil), ("@", nil, nil),
        ] as [(String, String?, String?)])
    func addresses(value: String, name: String?, address: String?) {
        let read = MailAddress(first: Array(value.utf8))
        #expect(read?.name == name)
        #expect(read?.address == address)
    }

    @Test(
        arguments: [
            ("mar., 3 févr. 2026 09:14:07 +0000", "2026-02-03T09:14:07Z"), ("mardi 3 février 2026 09:14:07 +0000", "2026-02-03T09:14:07Z"),
            ("Mar 3, 2026 09:14:07 +0000", "2026-03-03T09:14:07Z"), ("mar, 3 mars 2026 09:14:07 +0000", "2026-03-03T09:14:07Z"),
            ("Di, 3 Mär 2026 09:14:07 +0000", "2026-03-03T09:14:07Z"), ("вт, 3 фев 2026 09:14:07 +0000", "2026-02-03T09:14:07Z"),
            ("Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T15:55:06Z"), ("21 Nov 97 09:55:06 GMT", "1997-11-21T09:55:06Z"),
            ("Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "1997-11-21T15:55:06Z"),
            ("Thu, 13 Feb 1969 23:32 -0330", "1969-02-14T03:02:00Z"),
            ("Thu,\n      13\n        Feb\n          1969\n      23:32\n -0330 (Newfoundland Time)", "1969-02-14T03:02:00Z"),
            ("3 Feb 26 9:14 EST", "2026-02-03T14:14:00Z"), ("3 Feb 126 9:14 PDT", "2026-02-03T16:14:00Z"),
            ("Tue, 3 Feb 2026 09:14:07 Z", "2026-02-03T09:14:07Z"), ("3 Feb 2026 09:14:07 A", "2026-02-03T09:14:07Z"),
            ("Tue, 3 Feb 2026 09:14:07", "2026-02-03T09:14:07Z"), ("Tue, 3 Feb 2026 09:14:07 +0100 (CET)", "2026-02-03T08:14:07Z"),
            ("Tue, 3 Feb 2026 10:14 CET", "2026-02-03T09:14:00Z"),
            ("Tue, 3 Feb 2026 10:14:07 GMT+0100", "2026-02-03T09:14:07Z"), ("Tue Feb 03 2026 10:14:07 GMT+0100 (CET)", "2026-02-03T09:14:07Z"),
            ("3 Feb 2026 08:14 UTC-1", "2026-02-03T09:14:00Z"), ("3 Feb 2026 10:14 UTC+01:00", "2026-02-03T09:14:00Z"),
            ("3 Feb 2026 09:14 GMT-", "2026-02-03T09:14:00Z"),
            ("Tue Feb  3 09:14:07 2026", "2026-02-03T09:14:07Z"), ("Tue Feb  3 09:14:07 +0000 2026", "2026-02-03T09:14:07Z"),
            ("03-Feb-2026 09:14:07 +0000", "2026-02-03T09:14:07Z"),
            ("Tuesday, 3 February 2026 9:14:07 PM GMT", "2026-02-03T21:14:07Z"), ("2026-02-03T09:14:07Z", "2026-02-03T09:14:07Z"),
            ("Tue, 3 Feb 2026 23:59:60 +0000", "2026-02-03T23:59:59Z"),
            ("Tue, 3 Feb 2026 09:14:07 +99:99", "2026-02-03T09:14:07Z"), ("Tue, 3 Feb 2026 09:14:07 -0000", "2026-02-03T09:14:07Z"),
            ("Tue, 31 Feb 2026 09:14:07 +0000", nil), ("now", nil), ("", nil),
            ("Mon, 13 Aug 1998 l8:14:23 +1000", "1998-08-12T22:14:23Z"), ("99999999999999999999", nil),
        ] as [(String, String?)])
    func dates(value: String, expected: String?) {
        #expect(Array(value.utf8).withUnsafeBufferPointer { MailDate.parse($0) }?.utc.map { RFC3339.format($0) } == expected)
    }

    /// A date that is missing, damaged or impossible is taken from the first server; without one, from the file.
    @Test(arguments: [
        (
            "Date: x\nReceived: by b; Tue, 3 Feb 2026 09:15:00 +0000\nReceived: by a; Tue, 3 Feb 2026 09:14:00 +0000", "2026-02-03T09:14:00Z",
            TimeBasis.received
        ),
        ("Date: 1 Jan 1970 00:00:00 GMT\nReceived: by a; 3 Feb 2026 09:14:00 +0000", "2026-02-03T09:14:00Z", .received),
        ("Date: 3 Feb 2036 00:00:00 GMT\nReceived: by a;\n 3 Feb 2026 09:14:00 +0000 (x; y)", "2026-02-03T09:14:00Z", .received),
        ("Date: 3 Feb 2036 00:00:00 GMT\nReceived: by a;\n 3 Feb 2026 09:14:00 +0000", "2026-02-03T09:14:00Z", .received),
        ("Subject: x", "2026-02-02T02:40:00Z", .received),
        ("Date: 3 Feb 2036 00:00:00 GMT", "2026-02-02T02:40:00Z", .received),
        ("Date: 3 Feb 2020 00:00:00 GMT\nReceived: x", "2020-02-03T00:00:00Z", .exact),
        ("Date: Tue, 3 Feb 2020 00:00:00", "2020-02-03T00:00:00Z", .localAssumed), ("Date: 3 Feb 2020 00:00:00 A", "2020-02-03T00:00:00Z", .exact),
        ("Date: x\nReceived: by a; 3 Feb 2020 09:14:00", "2020-02-03T09:14:00Z", .received),
    ])
    func times(header: String, expected: String, basis: TimeBasis) throws {
        let read = try messages(mail("From: a@b.c\n" + header))
        #expect(read.map { RFC3339.format($0.sentAt) } == [expected] && read.first?.timeBasis == basis)
    }

    /// Dates without a zone are those of the configured one; what a server wrote does not depend on it.
    @Test(arguments: [
        ("Date: Tue, 3 Feb 2020 00:00:00", "2020-02-02T23:00:00Z", TimeBasis.localAssumed),
        ("Date: Tue Jul  7 09:14:07 2020", "2020-07-07T07:14:07Z", .localAssumed),
        ("Date: 2020-02-03T09:14:07", "2020-02-03T08:14:07Z", .localAssumed),
        ("Date: Tue, 3 Feb 2020 00:00:00 +0000", "2020-02-03T00:00:00Z", .exact),
        ("X: y\nReceived: by a; 3 Feb 2020 09:14:00", "2020-02-03T09:14:00Z", .received),
    ])
    func configuredZone(header: String, expected: String, basis: TimeBasis) throws {
        let read = try messages(decode("email", "From: a@b.c\n\(header)\n\nhello", #"{"zone":"Europe/Berlin"}"#))
        #expect(read.map { RFC3339.format($0.sentAt) } == [expected] && read.first?.timeBasis == basis)
    }

    @Test(arguments: [
        ("=?utf-8?q?a_b=3D?=", "a b="), ("=?utf-8?B?w6Q=?= =?utf-8?q?=C3=A4?= x", "ää x"), ("a =?utf-8?q?b?= c", "a b c"),
        ("=?utf-8?q?=C3?= =?utf-8?q?=A4?=", "ä"),
        ("=?utf-8*en?Q?x?=", "x"), ("=?x-unknown?Q?=E4?=", "ä"), ("=?utf-8?X?a?=", "=?utf-8?X?a?="), ("=?utf-8?q?a", "=?utf-8?q?a"), ("=?", "=?"),
        ("a=?utf-8?q?b?=c", "abc"),
        ("=?koi8-r?B?8NLJ18XU?=", "Привет"), ("=?windows-1251?B?z/Do4uXy?=", "Привет"), ("=?iso-2022-jp?B?GyRCJDMkcyRLJEEkTxsoQg==?=", "こんにちは"),
        ("=?shift_jis?B?grGC8YLJgr+CzQ==?=", "こんにちは"),
        ("=?euc-jp?B?pLOk86TLpMGkzw==?=", "こんにちは"), ("=?gb2312?B?xOO6ww==?=", "你好"), ("=?big5?B?p0Gmbg==?=", "你好"),
        ("=?euc-kr?B?vsiz58fPvLy/5A==?=", "안녕하세요"), ("=?utf-16?B?/v8A5A==?=", "ä"),
        ("=?utf-16le?B?5AA=?=", "ä"), ("=?iso-8859-15?q?=A4?=", "€"), ("=?iso-8859-2?q?=B1?=", "ą"), ("=?utf-8?q?=E4?=", "ä"),
        ("=?gb18030?B?gTCBMA==?=", "\u{80}"),
    ])
    func encodedWords(value: String, text: String) { #expect(EncodedWords.decode(Array(value.utf8)) == text) }

    @Test(arguments: [
        ("text/plain", "charset", nil), ("Text/Plain; CharSet=UTF-8", "charset", "UTF-8"),
        ("text/plain (c); charset = \"utf-8\" (x)", "charset", "utf-8"),
        ("a/b; name*=utf-8'en'%E2%82%AC%20rates; name=x", "name", "€ rates"), ("a/b; name*0=\"a b\"; name*1=c", "name", "a bc"),
        ("a/b; name*1*=%41; name*0*=iso-8859-1''%E4", "name", "äA"),
        ("a/b; name=\"=?utf-8?q?=C3=A4.txt?=\"", "name", "ä.txt"), ("a/b; boundary=1; comment=\"\"  comment=\"x\"", "boundary", "1"),
        ("a/b; ;; = ; x; charset=y", "charset", "y"),
        ("a/b; name=\"a\\\"b", "name", "a\"b"), ("a/b; boundary=\"foo bar\"", "boundary", "foo bar"), ("", "x", nil),
    ])
    func parameters(value: String, name: String, expected: String?) { #expect(ContentField(Array(value.utf8))[name] == expected) }

    @Test(arguments: [
        ("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable", "f=FCr=20=\ndich=", "für dich"),
        ("Content-Type: text/plain; charset=macintosh\nContent-Transfer-Encoding: quoted-printable", "sp=8Ater", "später"),
        ("Content-Transfer-Encoding: QUOTED-PRINTABLE", "a=3db=zz=  \nc =\r\nd", "a=b=zzc d"),
        ("Content-Transfer-Encoding: base64", "aGVs\nbG8=\ngarbage after", "hello"),
        // What a mailing list puts behind it.
        ("Content-Transfer-Encoding: base64", "aGVsbG8gdGhlcmUh\n_______________________________________________\nlist@x.example", "hello there!"),
        ("Content-Transfer-Encoding: base64", "aGVs bG8= ignored\nIHg=", "hello x"), ("Content-Type: text/html", "<p>a</p>b", "a\nb"),
        ("Content-Type: text/plain; format=flowed", "one \ntwo\n > x \n>> q \n>> r\nb", "one two\nb"),
        ("Content-Type: text/plain; format=flowed; delsp=yes", "日本 \n語", "日本語"),
        ("Content-Type: text/plain; charset=utf-16le\nContent-Transfer-Encoding: base64", "5AAKAGIA", "ä\nb"),
        ("Content-Type: text/plain; charset=nonsense", "ä", "ä"), ("Content-Type: rubbish", "x", "x"),
        ("Content-Type: multipart/mixed", "no boundary at all", "no boundary at all"),
        ("Content-Type: multipart/mixed", "--abc\nContent-Type: text/plain\n\nguessed\n--abc--", "guessed"),
        ("Content-Type: multipart/mixed; boundary=a", "--a\n\nfirst\n--a\nContent-Type: text/plain\n\nsecond, no end", "first\nsecond, no end"),
        (
            "Content-Type: multipart/alternative; boundary=a",
            "--a\nContent-Type: text/html\n\n<p>html</p>\n--a\nContent-Type: text/plain\n\nplain\n--a--", "plain"
        ),
        ("Content-Type: multipart/alternative; boundary=a", "--a\nContent-Type: text/html\n\n<p>html\n--a--", "html"),
        (
            "Content-Type: multipart/mixed; boundary=a", "--a\nContent-Type: text/plain\nContent-Disposition: attachment\n\nlog\n--a\n\nbody\n--a--",
            "body"
        ),
        ("Content-Type: multipart/mixed; boundary=a", "--a\n\nbody\n--a\nContent-Type: message/rfc822\n\nSubject: x\n\ninner\n--a--", "body"),
        (
            "Content-Type: multipart/related; boundary=a",
            "--a\nContent-Type: multipart/alternative; boundary=ab\n\n--ab\nContent-Type: text/html\n\n<b>x</b>\n--ab--\n--a\nContent-Type: text/plain\n\nnot body\n--a--",
            "x"
        ),
        (
            "Content-Type: multipart/mixed; boundary=a",
            "--a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\ninner, not closed\n--a--\nepilogue", "inner, not closed"
        ),
        ("Content-Type: multipart/mixed; boundary=a", "--ab\n--a\nno header here\n--a--", "no header here"),
        ("X: y", "> only\n> quoted", "> only\n> quoted"), ("Subject: all of it", "\n \n", "all of it"),
    ])
    func bodies(header: String, body: String, text: String) throws {
        #expect(try messages(mail("From: a@b.c\n" + header, body)).map(\.text) == [text])
    }

    @Test(arguments: [
        ("Auto-Submitted: auto-replied (vacation)", "ignored:auto-reply"), ("Auto-Submitted: no", "message"),
        ("X-Autoreply: yes", "ignored:auto-reply"), ("Precedence: BULK", "ignored:auto-reply"),
        ("Precedence: auto_reply", "ignored:auto-reply"), ("Precedence: list", "message"), ("From: Postmaster@x.y", "ignored:auto-reply"),
        ("From: \"x\" <mailer-daemon@x.y>", "ignored:auto-reply"),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=a", "ignored:auto-reply"),
        ("Content-Type: multipart/report; report-type=disposition-notification", "ignored:receipt"),
        ("Content-Type: application/pdf; name=a.pdf", "attachment"),
    ])
    func machines(header: String, expected: String) throws { #expect(outline(try mail(header)) == [expected]) }

    @Test(arguments: [
        ("From: a@harbour-tea.example", Role.agent), ("From: Support Desk <x@y.z>", .agent),
        ("From: a@b.c\nSender: a@harbour-tea.example\nReply-To: a@harbour-tea.example", .customer), ("Subject: x", .customer),
    ])
    func roles(header: String, role: Role) throws { #expect(try messages(mail(header)).map(\.author.role) == [role]) }

    @Test(arguments: [
        ("Re: Order", "order", true), ("AW: SV: Fwd:  Order", "order", true), ("Re[2]: [#123] re: order", "order", true),
        ("[Ticket #9] Order", "order", false), ("[Fwd: Order]", "order", false),
        ("Order: late", "order: late", false), ("回复：订单", "订单", true), ("", "", false), ("RE (3): x", "x", true),
        ("Antw: [External] Re: Order", "order", true), ("[EXT] Order", "order", false), ("[external] Rép : Order", "order", true),
        ("رد: Order", "order", true), ("İLT: Order", "order", true), ("[Extra] Order", "[extra] order", false),
    ])
    func subjects(subject: String, base: String, isReply: Bool) {
        let read = MailSubject(subject)
        #expect(read.base == base && read.isReply == isReply)
    }

    @Test func threads() throws {
        let box = [
            ("<1@x>", "Order", ""), ("<2@x>", "Re: Order", "References: <1@x>"), ("<3@x>", "Re: Order", "In-Reply-To: <2@x>"),
            ("<4@x>", "AW: order", ""), ("<5@x>", "Order", ""),
            ("<6@x>", "Re: gone", "References: <0@x> <5@x>"), ("<7@x>", "x", "In-Reply-To: <9@x> <8@x>"), ("", "Re: Order", ""),
        ].map { id, subject, rest in
            "From - Tue Feb  3 09:14:07 2026\nFrom: a@b.c\nMessage-ID: \(id)\nSubject: \(subject)\n\(rest.isEmpty ? "X: y" : rest)\n\ntext \(id)\n\n"
        }
        let read = messages(try decode("email", box.joined()))
        #expect(read.map(\.conversationID) == ["1@x", "1@x", "1@x", "1@x", "5@x", "5@x", "9@x", "5@x"])
        #expect(read.map { $0.inReplyTo ?? "" } == ["", "email:1@x", "email:2@x", "", "", "email:5@x", "email:9@x", ""])
    }

    /// Twice the same mail is one message; another mail under its id is another.
    @Test func idsAreStable() throws {
        func item(_ id: String, _ text: String) -> String {
            "From - Tue Feb  3 09:14:07 2026\nFrom: a@b.c\nDate: 3 Feb 2026 09:14:07 GMT\n\(id)Subject: s\n\n\(text)\n\n"
        }
        let items = [
            item("Message-ID: <1@x>\n", "a"), item("Message-ID: <1@x>\n", "a"), item("Message-ID: <1@x>\n", "b"), item("", "c"), item("", "c"),
            item("", "d"),
        ]
        let whole = messages(try decode("email", items.joined())).map(\.id)
        let again = messages(try decode("email", items.joined())).map(\.id)
        #expect(whole[0] == whole[1] && Set(whole).count == 5 && whole == again)
        #expect(messages(try decode("email", items[3...].joined())).map(\.id) == Array(whole[3...]))
        #expect(messages(try decode("email", String(items[3].drop { $0 != "\n" }.dropFirst()))).map(\.id) == [whole[3]])
    }

    @Test(arguments: [
        ("\u{FEFF}From: a@b.c\nSubject: x\n\nhi", "email", "a"), ("From: a\nTo: b\n", "text", nil), ("From: a\nTo: b\nSubject: c\n\nx", "email", nil),
        ("X-A: b\n\nx", "email", "m.eml"), ("From - x\nA: b\n\nc", "email", nil),
        ("From here on\nall is text\n", "text", nil), ("Anna: hi\nBob: hello\n", "text", nil), ("Message-ID: <x>\nDate: y\n\n", "email", nil),
    ])
    func recognises(text: String, connector: String, fileName: String?) throws {
        #expect(try ConnectorRegistry.standard.recognise(head: Array(text.utf8)[...], fileName: fileName).connector.name == connector)
    }

    @Test func oversizedMailsAreRejectedAndTheRestIsRead() throws {
        let head = "From - Tue Feb  3 09:14:07 2026\nFrom: a@b.c\n\n"
        let long = head + String(repeating: String(repeating: "x", count: 1_023) + "\n", count: (64 << 10) + 1)
        let read = try decode("email", Array((head + "a\n\n" + long + "\n" + head + "c\n").utf8), pieces: 1 << 20)
        #expect(outline(read) == ["message", "rejected:6", "message"])
        #expect(outline(try decode("email", Array(long.dropFirst(32).utf8), pieces: 1 << 20)) == ["rejected:1"])
    }

    /// Inputs that make careless readers quadratic, in the header and in each encoding.
    @Test(arguments: [
        ("Subject: ", "=?a?Q?x"), ("Subject: ", "=?"), ("From: ", "a,"), ("From: ", "("), ("From: ", "\"\\"), ("From: ", "a@b:"), ("Date: ", "1 "),
        ("Date: ", "("), ("References: ", "<a@b> "), ("Content-Type: ", ";a=b"),
        ("Content-Type: ", "("), ("Content-Transfer-Encoding: quoted-printable\n\n", "=41"),
        ("Content-Transfer-Encoding: quoted-printable\n\n", "=41 "), ("Content-Transfer-Encoding: base64\n\n", "=\n"),
        ("Content-Type: multipart/mixed; boundary=a\n\n", "--a\n"),
        ("Content-Type: multipart/mixed; boundary=a\n\n", "--a\nContent-Type: multipart/mixed; boundary=a\n\n"),
        ("Content-Type: text/html\n\n", "<p style=a>"), ("X: y\n\n", "\nFrom "),
        ("Content-Type: text/plain; format=flowed\n\n", "> \n"), ("", "a:\n"), ("", "\n "),
    ])
    func longInputsEnd(head: String, piece: String) throws {
        let text = "To: a@b.c\n" + head + String(repeating: piece, count: 100_000 / piece.utf8.count)
        #expect(try decode("email", text).count == 1)
        #expect(try decode("email", "From - Tue Feb  3 09:14:07 2026\n" + text).count >= 1)
    }

    @Test func damagedMailsAreReadOrRejected() throws {
        for file in ["reply.eml", "box.mbox"] {
            let bytes = try Files.fixture(file)
            for i in stride(from: 0, to: bytes.count, by: 3) {
                var flipped = bytes
                flipped[i] ^= 1 << UInt8(i % 8)
                #expect(!(try decode("email", flipped)).isEmpty)
                _ = try decode("email", Array(bytes[..<i]))
            }
        }
    }
}
