import AttuneCore

/// The published data sets of Amazon reviews.
public struct AmazonReviewsConnector: Connector {
    public let name = "amazon-reviews"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Amazon review data sets: JSON lines of 2014, 2018 and 2023, and the tables of before 2015.",
            details: """
                Each line becomes a message of the customer: title and text without HTML, rating, pictures as attachments. The reviewer's id \
                is a verified identifier. Only in tables have reviews an id: otherwise one is made of reviewer, product, time and text, so that the same review \
                in two files is one. The oldest files are Python literals, not JSON; each of their lines is rejected.
                """,
            options: [
                .init("source", "name of the source; otherwise \"amazon-reviews\""),
                .init("channel", "channel of the messages; otherwise \"review\""),
            ],
            example: """
                {"rating":2.0,"title":"Leaks","text":"Leaks after a week.<br />Not again.","images":[],"asin":"B00A","parent_asin":"B00A",\
                "user_id":"AE2Q","timestamp":1770109747120,"helpful_vote":1,"verified_purchase":true}
                """,
            setup: "Download the review file of a category, unpack it, and import it as it is.")
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else {
            let text = String(decoding: head.prefix(1_024), as: UTF8.self)
            if AmazonTableDecoder.isHeader(TextEncoding.firstLine(of: head).split(separator: "\t").map { String($0) }) {
                return Recognition(.certain, "it has the columns of an Amazon review file")
            }
            guard text.hasPrefix("{'"), text.contains("'asin':") else { return nil }
            return Recognition(.certain, "it is an Amazon review file of Python literals")
        }
        guard marks.hasAny("asin", "parent_asin") else { return nil }
        // Files about products have an asin too, but no reviewer.
        guard marks.has("reviewerID", "overall") || marks.has("user_id", "rating") else { return nil }
        return Recognition(.certain, "its records have asin, reviewer and rating")
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let reviews = ReviewAssembler(connector: name, configuration: configuration, context: context)
        let reader = AmazonReviewsReader(connector: name, reviews: reviews)
        return SniffingDecoder { first in
            if first == Array("{'".utf8) { return PythonLiteralDecoder() }
            if let letter = first.first, letter | 0x20 >= UInt8(ascii: "a"), letter | 0x20 <= UInt8(ascii: "z") { return AmazonTableDecoder(reviews) }
            return PayloadDecoder(remarks: { reviews.remarks }, read: reader.operations)
        }
    }
}
