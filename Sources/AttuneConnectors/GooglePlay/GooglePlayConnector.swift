import AttuneCore

/// Reviews of Google Play: answers of the developer API, and the reports of the Play Console.
public struct GooglePlayConnector: Connector {
    public let name = "google-play"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: """
                Google Play reviews: pages of the developer API (reviews.list, reviews.get), the Play Console's monthly CSV reports, and what \
                the packages google-play-scraper of Python and Node keep as JSON or CSV.
                """,
            details: """
                Each review becomes a message of the customer with its rating, each developer's reply a message of an agent that answers \
                it. A title and a body that Google joins with a tab are taken apart; where a text is a translation, the original is read. \
                The time is that of the last change. Both forms give the same ids, so that a report and the API may overlap. Ratings \
                without a text come in reports only, and are kept as ratings.
                """,
            options: [
                .init("source", "name of the source; otherwise \"google-play\""),
                .init("channel", "channel of the messages; otherwise \"review\""),
            ],
            example: """
                {"reviews":[{"reviewId":"gp:AOq1","authorName":"Priya N","comments":[\
                {"userComment":{"text":"Slow\\tIt hangs at login","lastModified":{"seconds":"1770109747","nanos":120000000},"starRating":2,\
                "reviewerLanguage":"en_GB"}},\
                {"developerComment":{"text":"Sorry! Fixed in 4.2.","lastModified":{"seconds":"1770196147"}}}]}]}
                """,
            setup: """
                API: give a service account the permission "Reply to reviews" in the Play Console and save what \
                androidpublisher/v3/applications/PACKAGE/reviews answers at least weekly, because it goes back about one week only. \
                Reports: Download reports, Reviews, or the bucket pubsite_prod_…/reviews/ by gsutil.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        if let marks = JSONMarks(head) {
            if marks.has("reviewId", "content", "score"), marks.hasAny("userName", "at") {
                return Recognition(.certain, "its reviews are those of google-play-scraper")
            }
            let isOfNode = marks.has("id", "userName", "score") && marks.hasAny("scoreText", "replyDate", "thumbsUp")
            if isOfNode || marks.has("data", "nextPaginationToken") && marks.mentions("scoreText") {
                return Recognition(.certain, "its reviews are those of google-play-scraper for Node")
            }
            if marks.has("reviews"), marks.hasAny("pageInfo", "tokenPagination"), marks.holds("\"reviews\":[]") {
                return Recognition(.certain, "it is a page without reviews")
            }
            guard marks.hasAny("reviews", "comments"), marks.mentions("userComment") else { return nil }
            return Recognition(.certain, "its comments are userComment and developerComment")
        }
        let header = TextEncoding.firstLine(of: head).lowercased()
        if PlayReportColumns.isScraped(header) { return Recognition(.certain, "it has the columns of google-play-scraper") }
        let isReport = [PlayReportColumns.Column.rating, .text, .submittedMillis].allSatisfy { header.contains($0.name) }
        return isReport ? Recognition(.certain, "it has the columns of a Play Console report") : nil
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let reviews = ReviewAssembler(connector: name, configuration: configuration, context: context)
        let connector = name
        return SniffingDecoder { first in
            if first.first == UInt8(ascii: "{") || first.first == UInt8(ascii: "[") {
                return PayloadDecoder(keepsBeforeCut: true, remarks: { reviews.remarks }, read: GooglePlayReader(reviews).operations)
            }
            return PlayReportDecoder(connector: connector, reviews: reviews)
        }
    }
}
