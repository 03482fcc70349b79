import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct JSONLTests {
    @Test func readsCanonicalAndUsualNames() throws {
        let operations = try decode("jsonl", Files.fixture("records.jsonl"))
        #expect(outline(operations) == ["message", "message", "rejected:4", "message", "message", "attachment", "message"])
        let read = messages(operations)
        #expect(
            read[0]
                == Message(
                    id: "jsonl:r-1", nativeID: "r-1", channel: .review, source: "jsonl", conversationID: "jsonl:r-1",
                    author: Author(
                        role: .customer, displayName: "Priya", identifiers: [Identifier(kind: .email, value: "p@shop.example", verified: true)]),
                    sentAt: try #require(RFC3339.parse("2026-02-03T09:14:07Z")), text: "Late again 🙂 café", rating: Rating(value: 2)))
        #expect(read[1].id == "jsonl:9007199254740993" && read[1].text == "where is it?" && read[1].inReplyTo == "jsonl:r-1")
        #expect(RFC3339.format(read[1].sentAt) == "2026-02-03T09:09:07Z" && read[1].author.displayName == "Tom")
        #expect(read[2].id != read[3].id && read[2].nativeID == nil && RFC3339.format(read[2].sentAt) == "2026-02-03T09:14:07Z")
        #expect(read[4].attachments == [Attachment(kind: "image", name: "a.jpg")] && read[4].timeBasis == .received)
        #expect(read[5].visibility == .private && read[5].author.role == .agent)
    }

    /// Bad records are rejected by line, their neighbours are read.
    @Test(arguments: [
        #"{"text":"a\u0000b"}"#, #"{"text":"\ud83d"}"#, #"{"text":"\ude42\ud83d"}"#, #"{"text":NaN}"#, #"{"text":"x","n":01}"#, #"{"text":"x",,}"#,
        #"{"text":"x"} {"#, "{\"text\":\"tab\there\"}", "plain", "[", "{}", #"{"id":"1"}"#, #"{"text":"x","sentAt":"soon"}"#,
        #"{"text":"x","role":"emperor"}"#,
        #"{"rating":9}"#, #"{"text":"x","identifiers":[{"kind":"email"}]}"#, #"{"text":{"a":1}}"#,
        #"{"text":"x","visibility":"secret"}"#, #"{"op":"sing","text":"x"}"#, #"{"op":"message","text":"x"}"#, String(repeating: "[", count: 500),
    ])
    func rejectsABadLineAndGoesOn(line: String) throws {
        #expect(outline(try decode("jsonl", "{\"text\":\"a\"}\n\(line)\n{\"text\":\"b\"}\n")) == ["message", "rejected:2", "message"])
    }

    /// The canonical record with an author and metadata, which says the same as its flat form.
    @Test func nestedRecordsOfOurOwn() throws {
        let rest = #""channel":"ticket","source":"zendesk:1","conversationID":"c","sentAt":"2026-02-03T09:14:07.44Z","language":"en""#
        let person = #""role":"customer","displayName":"P","identifiers":[{"kind":"phone","value":"+447700900123","verified":true}]"#
        let note = #""visibility":"private","timeBasis":"received""#
        let edited = #""edited":true,"editedAt":"2026-02-03T10:00:00Z""#
        let file = #"[{"kind":"image","name":"a.jpg"}]"#
        let nested = [
            #"{"id":"zendesk:1:9",\#(rest),"author":{\#(person)},"text":"a","inReplyTo":"zendesk:1:8","metadata":{"op":"create",\#(note),"attachments":\#(file)}}"#,
            #"{"id":"zendesk:1:9",\#(rest),"author":{\#(person)},"text":"b","metadata":{"op":"edit","editedAt":"2026-02-03T10:00:00Z"}}"#,
            #"{"id":"zendesk:1:9",\#(rest),"author":{\#(person)},"text":"","metadata":{"op":"delete"}}"#,
        ]
        let flat = [
            #"{"op":"message","id":"zendesk:1:9",\#(rest),\#(person),"text":"a","inReplyTo":"zendesk:1:8",\#(note),"attachment":\#(file)}"#,
            #"{"op":"edit","id":"zendesk:1:9",\#(rest),\#(person),"text":"b",\#(edited)}"#,
            #"{"op":"delete","target":"zendesk:1:9",\#(rest),\#(person)}"#,
        ]
        let operations = try decode("jsonl", nested.joined(separator: "\n"))
        #expect(try operations == decode("jsonl", flat.joined(separator: "\n")) && outline(operations) == ["message", "edit", "delete"])
        #expect(messages(operations).map(\.visibility) == [.private, .public] && messages(operations)[0].attachments.count == 1)
    }

    /// What it says beside its metadata counts too; what others call so is theirs.
    @Test(arguments: [
        (#""author":{"role":"customer"},"sentAt":"2026-02-03T09:14:07Z","visibility":"private","metadata":{"op":"create"}"#, "1"),
        (#""created_at":"2026-02-03T09:14:07Z","user":"ann","metadata":{"op":"create"}"#, "s:1"), (#""metadata":{"op":"delete"}"#, "s:1"),
    ])
    func metadata(members: String, id: String) throws {
        let read = messages(try decode("jsonl", #"{"id":"1","source":"s","text":"a",\#(members)}"#))
        #expect(read.map(\.id) == [id] && read.map(\.visibility) == [id == "1" ? .private : .public])
    }

    @Test func aVisibilityThatIsNoneIsNotPublic() throws {
        let record = #"{"op":"message","id":"1","source":"s","role":"customer","sentAt":"2026-02-03T09:14:07Z","text":"a","visibility":"staff"}"#
        #expect(outline(try decode("jsonl", record)) == ["rejected:1"])
    }

    /// What a record says of its author counts more than what the author's object says.
    @Test(arguments: [
        (#""role":"agent","author":{"name":"Tom","role":"customer"}"#, Role.agent, "Tom"),
        (#""author":{"displayName":"Priya Shah","name":"priya","role":"agent"}"#, .agent, "Priya Shah"),
        (#""author":{"displayName":"Priya Shah","name":"priya"}"#, .customer, "Priya Shah"),
    ])
    func authorsAsObjects(members: String, role: Role, name: String) throws {
        let read = messages(try decode("jsonl", "{\"id\":\"1\",\"text\":\"a\",\(members)}"))
        #expect(read.map(\.author.role) == [role] && read.map(\.author.displayName) == [name])
    }

    /// An author who is named by a mail address is known by it, and may be one of ours; the id is the same as ever.
    @Test(
        arguments: [
            ("ann@shop.example", "ann@shop.example", Role.agent), ("Pri N <pri@x.example>", "pri@x.example", .customer), ("@pri", nil, .customer),
            ("a@b", nil, .customer), ("pri@x.example, ann@shop.example", "pri@x.example", .customer),
        ] as [(String, String?, Role)])
    func authorsNamedByAnAddress(author: String, address: String?, role: Role) throws {
        let record = #"{"text":"x","author":"\#(author)","sentAt":"2026-02-03T09:14:07Z"}"#
        let read = messages(try decode("jsonl", record, #"{"agentDomains":["shop.example"]}"#))[0]
        #expect(read.author.identifiers.filter { $0.kind == .email } == (address.map { [Identifier(kind: .email, value: $0, verified: true)] } ?? []))
        #expect(read.author.role == role)
    }

    /// What a record lacks is not taken from one before it.
    @Test func recordsAreReadEachByItself() throws {
        let full = #"{"id":"1","text":"a","author":"Priya","email":"p@example.com","rating":2,"channel":"Chat","op":null,"conversation_id":"c"}"#
        let read = messages(try decode("jsonl", "\(full)\n{\"text\":\"b\"}\n{\"text\":\"c\",\"channel\":\"e-mail\"}\n\(full)\n"))
        #expect(read.map(\.text) == ["a", "b", "c", "a"] && read.map(\.channel) == [.chat, .text, .email, .chat])
        #expect(read.map(\.rating?.value) == [2, nil, nil, 2] && read.map(\.author.displayName) == ["Priya", nil, nil, "Priya"])
        #expect(read.map(\.author.identifiers.count) == [1, 0, 0, 1] && read.map(\.nativeID) == ["1", nil, nil, "1"])
    }

    @Test func rejectsBrokenUTF8() throws {
        let bytes = Array("{\"text\":\"a\"}\n{\"x\":\"".utf8) + [0xC3, 0x28] + Array("\",\"text\":\"y\"}\n".utf8)
        #expect(outline(try decode("jsonl", bytes)) == ["message", "rejected:2"])
    }

    @Test(arguments: [
        "[{\"text\":\"a\"},\n{\"text\":\"b\"}]", "{\"items\":[{\"text\":\"a\"},{\"text\":\"b\"}]}",
        "{\n \"count\": 2,\n \"messages\": [\n{\"text\":\"a\"},{\"text\":\"b\"}]\n}",
        "{\n \"text\": \"a\"\n}\n{\n \"text\": \"b\"\n}", "{\"data\" : [{\"text\":\"a\"}]}\n{\"results\":[{\"text\":\"b\"}]}",
        "\u{FEFF}{\"text\":\"a\"}\n\n{\"text\":\"b\"}",
    ])
    func readsDocumentsOfEveryShape(text: String) throws {
        #expect(messages(try decode("jsonl", text)).map(\.text) == ["a", "b"])
    }

    @Test func aDocumentKeepsWhatIsSound() throws {
        #expect(
            outline(try decode("jsonl", "[{\"text\":\"a\"},\n{\"id\":\"no text\"},\n{\"text\":\"b\"},\n{\"text\":")) == [
                "message", "rejected:2", "message", "rejected:4",
            ])
    }

    @Test func mapsByNameAndPointer() throws {
        let mapping = """
            {"mapping":{"id":"/meta/key","text":["/review/title","/review/body/0"],"rating":"note","ratingMax":10,"timestamp":"at","timestampFormat":"dd.MM.yyyy HH:mm",\
            "email":"/who/a~1b","roleMap":{"K":"customer"},"role":"r","constants":{"channel":"review","source":"shop"}},"zone":"Europe/Berlin"}
            """
        let record =
            #"{"meta":{"key":7},"review":{"title":"T","body":["B"]},"note":8,"at":"03.02.2026 10:14","who":{"a/b":"x@shop.example"},"r":"K"}"#
        let operations = try decode("jsonl", record + "\n{\"text\":\"usual\",\"sentAt\":\"2026-02-03T00:00:00Z\",\"rating\":5}", mapping)
        let read = messages(operations)
        #expect(
            read[0].id == "shop:7" && read[0].text == "T\n\nB" && read[0].rating == Rating(value: 8, min: 0, max: 10) && read[0].channel == .review)
        #expect(RFC3339.format(read[0].sentAt) == "2026-02-03T09:14:00Z" && read[0].author.identifiers.map(\.value) == ["x@shop.example"])
        #expect(read[1].source == "jsonl" && read[1].text == "usual" && read[1].rating == Rating(value: 5))
    }

    @Test func mapsByPlainPath() throws {
        let mapping = #"{"mapping":{"id":"$['ref']","text":"$.payload.body","email":"$.who[0].mail","timestamp":"$.meta.at"}}"#
        let record = #"{"ref":1,"meta":{"at":1770109747123},"payload":{"body":"hi"},"who":[{"mail":"a@x.example"}]}"#
        let read = messages(try decode("jsonl", record, mapping))
        #expect(read.map(\.text) == ["hi"] && read.map(\.nativeID) == ["1"] && read.map { RFC3339.format($0.sentAt) } == ["2026-02-03T09:09:07.123Z"])
        #expect(read.map { $0.author.identifiers.map(\.value) } == [["a@x.example"]])
    }

    @Test func agentsAreKnownByConfiguration() throws {
        let lines =
            #"{"text":"a","author":"Ana"}"# + "\n" + #"{"text":"b","email":"x@Shop.example"}"# + "\n" + #"{"text":"c","role":"Tier 2"}"# + "\n"
            + #"{"text":"d","author":"Tom"}"#
        let read = messages(try decode("jsonl", lines, #"{"agentNames":["ana"],"agentDomains":["shop.example"],"agentRoleNames":["tier 2"]}"#))
        #expect(read.map(\.author.role) == [.agent, .agent, .agent, .customer])
    }

    /// What `decode` prints reads back as the same operations.
    @Test(arguments: Files.fixtures.map(\.file).indices)
    func ownRecordsRoundTrip(index: Int) throws {
        let fixture = Files.fixtures[index]
        let operations = try decode(fixture.connector, Files.fixture(fixture.file), fixture.configuration)
        var lines = ByteBuffer()
        for operation in operations { OperationJSON.write(operation, into: &lines) }
        let read = try decode("jsonl", Array(lines.bytes))
        #expect(read == operations)
    }

    /// Which of both a text is that begins with an unfinished line and goes on with an object.
    @Test(arguments: [
        ("{\"messages\": [\n{\"text\":\"a\"},\n{\"text\":\"b\"}\n]}", ["message", "message"]),
        ("{\"n\":1,\"data\":[{\"text\":\"a\"},\n{\"text\":\"b\"}]}\n", ["message", "message"]),
        ("{\n\"items\":\n[\n{\"text\":\"a\"}]}", ["message"]), ("{\"text\":\"a [\n{\"text\":\"b\"}", ["rejected:1", "message"]),
        ("{\"text\":\"a\",\n{\"text\":\"b\"}", ["rejected:1", "message"]), ("{\"text\"\n{\"text\":\"b\"}", ["rejected:1", "message"]),
    ])
    func linesAndDocuments(text: String, expected: [String]) throws { #expect(outline(try decode("jsonl", text)) == expected) }

    /// Also where a piece ends with the first line.
    @Test func theFirstLineDecidesHoweverItIsCut() throws {
        let bytes = Array("{\"m\" x\n\"t\"\n{\"text\":\"a\"}\n".utf8)
        let whole = try decode("jsonl", bytes)
        for size in 1...bytes.count {
            let cut = try decode("jsonl", bytes, pieces: size)
            #expect(cut == whole, "pieces of \(size)")
        }
    }

    @Test func aTooLongLineIsRejectedAndTheNextIsRead() throws {
        let long = "{\"text\":\"" + String(repeating: "x", count: DecodingLimits.record) + "\"}"
        #expect(
            outline(try decode("jsonl", Array("{\"text\":\"a\"}\n\(long)\n{\"text\":\"b\"}".utf8), pieces: 1 << 20)) == [
                "message", "rejected:2", "message",
            ])
    }

    @Test(arguments: [
        (#""direction":"outbound-api""#, Role.agent), (#""direction":"inbound""#, .customer), (#""direction":"north""#, .customer),
        (#""incoming":false"#, .agent), (#""from_me":true"#, .agent), (#""is_agent":true"#, .agent), (#""is_agent":false"#, .customer),
        (#""private":true"#, .agent), (#""visibility":"private""#, .agent), (#""private":true,"role":"customer""#, .customer),
        (#""direction":"outbound","role":"bot""#, .bot), (#""private":false"#, .customer),
        (#""is_bot":true"#, .bot), (#""bot":"true""#, .bot), (#""isBot":false"#, .customer), (#""is_agent":"true""#, .agent),
        (#""from_me":"yes""#, .agent), (#""is_agent":"Ann""#, .customer),
    ])
    func theWayOfAMessageTellsItsWriter(member: String, role: Role) throws {
        let read = messages(try decode("jsonl", #"{"text":"a",\#(member)}"#))
        #expect(
            read.map(\.author.role) == [role]
                && read[0].visibility
                    == (member.contains("private\":true") || member.contains("\"private\"") && !member.contains("false") ? .private : .public)
        )
    }

    /// A rating outside its own scale does not cost the record its text; alone it is nothing.
    @Test func aRatingOutsideItsScaleIsLeftOut() throws {
        let outside = #""rating":{"value":9,"min":1,"max":5}"#
        var decoder = try JSONLConnector().makeDecoder(ConnectorConfiguration(), context: DecodingContext(receivedAt: Timestamp(nanoseconds: 0)))
        var operations = [AttuneCore.Operation]()
        let lines = #"{"text":"late",\#(outside)}"# + "\n{\(outside)}\n" + #"{"text":"fine","rating":{"value":4,"min":1,"max":5}}"#
        try decoder.decode(all: Array(lines.utf8)) { operations.append($0) }
        #expect(outline(operations) == ["message", "rejected:2", "message"])
        #expect(messages(operations).map(\.rating) == [nil, Rating(value: 4)] && decoder.remarks.contains { $0.contains("1 record was") })
    }

    /// Who speaks may be told by a word for their role, or by name.
    @Test(
        arguments: [
            (#""speaker":"Agent""#, Role.agent, nil), (#""sender":"customer""#, .customer, nil), (#""sender":"Chatbot""#, .bot, nil),
            (#""speaker":"Caller""#, .customer, nil), (#""sender":"Ana""#, .agent, "Ana"), (#""sender":"Priya""#, .customer, "Priya"),
            (#""sender":"agent","author":"Priya""#, .agent, "Priya"), (#""sender":"agent","role":"customer""#, .customer, nil),
            (#""sender":"user","is_agent":true"#, .agent, nil), (#""sender":{"id":1}"#, .customer, nil),
            (#""speaker":"SPEAKER_01""#, .customer, "SPEAKER_01"),
        ] as [(String, Role, String?)])
    func whoSpeaks(members: String, role: Role, name: String?) throws {
        let read = messages(try decode("jsonl", #"{"text":"a",\#(members)}"#, #"{"agentNames":["ana"]}"#))
        #expect(read.map(\.author.role) == [role] && read.map(\.author.displayName) == [name])
    }

    /// What an API answers when it has no messages to give is nobody's message.
    @Test(arguments: [
        #"[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]"#, #"{"error":{"code":403,"message":"quota"}}"#,
        #"{"errors":[{"id":"x","status":"401"}]}"#, #"{"ok":false,"error":"invalid_auth"}"#,
        #"{"code":20003,"message":"Authenticate","more_info":"https://a.example","status":401}"#,
        #"{"type":"error.list","request_id":"x","errors":[{"code":"not_found"}]}"#, #"{"error":"RecordNotFound","description":"Not found"}"#,
        #"{"logRef":"b","message":"Bad request","_embedded":{"errors":[{"path":"x","message":"may not be null"}]},"_links":{"about":{"href":"h"}}}"#,
        #"{"logRef":"b","message":"Bad request"}"#, #"{"__type":"AccessDeniedException","message":"User is not authorized"}"#,
        #"{"reason":"private","message":"Forbidden","error":403}"#, #"{"message":"Too Many Requests","error":429}"#,
    ])
    func errorsOfPlatforms(text: String) throws {
        let operations = try decode("jsonl", text)
        guard case .rejected(let rejection) = operations.first else { return #expect(Bool(false), "an error became a message") }
        #expect(operations.count == 1 && rejection.reason.contains("error that a platform answered"))
    }

    @Test(arguments: [
        #"{"text":"a","__type":"b"}"#, #"{"message":"a","logRef":"b","user":"c"}"#,
        #"{"text":"a","error":"x"}"#, #"{"message":"a","code":3,"user":"b"}"#, #"{"message":"a"}"#,
        #"{"message":"a","error":null,"date":"2026-02-03"}"#, #"{"message":"a","error":0}"#, #"{"message":"a","error":403,"user":"b"}"#,
    ])
    func recordsWithErrorsAreRecords(text: String) throws { #expect(messages(try decode("jsonl", text)).map(\.text) == ["a"]) }
}
