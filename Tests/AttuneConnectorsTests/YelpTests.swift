import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct YelpTests {
    @Test func readsReviewsAndDeliveries() throws {
        let operations = try decode("yelp", Files.fixture("yelp.json"), #"{"zone":"Europe/London"}"#)
        #expect(outline(operations) == ["message", "rejected:3", "rejected:4", "message", "ignored:OPENED_EVENT", "rejected:6"])
        let read = messages(operations)
        // An excerpt, with a time that has no zone.
        #expect(read[0].text == "The tea was cold and the ..." && read[0].timeBasis == .localAssumed)
        #expect(RFC3339.format(read[0].sentAt) == "2026-07-03T08:14:07Z" && read[0].author.displayName == "Priya N.")
        #expect(read[0].author.identifiers == [Identifier(kind: .externalID, value: "yelp:u1", verified: true)])
        #expect(read[1].text.isEmpty && read[1].rating == Rating(value: 1) && read[1].id == "yelp:y3" && read[1].language == "en")
    }

    /// The API's answer replaces the rating that the delivery brought.
    @Test func bothFormsGiveTheSameID() throws {
        let text = #"{"reviews":[{"id":"y3","text":"Cold","rating":1,"time_created":"2026-02-03 09:14:07","user":{"id":"u3"}}]}"#
        let read = messages(try decode("yelp", text))
        #expect(read.map(\.id) == ["yelp:y3"] && read[0].author.identifiers.first?.value == "yelp:u3")
    }

    @Test(arguments: [
        (#"{"reviews":[]}"#, ["ignored:empty"]), (#"{"object":"business","data":{"updates":[]}}"#, ["ignored:empty"]), ("{}", ["rejected:1"]),
        (#"{"object":"page","data":{}}"#, ["rejected:1"]), (#"{"id":"1","rating":5,"text":"a","time_created":"2026-02-03 09:14:07"}"#, ["message"]),
    ])
    func otherPayloads(text: String, expected: [String]) throws { #expect(outline(try decode("yelp", text)) == expected) }
}
