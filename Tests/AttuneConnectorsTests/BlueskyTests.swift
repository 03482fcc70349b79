import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct BlueskyTests {
    @Test func readsEvents() throws {
        let operations = try decode("bluesky", Files.fixture("bluesky.jsonl"), #"{"agentNames":["did:plc:shop"]}"#)
        #expect(
            outline(operations) == [
                "ignored:identity", "message", "edit", "delete", "ignored:reaction", "ignored:account", "delete", "attachment", "message",
                "rejected:10",
                "rejected:11",
            ])
        let read = messages(operations)
        let uri = "at://did:plc:pri/app.bsky.feed.post/3me"
        #expect(
            read[0]
                == Message(
                    id: "bluesky:\(uri)", nativeID: uri, channel: .social, source: "bluesky",
                    conversationID: "at://did:plc:shop/app.bsky.feed.post/1",
                    author: Author(
                        role: .customer,
                        identifiers: [
                            Identifier(kind: .externalID, value: "bluesky:did:plc:pri", verified: true),
                            Identifier(kind: .handle, value: "bluesky:pri.example", verified: true),
                        ]),
                    sentAt: try #require(RFC3339.parse("2026-02-03T09:09:06.12Z")), text: "Late again 😡", language: "en",
                    inReplyTo: "bluesky:at://did:plc:shop/app.bsky.feed.post/2",
                    attachments: [Attachment(kind: "image"), Attachment(kind: "image")]))
        #expect(read[1].id == read[0].id && read[1].edited && RFC3339.format(read[1].sentAt) == "2026-02-03T09:09:08Z")
        #expect(read[2].author.role == .agent && read[2].attachments == [Attachment(kind: "video")] && read[3].text == "nested")
        guard case .delete(let post) = operations[3], case .delete(let account) = operations[6] else { return #expect(Bool(false)) }
        #expect(post.target == read[0].id && account.target == nil && account.author?.identifiers == read[0].author.identifiers)
    }

    /// The client's clock is believed within a day.
    @Test(arguments: [
        ("2026-02-03T09:09:07Z", "2026-02-03T09:09:07Z"), ("2026-02-02T09:09:08Z", "2026-02-02T09:09:08Z"),
        ("2026-02-02T09:09:07Z", "2026-02-03T09:09:07.000001Z"), ("2026-02-04T09:09:07Z", "2026-02-04T09:09:07Z"),
        ("2026-02-04T09:09:08Z", "2026-02-03T09:09:07.000001Z"), ("soon", "2026-02-03T09:09:07.000001Z"),
    ])
    func clientClocks(created: String, expected: String) throws {
        let line = """
            {"did":"d","time_us":1770109747000001,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"1",\
            "record":{"text":"a","createdAt":"\(created)"}}}
            """
        #expect(messages(try decode("bluesky", line)).map { RFC3339.format($0.sentAt) } == [expected])
    }

    @Test(arguments: [
        (
            #"{"did":"d","kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"1","record":{"text":""}}}"#,
            "ignored:empty"
        ),
        (#"{"did":"d","kind":"commit","commit":{"operation":"merge","collection":"app.bsky.feed.post","rkey":"1"}}"#, "ignored:merge"),
        (#"{"did":"d","kind":"commit","commit":{}}"#, "rejected:1"), (#"{"did":"d","kind":"sync"}"#, "ignored:sync"), (#"{"did":"d"}"#, "rejected:1"),
        (
            #"{"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#account","did":"d","active":false,"status":"deleted"}}"#,
            "delete"
        ),
    ])
    func otherEvents(body: String, expected: String) throws { #expect(outline(try decode("bluesky", body)) == [expected]) }

    /// Only an account that is gone takes its posts along, and never the business's own.
    @Test(arguments: [
        (#""active":false,"status":"deleted""#, "delete"), (#""active":false,"status":"takendown""#, "delete"),
        (#""active":false,"status":"suspended""#, "delete"), (#""active":false,"status":"deactivated""#, "ignored:deactivated"),
        (#""active":false,"status":"throttled""#, "ignored:throttled"), (#""active":false,"status":"desynchronized""#, "ignored:desynchronized"),
        (#""active":false"#, "ignored:unknown"), (#""active":true,"status":"throttled""#, "ignored:account"),
    ])
    func accounts(state: String, expected: String) throws {
        let line = #"{"did":"d","time_us":1770109747000001,"kind":"account","account":{"did":"d",\#(state)}}"#
        #expect(outline(try decode("bluesky", line)) == [expected])
        #expect(outline(try decode("bluesky", line, #"{"agentNames":["d"]}"#))[0].hasPrefix("ignored:"))
    }
}
