import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct AppStoreTests {
    @Test func readsReviewsAndResponses() throws {
        let operations = try decode("app-store-connect", Files.fixture("app-store-connect.json"))
        #expect(outline(operations) == ["message", "message", "rejected:4", "message", "message", "message", "ignored:apps"])
        let read = messages(operations)
        #expect(read.map(\.text) == ["Slow\n\nIt hangs at login", "Great", "odd", "Fixed in 4.2.", "Thanks"])
        // US Pacific time, in winter and in summer.
        #expect(read.prefix(2).map { RFC3339.format($0.sentAt) } == ["2026-02-03T09:14:07Z", "2026-07-03T08:14:07Z"])
        #expect(read[0].language == nil && read[0].rating == Rating(value: 2) && read[0].author == Author(role: .customer, displayName: "priya"))
        #expect(read[2].rating == nil, "6 is on no scale of theirs")
        #expect(read[3].inReplyTo == read[0].id && read[3].conversationID == "r-1" && read[3].author.role == .agent && read[3].nativeID == "a-1")
        #expect(read[4].inReplyTo == read[1].id && read[4].visibility == .private && read[3].visibility == .public)
    }

    /// Apple keeps id and date of an edited review: the content is what tells the versions apart.
    @Test func anEditKeepsItsID() throws {
        func version(_ body: String) throws -> Message {
            let text = """
                {"data":{"type":"customerReviews","id":"r-1","attributes":{"rating":3,"title":"T","body":"\(body)","createdDate":"2026-02-03T01:14:07-08:00"}}}
                """
            return try #require(messages(try decode("app-store-connect", text)).first)
        }
        let (before, after) = (try version("bad"), try version("good"))
        #expect(before.id == after.id && before.sentAt == after.sentAt && before != after)
    }

    @Test(arguments: [
        (#"{"data":[]}"#, ["ignored:empty"]), (#"{"data":null}"#, ["ignored:empty"]), (#"{"errors":[]}"#, ["rejected:1"]),
        (
            #"{"data":[{"type":"customerReviewResponses","id":"a","attributes":{"responseBody":"ok","lastModifiedDate":"2026-02-03T01:14:07Z"}}]}"#,
            ["message"]
        ),
        (#"{"data":[{"type":"customerReviews","id":"a","attributes":{"createdDate":"soon"}}]}"#, ["rejected:1"]),
    ])
    func otherDocuments(text: String, expected: [String]) throws {
        let operations = try decode("app-store-connect", text)
        #expect(outline(operations) == expected && messages(operations).allSatisfy { $0.inReplyTo == nil })
    }

    @Test func readsTheFeedAsJSON() throws {
        let operations = try decode("app-store-feed", Files.fixture("app-store-feed.json"))
        #expect(outline(operations) == ["ignored:app", "message", "rejected:4", "rejected:5"])
        let read = try #require(messages(operations).first)
        #expect(read.id == "app-store-feed:1234567" && read.text == "Slow\n\nIt hangs & stops" && read.rating == Rating(value: 2))
        #expect(RFC3339.format(read.sentAt) == "2026-02-03T08:14:07Z" && read.author.displayName == "priya")
        #expect(read.author.identifiers == [Identifier(kind: .externalID, value: "app-store:77", verified: true)])
    }

    @Test func readsTheFeedAsXML() throws {
        let operations = try decode("app-store-feed", Files.fixture("app-store-feed.xml"))
        #expect(outline(operations) == ["ignored:app", "message", "message", "rejected:12"])
        let json = messages(try decode("app-store-feed", Files.fixture("app-store-feed.json")))
        #expect(messages(operations)[0] == json[0] && messages(operations)[1].text == "Tea & <3\n\nLovely")
    }

    /// What app-store-scraper makes of the feed are the feed's reviews.
    @Test func readsScrapedReviews() throws {
        let feed =
            #"{"feed":{"entry":[{"id":{"label":"123"},"author":{"uri":{"label":"https://itunes.apple.com/us/reviews/id77"},"name":{"label":"Jo"}},"#
            + #""updated":{"label":"2026-02-03T09:14:07-07:00"},"im:rating":{"label":"4"},"title":{"label":"T"},"content":{"label":"Good"}}]}}"#
        let scraped =
            #"[{"id":"123","userName":"Jo","userUrl":"https://itunes.apple.com/us/reviews/id77","version":"1","score":4,"title":"T","text":"Good","#
            + #""url":"u","updated":"2026-02-03T09:14:07-07:00"}]"#
        let found = try ConnectorRegistry.standard.recognise(head: Array(scraped.utf8)[...], fileName: "a.json")
        #expect(found.connector.name == "app-store-feed" && found.recognition.certainty == .certain)
        let read = try decode("app-store-feed", scraped)
        #expect(read == (try decode("app-store-feed", feed)) && messages(read).count == 1)
    }

    @Test(arguments: [
        // One review is an object, none is nothing.
        (#"{"feed":{"entry":{"id":{"label":"1"},"im:rating":{"label":"5"},"title":{"label":"a"},"content":{"label":"b"}}}}"#, ["message"]),
        (#"{"feed":{"id":{"label":"x"}}}"#, ["ignored:empty"]), (#"{"feed":null}"#, ["rejected:1"]), ("{}", ["rejected:1"]),
        ("<feed></feed>", ["ignored:empty"]), ("<html></html>", ["rejected:1"]), ("<feed><entry/>", ["ignored:app"]),
        ("<feed><entry><id>1</id><entry><id>2</id><im:rating>4</im:rating></entry></feed>", ["rejected:1", "message"]),
        ("<feed><entry><id>1</id><im:rating>4</im:rating><title>a < b</title>", ["rejected:1"]),
    ])
    func otherFeeds(text: String, expected: [String]) throws { #expect(outline(try decode("app-store-feed", text)) == expected) }
}
