import AttuneCore

/// Chats that Telegram Desktop exports as JSON.
public struct TelegramExportConnector: Connector {
    public let name = "telegram-export"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Telegram Desktop exports: result.json of one chat or of all.",
            details: """
                Reads a single chat or a whole account (chats and left chats). Texts in parts are joined as they stand, without \
                what they quote; messages of others that were forwarded are ignored; notices (type service) are \
                ignored as system; media without a caption are attachments. The exporting account, where the export names it, and a \
                channel's own posts are the agent's; the other side of a chat with a bot is a bot. Times come from date_unixtime; the local date \
                of old exports is read in the configured zone.
                """,
            options: [
                .init("agentNames", "names or user ids under which the business writes"),
                .init("zone", "IANA zone of the computer that exported, for exports without date_unixtime"),
                .init("source", "name of the source; otherwise \"telegram-export\""),
                .init("channel", "channel of the messages; otherwise \"chat\""),
            ],
            example: """
                {"name":"Priya","type":"personal_chat","id":5001,"messages":[{"id":12,"type":"message","date":"2026-02-03T10:14:07",\
                "date_unixtime":"1770109747","from":"Priya","from_id":"user5001","text":["Where is ",{"type":"bold","text":"my parcel"},"?"]}]}
                """,
            setup: """
                Telegram Desktop: in a chat, menu, Export chat history; for all, Settings, Advanced, Export Telegram data. Choose the format \
                JSON; the file is result.json.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return nil }
        if marks.has("chats"), marks.hasAny("personal_information", "about") || marks.mentions("date_unixtime") {
            return Recognition(.certain, "it is chats of an account")
        }
        // Contacts and sessions come before the chats, and may fill what recognition sees.
        if marks.has("about", "personal_information"), marks.hasAny("contacts", "frequent_contacts", "sessions", "profile_pictures") {
            return Recognition(.certain, "it is the data of a Telegram account")
        }
        guard marks.has("messages") else { return nil }
        if marks.mentions("date_unixtime") { return Recognition(.certain, "its messages have a date_unixtime") }
        if marks.has("type", "id"), marks.holds(#""messages":[]"#), Self.kinds.contains(where: { marks.says("type", $0) }) {
            return Recognition(.certain, "it is a chat without messages")
        }
        guard marks.has("type", "id"), marks.says("type", "message") || marks.says("type", "service") else { return nil }
        return marks.mentions("from_id") || marks.mentions("from") && marks.mentions("date")
            ? Recognition(.certain, "it is a chat with messages of type message or service") : nil
    }

    private static let kinds = [
        "personal_chat", "bot_chat", "saved_messages", "private_group", "private_supergroup", "public_supergroup", "private_channel",
        "public_channel",
    ]

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let scope = PayloadScope(connector: name, configuration: configuration, context: context)
        let times = SharedTimestampReader(configuration)
        return PayloadDecoder(keepsBeforeCut: true) { payload, line in
            var reader = TelegramExportReader(scope, times, line: line)
            return reader.operations(payload)
        }
    }
}
