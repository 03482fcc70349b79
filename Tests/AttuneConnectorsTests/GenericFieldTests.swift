import AttuneCore
import Testing

@testable import AttuneConnectors

/// Fields of generic JSON and tables in the forms in which systems write them.
@Suite struct GenericFieldTests {
    /// An empty value hides no filled one of the same field.
    @Test(arguments: [
        (#"{"text":"","body":"hi"}"#, "hi"), (#"{"body":"hi","text":" "}"#, "hi"), (#"{"text":"hi","body":""}"#, "hi"),
        (#"{"text":"a","body":"b"}"#, "a"), (#"{"body":"b","text":"a"}"#, "a"), (#"{"text":null,"body":"hi"}"#, "hi"),
        (#"{"text":"a","text":"b"}"#, "b"), (#"{"text":"","body":"","comment":"hi"}"#, "hi"),
    ])
    func emptyMembers(json: String, text: String) throws {
        #expect(messages(try decode("jsonl", json)).map(\.text) == [text])
    }

    @Test(arguments: [
        ("subject,body,comment\nx,,Com\n", ["Com"]), ("subject,body,comment\nx,Bod,Com\n,\" \",Com\n", ["Bod", "Com"]),
        ("body,comment,review\n,,Rev\n", ["Rev"]),
    ])
    func emptyCells(table: String, texts: [String]) throws { #expect(messages(try decode("csv", table)).map(\.text) == texts) }

    @Test func emptyCellsOfOtherFields() throws {
        let table = "text,email,contact_email,created,date\na,,b@x.example,2026-02-03,\nc,d@x.example,e@x.example,2026-02-03,2026-02-04\n"
        let read = messages(try decode("csv", table))
        #expect(read.map { $0.author.identifiers.map(\.value) } == [["b@x.example"], ["d@x.example"]])
        #expect(read.map { RFC3339.format($0.sentAt) } == ["2026-02-03T00:00:00Z", "2026-02-04T00:00:00Z"])
        // What a mapping names is there alone.
        let mapped = messages(try decode("csv", "body,text\n,x\ny,z\n", #"{"mapping":{"text":"body"}}"#))
        #expect(mapped.map(\.text) == ["y"])
    }

    @Test(arguments: [
        (#"{"id":"1","text":null}"#, "ignored:empty"), (#"{"id":"1","text":""}"#, "ignored:empty"),
        (#"{"id":"1","text":null,"rating":3}"#, "message"),
        (#"{"id":"1","text":null,"attachment":"a.jpg"}"#, "attachment"), (#"{"id":"1"}"#, "rejected:1"),
        (#"{"text":null,"conversation_id":"c","messages":[{"body":"a"}]}"#, "message"),
        (#"{"conversation_id":"c","messages":[{"body":null}]}"#, "ignored:empty"),
    ])
    func nullTexts(json: String, expected: String) throws { #expect(outline(try decode("jsonl", json)) == [expected]) }

    /// Whoever speaks may be an object, and is told by a role, a kind or a flag.
    @Test(
        arguments: [
            (#""sender":{"name":"Tom","role":"agent"}"#, Role.agent, "Tom"), (#""sender":{"name":"Tom","type":"agent"}"#, .agent, "Tom"),
            (#""speaker":{"role":"AGENT"}"#, .agent, nil), (#""sender":{"is_bot":true}"#, .bot, nil),
            (#""sender":{"isBot":false,"name":"Ann"}"#, .customer, "Ann"),
            (#""sender":{"is_agent":true,"name":"Tom"}"#, .agent, "Tom"), (#""author":{"name":"Tom","type":"bot"}"#, .bot, "Tom"),
            (#""sender":{"name":"Ann","type":"person"}"#, .customer, "Ann"), (#""sender":{"type":"agent","role":"customer"}"#, .customer, nil),
            (#""sender":"Agent 1""#, .agent, "Agent 1"), (#""speaker":"agent_1""#, .agent, "agent_1"), (#""speaker":"AGENT (Tom)""#, .agent, "Tom"),
            (#""speaker":"Customer 2""#, .customer, "Customer 2"), (#""speaker":"Bot #3""#, .bot, "Bot #3"),
            (#""speaker":"Agent ()""#, .agent, "Agent ()"),
            (#""speaker":"Ann (Sales)""#, .customer, "Ann (Sales)"), (#""speaker":"Speaker 1","is_agent":true"#, .agent, "Speaker 1"),
            (#""speaker":"User 7""#, .agent, "User 7"), (#""speaker":"7""#, .customer, "7"),
        ] as [(String, Role, String?)])
    func whoSpeaks(members: String, role: Role, name: String?) throws {
        let read = messages(try decode("jsonl", #"{"text":"a",\#(members)}"#, #"{"agentNames":["user 7"]}"#))
        #expect(read.map(\.author.role) == [role] && read.map(\.author.displayName) == [name])
    }

    @Test(arguments: [
        "Datum;Absender;Nachricht", "Date;Expéditeur;Message", "Fecha;Remitente;Mensaje", "Data;Remetente;Mensagem", "Data;Mittente;Messaggio",
        "Datum;Afzender;Bericht", "Data;Nadawca;Wiadomość", "Tarih;Gönderen;Mesaj", "التاريخ;المرسل;الرسالة", "दिनांक;प्रेषक;संदेश",
    ])
    func sendersInOtherLanguages(header: String) throws {
        let read = messages(try decode("csv", header + "\n2026-02-03;Agent;a\n2026-02-03;Priya;b\n"))
        #expect(read.map(\.author.role) == [.agent, .customer] && read.map(\.author.displayName) == [nil, "Priya"])
    }

    /// MongoDB writes ids and times as objects.
    @Test(arguments: [
        #"{"$date":"2026-02-03T09:14:07Z"}"#, #"{"$date":{"$numberLong":"1770110047000"}}"#, #"{"$date":1770110047000}"#, #""2026-02-03T09:14:07Z""#,
    ])
    func extendedJSON(time: String) throws {
        let read = messages(try decode("jsonl", #"{"_id":{"$oid":"65be"},"created_at":\#(time),"text":"a","user":{"name":"Ann"}}"#))
        #expect(read.map(\.nativeID) == ["65be"] && read.map { RFC3339.format($0.sentAt) } == ["2026-02-03T09:14:07Z"])
        #expect(read.map(\.author.displayName) == ["Ann"] && read.map(\.timeBasis) == [.exact])
    }

    /// As Firestore and protocol buffers write them; what is no time leaves the record its other time, or that of its file.
    @Test(
        arguments: [
            (#""createdAt":{"_seconds":1770109747,"_nanoseconds":440000000}"#, "2026-02-03T09:09:07.44Z"),
            (#""timestamp":{"seconds":"1770109747","nanos":5}"#, "2026-02-03T09:09:07.000000005Z"),
            (#""date":{"seconds":1770109747}"#, "2026-02-03T09:09:07Z"),
            (#""date":{"seconds":1770109747,"nanos":-5}"#, "2026-02-03T09:09:07Z"),
            (#""createdAt":{"seconds":[]},"date":"2026-02-03T09:14:07Z""#, "2026-02-03T09:14:07Z"),
        ])
    func timesInTwoParts(member: String, expected: String) throws {
        let read = messages(try decode("jsonl", "{\"text\":\"a\",\(member)}"))
        #expect(read.map { RFC3339.format($0.sentAt) } == [expected] && read.map(\.timeBasis) == [.exact])
    }

    @Test func accountsHaveNoBlanks() throws {
        let read = messages(try decode("jsonl", #"{"userName":"A Google user","content":"a"}"# + "\n" + #"{"userName":"pri_n","content":"b"}"#))
        #expect(read.map(\.author.displayName) == ["A Google user", nil] && read.map { $0.author.identifiers.map(\.value) } == [[], ["pri_n"]])
    }

    /// Texts in parts, and the roles of those who talk to language models.
    @Test func talkWithLanguageModels() throws {
        let parts = #"[{"type":"text","text":"My order is late"},{"type":"image_url","image_url":{"url":"x"}},{"type":"text","text":"Again"}]"#
        let lines = [
            #"{"role":"human","content":\#(parts)}"#, #"{"role":"tool","content":"{}"}"#, #"{"role":"user","content":[]}"#,
            #"{"role":"user","content":[{"text":"untyped"}]}"#,
        ]
        let operations = try decode("jsonl", lines.joined(separator: "\n"))
        #expect(outline(operations) == ["message", "message", "rejected:3", "rejected:4"])
        #expect(messages(operations).map(\.text) == ["My order is late\nAgain", "{}"])
        #expect(messages(operations).map(\.author.role) == [.customer, .system])
    }

    /// Numbers that are days, and those that are Unix times.
    @Test(
        arguments: [
            ("20260213", "2026-02-13T00:00:00Z"), ("20260213091407", "2026-02-13T09:14:07Z"), ("46056", "2026-02-03T00:00:00Z"),
            ("46056.38480", "2026-02-03T09:14:07Z"), ("20261313", "1970-08-23T12:08:33Z"), ("17701097", "1970-07-24T20:58:17Z"),
            ("1770109747", "2026-02-03T09:09:07Z"), ("29999", "1970-01-01T08:19:59Z"), ("46056.x", nil),
            ("20260203T091407Z", "2026-02-03T09:14:07Z"), ("20260203T091407", "2026-02-03T09:14:07Z"), ("20260203T0914070", nil),
            ("03/02/2026 09h14", "2026-02-03T09:14:00Z"), ("20260203T991407Z", nil),
        ] as [(String, String?)])
    func bareNumbers(text: String, expected: String?) {
        var reader = TimestampReader(ConnectorConfiguration())
        #expect(reader.read(text, followsPattern: false).map { RFC3339.format($0.at) } == expected)
    }

    /// Documents that were put behind one another.
    @Test(arguments: [
        (#"{"text":"a"}{"text":"b"}"#, ["message", "message"]),
        (#"{"text":"a"} {"text":"b"} "# + "\n" + #"{"text":"c"}"#, ["message", "message", "message"]),
        (#"{"text":"a"}{"text":"b"}{"te"#, ["message", "message", "rejected:1"]), (#"{"text":"a"}{"te"#, ["rejected:1"]),
        (#"{"text":"a"}{"items":[{"text":"b"},{"text":"c"}]}"#, ["message", "message", "message"]), (#"{"text":"a"} x"#, ["rejected:1"]),
    ])
    func documentsInALine(text: String, expected: [String]) throws {
        for pieces in [1, 4_096] { #expect(outline(try decode("jsonl", Array(text.utf8), pieces: pieces)) == expected) }
    }

    /// Also where they are longer than a record may be.
    @Test func longDocumentsInALine() throws {
        let long = "{\"text\":\"" + String(repeating: "x", count: DecodingLimits.record / 2) + "\"}"
        #expect(outline(try decode("jsonl", Array((long + long + long).utf8), pieces: 1 << 20)) == ["message", "message", "message"])
    }
}
