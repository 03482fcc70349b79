import AttuneCore

/// The App Store's public feed of customer reviews.
public struct AppStoreFeedConnector: Connector {
    public let name = "app-store-feed"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "The App Store's public RSS feed of customer reviews, as JSON or XML, and what app-store-scraper for Node makes of it.",
            details: """
                Each entry with a rating becomes a message of the customer; an entry that describes the app itself is ignored. Both forms \
                give the same ids, and so do the reviews of app-store-scraper. A page with a single review, which Apple writes without a list, \
                and a page without any are read as well. \
                The feed has no language and no responses; use app-store-connect for your own apps.
                """,
            options: [
                .init("source", "name of the source; otherwise \"app-store-feed\""),
                .init("channel", "channel of the messages; otherwise \"review\""),
            ],
            example: """
                {"feed":{"id":{"label":"https://itunes.apple.com/gb/rss/customerreviews/id=1/json"},"entry":[{"id":{"label":"1234567"},\
                "author":{"uri":{"label":"https://itunes.apple.com/gb/reviews/id77"},"name":{"label":"priya"}},\
                "updated":{"label":"2026-02-03T01:14:07-07:00"},"im:rating":{"label":"2"},"title":{"label":"Slow"},\
                "content":{"label":"It hangs at login","attributes":{"type":"text"}}}]}}
                """,
            setup: """
                Save https://itunes.apple.com/COUNTRY/rss/customerreviews/page=N/id=APP/sortby=mostrecent/json (or …/xml) for N from 1 to 10; \
                one feed a country, the newest 500 reviews each.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        if let marks = JSONMarks(head) {
            let isApples = marks.says("label", prefix: "https://itunes.apple.com/") || marks.holds("/customerreviews/")
            if marks.has("id", "userName", "userUrl", "score") { return Recognition(.certain, "its reviews are those of app-store-scraper") }
            guard marks.has("feed"), marks.mentions("im:rating") || isApples else { return nil }
            return Recognition(.certain, "it is a feed of customer reviews")
        }
        let text = String(decoding: head.prefix(16_384), as: UTF8.self)
        guard text.contains("<feed"), text.contains("<im:rating") || text.contains("/customerreviews/") else { return nil }
        return Recognition(.certain, "it is an Atom feed whose entries have im:rating")
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let reader = AppStoreFeedReader(ReviewAssembler(connector: name, configuration: configuration, context: context))
        return SniffingDecoder { first in
            if first.first == UInt8(ascii: "<") { return AppStoreFeedXMLDecoder(reader) }
            return PayloadDecoder(keepsBeforeCut: true, remarks: { reader.remarks }, read: reader.operations)
        }
    }
}
