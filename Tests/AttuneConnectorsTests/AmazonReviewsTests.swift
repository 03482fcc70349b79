import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct AmazonReviewsTests {
    @Test func readsEveryVintage() throws {
        let operations = try decode("amazon-reviews", Files.fixture("amazon.jsonl"))
        #expect(outline(operations) == ["message", "message", "message", "rejected:5", "rejected:6", "message"])
        let read = messages(operations)
        #expect(read.map(\.text) == ["Leaks\n\nLeaks after a week.\n\nNot \"tight\" at all <3", "Good\n\nGood\n  tea", "ok", "Good\n\nGood\n  tea"])
        #expect(
            read.map { RFC3339.format($0.sentAt) } == [
                "2026-02-03T09:09:07.12Z", "2018-02-03T00:00:00Z", "2014-02-13T00:00:00Z", "2018-02-03T00:00:00Z",
            ])
        #expect(read.map(\.timeBasis) == [.exact, .exact, .localAssumed, .exact] && read.map { $0.rating?.value } == [2, 5, 3, 5])
        #expect(read[0].author.identifiers == [Identifier(kind: .externalID, value: "amazon:AE2Q", verified: true)])
        #expect(read[0].attachments.map(\.kind) == ["image", "image"] && read[1].author.displayName == "Tom")
        #expect(read[1].id == read[3].id && Set(read.map(\.id)).count == 3 && read[0].conversationID.hasPrefix("B00A:"))
    }

    /// The same review in another file, behind others, keeps its id.
    @Test func idsComeFromContent() throws {
        let lines = try String(decoding: Files.fixture("amazon.jsonl"), as: UTF8.self).split(separator: "\n")
        let whole = messages(try decode("amazon-reviews", lines.joined(separator: "\n"))).map(\.id)
        #expect(messages(try decode("amazon-reviews", lines[1...2].joined(separator: "\n"))).map(\.id) == Array(whole[1...2]))
    }

    @Test func pythonLiteralsAreRefusedInClearWords() throws {
        let line = "{'reviewerID': 'A2', 'asin': '0002', 'reviewText': \"it's ok\", 'overall': 3.0}\n"
        #expect(AmazonReviewsConnector().recognise(head: Array(line.utf8)[...], fileName: nil)?.certainty == .certain)
        let operations = try decode("amazon-reviews", line + "\n" + line)
        #expect(outline(operations) == ["rejected:1", "rejected:3"])
        // Also between lines of JSON.
        let mixed = try decode("amazon-reviews", #"{"asin":"1","overall":4}"# + "\n" + line)
        #expect(mixed.count == 2 && mixed.last == .rejected(Rejection(reason: JSONItems.pythonLiteral, line: 2)))
        guard case .rejected(let rejection) = operations[0] else { return }
        #expect(rejection.reason.contains("Python") && rejection.reason.contains("json.dumps") && !rejection.reason.contains("A2"))
    }

    @Test(
        arguments: [
            (#"{"asin":"1","user_id":"u","rating":3.5,"text":"a","timestamp":"2020-05-05 14:08:48.923"}"#, "message"),
            (#"{"asin":"1","overall":4}"#, "message"), (#"{"asin":"1"}"#, "rejected:1"), (#"{"asin":"1","overall":7}"#, "rejected:1"),
            (#"{"asin":"1","overall":4,"reviewTime":"never"}"#, "rejected:1"), ("[]", nil), ("3", "rejected:1"),
        ] as [(String, String?)])
    func otherRecords(text: String, expected: String?) throws {
        #expect(outline(try decode("amazon-reviews", text)) == [expected].compactMap { $0 })
    }

    /// Tables have tabs that nothing quotes, so that a quotation mark is one.
    @Test func readsTables() throws {
        let text =
            "marketplace\tcustomer_id\treview_id\tproduct_id\tproduct_title\tstar_rating\treview_headline\treview_body\treview_date\r\n"
            + "US\t120\tRQ58\tB00A\tPants\t4\tGreat &amp; cheap\tFits.<br />Also \"quoted\t2005-10-14\r\n"
            + "US\t127\tRF6I\tB00B\tGuide\t3\t\t\t2005-10-14\r\nUS\t127\r\n\r\nUS\t128\tRF7I\tB00B\tGuide\t9\t\t\t2005-10-14\r\n"
        let found = try ConnectorRegistry.standard.recognise(head: Array(text.utf8)[...], fileName: "amazon_reviews_us.tsv")
        #expect(found.connector.name == "amazon-reviews")
        let operations = try decode("amazon-reviews", text)
        #expect(outline(operations) == ["message", "message", "rejected:3", "rejected:4"])
        let read = messages(operations)
        #expect(read[0].text == "Great & cheap\n\nFits.\nAlso \"quoted" && read[0].rating == Rating(value: 4) && read[1].text.isEmpty)
        #expect(
            read[0].id == "amazon-reviews:RQ58" && read[0].conversationID == "B00A:RQ58" && RFC3339.format(read[0].sentAt) == "2005-10-14T00:00:00Z")
        #expect(read[0].author.identifiers == [Identifier(kind: .externalID, value: "amazon:120", verified: true)])
        for size in [1, 50] { #expect(try decode("amazon-reviews", Array(text.utf8), pieces: size) == operations) }
    }
}
