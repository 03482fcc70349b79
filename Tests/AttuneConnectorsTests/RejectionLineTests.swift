import AttuneCore
import Testing

@testable import AttuneConnectors

/// A rejected item of a document tells the line in which the item stands, and not that of the document.
@Suite struct RejectionLineTests {
    /// Each item on a line of its own, from line 3 on.
    @Test(arguments: [
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
    ])
    func everyDocument(connector: String, head: String, tail: String) throws {
        let damaged =
            switch connector {
            case "app-store-feed": #"{"im:rating":{"label":"3"}}"#
            case "meta": #"{"message":{}}"#
            default: #"{"text":{}}"#
            }
        let operations = try decode(connector, "\n\(head)\n\(damaged),\n\n\(damaged)\n\(tail)\n")
        let lines = operations.compactMap { operation in
            if case .rejected(let rejection) = operation { rejection.line } else { nil }
        }
        #expect(lines == [3, 5], "\(operations)")
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
}
