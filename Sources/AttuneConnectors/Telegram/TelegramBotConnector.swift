import AttuneCore

/// Updates that Telegram sends to a bot.
public struct TelegramBotConnector: Connector {
    public let name = "telegram-bot"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Telegram Bot API updates: messages, channel posts, business messages, edits, deletions.",
            details: """
                Reads the bodies of a bot's webhook, and answers of getUpdates. Texts and captions become messages, \
                without what they quote; messages of others that were forwarded are ignored; edited_… are edits, \
                deleted_business_messages one deletion per message. Bots are known by their flag; a channel's or group's posts in its own name, and \
                what the owner of a business account writes, are the agent's. Reactions, taps on buttons, joins, titles and everything unknown is \
                ignored. What the bot itself sends does not arrive here.
                """,
            options: [
                .init("agentNames", "user names, full names or user ids that answer for the business"),
                .init("source", "name of the source; otherwise \"telegram-bot\""),
                .init("channel", "channel of the messages; otherwise \"chat\""),
            ],
            example: """
                {"update_id":7001,"message":{"message_id":12,"date":1770109747,"chat":{"id":5001,"type":"private","first_name":"Priya"},\
                "from":{"id":5001,"is_bot":false,"first_name":"Priya","username":"pri_brews"},"text":"Where is my parcel?"}}
                """,
            setup: """
                Call setWebhook of the Bot API with the address /v1/hooks/telegram-bot/SOURCE of `attune serve`, a secret_token, and \
                allowed_updates that name what you want. In groups, switch the bot's privacy mode off (@BotFather, /setprivacy).
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return nil }
        if marks.has("update_id") { return Recognition(.certain, "it is an update with an update_id") }
        if marks.has("ok", "result"), marks.holds("\"result\":[]") { return Recognition(.certain, "it is an answer of the Bot API without updates") }
        return marks.has("ok", "result") && marks.mentions("update_id") ? Recognition(.certain, "its result is updates") : nil
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let reader = TelegramUpdateReader(PayloadScope(connector: name, configuration: configuration, context: context))
        return PayloadDecoder(read: reader.operations)
    }
}
