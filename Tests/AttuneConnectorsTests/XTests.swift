import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct XTests {
    @Test func readsPosts() throws {
        let operations = try decode("x", Files.fixture("x-v2.jsonl"), #"{"agentNames":["@Shop"]}"#)
        #expect(
            outline(operations) == [
                "message", "message", "message", "ignored:retweet", "message", "rejected:4", "rejected:4", "ignored:user", "ignored:error", "message",
                "ignored:system", "ignored:empty",
            ])
        let read = messages(operations)
        #expect(
            read[0]
                == Message(
                    id: "x:1890000000000000001", nativeID: "1890000000000000001", channel: .social, source: "x",
                    conversationID: "1889999999999999999",
                    author: Author(
                        role: .customer, displayName: "Priya",
                        identifiers: [
                            Identifier(kind: .externalID, value: "x:77", verified: true), Identifier(kind: .handle, value: "x:pri", verified: true),
                        ]),
                    sentAt: try #require(RFC3339.parse("2026-02-03T09:14:07Z")), text: "@shop where is my refund & reply? <3 &lt;",
                    language: "en", inReplyTo: "x:1889999999999999999"))
        // An edited post keeps the id of its first version.
        #expect(read[1].nativeID == "1890000000000000002" && read[1].edited && read[1].text == "the long form" && read[1].language == nil)
        #expect(read[1].author.role == .agent && read[1].attachments.map(\.kind) == ["image", "video"])
        // The id tells the time, if it is of the kind that does.
        #expect(RFC3339.format(read[2].sentAt) == "2020-08-12T17:01:42.686Z" && read[2].timeBasis == .exact && read[3].timeBasis == .received)
        #expect(read[4].channel == .chat && read[4].conversationID == "42-77" && read[4].author.displayName == "Priya")
    }

    @Test func readsAccountActivity() throws {
        let operations = try decode("x", Files.fixture("x-activity.json"))
        #expect(
            outline(operations) == [
                "message", "message", "ignored:retweet", "rejected:5", "delete", "delete", "rejected:6", "ignored:reaction", "ignored:follow_events",
                "message", "message", "ignored:welcome", "rejected:13", "status:read", "ignored:typing", "ignored:user_event",
            ])
        let read = messages(operations)
        #expect(read[0].id == "x:1890000000000000001" && read[0].text == "@shop still no refund >:(" && read[0].source == "x")
        #expect(RFC3339.format(read[0].sentAt) == "2026-02-03T09:14:07Z" && read[0].inReplyTo == "x:1889999999999999999")
        #expect(read[1].author.role == .agent && read[1].language == nil && read[0].author.role == .customer)
        #expect(read[2].text == "any news? &c" && read[2].attachments.map(\.kind) == ["image"] && read[2].conversationID == "42-77")
        #expect(read[2].author.identifiers.map(\.value) == ["x:77", "x:pri"] && RFC3339.format(read[2].sentAt) == "2026-02-03T09:09:07.44Z")
        #expect(read[3].author.role == .agent && read[3].conversationID == "42-77")
        guard case .delete(let deletion) = operations[4] else { return #expect(Bool(false)) }
        #expect(deletion.target == read[0].id && deletion.at.map(RFC3339.format) == "2026-02-03T09:13:10.123Z" && deletion.author?.role == .customer)
    }

    /// Deliveries of the X Activity API: posts and deletions of its second version, direct messages of its first.
    @Test func readsActivityEvents() throws {
        func event(_ type: String, _ payload: String, _ includes: String = "{}") -> String {
            #"{"data":{"event_uuid":"1","filter":{"user_id":"42"},"event_type":"\#(type)","payload":\#(payload),"includes":\#(includes)}}"#
        }
        let asked = #"{"id":"1890000000000000001","author_id":"77","text":"@shop where?","created_at":"2026-02-03T09:14:07.000Z"}"#
        let message = #"{"type":"message_create","id":"9","created_timestamp":"1770109747440","message_create":{"sender_id":"77","#
        let events = [
            event("post.mention.create", asked, #"{"users":[{"id":"77","username":"pri","name":"Priya"}]}"#),
            event("post.create", #"{"id":"1890000000000000002","author_id":"42","text":"sorry"}"#),
            event("post.delete", #"{"id":"1890000000000000002","author_id":"42"}"#, #"{"users":[{"data":{"id":"42","username":"shop"}}]}"#),
            event(
                "dm.received",
                #"{"direct_message_events":[\#(message)"target":{"recipient_id":"42"},"message_data":{"text":"any news?"}}}],"#
                    + #""users":{"77":{"data":{"id":"77","username":"pri","name":"Priya"}}}}"#),
            event("profile.update.bio", #"{"before":"a","after":"b"}"#), event("dm.indicate_typing", "{}"), event("post.delete", "{}"),
        ]
        let operations = try decode("x", events.joined(separator: "\n"))
        #expect(
            outline(operations) == [
                "message", "message", "delete", "message", "ignored:profile.update.bio", "ignored:dm.indicate_typing", "rejected:7",
            ])
        let read = messages(operations)
        #expect(read.map(\.author.role) == [.customer, .agent, .customer] && read.map(\.channel) == [.social, .social, .chat])
        #expect(read[0].author.identifiers.map(\.value) == ["x:77", "x:pri"] && read[0].author == read[2].author)
        #expect(read[2].conversationID == "42-77" && read[2].text == "any news?" && RFC3339.format(read[2].sentAt) == "2026-02-03T09:09:07.44Z")
        guard case .delete(let deletion) = operations[2] else { return #expect(Bool(false)) }
        #expect(deletion.target == read[1].id && deletion.author?.role == .agent)
        #expect(deletion.author?.identifiers.map(\.value) == ["x:42", "x:shop"])
        for body in events { #expect(XConnector().recognise(head: Array(body.utf8)[...], fileName: nil)?.certainty == .certain) }
    }

    private static let old =
        #""created_at":"Tue Feb 03 09:14:07 +0000 2026","id":189,"id_str":"1890000000000000001","user":{"id_str":"77","#
        + #""screen_name":"pri","name":"Priya"},"in_reply_to_status_id_str":"1889999999999999999""#

    /// Posts of version 1.1 outside of webhooks, whole where the text is cut.
    @Test(
        arguments: [
            (#"{\#(old),"text":"@shop cut…","extended_tweet":{"full_text":"@shop late &amp; cold"}}"#, ["message"], "@shop late & cold"),
            (#"[{\#(old),"full_text":"@shop late"}]"#, ["message"], "@shop late"),
            (#"{"statuses":[{\#(old),"text":"late"}],"search_metadata":{"count":15}}"#, ["message"], "late"),
            (#"{"statuses":[],"search_metadata":{"count":15}}"#, ["ignored:empty"], nil),
            (#"{\#(old),"text":"RT @a: b","retweeted_status":{"id_str":"1"}}"#, ["ignored:retweet"], nil),
            (
                #"{"delete":{"status":{"id":1,"id_str":"1","user_id":77},"timestamp_ms":"1"}}"#
                    + "\n{\"limit\":{\"track\":1}}\n{\(old),\"text\":\"late\"}",
                ["delete", "ignored:limit", "message"], "late"
            ),
        ] as [(String, [String], String?)])
    func readsPostsOfTheFirstVersion(body: String, expected: [String], text: String?) throws {
        #expect(try ConnectorRegistry.standard.recognise(head: Array(body.utf8)[...], fileName: "a.json").connector.name == "x")
        let operations = try decode("x", body)
        #expect(outline(operations) == expected)
        guard let text else { return }
        let read = try #require(messages(operations).first)
        #expect(read.text == text && read.id == "x:1890000000000000001" && read.author.identifiers.map(\.value) == ["x:77", "x:pri"])
        #expect(RFC3339.format(read.sentAt) == "2026-02-03T09:14:07Z" && read.inReplyTo == "x:1889999999999999999")
    }

    @Test func readsListsOfDirectMessages() throws {
        func message(_ id: Int, from sender: Int, to recipient: Int) -> String {
            #"{"type":"message_create","id":"\#(id)","created_timestamp":"1770109747000","message_create":{"sender_id":"\#(sender)","#
                + #""target":{"recipient_id":"\#(recipient)"},"message_data":{"text":"a"}}}"#
        }
        let text = #"{"events":[\#(message(1, from: 77, to: 42)),\#(message(2, from: 42, to: 77))],"apps":{}}"#
        #expect(try ConnectorRegistry.standard.recognise(head: Array(text.utf8)[...], fileName: "a.json").connector.name == "x")
        let read = messages(try decode("x", text, #"{"agentNames":["42"]}"#))
        #expect(read.map(\.conversationID) == ["42-77", "42-77"] && read.map(\.author.role) == [.customer, .agent])
    }

    /// Authors are found by their id, not by going through what the answer includes for every post.
    @Test func largeAnswersTakeLinearTime() throws {
        let count = 3_000
        let posts = (1...count).map { #"{"id":"\#($0)","text":"a","author_id":"\#(count + 1 - $0)"}"# }
        let users = (1...count).map { #"{"id":"\#($0)","username":"u\#($0)"}"# }
        let text = #"{"data":["# + posts.joined(separator: ",") + #"],"includes":{"users":["# + users.joined(separator: ",") + "]}}"
        let read = messages(try decode("x", text))
        #expect(read.count == count && read[0].author.identifiers.last?.value == "x:u\(count)")
    }

    @Test(
        arguments: [
            ("und", nil), ("zxx", nil), ("art", nil), ("qme", nil), ("qht", nil), ("qam", nil), ("en", "en"), ("qu", "qu"), ("pt-BR", "pt-BR"),
            ("", nil),
        ] as [(String, String?)])
    func languagesThatAreNone(code: String, expected: String?) throws {
        let read = messages(try decode("x", #"{"data":{"id":"1","text":"a","lang":"\#(code)"}}"#))
        #expect(read.map(\.language) == [expected])
    }

    @Test(
        arguments: [
            ("1293593516040269825", "2020-08-12T17:01:42.686Z"), ("30000000000", "2010-11-04T01:43:01.809Z"), ("29999999999", nil),
            ("9223372036854775807", "2080-07-10T17:30:30.208Z"),
            ("9223372036854775808", nil), ("-1", nil), ("", nil), ("x", nil),
        ] as [(String, String?)])
    func idsTellTheirTime(id: String, expected: String?) { #expect(Snowflake.instant(id).map(RFC3339.format) == expected) }

    @Test(arguments: [
        ("a &amp; b", "a & b"), ("&amp;lt;", "&lt;"), ("&lt;3 &gt;:(", "<3 >:("), ("&quot;", "&quot;"), ("&", "&"), ("&am", "&am"), ("", ""),
        ("é&lt;", "é<"),
    ])
    func unescapesThreeSigns(text: String, expected: String) { #expect(EscapedText.unescaped(text) == expected) }

    @Test(arguments: [
        (#"{"for_user_id":"1"}"#, "ignored:empty"), (#"{"data":[]}"#, "ignored:empty"), (#"{"data":3}"#, "rejected:1"), (#"{"x":1}"#, "rejected:1"),
        (#"{"id":"1","text":"alone","edit_history_tweet_ids":["1"]}"#, "message"), (#"{"for_user_id":"1","new_events":[{}]}"#, "ignored:new_events"),
        (#"{"data":{"id":"1","event_type":"MessageCreate"}}"#, "message"), (#"{"data":{"event_type":"MessageCreate","text":"x"}}"#, "rejected:1"),
    ])
    func otherBodies(body: String, expected: String) throws { #expect(outline(try decode("x", body)) == [expected]) }
}
