import AttuneCore

/// Webhook deliveries of Facebook Pages, Messenger and Instagram.
public struct MetaConnector: Connector {
    public let name = "meta"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Facebook Page, Messenger and Instagram webhooks: comments, visitor posts, direct messages, edits, deletions.",
            details: """
                Reads the JSON bodies that Meta posts for the objects page and instagram, one or many in a file: entries with changes, with \
                messaging or standby, and those of Instagram business login that carry field and value themselves; a body may be wrapped in an \
                array. Comments, posts of visitors, direct messages and tapped buttons become messages; edited and removed ones edits and \
                deletions. What the page or account writes itself (also as an echo) is the agent's. Reactions, receipts without a message, \
                mentions (Meta sends their ids only) and everything unknown is ignored with its kind as reason.
                """,
            options: [
                .init("source", "name of the source; otherwise \"meta:\" and the id of the page or account"),
                .init("channel", "channel of the messages; otherwise \"social\" for comments and posts, \"chat\" for direct messages"),
                .init("agentNames", "names, user names or ids of people who answer for the business from accounts of their own"),
            ],
            example: """
                {"object":"instagram","entry":[{"id":"178414","time":1770109747,"changes":[{"field":"comments","value":{"id":"c-7",\
                "from":{"id":"igs-1","username":"priya.brews"},"text":"Love it","media":{"id":"m-1"}}}]}]}
                """,
            setup: """
                In the Meta app dashboard, Webhooks: choose Page or Instagram, set the callback URL to /v1/hooks/meta/SOURCE of `attune serve` \
                with your verify token, and subscribe to feed, messages, message_echoes, message_edits, messaging_postbacks (Page) or comments, \
                live_comments, messages (Instagram). Install the app on the page. The app secret checks the signature of every delivery.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return nil }
        // What the dashboard sends to try a webhook; WhatsApp's own says whose it is.
        if marks.keys == ["field", "value"], marks.holds(#""value":{"#), !marks.mentions("messaging_product"),
            let field = Self.fields.first(where: { marks.says("field", $0) })
        {
            return Recognition(.certain, "it is a sample of the field \(field)")
        }
        guard marks.has("object", "entry") else { return nil }
        for object in ["page", "instagram"] where marks.says("object", object) {
            return Recognition(.certain, "its object is \(object), with entries")
        }
        return nil
    }

    /// Those that dashboards of Pages and Instagram offer to try.
    private static let fields = [
        "comments", "live_comments", "mentions", "messages", "message_edit", "message_reactions", "messaging_handover", "messaging_postbacks",
        "messaging_referral", "messaging_seen", "standby", "story_insights", "feed", "mention", "ratings",
    ]

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let reader = MetaPayloadReader(PayloadScope(connector: name, configuration: configuration, context: context))
        return PayloadDecoder(read: reader.operations)
    }
}
