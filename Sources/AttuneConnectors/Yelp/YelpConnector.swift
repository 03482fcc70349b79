import AttuneCore

/// Yelp reviews: pages of the Fusion API and webhook deliveries.
public struct YelpConnector: Connector {
    public let name = "yelp"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Yelp reviews of the Fusion API, and webhook deliveries about new ones.",
            details: """
                Each review becomes a message of the customer. Yelp gives an excerpt of about 160 letters only; it is read as it is. A \
                delivery about a new review holds no text: it becomes a message that is only a rating, and the API's answer later \
                replaces it by its id. Yelp writes times without a zone: say which one with `zone`.
                """,
            options: [
                .init("zone", "IANA zone of Yelp's times (that of the business); otherwise they are read as UTC"),
                .init("source", "name of the source; otherwise \"yelp\""),
                .init("channel", "channel of the messages; otherwise \"review\""),
            ],
            example: """
                {"reviews":[{"id":"y1","url":"https://www.yelp.com/biz/harbour-tea?hrid=y1","text":"The tea was cold and the ...","rating":2,\
                "time_created":"2026-02-03 09:14:07","user":{"id":"u1","profile_url":"https://example.com","name":"Priya N."}}],"total":1,\
                "possible_languages":["en"]}
                """,
            setup: """
                Save what api.yelp.com/v3/businesses/ID/reviews answers. For webhooks, ask Yelp to add the business to your subscription and \
                point it to /v1/hooks/yelp/SOURCE of `attune serve`; deliveries are not signed, so use a SOURCE that nobody can guess.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return nil }
        let hasUpdates = marks.mentions("updates") && (marks.mentions("event_type") || marks.holds("\"updates\":[]"))
        if marks.has("object", "data"), marks.says("object", "business"), hasUpdates {
            return Recognition(.certain, "it is about updates of a business")
        }
        if marks.has("reviews", "total", "possible_languages") { return Recognition(.certain, "it is a page of reviews with possible_languages") }
        guard marks.hasAny("reviews", "time_created"), marks.mentions("time_created"), marks.mentions("user") else { return nil }
        return Recognition(.certain, "its reviews have time_created and a user")
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let reviews = ReviewAssembler(connector: name, configuration: configuration, context: context)
        return PayloadDecoder(keepsBeforeCut: true, remarks: { reviews.remarks }, read: YelpReader(reviews).operations)
    }
}
