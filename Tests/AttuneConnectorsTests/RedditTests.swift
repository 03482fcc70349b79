import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct RedditTests {
    @Test func readsAPostsPage() throws {
        let operations = try decode("reddit", Files.fixture("reddit.json"), #"{"agentNames":["harbour_tea"]}"#)
        #expect(
            outline(operations) == [
                "message", "message", "message", "delete", "ignored:more", "message", "delete", "rejected:9", "ignored:t5", "message", "message",
                "rejected:10",
            ])
        let read = messages(operations)
        // created is shifted by the server's zone, created_utc is not.
        #expect(
            read[0]
                == Message(
                    id: "reddit:t3_p1", nativeID: "t3_p1", channel: .social, source: "reddit", conversationID: "t3_p1",
                    author: Author(
                        role: .customer, displayName: "pri_brews",
                        identifiers: [
                            Identifier(kind: .externalID, value: "reddit:t2_7", verified: true),
                            Identifier(kind: .handle, value: "reddit:pri_brews", verified: true),
                        ]),
                    sentAt: try #require(RFC3339.parse("2026-02-03T09:09:07Z")), text: "Tea & trouble\n\nMy parcel is **late**"))
        #expect(read[1].author.role == .agent && read[1].text == "Sorry <3" && read[1].edited && read[1].inReplyTo == "reddit:t3_p1")
        // The answer of raw_json=1 is not escaped; what hides a spoiler is no quote.
        #expect(read[2].text == ">!spoiler!< &amp;" && read[2].edited && RFC3339.format(read[2].sentAt) == "2026-02-03T09:10:50.5Z")
        #expect(read[3].author.role == .bot && !read[3].edited && read[4].text == "Only a link" && read[5].channel == .chat)
        guard case .delete(let deletion) = operations[3] else { return #expect(Bool(false)) }
        #expect(deletion.target == "reddit:t1_f3" && deletion.conversationID == "t3_p1" && deletion.author?.identifiers.isEmpty == true)
    }

    @Test(arguments: [
        (#""subject":"refund?","body":"please""#, "refund?\n\nplease"), (#""subject":"re: refund?","body":"please""#, "please"),
        (#""subject":"Re: refund?","body":"please""#, "please"), (#""subject":"","body":"please""#, "please"),
        (#""subject":"a &amp; b","body":"""#, "a & b"), (#""subject":"return of a cup","body":"> old\n\nmine""#, "return of a cup\n\nmine"),
    ])
    func subjectsOfPrivateMessages(members: String, text: String) throws {
        let body = #"{"kind":"t4","data":{"name":"t4_a","author":"pri","created_utc":1770109747.0,\#(members)}}"#
        #expect(messages(try decode("reddit", body)).map(\.text) == [text])
        // The subject of a comment in an inbox is Reddit's own.
        let comment = body.replacing("t4", with: "t1")
        #expect(messages(try decode("reddit", comment)).allSatisfy { !$0.text.contains("refund") })
    }

    /// What stands in the Markdown itself; a text may say how an ampersand is written, and addresses have none without a semicolon.
    @Test(arguments: [
        ("late &nbsp; cold", "late   cold"), ("late &amp;nbsp; cold", "late   cold"), ("a&amp;#x200B;b", "ab"),
        ("caf&eacute; &mdash; late", "café — late"),
        ("&amp;amp; &amp;lt;b&amp;gt;", "&amp; &lt;b&gt;"), ("https://a.example/?a=1&amp;copy=2", "https://a.example/?a=1&copy=2"),
        ("late &amp;nbsp;", "late"),
    ])
    func entities(body: String, text: String) throws {
        let comment = #"{"kind":"t1","data":{"name":"t1_a","author":"pri","created_utc":1770109747.0,"body":"\#(body)"}}"#
        #expect(messages(try decode("reddit", comment)).map(\.text) == [text])
    }

    /// Archives wrap what they found, and tell a time that is shifted beside the true one.
    @Test func readsAnArchivesAnswer() throws {
        let text = """
            {"data":[{"subreddit":"tea","id":"c1","link_id":"t3_p1","author":"pri","body":"late","created":1770138547,"created_utc":1770109747},\
            {"subreddit":"tea","id":"p1","author":"pri","title":"Where?","selftext":"cold","created_utc":1770109747}],"metadata":{}}
            """
        #expect(try ConnectorRegistry.standard.recognise(head: Array(text.utf8)[...], fileName: "a.json").connector.name == "reddit")
        let read = messages(try decode("reddit", text))
        #expect(read.map(\.id) == ["reddit:t1_c1", "reddit:t3_p1"] && read.map(\.text) == ["late", "Where?\n\ncold"])
        #expect(read.map(\.conversationID) == ["t3_p1", "t3_p1"])
        #expect(read.map { RFC3339.format($0.sentAt) } == ["2026-02-03T09:09:07Z", "2026-02-03T09:09:07Z"])
    }

    @Test(arguments: ["harbour_tea", "u/harbour_tea", "/u/Harbour_Tea"])
    func agentsAreNamedAsRedditNamesThem(name: String) throws {
        let read = messages(try decode("reddit", Files.fixture("reddit.json"), #"{"agentNames":["\#(name)"]}"#))
        #expect(read[1].author.role == .agent && read[0].author.role == .customer)
    }

    @Test(arguments: [
        ("> a\nb", "b"), (">a", ">a"), ("a > b", "a > b"), ("  > a\n\nb\n>c", "b"), (">!s!< x", ">!s!< x"), ("a\n>b", "a"), ("", ""),
        ("a\n\nb", "a\n\nb"),
    ])
    func quotesAreNotOwnWords(text: String, expected: String) { #expect(MarkdownQuote.own(text) == expected) }

    @Test(arguments: [
        (#"{"kind":"Listing","data":{"children":[]}}"#, "ignored:empty"), (#"{"kind":"t1","data":{"name":"t1_a"}}"#, "rejected:1"),
        (#"{"kind":"t1","data":{"id":"a","body":"x"}}"#, "message"),
        (#"{"kind":"t3","data":{"id":"a","title":"x","selftext":"[removed]"}}"#, "delete"),
        (#"{"kind":"t1","data":{"id":"a","author":"u","body":"[ Removed by Reddit ]"}}"#, "delete"),
        (#"{"kind":"t3","data":{"id":"a","title":"[ Removed by Reddit ]","selftext":"[ Removed by Reddit ]"}}"#, "delete"),
        (#"{"kind":"t1","data":{"id":"a","body":"[ Removed by accident ] my comment"}}"#, "message"),
        (#"{"kind":"t1"}"#, "rejected:1"),
        (#"{"data":[]}"#, "ignored:empty"), (#"{"data":[{"body":"x"}]}"#, "rejected:1"),
        (#"{"json":{"errors":[],"data":{"things":[{"kind":"t1","data":{"name":"t1_a","body":"x"}}]}}}"#, "message"),
    ])
    func otherThings(body: String, expected: String) throws { #expect(outline(try decode("reddit", body)) == [expected]) }
}
