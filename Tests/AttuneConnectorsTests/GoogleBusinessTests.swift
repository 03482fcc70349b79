import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct GoogleBusinessTests {
    @Test func readsReviewsAndReplies() throws {
        let operations = try decode("google-business", Files.fixture("google-business.json"))
        #expect(outline(operations) == ["message", "message", "message", "message", "rejected:5", "rejected:6"])
        let read = messages(operations)
        #expect(read.map(\.text) == ["Thé froid", "Désolés.", "", "ok"] && read.map { $0.rating?.value } == [2, nil, 5, nil])
        #expect(read[0].id == "google-business:11:r1" && read[0].conversationID == "22:r1" && read[0].edited)
        #expect(RFC3339.format(read[0].sentAt) == "2026-02-03T09:14:07.123456789Z" && read[3].nativeID == "r3")
        #expect(read[1].inReplyTo == read[0].id && read[1].author.role == .agent && !read[1].edited)
        #expect(read[0].author.displayName == "Priya N" && read[2].author.displayName == nil && !read[2].edited)
    }

    @Test(arguments: [
        ("(Translated by Google) Cold tea\n\n(Original)\nThé froid", "Thé froid"), ("Thé froid\n\n(Translated by Google)\nCold tea", "Thé froid"),
        ("(Original) Thé froid (Translated by Google) Cold tea", "Thé froid"), ("(Translated by Google) Cold tea", "Cold tea"),
        ("Cold (Original) tea", "Cold (Original) tea"), ("", ""),
    ])
    func onlyTheOriginalIsRead(comment: String, expected: String) { #expect(TranslatedComment.original(comment) == expected) }

    /// Notices hold base64 of JSON with a name, and no text.
    @Test(arguments: [
        ("eyJ0eXBlIjoiTkVXX1JFVklFVyIsInJldmlldyI6ImFjY291bnRzLzEvbG9jYXRpb25zLzIvcmV2aWV3cy9yMSJ9", "ignored:NEW_REVIEW"),
        ("eyJ0eXBlIjoiVVBEQVRFRF9SRVZJRVcifQ==", "ignored:UPDATED_REVIEW"), ("eyJ0eXBlIjoiWCJ9", "ignored:notice"), ("%%", "rejected:1"),
        ("QQ==", "rejected:1"),
    ])
    func notices(data: String, expected: String) throws {
        let text = #"{"message":{"data":"\#(data)","messageId":"1","publishTime":"2026-02-03T09:14:07Z"},"subscription":"projects/x"}"#
        #expect(outline(try decode("google-business", text)) == [expected])
        let isOwn = GoogleBusinessConnector().recognise(head: Array(text.utf8)[...], fileName: nil) != nil
        #expect(isOwn == expected.hasSuffix("_REVIEW"))
    }

    @Test(arguments: [
        (#"{"reviews":[]}"#, ["ignored:empty"]), (#"{"averageRating":0,"totalReviewCount":0}"#, ["ignored:empty"]), (#"{"a":1}"#, ["rejected:1"]),
        (
            #"{"locationReviews":[{"name":"accounts/1/locations/2/reviews/r","review":{"reviewId":"r","starRating":"ONE"}},{}]}"#,
            ["message", "rejected:1"]
        ),
        (
            #"{"reviewId":"r","starRating":"ONE","createTime":"2026-02-03T09:14:07Z","reviewReply":{"comment":"a","updateTime":"soon"}}"#,
            ["message", "rejected:1"]
        ),
    ])
    func otherAnswers(text: String, expected: [String]) throws { #expect(outline(try decode("google-business", text)) == expected) }

    /// Nobody has seen a reply before Google approved it.
    @Test(arguments: [("", Visibility.public), ("APPROVED", .public), ("PENDING", .private), ("REJECTED", .private)])
    func repliesMayBeUnseen(state: String, expected: Visibility) throws {
        let member = state.isEmpty ? "" : #","reviewReplyState":"\#(state)""#
        let review = #"{"reviewId":"r","starRating":"ONE","reviewReply":{"comment":"a","updateTime":"2026-02-03T09:14:07Z"\#(member)}}"#
        #expect(messages(try decode("google-business", review)).map(\.visibility) == [.public, expected])
    }

    @Test func changesHaveTheirTime() throws {
        func review(_ updated: String) -> String {
            #"{"reviewId":"b1","starRating":"ONE","createTime":"2026-02-03T09:14:07Z","updateTime":"\#(updated)"}"#
        }
        let read = messages(try decode("google-business", "{\"reviews\":[\(review("2026-02-03T09:14:07Z")),\(review("2026-02-09T09:14:07Z"))]}"))
        #expect(read.map { $0.editedAt.map(RFC3339.format) } == [nil, "2026-02-09T09:14:07Z"] && read.map(\.edited) == [false, true])
    }
}
