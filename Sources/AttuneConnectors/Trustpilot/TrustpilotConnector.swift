import AttuneCore

/// Trustpilot reviews: webhook deliveries and API pages.
public struct TrustpilotConnector: Connector {
    public let name = "trustpilot"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Trustpilot reviews from webhooks (created, updated, deleted), from the API and from exported tables, with company replies.",
            details: """
                Created reviews become messages of the customer, updated ones edits, deleted ones deletions; a company reply is an agent's \
                message that answers the review. The consumer's id is a verified identifier; the order reference and the e-mail address \
                of an invitation are verified when the review is. Webhook, API and export give the same ids.
                """,
            options: [
                .init("source", "name of the source; otherwise \"trustpilot\""),
                .init("channel", "channel of the messages; otherwise \"review\""),
            ],
            example: """
                {"events":[{"eventName":"service-review-created","version":"1","eventData":{"id":"65bd","stars":2,"title":"Late",\
                "text":"Third delay in a row","language":"en","createdAt":"2026-02-03T09:14:07Z","isVerified":true,"referenceId":"1182",\
                "consumer":{"id":"c9","name":"Priya N"}}}]}
                """,
            setup: """
                In Trustpilot Business, Integrations, Webhooks: add the URL /v1/hooks/trustpilot/SOURCE of `attune serve`. Deliveries are not \
                signed: use a SOURCE that nobody can guess, or basic authentication in the URL. For what is older, save the pages of \
                /v1/business-units/ID/reviews, or export the reviews as CSV.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else {
            let isExport = TrustpilotTableDecoder.isHeader(TextEncoding.firstLine(of: head).lowercased())
            return isExport ? Recognition(.certain, "it has the columns of an export of Trustpilot's reviews") : nil
        }
        if marks.hasAny("events", "eventName") {
            let isOwn = marks.says("eventName", prefix: "service-review-") || marks.says("eventName", prefix: "product-review-")
            return isOwn ? Recognition(.certain, "its events are about service reviews") : nil
        }
        if marks.has("links", "reviews"), marks.holds("\"reviews\":[]") { return Recognition(.certain, "it is a page without reviews") }
        guard marks.hasAny("reviews", "productReviews", "stars"), marks.mentions("stars"), marks.mentions("consumer") else { return nil }
        return Recognition(.certain, "its reviews have stars and a consumer")
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let reviews = ReviewAssembler(connector: name, configuration: configuration, context: context)
        return SniffingDecoder { first in
            if first.first == UInt8(ascii: "{") || first.first == UInt8(ascii: "[") {
                return PayloadDecoder(keepsBeforeCut: true, remarks: { reviews.remarks }, read: TrustpilotReader(reviews).operations)
            }
            return TrustpilotTableDecoder(reviews)
        }
    }
}
