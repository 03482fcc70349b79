import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct CSVTests {
    /// A row that does not fit its header is rejected with what to do about it.
    @Test(arguments: [("x", "has 1 cell,", "write all of its separators"), ("x,1,2", "has 3 cells,", "quote cells that hold the separator")])
    func rowsThatDoNotFit(row: String, what: String, hint: String) throws {
        guard case .rejected(let rejection) = try decode("csv", "text,rating\n\(row)\n").first else { return #expect(Bool(false), "read") }
        #expect(rejection.reason.contains(what) && rejection.reason.contains(hint))
    }

    /// A column of speakers holds words for their roles, or names.
    @Test func speakersMayBeRoles() throws {
        for name in ["speaker", "Sender"] {
            let read = messages(try decode("csv", "conversation_id,\(name),text\n1,Agent,hi\n1,Customer,bad\n1,Priya,worse\n"))
            #expect(read.map(\.author.role) == [.agent, .customer, .customer] && read.map(\.author.displayName) == [nil, nil, "Priya"])
        }
    }

    @Test func readsARealTable() throws {
        let operations = try decode("csv", Files.fixture("reviews.csv"))
        #expect(outline(operations) == ["message", "message", "message", "rejected:4", "rejected:5", "message", "message"])
        let read = messages(operations)
        #expect(read.map(\.text) == ["Late, again.\nSecond line with \"quotes\"", "Fine", "", "ok", "good end"])
        #expect(read.map { $0.rating?.value } == [2, 4, 4, 4.5, 1] && read.allSatisfy { $0.channel == .review })
        #expect(read[0].id == "csv:r-1" && read[0].author.identifiers == [Identifier(kind: .email, value: "p@shop.example", verified: true)])
        #expect(RFC3339.format(read[0].sentAt) == "2026-02-03T09:14:07Z" && read[0].timeBasis == .localAssumed)
        guard case .rejected(let rejection) = operations[4] else { return #expect(Bool(false), "not rejected") }
        #expect(rejection.line == 7 && rejection.row == 5)
    }

    @Test func readsSemicolonsAndDecimalCommas() throws {
        let read = messages(try decode("csv", Files.fixture("semicolon.csv"), #"{"zone":"Europe/Berlin"}"#))
        #expect(read.map(\.text) == ["erste", "zweite", "dritte"] && read[1].rating?.value == 4.5)
        #expect(RFC3339.format(read[0].sentAt) == "2026-02-02T23:00:00Z")
    }

    /// One table in every dress.
    @Test(arguments: [",", ";", "\t", "|"], ["\n", "\r\n", "\r"])
    func separatorsAndLineEnds(separator: String, end: String) throws {
        let text = [["id", "Text", "user_name"], ["1", "\"a\(separator)b\(end)c\"", "x"], ["2", "d", "y"]].map { $0.joined(separator: separator) }
            .joined(separator: end)
        for variant in [text, text + end, "sep=\(separator)\(end)" + text] {
            let read = messages(try decode("csv", variant))
            #expect(read.map(\.text) == ["a\(separator)b\nc", "d"] && read.map { $0.author.identifiers.first?.value } == ["x", "y"])
        }
    }

    /// Excel's line without a separator is a header that names no column we know, however the bytes arrive.
    @Test(arguments: ["sep=\r\n;a\n1;b\n", "sep=\n;a\n", "sep=\r;a\r"], [1, 3, 64])
    func aLineWithoutSeparatorIsAHeader(text: String, pieces: Int) throws {
        let refusal = #expect(throws: UnreadableInput.self) { try decode("csv", Array(text.utf8), pieces: pieces) }
        #expect(refusal?.description.contains(#"the columns are "sep=""#) == true)
    }

    @Test func encodings() throws {
        let text = "id,text\n1,Größe “ok” 🙂\n"
        let utf16 = Array(text.utf16)
        let little: [UInt8] = [0xFF, 0xFE] + utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let big: [UInt8] = [0xFE, 0xFF] + utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        let windows = Array("id,text\n1,Gr".utf8) + [0xF6, 0xDF] + Array("e ".utf8) + [0x93] + Array("ok".utf8) + [0x94, 10]
        for bytes in [Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), little, big, Array(little.dropFirst(2)), Array(big.dropFirst(2))] {
            #expect(messages(try decode("csv", bytes)).map(\.text) == ["Größe “ok” 🙂"])
        }
        #expect(messages(try decode("csv", windows)).map(\.text) == ["Größe “ok”"])
    }

    /// A quote that is never closed costs its line, and nothing else, wherever it stands.
    @Test(arguments: [
        ("1,\"never\n2,b\n3,c\n", ["rejected:1", "message", "message"]),
        ("1,\"never\n2,\"b\"\n3,c\n", ["rejected:1", "message", "message"]),
        ("1,a\n2,b\n3,\"never", ["message", "message", "rejected:3"]),
        ("1,a\n2,\"never\n3,\"c,d\"\n4,e\n", ["message", "rejected:2", "message", "message"]),
        ("1,5\" pipe\n2,b\n", ["message", "message"]),
        ("1,\"a\"b\n2,b\n", ["message", "message"]),
        ("1\n2,b\n3,c,d\n4,e,\n,\n\n5,f\n", ["rejected:1", "message", "rejected:3", "message", "ignored:empty-row", "message"]),
    ])
    func damagedRows(rows: String, expected: [String]) throws {
        #expect(outline(try decode("csv", "id,text\n" + rows)) == expected)
    }

    /// Twilio's console calls it so.
    @Test func sentDateIsATime() throws {
        let table = "From,To,Body,Status,SentDate,Sid\n+447700900123,+15550100200,late,received,2026-02-03T09:14:07Z,SM1\n"
        let read = messages(try decode("csv", table))
        #expect(read.map { RFC3339.format($0.sentAt) } == ["2026-02-03T09:14:07Z"] && read[0].timeBasis == .exact)
    }

    @Test func manyStrayQuotesAreReadInBoundedTime() throws {
        let rows = (0..<20_000).map { "\($0),\"\"\"\n" }.joined()
        let operations = try decode("csv", "id,text\n" + rows + "x,last\n")
        #expect(operations.count > 0)
    }

    @Test(arguments: [
        (["3/6/2026", "13/6/2026"], "2026-06-03"), (["3/6/2026", "6/13/2026"], "2026-03-06"), (["3/6/2026"], "2026-06-03"),
        (["Feb 3, 2026 9:14 PM"], "2026-02-03"), (["1770109747"], "2026-02-03"), (["1770109747000"], "2026-02-03"), (["2026-02-03"], "2026-02-03"),
        (["03-Feb-2026"], "2026-02-03"), (["Tue, 03 Feb 2026 09:14:07 +0000"], "2026-02-03"),
    ])
    func dates(dates: [String], first: String) throws {
        let text = "date,text\n" + dates.map { "\"\($0)\",x\n" }.joined()
        #expect(RFC3339.format(try #require(messages(try decode("csv", text)).first).sentAt).hasPrefix(first))
    }

    @Test func headersMatchFreelyAndMappingsBind() throws {
        let mapping =
            #"{"mapping":{"id":"Review_ID","text":["Title","the review"],"rating":"note","ratingMax":10,"constants":{"channel":"review","source":"shop"}}}"#
        let read = messages(try decode("csv", "review id,TITLE,The Review,note,text\n1,T,B,7,other\n2,S,S,7,other\n", mapping))
        #expect(read.map(\.text) == ["T\n\nB", "S"] && read[0].id == "shop:1" && read[0].rating == Rating(value: 7, min: 0, max: 10))
    }

    /// A mapping may say zone, format and scale; its zone counts for what it maps.
    @Test func mappingsSayZoneFormatAndScale() throws {
        let format = #""timestamp":"when","format":"DD.MM.YYYY HH:mm","zone":"Europe/Berlin""#
        let mapping = #"{"mapping":{"text":"comment",\#(format),"rating":"mark","scale":[1,6]},"zone":"Asia/Tokyo"}"#
        let read = messages(try decode("csv", "comment,when,mark\nx,03.02.2026 10:14,6\n", mapping))
        #expect(read.map { RFC3339.format($0.sentAt) } == ["2026-02-03T09:14:00Z"] && read.map(\.timeBasis) == [.localAssumed])
        #expect(read.map(\.rating) == [Rating(value: 6, min: 1, max: 6)])
        let usual = #"{"mapping":{"timestamp":"when","zone":"Europe/Berlin"}}"#
        let gaps = messages(try decode("csv", "id,comment,when\n1,x,2026-03-29 02:30\n2,y,2026-10-25 02:30\n", usual))
        #expect(gaps.map { RFC3339.format($0.sentAt) } == ["2026-03-29T01:30:00Z", "2026-10-25T00:30:00Z"])
        // Another table of the same import is in the configuration's own zone.
        let foreign = #"{"zone":"Asia/Tokyo","mapping":{"text":"body","zone":"Europe/Berlin"}}"#
        let other = messages(try decode("csv", "text,date\nx,2026-02-03 09:14\n", foreign))
        #expect(other.map { RFC3339.format($0.sentAt) } == ["2026-02-03T00:14:00Z"])
    }

    @Test(arguments: [
        ("a,b\n1,2\n", "{}"), ("text,b\n1,2\n", #"{"mapping":{"text":"text","rating":"stars"}}"#), ("a,b\n1,2\n", #"{"mapping":{"text":"body"}}"#),
    ])
    func aTableWithoutItsColumnsIsUnreadable(text: String, configuration: String) {
        #expect(throws: UnreadableInput.self) { try decode("csv", text, configuration) }
    }

    /// Texts are joined as the mapping names them, not as the table has them.
    @Test func textsKeepTheMappingsOrder() throws {
        let mapping = #"{"mapping":{"text":["title","body"]}}"#
        #expect(messages(try decode("csv", "body,title\ncold,Tea\n", mapping)).map(\.text) == ["Tea\n\ncold"])
        #expect(messages(try decode("jsonl", #"{"body":"cold","title":"Tea"}"#, mapping)).map(\.text) == ["Tea\n\ncold"])
    }

    @Test(arguments: [
        "Created Date", "CreatedDate", "Created On", "Creation Date", "Submission Date", "Received At", "Sent Date", "SentDate", "Message Date",
        "Date/Time", "Timestamp (UTC)", "Date Received", "Published Date",
    ])
    func namesOfTheTime(name: String) throws {
        let read = try #require(messages(try decode("csv", "\(name),text\n2026-02-13T09:14:00Z,late\n")).first)
        #expect(RFC3339.format(read.sentAt) == "2026-02-13T09:14:00Z" && read.timeBasis == .exact)
    }

    @Test(arguments: [
        "Eingangsdatum;Kommentar", "Date d'envoi;Commentaire", "Fecha y hora;Comentario", "Criado em;Mensagem", "Data e ora;Messaggio",
        "Datum/Tijd;Opmerking", "作成日時;コメント",
    ])
    func namesOfTheTimeInOtherLanguages(header: String) throws {
        #expect(messages(try decode("csv", "\(header)\n2026-02-13T09:14:00Z;x\n")).map(\.timeBasis) == [.exact])
    }

    /// The file's time stands in for that of a message: whoever reads the file is told.
    @Test(arguments: [("text,when\nlate,2026-02-03\n", 1), ("text,date\nlate,2026-02-03\n", 0), ("text,when\n", 0)])
    func aTableWithoutATimeIsTold(table: String, remarks: Int) throws {
        var decoder = try CSVConnector().makeDecoder(ConnectorConfiguration(), context: DecodingContext(receivedAt: Timestamp(nanoseconds: 0)))
        try decoder.decode(all: Array(table.utf8)) { _ in }
        #expect(decoder.remarks.filter { $0.contains("mapping.timestamp") }.count == remarks)
    }

    @Test func aMappingOfAnotherTableDoesNotHinder() throws {
        let read = messages(
            try decode(
                "csv", "id,text,date\n1,x,2026-02-03\n", #"{"mapping":{"text":"review","timestampFormat":"dd.MM.yy","constants":{"source":"s"}}}"#))
        #expect(read.map(\.source) == ["csv"])
    }

    @Test func idsComeFromContent() throws {
        let rows = ["2026-02-03,ok,a", "2026-02-03,ok,a", "2026-02-03,ok,b", "2026-02-04,ok,a"]
        let whole = messages(try decode("csv", "date,text,author\n" + rows.joined(separator: "\n"))).map(\.id)
        #expect(Set(whole).count == 4)
        #expect(messages(try decode("csv", "date,text,author\n" + rows[2...].joined(separator: "\n"))).map(\.id) == Array(whole[2...]))
    }

    @Test func aTooLongRowIsRejectedAndTheNextIsRead() throws {
        let long = String(repeating: "x", count: DecodingLimits.record + 1)
        for row in ["2,\(long)", "2,\"\(long)", "2,\"\n\(long)"] {
            let operations = try decode("csv", Array("id,text\n1,a\n\(row)\n3,b\n".utf8), pieces: 1 << 20)
            #expect(outline(operations).first == "message" && outline(operations).last == "message")
            #expect(outline(operations).contains("rejected:2"))
        }
    }

    /// Elsewhere a parent is the message that is answered.
    @Test func aParentIsWhatIsAnswered() throws {
        let read = messages(try decode("csv", "id,parent_id,text\n2,1,late\n"))
        #expect(read.map(\.inReplyTo) == ["csv:1"] && read[0].conversationID != "1")
    }

    @Test(arguments: [
        ("is_public", "false", Visibility.private), ("Is Public", "0", .private), ("public", "no", .private), ("isPublished", "false", .public),
        ("visibility", "InternalUsers", .private), ("visibility", "AllUsers", .public), ("internal", "true", .private),
    ])
    func privateByManyNames(name: String, value: String, visibility: Visibility) throws {
        let read = messages(try decode("csv", "id,text,\(name)\n1,late,\(value)\n"))
        #expect(read.map(\.visibility) == [visibility] && read[0].author.role == (visibility == .private ? .agent : .customer))
        let json = value == "false" || value == "true" || value == "0" ? value : "\"\(value)\""
        if value == "no" { return }
        #expect(messages(try decode("jsonl", #"{"id":"1","text":"late","\#(name)":\#(json)}"#)).map(\.visibility) == [visibility])
    }
}
