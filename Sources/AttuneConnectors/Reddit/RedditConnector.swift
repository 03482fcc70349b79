import AttuneCore

/// Posts and comments of Reddit.
public struct RedditConnector: Connector {
    public let name = "reddit"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Reddit listings: posts, comment pages with all their replies, messages.",
            details: """
                Reads listings as the API and the .json pages give them: a listing, a post's page (an array of two), single things a line, or the \
                answers of archives (Pushshift, PullPush). \
                Posts are their title and text, private messages that are no answers their subject and text, comments their text without the \
                lines they quote; the conversation is the post. What is [deleted] or [removed] is a deletion. Replies that were not loaded (kind more) are ignored as \"more\": load them with \
                /api/morechildren, whose answer is read too. Escapes are undone \
                unless the answer was asked for with raw_json=1.
                """,
            options: [
                .init("agentNames", "user names that answer for the business; AutoModerator is a bot by itself"),
                .init("source", "name of the source; otherwise \"reddit\""),
                .init("channel", "channel of the messages; otherwise \"social\", \"chat\" for private messages"),
            ],
            example: """
                {"kind":"Listing","data":{"children":[{"kind":"t1","data":{"id":"f1","name":"t1_f1","parent_id":"t3_p1","link_id":"t3_p1",\
                "author":"pri_brews","body":"Still no parcel &amp; no answer","created_utc":1770109747.0,"edited":false,"replies":""}}],"after":null}}
                """,
            setup: """
                Save https://oauth.reddit.com/r/NAME/comments/ID?raw_json=1 (a post with its comments), /r/NAME/new or /r/NAME/comments, page by \
                page (after); then `attune import` them.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return nil }
        if marks.has("json"), marks.mentions("things"), marks.says("name", prefix: "t1_") {
            return Recognition(.certain, "its things are comments that were loaded later")
        }
        if marks.has("subreddit", "author", "created_utc"), marks.hasAny("body", "selftext") {
            return Recognition(.certain, "its records are of a subreddit, by an author")
        }
        if marks.has("data"), marks.holds(#""data":[{"#), ["subreddit", "author", "created_utc"].allSatisfy(marks.mentions),
            marks.mentions("body") || marks.mentions("selftext")
        {
            return Recognition(.certain, "its data is of a subreddit, by authors")
        }
        guard marks.has("kind", "data") else { return nil }
        if marks.says("kind", "Listing"), marks.mentions("children") { return Recognition(.certain, "it is a Listing with children") }
        for kind in ["t1", "t3"] where marks.says("kind", kind) && marks.says("name", prefix: "\(kind)_") {
            return Recognition(.certain, "its things are named \(kind)_…")
        }
        return nil
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        var configuration = configuration
        // As Reddit writes names in its pages.
        configuration.agentNames = configuration.agentNames.map { $0.replacing(/^\/?u\//, with: "") }
        let reader = RedditReader(PayloadScope(connector: name, configuration: configuration, context: context))
        return PayloadDecoder(keepsBeforeCut: true, read: reader.operations)
    }
}
