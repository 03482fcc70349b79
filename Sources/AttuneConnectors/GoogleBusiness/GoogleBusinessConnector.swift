import AttuneCore

/// Reviews of Google Business Profile (Google Maps and Search).
public struct GoogleBusinessConnector: Connector {
    public let name = "google-business"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Google Business Profile reviews with the owner's replies, and the notices of new ones.",
            details: """
                Each review becomes a message of the customer; one without a comment is kept as a rating. The owner's reply is an agent's \
                message that answers it, private as long as Google has not approved it. Of a comment that comes with Google's translation only \
                the original is read. A notice that was \
                pushed through Pub/Sub holds no text: it is ignored with its type, and tells you to fetch the review.
                """,
            options: [
                .init("source", "name of the source; otherwise \"google-business:\" and the account's number"),
                .init("channel", "channel of the messages; otherwise \"review\""),
            ],
            example: """
                {"reviews":[{"name":"accounts/1/locations/2/reviews/r1","reviewId":"r1","reviewer":{"displayName":"Priya N"},\
                "starRating":"TWO","comment":"Cold tea again","createTime":"2026-02-03T09:14:07.120Z","updateTime":"2026-02-03T09:14:07.120Z",\
                "reviewReply":{"comment":"We are sorry.","updateTime":"2026-02-04T08:00:00Z"}}],"averageRating":4.1,"totalReviewCount":88}
                """,
            setup: """
                Save what mybusiness.googleapis.com/v4/accounts/ACCOUNT/locations/LOCATION/reviews answers, page by page. For notices, set \
                a Pub/Sub topic in the account's notification settings with NEW_REVIEW and UPDATED_REVIEW, and a push subscription to \
                /v1/hooks/google-business/SOURCE of `attune serve`.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return nil }
        if marks.has("reviews", "averageRating", "totalReviewCount"), marks.holds("\"reviews\":[]") {
            return Recognition(.certain, "it is a page without reviews")
        }
        if marks.hasAny("reviews", "locationReviews", "reviewId") {
            let isOwn = marks.mentions("starRating") && (marks.mentions("reviewer") || marks.says("name", prefix: "accounts/"))
            return isOwn && !marks.mentions("userComment") ? Recognition(.certain, "its reviews have a reviewer and a starRating") : nil
        }
        // A notice hides in base64; other Pub/Sub messages look alike from outside.
        guard marks.has("message", "subscription"), let type = Self.noticeType(head) else { return nil }
        return Recognition(.certain, "it is a Pub/Sub message about \(type)")
    }

    private static func noticeType(_ head: ArraySlice<UInt8>) -> String? {
        let text = String(decoding: head, as: UTF8.self)
        guard let key = text.firstRange(of: "\"data\"") else { return nil }
        let parts = text[key.upperBound...].split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let type = BusinessNotice.type(String(parts[1])), type != "notice" else { return nil }
        return type
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let reader = GoogleBusinessReader(connector: name, configuration: configuration, context: context)
        return PayloadDecoder(keepsBeforeCut: true, remarks: { reader.remarks }, read: reader.operations)
    }
}
