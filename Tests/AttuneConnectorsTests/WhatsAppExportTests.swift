import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct WhatsAppExportTests {
    /// Header lines of many phones: each is a whole export of one message `a: m` in UTC.
    @Test(
        arguments: [
            ("3/6/18, 1:55 p.m. - a: m", "2018-06-03T13:55:00Z"),
            ("03-06-2018, 01.55 PM - a: m", "2018-06-03T13:55:00Z"),
            ("13.06.18 21.25.15: a: m", "2018-06-13T21:25:15Z"),
            ("[06.13.18 21:25:15] a: m", "2018-06-13T21:25:15Z"),
            ("13.6.2018 klo 21.25.15 - a: m", "2018-06-13T21:25:15Z"),
            ("13. 6. 2018. 21:25:15 a: m", "2018-06-13T21:25:15Z"),
            ("[3/6/18 1:55:00 p. m.] a: m", "2018-06-03T13:55:00Z"),
            ("[2018/06/13, 21:25:15] a: m", "2018-06-13T21:25:15Z"),
            ("2018-06-13 21:25 - a: m", "2018-06-13T21:25:00Z"),
            ("3/6/2018 1:55 p.\u{A0}m. - a: m", "2018-06-03T13:55:00Z"),
            ("3/6/18, 1:55\u{202F}PM - a: m", "2018-06-03T13:55:00Z"),
            ("3/6/18, 1:55\u{A0}pm - a: m", "2018-06-03T13:55:00Z"),
            ("\u{200E}[3/6/18, 00:08:00 a. m.] a: m", "2018-06-03T00:08:00Z"),
            ("3/6/18, 12:08 AM - a: m", "2018-06-03T00:08:00Z"),
            ("3/6/18, 12:08 PM - a: m", "2018-06-03T12:08:00Z"),
            ("2018. 6. 3. 오후 1:55, a: m", nil),
            ("2018. 6. 3. 오후 1:55 - a: m", "2018-06-03T13:55:00Z"),
            ("2018/6/3 下午1:55 - a: m", "2018-06-03T13:55:00Z"),
            ("٣\u{200F}/٦\u{200F}/٢٠١٨, ١:٥٥ م - a: m", "2018-06-03T13:55:00Z"),
            ("३/६/१८, १:५५ pm - a: m", "2018-06-03T13:55:00Z"),
            ("\u{FEFF}31/12/2018, 23:59 – a: m", "2018-12-31T23:59:00Z"),
            ("13/2018/06, 21:25 - a: m", "2018-06-13T21:25:00Z"),
            ("3.06.2018 ÖS 1:55 - a: m", "2018-06-03T13:55:00Z"),
            ("3/6/18, 1:55 PTG - a: m", "2018-06-03T13:55:00Z"),
            ("३/६/१८, १:५५ म.उ. - a: m", "2018-06-03T13:55:00Z"),
            ("3/6/18، 1:55 بعد دوپہر - a: m", "2018-06-03T13:55:00Z"),
            ("3.6.2018, 1:55 e pasdites - a: m", "2018-06-03T13:55:00Z"),
            ("3/6/18, பிற்பகல் 1:55 - a: m", "2018-06-03T13:55:00Z"),
            ("3/6/18, 1:55 ਬਾ.ਦੁ. - a: m", "2018-06-03T13:55:00Z"), ("3.6.2018, 1:55 m.d. - a: m", "2018-06-03T13:55:00Z"),
            ("3.6.2018, 1:55 p.d. - a: m", "2018-06-03T01:55:00Z"), ("3/6/2018 1:55 chiều - a: m", "2018-06-03T13:55:00Z"),
            ("3.6.18, 1:55 nachm. - a: m", "2018-06-03T13:55:00Z"), ("3/6/18، 1:55 ب.ظ - a: m", "2018-06-03T13:55:00Z"),
            ("[3/6/18، 1:55:00 ب.ظ.] a: m", "2018-06-03T13:55:00Z"), ("3/6/18, 1:55 ப\u{BBF}.ப - a: m", "2018-06-03T13:55:00Z"),
            ("2018/6/3 晚上9:25 - a: m", "2018-06-03T21:25:00Z"),
            ("৩/৬/১৮, ১:৫৫ PM - a: m", "2018-06-03T13:55:00Z"),
            ("2018-06-13 21 h 25 - a: m", "2018-06-13T21:25:00Z"),
            ("2018-06-13, 21 h 25 min 15 s - a: m", "2018-06-13T21:25:15Z"),
            ("13.06.18 г., 21:25 ч. - a: m", "2018-06-13T21:25:00Z"),
            ("21:25, 13/06/2018 - a: m", "2018-06-13T21:25:00Z"),
            ("[1:55 PM, 13/6/2018] a: m", "2018-06-13T13:55:00Z"),
            ("13/6/2561 21:25 - a: m", "2018-06-13T21:25:00Z"),
        ] as [(String, String?)])
    func readsHeader(line: String, at: String?) throws {
        guard let at else {
            #expect(throws: UnreadableInput.self) { try decode("whatsapp-export", line) }
            return
        }
        let operations = try decode("whatsapp-export", line)
        let message = try #require(messages(operations).first)
        #expect(RFC3339.format(message.sentAt) == at)
        #expect(message.text == "m" && message.author.displayName == "a" && message.timeBasis == .localAssumed)
    }

    /// Words nobody here knows are no times: half of them would be twelve hours wrong.
    @Test func unknownDayPeriodsAreAnError() throws {
        #expect(throws: UnreadableInput.self) { try decode("whatsapp-export", "3/6/18, 1:55 xe - a: m\n3/6/18, 2:55 xo - a: m\n") }
        #expect(throws: UnreadableInput.self) { try decode("whatsapp-export", "3/6/18 xe 1:55 - a: m\n3/6/18 xo 2:55 - a: m\n") }
        #expect(messages(try decode("whatsapp-export", "3.6.18 kl 1:55 - a: m\n3.6.18 kl 14:55 - a: m\n")).count == 2)
    }

    /// Numbers of agents as people write them, and as the file does.
    @Test(arguments: ["+1 555 010 0200", "+1 (555) 010-0200", "+1-555-010-0200", "+15550100200"])
    func agentsByNumber(number: String) throws {
        let text = "[25.10.26, 02:30:00] \u{202A}+1\u{A0}(555)\u{A0}010\u{2011}0200\u{202C}: a\n[25.10.26, 02:31:00] +49 170 1234567: b\n"
        #expect(messages(try decode("whatsapp-export", text, "{\"agentNames\":[\"\(number)\"]}")).map(\.author.role) == [.agent, .customer])
    }

    /// Dates alone decide which number is the day, for the whole file.
    @Test(arguments: [
        (["1/2/26", "13/2/26"], "2026-02-01"), (["1/2/26", "2/13/26"], "2026-01-02"),
        (["5/2/26", "3/3/26"], "2026-02-05"), (["2/5/26", "3/3/26"], "2026-02-05"),
        (["1/2/26", "2/2/26", "3/2/26"], "2026-02-01"), (["1/2/26", "1/3/26", "1/4/26"], "2026-01-02"),
        (["1/2/26"], "2026-02-01"),
    ])
    func infersDayOrder(dates: [String], first: String) throws {
        let text = dates.map { "\($0), 10:00 - a: m\n" }.joined()
        #expect(RFC3339.format(try #require(messages(try decode("whatsapp-export", text)).first).sentAt).hasPrefix(first))
    }

    /// Years of two digits in front: WhatsApp was not there before 2009, nothing is written in the future, and years change least.
    @Test(
        arguments: [
            (["23. 3. 1. 오후 9:14", "23. 3. 14. 오후 9:15"], "{}", ["2023-03-01T21:14", "2023-03-14T21:15"]),
            (["23. 3. 14. 오전 9:14"], "{}", ["2023-03-14T09:14"]),
            (["23. 12. 30. 21:14", "24. 1. 2. 21:14"], "{}", ["2023-12-30T21:14", "2024-01-02T21:14"]),
            (["23/3/14 午後9:14"], "{}", ["2023-03-14T21:14"]),
            (["23-10-14, 21:14", "23-10-15, 21:14"], "{}", ["2023-10-14T21:14", "2023-10-15T21:14"]),
            (["14-10-23, 21:14", "15-10-23, 21:14"], "{}", ["2023-10-14T21:14", "2023-10-15T21:14"]),
            (["23-10-14, 21:14", "23-10-15, 21:14"], #"{"dayFirst":true}"#, ["2014-10-23T21:14", "2015-10-23T21:14"]),
            (["23. 3. 14. 21:14"], "{}", ["2014-03-23T21:14"]), (["13/2/26 下午9:14"], "{}", ["2026-02-13T21:14"]),
            (["26/2/3, 21:14", "26/3/1, 21:14"], "{}", ["2026-02-03T21:14", "2026-03-01T21:14"]),
            (["23. 3. 28. 21:14"], "{}", ["2023-03-28T21:14"]),
        ])
    func infersYearsInFront(headers: [String], configuration: String, times: [String]) throws {
        let read = messages(try decode("whatsapp-export", headers.map { "\($0) - a: m\n" }.joined(), configuration))
        #expect(read.map { RFC3339.format($0.sentAt) } == times.map { $0 + ":00Z" })
    }

    /// A word that all clocks have may be AM as well as PM: the user is told.
    @Test(arguments: [
        ("3/6/18, 1:55 xe - a: m\n3/6/18, 2:55 xe - a: m\n", 1), ("3/6/18, 1:55 xe - a: m\n3/6/18, 13:55 xe - a: m\n", 0),
        ("3.6.18 klo 1:55 - a: m\n", 0), ("3/6/18, 1:55 pm - a: m\n", 0), ("3/6/18, 1:55 - a: m\n", 0),
    ])
    func unknownDayPeriodsAreTold(text: String, count: Int) throws {
        let context = DecodingContext(fileName: nil, receivedAt: Timestamp(nanoseconds: 0))
        var decoder = try WhatsAppExportConnector().makeDecoder(ConnectorConfiguration(), context: context)
        try Array(text.utf8).withUnsafeBufferPointer { try decoder.decode($0, isLast: true) { _ in } }
        #expect(decoder.remarks.count { $0.contains("beside the clock") } == count)
    }

    /// The number that iOS counts with is part of the file's name; ids do without it, as another export may count otherwise.
    @Test func numbersOfFilesAreNotInIDs() throws {
        let read = try ["00000042-", "00000057-"].map { number in
            try #require(messages(try decode("whatsapp-export", "13/06/18, 1:55 - a: <attached: \(number)PHOTO-2020-06-07-15-13-20.jpg>")).first)
        }
        #expect(read.map { $0.attachments.first?.name } == ["00000042-PHOTO-2020-06-07-15-13-20.jpg", "00000057-PHOTO-2020-06-07-15-13-20.jpg"])
        #expect(read[0].id == read[1].id && read[0].attachments.first?.kind == "image")
        #expect(read[0].id == "42744de770783d40d67ee98a51922ea586ae60b58f17d523dc07eec2644ad305")
    }

    @Test func configuredDayOrderWins() throws {
        let operations = try decode("whatsapp-export", "1/2/26, 10:00 - a: m\n", #"{"dayFirst":false}"#)
        #expect(RFC3339.format(messages(operations)[0].sentAt) == "2026-01-02T10:00:00Z")
    }

    @Test func readsAnIOSChat() throws {
        let operations = try decode(
            "whatsapp-export", Files.fixture("chat-ios.txt"), Files.fixtures[0].configuration, fileName: "WhatsApp Chat - Priya N/_chat.txt")
        #expect(
            outline(operations) == ["ignored:system", "message", "attachment", "message", "delete", "message", "message", "attachment", "message"])
        let read = messages(operations)
        #expect(read[0].text == "My parcel is late again\nsecond line of the same message\n2016-04-29 10:30:00 is not a header: really")
        #expect(
            read[0].author
                == Author(
                    role: .customer, displayName: "Priya N",
                    identifiers: [Identifier(kind: .handle, value: "whatsapp-chat:Priya N/Priya N", verified: false)]))
        #expect(read[0].conversationID == "Priya N")
        #expect(read[2].text == "Sorry! Order 1182?" && read[2].edited && read[2].author.role == .agent)
        #expect(read[3].text == "ok" && read[4].text == "ok" && read[3].id != read[4].id)
        #expect(read[5].attachments == [Attachment(kind: "image", name: "00000012-PHOTO-2026-02-14-08-00-00.jpg")])
        #expect(read[5].author.identifiers == [Identifier(kind: .phone, value: "+447700900123", verified: false)])
        #expect(read[6].text.isEmpty)
    }

    @Test func readsAnAndroidChat() throws {
        let operations = try decode("whatsapp-export", Files.fixture("chat-android-us.txt"), Files.fixtures[1].configuration)
        #expect(outline(operations) == ["ignored:system", "message", "message", "attachment", "ignored:system", "ignored:unavailable"])
        let read = messages(operations)
        #expect(RFC3339.format(read[0].sentAt) == "2026-02-03T09:15:00Z")
        #expect(read[1].text == "look at this: broken" && read[1].attachments == [Attachment(kind: "image", name: "IMG-20260213-WA0001.jpg")])
        #expect(RFC3339.format(read[1].sentAt) == "2026-02-13T00:05:00Z")
    }

    /// What WhatsApp writes in a message's place, in each language and by form alone.
    @Test(arguments: [
        ("<Media omitted>", "attachment"), ("<Medien ausgeschlossen>", "attachment"), ("<Multimedia omitido>", "attachment"),
        ("<Médias omis>", "attachment"), ("<Mídia oculta>", "attachment"), ("<Media omessi>", "attachment"), ("<Media weggelaten>", "attachment"),
        ("<Média vynechána zcela>", "attachment"), ("\u{200E}video omitted", "attachment"), ("\u{200E}Bild weggelassen", "attachment"),
        ("This message was deleted", "delete"), ("\u{200E}You deleted this message.", "delete"), ("Diese Nachricht wurde gelöscht.", "delete"),
        ("Se eliminó este mensaje.", "delete"), ("Ce message a été supprimé", "delete"), ("Mensagem apagada", "delete"),
        ("Questo messaggio è stato eliminato.", "delete"), ("Dit bericht is verwijderd.", "delete"),
        ("This message was deleted by admin Bo", "delete"),
        ("< attached: 00000042-PHOTO-2020-06-07-15-13-20.jpg >", "attachment"),
        ("\u{200E}<Anhang: 00000042-AUDIO-2020-06-07-15-13-20.opus>", "attachment"),
        ("\u{200E}<přiloženo: 00000042-AUDIO-2020-06-07-15-13-20.opus>", "attachment"), ("AUD-20190101-WA0000. (file attached)", "attachment"),
        ("IMG-20210428-WA0001.jpg (tiedosto liitetty)", "attachment"), ("John Doe.vcf (Datei angehängt)", "attachment"),
        ("test_document • \u{200E}2 pages \u{200E}<attached: 00000001-test_document.pdf>", "attachment"),
        ("test_document • \u{200E}1 page \u{200E}document omitted", "attachment"),
        ("Missed voice call", "ignored:system"), ("Voice call, 3 min", "ignored:system"), ("Voice call, please", "message"),
        ("location: https://maps.google.com/?q=60.1,24.9", "ignored:system"), ("\u{200E}Anything WhatsApp says", "ignored:system"),
        ("null", "ignored:unavailable"), ("Waiting for this message", "ignored:unavailable"),
        ("<3", "message"), ("see (attached)", "message"), ("this is null", "message"), ("i >> you", "message"), ("a • b", "message"),
        ("14:30: come over", "message"), ("", "message"),
    ])
    func readsBody(body: String, expected: String) throws {
        let operations = try decode("whatsapp-export", "03/02/2026, 09:00 - a: hello\n13/02/2026, 09:14 - a: \(body)\n")
        #expect(outline(operations) == ["message", expected])
    }

    @Test func expiredMessagesAndLinesBeforeTheFirstAreIgnored() throws {
        #expect(
            outline(try decode("whatsapp-export", "title\n13/02/26, 09:00 - a:.\n13/02/26, 09:01 - b: x\n")) == [
                "ignored:preamble", "ignored:expired", "message",
            ])
    }

    @Test func onlyTheFilesOwnStyleBeginsMessages() throws {
        let text = "13/02/2026, 09:00 - a: see\n[13/02/2026, 09:00:00] b: pasted\n13.02.2026 10:00: c: pasted\n13/02/2026, 09:01 - a: end\n"
        let read = messages(try decode("whatsapp-export", text))
        #expect(read.map(\.text) == ["see\n[13/02/2026, 09:00:00] b: pasted\n13.02.2026 10:00: c: pasted", "end"])
    }

    /// Editors save chats in the encoding of their system; a text with sequences of UTF-8 in it is damaged UTF-8.
    @Test(
        arguments: [
            ([0xC9, 0x6C], [0x6F, 0xF9, 0x20, 0x80], "Él", "où €"), ([0x41], [0xE9], "A", "é"),
            ([0x41], [0xE9, 0x20, 0xC3, 0xA9], "A", "\u{FFFD} é"), ([0x41], [0xE9, 0x20, 0x81], "A", "\u{FFFD} \u{FFFD}"),
        ] as [([UInt8], [UInt8], String, String)])
    func readsWindows1252(author: [UInt8], text: [UInt8], name: String, expected: String) throws {
        let bytes = Array("13/02/2026, 09:14 - ".utf8) + author + Array(": ".utf8) + text + Array("\n13/02/2026, 09:15 - Shop: hi\n".utf8)
        let read = messages(try decode("whatsapp-export", bytes))
        #expect(read.map(\.text) == [expected, "hi"] && read.first?.author.displayName == name)
        #expect(messages(try decode("whatsapp-export", bytes, pieces: 7)) == read)
    }

    /// The first letter beyond ASCII may come late.
    @Test(arguments: [([0xE9], "é"), ([0xC3, 0xA9], "é")] as [([UInt8], String)])
    func readsWindows1252BehindLongPlainText(letter: [UInt8], expected: String) throws {
        let lines = (0..<400).map { "13/02/2026, 09:14 - A: plain \($0)\n" }.joined()
        let read = messages(try decode("whatsapp-export", Array((lines + "13/02/2026, 09:15 - B: ").utf8) + letter))
        #expect(read.count == 401 && read.last?.text == expected)
    }

    /// Logs look like chats in which the levels speak.
    @Test(arguments: [
        ("2026-02-03 09:14 - ERROR: disk full\n2026-02-03 09:15 - INFO: ok\n", Recognition.Certainty.likely),
        ("2026-02-03 09:14 - INFO: hello\n2026-02-03 09:15 - Ann: ok\n", .certain),
        ("2026-02-03 09:14 - Error: hello\n", .certain), ("2026-02-03 09:14 - INFOS: hello\n", .certain),
    ])
    func logsAreNotCertain(text: String, certainty: Recognition.Certainty) {
        #expect(WhatsAppExportConnector().recognise(head: Array(text.utf8)[...], fileName: nil)?.certainty == certainty)
    }

    @Test func loneCarriageReturnsEndLines() throws {
        #expect(messages(try decode("whatsapp-export", "13/02/26, 09:00 - a: x\r13/02/26, 09:01 - b: y\ry2\r")).map(\.text) == ["x", "y\ny2"])
    }

    @Test func orderOfTheFileIsKept() throws {
        let read = messages(try decode("whatsapp-export", "14/02/26, 09:00 - a: late\n13/02/26, 09:01 - a: early\n"))
        #expect(read.map(\.text) == ["late", "early"])
    }

    @Test func directionMarksGoAndJoinersStay() throws {
        let read = messages(try decode("whatsapp-export", "13/02/26, 09:00 - a: hi @\u{2068}Bo\u{2069} 👩\u{200D}💻 می\u{200C}خواهم\n"))
        #expect(read[0].text == "hi @Bo 👩\u{200D}💻 می\u{200C}خواهم")
    }

    /// A re-export without its oldest lines, or under a number that the browser gave, keeps every id.
    @Test func idsSurviveTrimming() throws {
        let lines = (0..<60).map { "13/02/26, 09:\($0 / 20 + 10) - \($0 % 3 == 0 ? "a" : "b"): ok\n" }
        let whole = messages(try decode("whatsapp-export", lines.joined(), fileName: "WhatsApp Chat with Bo.txt")).map(\.id)
        #expect(Set(whole).count == 60)
        let trimmed = messages(try decode("whatsapp-export", lines[20...].joined(), fileName: "x/WhatsApp Chat with Bo (1).txt")).map(\.id)
        #expect(trimmed == Array(whole[20...]))
        #expect(
            messages(try decode("whatsapp-export", lines.joined(), #"{"zone":"Asia/Tokyo"}"#, fileName: "WhatsApp Chat with Bo.txt")).map(\.id)
                == whole)
    }

    /// A `_chat.txt` alone: the notice has the chat's name, and so has the configuration. What is written later changes neither.
    @Test(
        arguments: [
            ("[03/02/2026, 09:00:00] Tea friends: \u{200E}Messages and calls are end-to-end encrypted.\n", "{}", "Tea friends"),
            ("\u{200E}[03/02/2026, 09:00:00] Tee: \u{200E}Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.\n", "{}", "Tee"),
            ("", #"{"conversation":"Tea friends"}"#, "Tea friends"),
            ("[03/02/2026, 09:00:00] Shop: \u{200E}Messages and calls are end-to-end encrypted.\n", #"{"agentNames":["Shop"]}"#, nil),
            ("[03/02/2026, 09:00:00] Bo: Messages and calls are end-to-end encrypted\n", "{}", nil),
        ] as [(String, String, String?)])
    func unnamedFilesKeepTheirConversation(notice: String, configuration: String, name: String?) throws {
        let text = notice + "[03/02/2026, 09:01:00] Ann: hi\n"
        let later = "[04/02/2026, 09:01:00] Cy: hi all\n"
        let read = messages(try decode("whatsapp-export", text, configuration, fileName: "_chat.txt"))
        let again = messages(try decode("whatsapp-export", text + later, configuration, fileName: "_chat.txt"))
        #expect(read.last.map(\.conversationID) == again.first { $0.text == "hi" }.map(\.conversationID) || name == nil)
        #expect(read.map(\.id) == again.dropLast().map(\.id))
        guard let name else { return #expect(again.last?.conversationID.contains("Ann") == true) }
        #expect(again.allSatisfy { $0.conversationID == name })
        #expect(again.last?.author.identifiers == [Identifier(kind: .handle, value: "whatsapp-chat:\(name)/Cy", verified: false)])
    }

    /// Skipped hours move forward, doubled ones take the earlier instant.
    @Test(arguments: [
        ("29/03/2026, 01:30", "2026-03-29T01:30:00Z"), ("25/10/2026, 01:30", "2026-10-25T00:30:00Z"), ("25/10/2026, 02:30", "2026-10-25T02:30:00Z"),
        ("28/03/2026, 12:00", "2026-03-28T12:00:00Z"), ("30/03/2026, 12:00", "2026-03-30T11:00:00Z"),
    ])
    func changesOfClocks(local: String, utc: String) throws {
        let read = messages(try decode("whatsapp-export", "\(local) - a: m\n", #"{"zone":"Europe/London"}"#))
        #expect(RFC3339.format(read[0].sentAt) == utc)
    }
}
