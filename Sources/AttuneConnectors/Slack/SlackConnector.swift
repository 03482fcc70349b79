import AttuneCore

/// Workspace exports of Slack, and events of its Events API.
public struct SlackConnector: Connector {
    public let name = "slack"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Slack: files of a workspace export (day files of channels), and deliveries of the Events API.",
            details: """
                Every message somebody wrote is read, with its files and without what it quotes; joins, topics, pins and the like are ignored with their subtype, as are the entries \
                of users.json, channels.json and integration_logs.json. Changed messages are edits, deleted ones deletions, replies of a thread answer \
                its first message. Messages of bots are a bot's, those of guests and strangers a customer's; all others are a customer's too, \
                unless the configuration knows them. Names come from the profile that newer exports put beside a message, otherwise from the \
                users.json of the export, which also tells bots, guests, and who manages the workspace (an agent); without both people are \
                known by their id. A message is known by its channel and time stamp, the channel by the name of its folder.
                """,
            options: [
                .init("source", "name of the source; otherwise \"slack:\" and the team's id, where an event names it"),
                .init("channel", "channel of the messages; otherwise \"chat\""),
                .init("agentNames", "names of agents, their ids as \"slack:U123\", or your team's id"),
                .init("agentDomains", "e-mail domains of agents, where profiles show addresses"),
            ],
            example: """
                [{"type":"message","user":"U77","text":"My parcel is late, <@U42>","ts":"1770109747.000200","client_msg_id":"c-1",\
                "user_profile":{"real_name":"Priya N","is_restricted":true,"team":"T1"}},\
                {"type":"message","subtype":"channel_join","user":"U42","text":"<@U42> has joined the channel","ts":"1770109750.000300"}]
                """,
            setup: """
                Batch: Settings, Import/export data, export; import the zip file, or unpack it and import the folders of the channels you want, each with its day files. Live: a Slack app with \
                event subscriptions for message.channels and message.groups at /v1/hooks/slack/SOURCE of `attune serve`, which answers \
                url_verification; its signing secret checks deliveries.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return nil }
        if marks.has("event", "type") && marks.says("type", "event_callback")
            || marks.has("challenge", "type") && marks.says("type", "url_verification")
        {
            return Recognition(.certain, "it is a delivery of Slack's Events API")
        }
        if marks.has("type", "api_app_id"), marks.says("type", "app_rate_limited") {
            return Recognition(.certain, "it is a delivery of Slack's Events API")
        }
        if marks.has("messages", "ok") || marks.has("messages", "has_more"), marks.mentions("ts"), marks.says("type", "message") {
            return Recognition(.certain, "it is a page of conversations.history")
        }
        if marks.has("type", "ts", "text"), marks.hasAny("user", "bot_id"), marks.says("type", "message") {
            return Recognition(.certain, "it is messages of a Slack channel")
        }
        guard marks.isArray else { return nil }
        if marks.has("type", "ts"), marks.says("type", "message"), marks.hasAny("user", "bot_id", "subtype", "text", "username", "blocks") {
            return Recognition(.certain, "it is a day of a Slack channel")
        }
        let isUser = marks.has("id", "profile") && marks.hasAny("team_id", "is_bot", "is_app_user") && marks.mentions("real_name")
        let isChannel =
            marks.has("id", "created", "members")
            && (marks.hasAny("topic", "purpose", "creator") || marks.says("id", prefix: "D") && marks.keys.count == 3)
        let isLog = marks.has("user_id", "change_type", "date")
        return isUser || isChannel || isLog ? Recognition(.certain, "it is a list of a Slack export") : nil
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let assembler = DeskAssembler(connector: name, channel: .chat, configuration: configuration, context: context)
        let reader = SlackReader(assembler: assembler, channel: SlackReader.channel(of: context), people: context.people)
        return PayloadDecoder(keepsBeforeCut: true, read: reader.operations)
    }

    public var peopleFile: String? { "users.json" }

    public func people(_ list: [UInt8]) -> [String: KnownPerson] { SlackPeople.read(list) }
}
