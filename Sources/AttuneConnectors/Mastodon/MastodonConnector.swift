import AttuneCore

/// Statuses of Mastodon and of servers that speak its API.
public struct MastodonConnector: Connector {
    public let name = "mastodon"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Mastodon, Pleroma, Akkoma, Pixelfed: statuses, notifications, and streaming frames (WebSocket and SSE).",
            details: """
                Reads statuses (one, an array, a line each), threads (ancestors and descendants), notifications, also in groups, conversations and what the \
                streaming API sends: update is a message, status.update an edit, delete a deletion. HTML becomes plain text, a content \
                warning its first paragraph. Boosts are ignored, descriptions of pictures are never text. Accounts that say so are bots; \
                direct statuses are private. An answer is in the conversation of the status it answers, whose beginning is known as far as it came before \
                in the same input. Ids count within one server: name it by a source of its own, "mastodon:" and the server. Accounts are known by that server and \
                their id, otherwise by the server of the account.
                """,
            options: [
                .init("source", "name of the source, e.g. \"mastodon:shop.example\"; otherwise \"mastodon\""),
                .init("channel", "channel of the messages; otherwise \"social\""),
                .init("agentNames", "acct, user name, display name or account id of the business"),
            ],
            example: """
                {"id":"108913983692647032","uri":"https://shop.example/users/pri/statuses/1","created_at":"2026-02-03T09:14:07.000Z",\
                "in_reply_to_id":null,"visibility":"public","spoiler_text":"","language":"en","content":"<p>Still <b>waiting</b></p>",\
                "account":{"id":"9","acct":"pri@social.example","username":"pri","display_name":"Priya","bot":false}}
                """,
            setup: """
                Save GET /api/v1/notifications?types[]=mention or /api/v1/statuses/ID/context of your server, or record its streaming API \
                (wss://SERVER/api/v1/streaming?stream=user:notification) to a file, one frame a line.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return ServerSentEvents.recognise(head) }
        if marks.has("stream", "event") { return Recognition(.certain, "it is a streaming frame with stream and event") }
        if marks.has("account", "content", "created_at"), marks.hasAny("spoiler_text", "in_reply_to_account_id", "reblogs_count") {
            return Recognition(.certain, "it is a status with account and content")
        }
        // Pixelfed and others leave members out.
        if marks.has("account", "content", "created_at"), marks.hasAny("visibility", "uri"), marks.mentions("acct") {
            return Recognition(.certain, "it is a status of an acct, with content")
        }
        if marks.has("notification_groups", "statuses") { return Recognition(.certain, "it is notifications in groups") }
        if marks.mentions("acct"),
            marks.hasAny("ancestors", "descendants") || marks.has("accounts", "last_status") || marks.has("statuses", "hashtags")
        {
            return Recognition(.certain, "it is a thread, conversation or search of accounts")
        }
        if marks.has("account", "created_at", "type"), marks.mentions("acct") { return Recognition(.certain, "it is notifications") }
        return nil
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let reader = MastodonReader(PayloadScope(connector: name, configuration: configuration, context: context))
        return MastodonDecoder(reader)
    }
}
