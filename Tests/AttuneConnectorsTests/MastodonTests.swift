import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct MastodonTests {
    @Test func readsStatusesAndFrames() throws {
        let operations = try decode("mastodon", Files.fixture("mastodon.jsonl"), #"{"agentNames":["shop"]}"#)
        #expect(
            outline(operations) == [
                "message", "edit", "delete", "ignored:filters_changed", "message", "ignored:reaction", "attachment", "ignored:retweet", "rejected:9",
                "ignored:edit-history", "message", "rejected:11",
            ])
        let read = messages(operations)
        #expect(
            read[0]
                == Message(
                    id: "mastodon:108913983692647032", nativeID: "108913983692647032", channel: .social, source: "mastodon",
                    conversationID: "108913981098896721",
                    author: Author(
                        role: .customer, displayName: "Priya",
                        identifiers: [
                            Identifier(kind: .externalID, value: "mastodon:social.example:9007199254740993", verified: true),
                            Identifier(kind: .handle, value: "mastodon:pri@social.example", verified: true),
                        ]),
                    sentAt: try #require(RFC3339.parse("2026-02-03T09:14:07.44Z")), text: "delivery rant\n\nStill waiting & x.example\nday 9",
                    language: "en", inReplyTo: "mastodon:108913981098896721", attachments: [Attachment(kind: "image")]))
        #expect(read[1].id == read[0].id && read[1].edited && read[1].text == "Solved!" && read[1].visibility == .public)
        #expect(read[1].author.identifiers.last?.value == "mastodon:pri@shop.example")
        #expect(read[2].visibility == .private && read[2].author.role == .bot)
        #expect(read[3].author.role == .agent && read[3].attachments == [Attachment(kind: "video")])
        guard case .delete(let deletion) = operations[2] else { return #expect(Bool(false)) }
        #expect(deletion.target == read[0].id)
    }

    /// Answers to answers are in the conversation that the first status began, as far as what they answer came before.
    @Test(arguments: [
        (#"[{"id":"1"},{"id":"2","in_reply_to_id":"1"},{"id":"3","in_reply_to_id":"2"},{"id":"4","in_reply_to_id":"3"}]"#, ["1", "1", "1", "1"]),
        (#"[{"id":"3","in_reply_to_id":"2"},{"id":"4","in_reply_to_id":"3"},{"id":"9"}]"#, ["2", "2", "9"]),
        (#"[{"id":"3","in_reply_to_id":"2","pleroma":{"conversation_id":77}},{"id":"4","in_reply_to_id":"3"}]"#, ["77", "3"]),
        // Of a context the status itself, here 3, is in neither list.
        (
            #"{"ancestors":[{"id":"1"},{"id":"2","in_reply_to_id":"1"}],"descendants":[{"id":"4","in_reply_to_id":"3"},{"id":"5","in_reply_to_id":"4"}]}"#,
            ["1", "1", "1", "1"]
        ),
        (#"{"ancestors":[],"descendants":[{"id":"4","in_reply_to_id":"3"},{"id":"5","in_reply_to_id":"4"}]}"#, ["3", "3"]),
    ])
    func conversations(json: String, expected: [String]) throws {
        let text = json.replacing(#"{"id":"#, with: #"{"content":"x","account":{"acct":"a"},"id":"#)
        #expect(messages(try decode("mastodon", text)).map(\.conversationID) == expected)
    }

    @Test func readsServerSentEvents() throws {
        let bytes = try Files.fixture("mastodon-sse.txt")
        let operations = try decode("mastodon", bytes)
        #expect(outline(operations) == ["message", "delete", "ignored:filters_changed", "rejected:13", "ignored:follow"])
        #expect(messages(operations)[0].text == "hello")
        let crlf = String(decoding: bytes, as: UTF8.self).replacing("\n", with: "\r\n")
        #expect(try decode("mastodon", crlf) == operations && decode("mastodon", "\u{FEFF}" + crlf) == operations)
    }

    /// An event in lines that are too long together is rejected, and the next one read.
    @Test func aTooLongEventIsRejected() throws {
        let half = "data: " + String(repeating: " ", count: DecodingLimits.record / 2) + "\n"
        let operations = try decode("mastodon", Array("event: update\n\(half)\(half)\nevent: delete\ndata: 1\n\n".utf8), pieces: 1 << 20)
        #expect(outline(operations) == ["rejected:1", "delete"])
    }

    @Test(arguments: [
        (#"{"event":"delete","payload":12}"#, "delete"), (#"{"event":"delete"}"#, "rejected:1"), (#"{"event":"delete","payload":{}}"#, "rejected:1"),
        (#"{"event":"update","payload":{"id":"1","content":"x","account":{"acct":"a"}}}"#, "message"),
        (#"{"event":"update","payload":"[]"}"#, "ignored:update"), (#"{"event":"announcement","payload":"{}"}"#, "ignored:announcement"),
        (#"{"id":"1","content":"","account":{"acct":"a"}}"#, "ignored:empty"), (#"{"id":"1","acct":"a","username":"a"}"#, "ignored:account"),
        (#"{"uri":"https://a.example/1","content":"pixelfed, with an id elsewhere","account":{}}"#, "message"),
        (#"{"id":"1","type":"update","account":{},"status":{"id":"2","content":"x","account":{}}}"#, "edit"),
        // Whoever quotes us writes a status of their own.
        (#"{"id":"1","type":"quote","account":{},"status":{"id":"2","content":"x","account":{}}}"#, "message"),
        (#"{"id":"1","type":"quoted_update","account":{},"status":{"id":"2","content":"x","account":{}}}"#, "ignored:quoted_update"),
        (#"{"id":"1","unread":false,"accounts":[],"last_status":null}"#, "ignored:conversation"),
        (#"{"ancestors":[],"descendants":[]}"#, "ignored:empty"), (#"{"id":"1","content":"<blockquote>a</blockquote>","account":{}}"#, "message"),
    ])
    func otherBodies(body: String, expected: String) throws { #expect(outline(try decode("mastodon", body)) == [expected]) }

    /// Groups name their status, which may be our own that somebody liked.
    @Test func readsGroupedNotifications() throws {
        let statuses = ["1", "2", "3"].map {
            #"{"id":"\#($0)","content":"<p>s\#($0)</p>","created_at":"2026-02-03T09:14:07Z","account":{"id":"7","acct":"a"}}"#
        }
        let groups = [("mention", "1"), ("favourite", "2"), ("update", "3"), ("follow", "9")].map {
            #"{"group_key":"k","type":"\#($0)","status_id":"\#($1)","latest_page_notification_at":"2026-02-03T09:14:07Z"}"#
        }
        let text = #"{"accounts":[],"statuses":[\#(statuses.joined(separator: ","))],"notification_groups":[\#(groups.joined(separator: ","))]}"#
        let operations = try decode("mastodon", text)
        #expect(outline(operations) == ["message", "ignored:reaction", "edit", "ignored:follow"])
        #expect(messages(operations).map(\.text) == ["s1", "s3"])
        #expect(try ConnectorRegistry.standard.recognise(head: Array(text.utf8)[...], fileName: nil).connector.name == "mastodon")
    }

    /// Servers count for themselves: whoever has the same number elsewhere is somebody else.
    @Test(arguments: [
        ("{}", #""acct":"ann@A.example","url":"https://a.example/@ann""#, "mastodon:a.example:12"),
        ("{}", #""acct":"ann","url":"https://b.example/@ann""#, "mastodon:b.example:12"), ("{}", #""acct":"ann""#, "mastodon:12"),
        (#"{"source":"mastodon:Shop.example"}"#, #""acct":"ann@a.example""#, "mastodon:shop.example:12"),
        (#"{"source":"mastodon:shop.example"}"#, #""acct":"ann","url":"https://shop.example/@ann""#, "mastodon:shop.example:12"),
        (#"{"source":"ours"}"#, #""acct":"ann@a.example""#, "mastodon:a.example:12"),
    ])
    func accountsAreThoseOfTheirServer(configuration: String, account: String, expected: String) throws {
        let status = #"{"id":"1","content":"<p>a</p>","created_at":"2026-02-03T09:14:07Z","account":{"id":"12","username":"ann",\#(account)}}"#
        #expect(messages(try decode("mastodon", status, configuration)).first?.author.identifiers.first?.value == expected)
    }
}
