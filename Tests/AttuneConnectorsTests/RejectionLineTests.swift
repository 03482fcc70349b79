import AttuneCore
import Testing

@testable import AttuneConnectors

/// A rejected item of a document tells the line in which the item stands, and not that of the document.
@Suite struct RejectionLineTests {
    static let documents = [
        ("google-play", #"{"reviews":["#, "]}"),
        ("app-store-connect", #"{"data":["#, "]}"),
        ("app-store-feed", #"{"feed":{"entry":["#, "]}}"),
        ("trustpilot", #"{"reviews":["#, "]}"),
        ("yelp", #"{"reviews":["#, "]}"),
        ("google-business", #"{"reviews":["#, "]}"),
        ("meta", #"{"object":"page","entry":[{"id":"1","messaging":["#, "]}]}"),
        ("whatsapp-cloud", #"{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"messages":["#, "]}}]}]}"),
        ("x", #"{"data":["#, "]}"),
        ("youtube", #"{"items":["#, "]}"),
        ("reddit", #"{"kind":"Listing","data":{"children":["#, "]}}"),
        ("telegram-export", #"{"messages":["#, "]}"),
        ("discord-export", #"{"messages":["#, "]}"),
        ("meta-export", #"{"participants":[],"messages":["#, "]}"),
        ("helpscout", #"{"_embedded":{"threads":["#, "]}}"),
        ("intercom", #"{"type":"conversation","id":"1","conversation_parts":{"conversation_parts":["#, "]}}"),
        ("freshdesk", #"{"ticket_id":1,"conversations":["#, "]}"),
        ("zendesk", #"{"ticket_id":1,"comments":["#, "]}"),
        ("sunshine", #"{"events":["#, "]}"),
        ("twilio", #"{"messages":["#, "]}"),
        ("deepgram", #"{"results":{"utterances":["#, "]}}"),
        ("google-speech", #"{"results":["#, "]}"),
        ("transcribe-call-analytics", #"{"Transcript":["#, "]}"),
        ("contact-lens", #"{"Transcript":["#, "]}"),
        ("bluesky", #"{"feed":["#, "]}"),
    ]

    private func lines(_ operations: [AttuneCore.Operation]) -> [Int?] {
        operations.compactMap { operation in
            if case .rejected(let rejection) = operation { rejection.line } else { nil }
        }
    }

    /// Each item on a line of its own, from line 3 on.
    @Test(arguments: documents)
    func everyDocument(connector: String, head: String, tail: String) throws {
        let damaged =
            switch connector {
            case "app-store-feed": #"{"im:rating":{"label":"3"}}"#
            case "meta": #"{"message":{}}"#
            default: #"{"text":{}}"#
            }
        let operations = try decode(connector, "\n\(head)\n\(damaged),\n\n\(damaged)\n\(tail)\n")
        #expect(lines(operations) == [3, 5], "\(operations)")
    }

    /// Also where the items are read in another order than they stand.
    @Test func itemsInAnotherOrder() throws {
        let document = """
            {"ticket_id": 1, "conversations": [
              {"created_at": "2026-01-03T00:00:00Z"},
              {"created_at": "2026-01-01T00:00:00Z"},
              {"id": 5, "body_text": "x", "created_at": "2026-01-02T00:00:00Z"},
              {"created_at": "2026-01-02T00:00:00Z"}
            ]}
            """
        #expect(outline(try decode("freshdesk", document)) == ["rejected:3", "message", "rejected:5", "rejected:2"])
    }

    /// Malformed values, and what is read for them.
    static let values = [
        (#""Late \ud83d""#, #""Late \ufffd""#), (#""\ud83d\ud83d\ude42""#, #""\ufffd\ud83d\ude42""#), (#""\udc00\u00zé""#, #""\ufffd\ufffdzé""#),
        (#""C:\temp\q \"x\"""#, #""C:\temp\\q \"x\"""#), ("\"a\u{1}\n\tb\"", #""a\u0001\n\tb""#), (#""a\u0000b""#, #""a\ufffdb""#), ("NaN", "null"),
        ("-Infinity", "null"),
    ]

    /// A malformed value costs nothing but itself, whatever it stands in.
    @Test(arguments: documents, values)
    func malformedValues(document: (connector: String, head: String, tail: String), value: (malformed: String, read: String)) throws {
        func text(_ value: String) -> String {
            let item = #"{"x":\#(value),"text":{},"y":[\#(value),1]}"#
            return "\n\(document.head)\n\(item),\n\n\(item)\n\(document.tail)\n"
        }
        let operations = try decode(document.connector, text(value.malformed))
        let expected = try decode(document.connector, text(value.read))
        if !value.malformed.contains("\n") { #expect(operations == expected) }
        #expect(outline(operations).count == outline(expected).count)
        #expect(try decode(document.connector, Array(text(value.malformed).utf8), pieces: 7) == operations)
    }

    /// In any string of any fixture: no record is lost, nobody becomes somebody else, nothing private becomes public.
    @Test(arguments: Files.fixtures.filter { $0.file.hasSuffix(".json") || $0.file.hasSuffix(".jsonl") && $0.connector != "jsonl" })
    func malformedStringsOfFixtures(connector: String, file: String, configuration: String) throws {
        let bytes = try Files.fixture(file)
        var ends = [Int]()
        var at = 0
        // Of members' names nothing is mended.
        func isName(_ end: Int) -> Bool { bytes[(end + 1)...].first { $0 > 32 } == UInt8(ascii: ":") }
        while let start = bytes[at...].firstIndex(of: UInt8(ascii: "\"")) {
            guard var end = bytes[(start + 1)...].firstIndex(of: UInt8(ascii: "\"")) else { break }
            while bytes[end - 1] == UInt8(ascii: "\\"), let next = bytes[(end + 1)...].firstIndex(of: UInt8(ascii: "\"")) { end = next }
            if !isName(end) { ends.append(end) }
            at = end + 1
        }
        for end in ends.enumerated().filter({ $0.offset % max(1, ends.count / 24) == 0 }).map(\.element) {
            func changed(_ escape: String) -> [UInt8] { Array(bytes[..<end]) + Array(escape.utf8) + Array(bytes[end...]) }
            let (operations, expected) = try (
                decode(connector, changed(#"\ud800"#), configuration), decode(connector, changed(#"\ufffd"#), configuration)
            )
            #expect(outline(operations) == outline(expected), "\(end)")
            // What is wrong with a record beyond repair is another thing that is.
            func isRead(_ operation: AttuneCore.Operation) -> Bool { if case .rejected = operation { false } else { true } }
            #expect(operations.filter(isRead) == expected.filter(isRead), "\(end)")
        }
    }

    private static let good = (1...4).map { #"{"id":\#($0),"type":"message","date_unixtime":"1770109747","from":"Ann","text":"m\#($0)"}"# }
    private static let bad = #"{"id":9,"type":"message","date_unixtime":"1770109747","from":"Ann","text":[{"type":"bold","text":"\udc00"},"x"]}"#

    /// Among good ones: in a document on one line and on many, in lists of documents, behind one another.
    @Test(arguments: ["", "\n", "\n  "])
    func goodItemsStay(space: String) throws {
        func chat(_ items: [String]) -> String {
            #"{"name":"A","type":"personal_chat","id":2,"messages":["# + space + items.joined(separator: ",\(space)") + "\(space)]}"
        }
        let text = chat([Self.good[0], Self.bad, Self.good[1], Self.bad, Self.good[2]])
        let expected = ["m1", "\u{FFFD}x", "m2", "\u{FFFD}x", "m3"]
        for document in [text, "[\(text)]", "[\(text),\n\(text.replacing("\"A\"", with: "\"B\""))]", "\(text)\n\(text)"] {
            let operations = try decode("telegram-export", document)
            let copies = operations.count / 5
            #expect(messages(operations).map(\.text) == (0..<copies).flatMap { _ in expected }, "\(operations)")
        }
    }

    /// Values of a list and documents behind one another are read on behind a damaged one; of a single record nothing is guessed.
    @Test(arguments: [
        (#"[{"text":"a"},{"text":"\ud83d"},{"text":"b"},{"text":"c"}]"#, ["message", "rejected:1", "message", "message"]),
        (#"[x,x,{"text":"a"}]"#, ["rejected:1"]), (#"[{"text":"a"},x,{"text":"b"}]"#, ["message", "rejected:1"]),
        // Of a conversation the others keep what it says of them.
        (
            "{\"conversation_id\":\"c\",\"customer\":{\"name\":\"Ann \\ud83d\"},\"messages\":[{\"text\":\"\\ud83d\"},\n{\"text\":\"b\"},\n{\"text\":NaN}]}",
            ["rejected:1", "message", "rejected:3"]
        ),
        (#"{"id":"1","text":"ok","items":[{"sku":"\ud800"}]}"#, ["rejected:1"]),
        ("[{\"text\":\"a\"},\n{\"text\":tru},\n{\"text\":\"b\"}]", ["message", "rejected:2", "message"]),
        ("{\n\"text\":\"a\"\n}\n{\n\"text\":\"\\q\"\n}\n{\n\"text\":\"b\"\n}\n", ["message", "rejected:5", "message"]),
        ("{\n\"items\":[\n{\"text\":\"a\"},\n{\"text\":\"\\udead\"},{\"text\":\"b\"}]}", ["message", "rejected:4", "message"]),
        (#"{"items":[{"text":"a"},{"text":"\ud83d"},{"text":"b"}]}"#, ["message", "rejected:1", "message"]),
        // Malformed at the end, and not cut off there.
        (#"{"items":[{"text":"a"},{"text":NaN}]}"#, ["message", "rejected:1"]),
        (#"{"text":"a","attachments":[{"name":"\ud83d"}]}"#, ["rejected:1"]),
        ("[{\"text\":\"a\"},{\"text\":\"b},{\"text\":\"c\"}]", ["message", "rejected:1"]),
        (#"[{"text":"a"} {"text":"b"}]"#, ["message", "rejected:1"]),
    ])
    func valuesBehindADamagedOne(text: String, expected: [String]) throws {
        #expect(outline(try decode("jsonl", text)) == expected)
        #expect(outline(try decode("jsonl", Array(text.utf8), pieces: 5)) == expected)
    }

    @Test func namesOfMembersAreNotMended() throws {
        #expect(outline(try decode("telegram-export", #"{"messages":[],"type\ud83d":"personal_chat"}"#)) == ["rejected:1"])
    }

    /// Bytes of no character, and those of another encoding in a file that has no UTF-8.
    @Test(
        arguments: [
            ([0xC3], "é\u{FFFD}", "Ã"), ([0xE9, 0x21], "é\u{FFFD}!", "é!"), ([0x80, 0x99], "é\u{FFFD}\u{FFFD}", "€™"),
        ] as [([UInt8], String, String)])
    func bytesThatAreNoUTF8(bytes: [UInt8], inUTF8: String, alone: String) throws {
        func texts(_ before: String) throws -> [String] {
            let text = #"{"messages":["# + Self.good[0] + "," + Self.good[1].replacing("m2", with: before + "@@") + "," + Self.good[2] + "]}"
            let parts = text.split(separator: "@@").map { Array($0.utf8) }
            return messages(try decode("telegram-export", parts[0] + bytes + parts[1])).map(\.text)
        }
        #expect(try texts("é") == ["m1", inUTF8, "m3"])
        #expect(try texts("") == ["m1", alone, "m3"])
    }

    /// What costs the whole file is no work of hours: records that are all malformed, scraps of words.
    @Test func muchThatIsMalformed() throws {
        let record = #"{"id":1,"type":"message","date_unixtime":"1770109747","from":"Ann","text":"\ud83d"}"#
        let many = "[" + Array(repeating: record, count: 20_000).joined(separator: ",") + "]"
        #expect(outline(try decode("telegram-export", many)).count == 20_000)
        #expect(outline(try decode("telegram-export", "{\"id\":2,\"messages\":\(many)}")).count == 20_000)
        #expect(outline(try decode("zendesk", "[" + String(repeating: "x,", count: 20_000) + "x]")) == ["rejected:1"])
    }
}
