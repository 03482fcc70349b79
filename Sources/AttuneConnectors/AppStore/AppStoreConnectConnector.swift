import AttuneCore

/// Customer reviews of the App Store Connect API.
public struct AppStoreConnectConnector: Connector {
    public let name = "app-store-connect"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "App Store reviews and responses from the App Store Connect API (customerReviews, with included responses).",
            details: """
                Each customerReviews resource becomes a message of the customer: title, body, rating. Each customerReviewResponses resource \
                becomes an agent's message that answers its review; one that waits for publication is private. Apple keeps id and date of a \
                review that was edited: the new content replaces the stored one. Other included resources are ignored with their type.
                """,
            options: [
                .init("source", "name of the source; otherwise \"app-store-connect\""),
                .init("channel", "channel of the messages; otherwise \"review\""),
            ],
            example: """
                {"data":[{"type":"customerReviews","id":"00000012-aa","attributes":{"rating":2,"title":"Slow","body":"It hangs at login",\
                "reviewerNickname":"priya","createdDate":"2026-02-03T01:14:07-08:00","territory":"GBR"},\
                "relationships":{"response":{"data":{"type":"customerReviewResponses","id":"00000012-bb"}}}}],\
                "included":[{"type":"customerReviewResponses","id":"00000012-bb","attributes":{"responseBody":"Fixed in 4.2.",\
                "lastModifiedDate":"2026-02-04T02:00:00-08:00","state":"PUBLISHED"}}],"links":{"self":"https://example.com"}}
                """,
            setup: """
                In App Store Connect, Users and Access, Integrations: make a key with the role Customer Support. Fetch \
                /v1/apps/APP/customerReviews?include=response&sort=-createdDate page by page (links.next) and save the answers, \
                one or many in a file.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head), marks.hasAny("data", "attributes"),
            marks.says("type", "customerReviews") || marks.says("type", "customerReviewResponses")
                || marks.has("links") && marks.holds("//api.appstoreconnect.apple.com/") && marks.holds("/customerReviews")
        else { return nil }
        return Recognition(.certain, "its resources are customerReviews")
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let reviews = ReviewAssembler(connector: name, configuration: configuration, context: context)
        return PayloadDecoder(keepsBeforeCut: true, remarks: { reviews.remarks }, read: AppStoreConnectReader(reviews).operations)
    }
}
