import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct GooglePlayTests {
    @Test func readsThePagesOfTheAPI() throws {
        let operations = try decode("google-play", Files.fixture("google-play.json"))
        #expect(outline(operations) == ["message", "message", "message", "ignored:unknown", "rejected:6", "rejected:7"])
        let read = messages(operations)
        #expect(read.map(\.text) == ["Slow\n\nIt hangs\tat login", "Sorry! Fixed in 4.2.", "Sehr gut"])
        #expect(read[0].id == "google-play:gp:A1" && read[0].nativeID == "gp:A1" && read[0].conversationID == "gp:A1")
        #expect(RFC3339.format(read[0].sentAt) == "2026-02-03T09:09:07.12Z" && read[0].timeBasis == .exact && read[0].channel == .review)
        #expect(read[0].rating == Rating(value: 2) && read[0].language == "en-GB")
        #expect(read[0].author == Author(role: .customer, displayName: "Priya N") && read[2].author == Author(role: .customer))
        #expect(read[1].author.role == .agent && read[1].inReplyTo == read[0].id && read[1].id == "google-play:gp:A1:reply")
    }

    /// What people who have no access to an app's console keep of its public reviews.
    @Test func readsScrapedReviews() throws {
        let text = #"""
            [{"reviewId":"gp:A1","userName":"A Google user","content":"Awful","score":1,"at":"2026-02-03 09:14:07","replyContent":"Sorry","repliedAt":null},
            {"reviewId":"gp:A2","userName":"Priya N","content":"Fine","score":4,"at":"2026-02-04 09:14:07","replyContent":null},{"reviewId":"","score":1}]
            """#
        #expect(try ConnectorRegistry.standard.recognise(head: Array(text.utf8)[...], fileName: "a.json").connector.name == "google-play")
        let operations = try decode("google-play", text, #"{"zone":"UTC"}"#)
        #expect(outline(operations) == ["message", "message", "message", "rejected:2"])
        let read = messages(operations)
        #expect(read.map(\.text) == ["Awful", "Sorry", "Fine"] && read.map { $0.rating?.value } == [1, nil, 4])
        #expect(read.map(\.author.role) == [.customer, .agent, .customer] && read.allSatisfy { $0.author.identifiers.isEmpty })
        #expect(RFC3339.format(read[2].sentAt) == "2026-02-04T09:14:07Z" && read[1].inReplyTo == "google-play:gp:A1")
    }

    /// The same reviews as a table and as the packages of Python and Node write them in JSON.
    @Test func scrapedReviewsAreTheSameInEveryForm() throws {
        let python =
            #"[{"reviewId":"gp:A1","userName":"Priya N","content":"Awful","score":1,"at":"2026-02-03 09:14:07","replyContent":"Sorry","#
            + #""repliedAt":"2026-02-04 10:00:00"},{"reviewId":"gp:A2","userName":"Tom","content":"Fine, thanks","score":4,"#
            + #""at":"2026-02-04 09:14:07","replyContent":null,"repliedAt":null}]"#
        let node =
            #"[{"id":"gp:A1","userName":"Priya N","userImage":"u","date":"2026-02-03T09:14:07.000Z","score":1,"scoreText":"1","url":"u","title":null,"#
            + #""text":"Awful","replyDate":"2026-02-04T10:00:00.000Z","replyText":"Sorry","version":"1","thumbsUp":0},"#
            + #"{"id":"gp:A2","userName":"Tom","date":"2026-02-04T09:14:07.000Z","score":4,"scoreText":"4","title":null,"text":"Fine, thanks","#
            + #""replyDate":null,"replyText":null,"version":null,"thumbsUp":2}]"#
        let table =
            "reviewId,userName,userImage,content,score,thumbsUpCount,reviewCreatedVersion,at,replyContent,repliedAt,appVersion\n"
            + "gp:A1,Priya N,https://x,Awful,1,0,1.0,2026-02-03 09:14:07,Sorry,2026-02-04 10:00:00,1.0\n"
            + "gp:A2,Tom,https://x,\"Fine, thanks\",4,2,,2026-02-04 09:14:07,,,\n"
        let expected = messages(try decode("google-play", python, #"{"zone":"UTC"}"#)).map(Review.init)
        #expect(expected.map(\.id) == ["google-play:gp:A1", "google-play:gp:A1:reply", "google-play:gp:A2"])
        for (name, text) in [("a.json", node), ("b.json", #"{"data":\#(node),"nextPaginationToken":"t"}"#), ("c.csv", table)] {
            let found = try ConnectorRegistry.standard.recognise(head: Array(text.utf8)[...], fileName: name)
            #expect(found.connector.name == "google-play" && found.recognition.certainty == .certain)
            let operations = try decode("google-play", text, #"{"zone":"UTC"}"#)
            #expect(operations.count == 3 && messages(operations).map(Review.init) == expected, "\(name)")
        }
    }

    /// What forms of one review must agree in.
    private struct Review: Equatable {
        var id, text: String
        var inReplyTo: String?
        var author: Author
        var rating: Rating?
        var sentAt: Timestamp

        init(_ message: Message) {
            (id, text, inReplyTo, author) = (message.id, message.text, message.inReplyTo, message.author)
            (rating, sentAt) = (message.rating, message.sentAt)
        }
    }

    @Test func namesHaveNoMarksOfDirection() throws {
        let text = #"[{"reviewId":"gp:A1","userName":"\u202aPri\u202c","content":"Fine","score":4,"at":"2026-02-03 09:14:07"}]"#
        #expect(messages(try decode("google-play", text)).map(\.author.displayName) == ["Pri"])
    }

    @Test func readsTheReportsOfTheConsole() throws {
        let operations = try decode("google-play", Files.fixture("google-play.csv"))
        #expect(outline(operations) == ["message", "message", "message", "message", "message", "rejected:5", "rejected:6"])
        let read = messages(operations)
        #expect(read.map(\.text) == ["Slow\n\nIt hangs\nat \"login\"", "Sorry! Fixed in 4.2.", "Größe 🙂", "", ""])
        #expect(read.map(\.edited) == [false, false, true, false, false] && RFC3339.format(read[2].sentAt) == "2026-02-05T10:00:00Z")
        #expect(read[3].rating?.value == 4 && read[3].nativeID == nil && read[3].id != read[4].id)
        let api = messages(try decode("google-play", Files.fixture("google-play.json")))
        #expect(Array(read.map(\.id).prefix(3)) == api.map(\.id))
        #expect(read[0].sentAt == api[0].sentAt && read[0].conversationID == api[0].conversationID)
    }

    @Test(arguments: [
        ("Title\tBody", "Title\n\nBody"), ("\tBody", "Body"), ("Same\tSame", "Same"), ("Title\t", "Title"), ("Body", "Body"), ("", ""),
    ])
    func aTabStandsBetweenTitleAndBody(text: String, expected: String) throws {
        let escaped = text.replacing("\t", with: "\\t")
        let page = #"{"reviews":[{"reviewId":"1","comments":[{"userComment":{"text":"\#(escaped)","starRating":3}}]}]}"#
        let read = messages(try decode("google-play", page))
        #expect(read.map(\.text) == [expected] && read[0].timeBasis == .received)
    }

    @Test(arguments: [
        (#"{"reviews":[]}"#, ["ignored:empty"]), ("{}", ["ignored:empty"]), (#"{"tokenPagination":{}}"#, ["ignored:empty"]), ("[1]", ["rejected:1"]),
        (#"{"reviews":3}"#, ["rejected:1"]), (#"{"reviewId":"1","comments":[]}"#, ["ignored:empty"]),
        (#"{"reviewId":"1","comments":[{"userComment":{"text":"a"}}]}"#, ["message"]),
        (#"{"reviewId":"1","comments":[{"userComment":{"text":"a","starRating":9}}]}"#, ["message"]),
        (#"{"reviewId":"1","comments":[{"userComment":{"text":" ","starRating":9}}]}"#, ["rejected:1"]),
        (
            #"{"reviewId":"1","comments":[{"userComment":{"text":"a","lastModified":{"seconds":"5"}}},{"userComment":{"text":"b","lastModified":{"seconds":"9"}}}]}"#,
            ["ignored:superseded", "message"]
        ),
    ])
    func otherPages(page: String, expected: [String]) throws {
        #expect(outline(try decode("google-play", page)) == expected)
    }

    @Test(
        arguments: [
            ("https://play.google.com/x?reviewId=gp%3AA1&corpus=P", "gp:A1"), ("https://play.google.com/apps#P:p=com.x&reviewid=gp:A2", "gp:A2"),
            ("https://play.google.com/x?reviewId=&a=b", nil), ("none", nil),
        ] as [(String, String?)])
    func linksHoldIDs(link: String, expected: String?) { #expect(PlayReviewLink.reviewID(link) == expected) }

    @Test func aTableWithoutItsColumnsIsUnreadable() {
        #expect(throws: UnreadableInput.self) { try decode("google-play", "Package Name,Text\na,b\n") }
    }

    /// A change of the rating alone keeps the id of a row without a link.
    @Test func idsOfRatingsStay() throws {
        let header = "Package Name,Device,Review Submit Millis Since Epoch,Review Last Update Millis Since Epoch,Star Rating,Review Text\n"
        let before = messages(try decode("google-play", header + "com.x,a,1770116400000,1770116400000,4,\n"))
        let after = messages(try decode("google-play", header + "com.x,b,1770116300000,,1,\ncom.x,a,1770116400000,1770216400000,2,\n"))
        #expect(before[0].id == after[1].id && before[0] != after[1] && after[1].edited)
    }

    /// Nothing is said of rows below a header that is none, however much came at once.
    @Test(arguments: [1, 7, 4_096])
    func aTableThatIsNoReportIsRefusedAtItsHeader(size: Int) throws {
        let bytes = Array("a,b\n\"x\"y,1\n\"x\"y,1\n".utf8)
        var decoder = try ConnectorRegistry.standard.connector(named: "google-play")
            .makeDecoder(ConnectorConfiguration(), context: DecodingContext(receivedAt: Timestamp(nanoseconds: 0)))
        var operations = [AttuneCore.Operation]()
        #expect(throws: UnreadableInput.self) {
            for start in stride(from: 0, to: bytes.count, by: size) {
                let piece = Array(bytes[start..<min(start + size, bytes.count)])
                try piece.withUnsafeBufferPointer { try decoder.decode($0, isLast: start + size >= bytes.count) { operations.append($0) } }
            }
        }
        #expect(operations.isEmpty)
    }
}
