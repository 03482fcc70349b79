import AttuneCore

/// Channels of Discord that DiscordChatExporter writes as JSON.
public struct DiscordExportConnector: Connector {
    public let name = "discord-export"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Discord channels, exported as JSON by DiscordChatExporter.",
            details: """
                Messages and replies become messages, without the lines they quote; joins, pins, calls and other notices are ignored as system; \
                embeds and reactions are not read. Bots are known by their flag, agents by the names of their roles or their own. The \
                conversation is the channel or thread.
                """,
            options: [
                .init("agentRoleNames", "names or ids of the server's roles whose holders are agents, e.g. \"Support\""),
                .init("agentNames", "user names, nicknames or ids that answer for the business"),
                .init("source", "name of the source; otherwise \"discord-export:\" and the id of the server"),
                .init("channel", "channel of the messages; otherwise \"chat\""),
            ],
            example: """
                {"guild":{"id":"900","name":"Harbour Tea"},"channel":{"id":"901","type":"GuildTextChat","name":"help"},\
                "messages":[{"id":"1200000000000000001","type":"Default","timestamp":"2026-02-03T10:14:07.123+01:00","timestampEdited":null,\
                "content":"My parcel is late again","author":{"id":"77","name":"pri","discriminator":"0000","nickname":"Priya","isBot":false}}]}
                """,
            setup: "Run DiscordChatExporter with the format Json on the channels of your server, and import the files it writes.")
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head), marks.has("guild", "channel") else { return nil }
        return marks.hasAny("messages", "dateRange", "exportedAt") ? Recognition(.certain, "it is a guild's channel with messages") : nil
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let reader = DiscordExportReader(PayloadScope(connector: name, configuration: configuration, context: context))
        return PayloadDecoder(keepsBeforeCut: true, read: reader.operations)
    }
}
