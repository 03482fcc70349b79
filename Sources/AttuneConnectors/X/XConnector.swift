import AttuneCore

/// Posts and direct messages of X: API v2 answers and streams, and Account Activity webhooks.
public struct XConnector: Connector {
    public let name = "x"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "X (Twitter): posts and direct messages of the API, streams, X Activity and Account Activity webhooks.",
            details: """
                Reads answers of the v2 API (data with includes, or counted by their meta), the lines of a filtered stream, single posts a line, the bodies that the X \
                Activity API and the Account Activity API post, and what version 1.1 of the API wrote: posts, searches, streams, lists of \
                direct messages. Reposts are ignored; long posts are read in full; an edited post keeps the id of its first \
                version. A post without created_at gets the time that its id holds. Languages that stand for none (und, zxx, qme, …) are \
                left out. Likes, follows, blocks, typing and everything unknown is ignored with its kind as reason.
                """,
            options: [
                .init("source", "name of the source; otherwise \"x\", whichever account a webhook is for, so that ids agree with those of the API"),
                .init("channel", "channel of the messages; otherwise \"social\" for posts, \"chat\" for direct messages"),
                .init("agentNames", "user names, names or account ids of the business; the user whom a webhook is for needs no mention"),
            ],
            example: """
                {"data":{"id":"1890000000000000001","text":"@shop where is my refund &amp; reply?","author_id":"77",\
                "created_at":"2026-02-03T09:14:07.000Z","edit_history_tweet_ids":["1890000000000000001"]},\
                "includes":{"users":[{"id":"77","username":"pri","name":"Priya"}]}}
                """,
            setup: """
                Save the answers of /2/tweets/search/recent, /2/users/ID/mentions or /2/tweets/search/stream, asked with \
                tweet.fields=author_id,conversation_id,created_at,in_reply_to_user_id,lang,note_tweet,referenced_tweets and expansions=author_id. \
                Or register /v1/hooks/x/SOURCE of `attune serve` (https, without a port) as webhook of the app; the consumer secret answers \
                its challenge and checks the signature of every delivery.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return nil }
        if marks.has("for_user_id") { return Recognition(.certain, "it is for a user's activity (for_user_id)") }
        if marks.has("user_event") { return Recognition(.certain, "it is news of an app's access to a user (user_event)") }
        if marks.has("edit_history_tweet_ids") { return Recognition(.certain, "it is a post with its edit history") }
        if marks.keys == ["meta"], marks.mentions("result_count") { return Recognition(.certain, "its meta counts results") }
        if let reason = Self.firstVersion(marks) { return Recognition(.certain, reason) }
        guard marks.has("data") else { return nil }
        if marks.mentions("event_uuid"), marks.mentions("event_type") { return Recognition(.certain, "it is an event of a user (event_uuid)") }
        let names = ["edit_history_tweet_ids", "in_reply_to_user_id", "referenced_tweets", "dm_conversation_id"]
        if let name = names.first(where: marks.mentions) { return Recognition(.certain, "its data is posts (\(name))") }
        if let reason = Self.olderAnswer(marks) { return Recognition(.certain, reason) }
        return marks.has("matching_rules") ? Recognition(.certain, "it matches rules of a filtered stream") : nil
    }

    /// Members of an answer of version 2.
    private static let answer: Set = ["data", "includes", "meta", "errors", "matching_rules"]

    /// Why it is an answer of version 2 from before posts had a history of edits (2022); nil for everything else.
    private static func olderAnswer(_ marks: JSONMarks) -> String? {
        guard marks.keys.isSubset(of: answer), marks.mentions("id"), marks.mentions("text") else { return nil }
        if marks.has("includes"), marks.mentions("author_id"), marks.mentions("username"), marks.holds(#""users":[{"#) {
            return "its data is posts, and it includes their users"
        }
        return marks.has("meta") && marks.mentions("result_count") && (marks.mentions("newest_id") || marks.mentions("author_id"))
            ? "its data is posts, and its meta counts them" : nil
    }

    /// Why it is of version 1.1 of the API; nil for everything else.
    private static func firstVersion(_ marks: JSONMarks) -> String? {
        let isPost = marks.has("id_str", "user", "created_at") && marks.hasAny("full_text", "text", "extended_tweet")
        if isPost, marks.mentions("screen_name") || marks.hasAny("in_reply_to_status_id_str", "is_quote_status", "favorited", "truncated") {
            return "it is a post with its author (id_str)"
        }
        if marks.has("statuses"), marks.has("search_metadata") || marks.mentions("id_str") && marks.mentions("screen_name") {
            return "it is posts that were searched for (statuses)"
        }
        if marks.holds(#""delete":{"status":{"#) { return "it is the deletion of a post in a stream" }
        let isMessages = marks.has("events") && marks.says("type", "message_create") && marks.mentions("message_data")
        return isMessages ? "its events are direct messages (message_create)" : nil
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let scope = PayloadScope(connector: name, configuration: configuration, context: context)
        return PayloadDecoder { payload, line in
            if payload["for_user_id"] != nil { return XActivityReader(payload, scope, line).operations() }
            // That an app was revoked says nothing of anybody's messages.
            if payload["user_event"] != nil { return [.ignored(reason: "user_event")] }
            if let event = XEventReader(payload, scope, line) { return event.operations() }
            if payload["data"] == nil, let records = XActivityReader(payload, userID: context.account, scope, line).records() { return records }
            return XPostReader(payload, scope, line).operations()
        }
    }
}
