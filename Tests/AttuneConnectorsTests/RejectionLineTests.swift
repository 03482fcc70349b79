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

    /// An item that is no JSON does not cost the others, whatever it stands in.
    @Test(arguments: documents, [#"{"text":"\ud83d"}"#, "{\"a\":{\"b\":\"\u{1}\n\"}}", #"{"rating":NaN}"#, #"{"x":"\q","y":"\ud83d","text":"]"}"#])
    func damagedItems(document: (connector: String, head: String, tail: String), damaged: String) throws {
        let text = "\n\(document.head)\n\(damaged),\n\n\(damaged)\n\(document.tail)\n"
        let operations = try decode(document.connector, text)
        #expect(lines(operations) == (damaged.contains("\n") ? [3, 6] : [3, 5]), "\(operations)")
        #expect(operations.allSatisfy { if case .rejected(let rejection) = $0 { rejection.reason.hasPrefix("not JSON: ") } else { false } })
        #expect(try decode(document.connector, Array(text.utf8), pieces: 7) == operations)
    }

    private static let good = (1...4).map { #"{"id":\#($0),"type":"message","date_unixtime":"1770109747","from":"Ann","text":"m\#($0)"}"# }
    private static let bad = #"{"id":9,"type":"message","date_unixtime":"1770109747","from":"Ann","text":[{"type":"bold","text":"\udc00"},"x"]}"#

    /// Damaged items among good ones: in a document on one line and on many, in lists of documents, behind one another.
    @Test(arguments: ["", "\n", "\n  "])
    func goodItemsStay(space: String) throws {
        func chat(_ items: [String]) -> String {
            #"{"name":"A","type":"personal_chat","id":2,"messages":["# + space + items.joined(separator: ",\(space)") + "\(space)]}"
        }
        let text = chat([Self.good[0], Self.bad, Self.good[1], Self.bad, Self.good[2]])
        let expected = ["m1", "m2", "m3"]
        for document in [text, "[\(text)]", "[\(text),\n\(text.replacing("\"A\"", with: "\"B\""))]", "\(text)\n\(text)"] {
            let operations = try decode("telegram-export", document)
            let copies = operations.count / 5
            #expect(operations.count == copies * 5 && messages(operations).map(\.text) == (0..<copies).flatMap { _ in expected }, "\(operations)")
            #expect(lines(operations).count == 2 * copies && lines(operations) == lines(operations).sorted { $0 ?? 0 < $1 ?? 0 })
        }
    }

    /// Values of a list and documents behind one another are read on behind a damaged one; of a single record nothing is guessed.
    @Test(arguments: [
        (#"[{"text":"a"},{"text":"\ud83d"},{"text":"b"},{"text":"c"}]"#, ["message", "rejected:1", "message", "message"]),
        ("[{\"text\":\"a\"},\n{\"text\":tru},\n{\"text\":\"b\"}]", ["message", "rejected:2", "message"]),
        ("{\n\"text\":\"a\"\n}\n{\n\"text\":\"\\q\"\n}\n{\n\"text\":\"b\"\n}\n", ["message", "rejected:5", "message"]),
        ("{\n\"items\":[\n{\"text\":\"a\"},\n{\"text\":\"\\udead\"},{\"text\":\"b\"}]}", ["message", "rejected:4", "message"]),
        (#"{"items":[{"text":"a"},{"text":"\ud83d"},{"text":"b"}]}"#, ["message", "rejected:1", "message"]),
        (#"{"text":"a","attachments":[{"name":"\ud83d"}]}"#, ["rejected:1"]),
        ("[{\"text\":\"a\"},{\"text\":\"b},{\"text\":\"c\"}]", ["message", "rejected:1"]),
        (#"[{"text":"a"} {"text":"b"}]"#, ["message", "rejected:1"]),
    ])
    func valuesBehindADamagedOne(text: String, expected: [String]) throws {
        #expect(outline(try decode("jsonl", text)) == expected)
        #expect(outline(try decode("jsonl", Array(text.utf8), pieces: 5)) == expected)
    }

    @Test func bytesThatAreNoUTF8() throws {
        let text = #"{"messages":["# + Self.good[0] + "," + Self.good[1].replacing("m2", with: "@@") + "," + Self.good[2] + "]}"
        let bytes = Array(text.utf8).map { $0 == UInt8(ascii: "@") ? 0xC3 : $0 }
        #expect(outline(try decode("telegram-export", bytes)) == ["message", "rejected:1", "message"])
    }
}
