import AttuneCore

/// Conversations and tickets of Intercom: webhooks and REST.
public struct IntercomConnector: Connector {
    public let name = "intercom"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Intercom: webhook notifications, conversations and tickets of the REST API, lists and searches.",
            details: """
                The source of a conversation is its first message, then each part is one operation: a message when somebody wrote something, whatever \
                the part's type (a reply that reopens a conversation has the type open); notes are private; redacted parts are deletions; parts \
                that only change state are ignored with their type. Users, leads and contacts are customers, admins agents, bots bots. A \
                conversation's rating is a message with a rating. Webhooks repeat the source with each new part: ids are equal. E-mail addresses of \
                leads are what they typed, those of users and admins count as verified. Webhooks name the workspace and REST does not: set \
                source when you use both, so that ids agree.
                """,
            options: [
                .init("source", "name of the source; otherwise \"intercom:\" and the app's id"),
                .init("channel", "channel of the messages; otherwise that of the conversation, or \"chat\""),
            ],
            example: """
                {"type":"notification_event","app_id":"ab12","topic":"conversation.user.replied","id":"notif_1","created_at":1770109750,\
                "data":{"type":"notification_event_data","item":{"type":"conversation","id":"367","created_at":1770109747,\
                "source":{"type":"conversation","id":"4039","body":"<p>Where is my parcel?</p>","author":{"type":"user","id":"667d","name":"Priya"}},\
                "conversation_parts":{"conversation_parts":[{"type":"conversation_part","id":"102","part_type":"open","body":"<p>Hello?</p>",\
                "created_at":1770109750,"author":{"type":"user","id":"667d","name":"Priya"}}],"total_count":1}}}}
                """,
            setup: """
                Developer Hub, your app, Webhooks: endpoint /v1/hooks/intercom/SOURCE of `attune serve`, topics conversation.user.created, \
                conversation.user.replied, conversation.admin.replied, conversation.admin.noted, conversation.rating.added, conversation_part.redacted. \
                The app's client secret signs deliveries. Batch: GET /conversations/ID of each conversation, one JSON object a line.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head), marks.has("type") else { return nil }
        if marks.has("topic", "data"), marks.says("type", "notification_event") {
            return Recognition(.certain, "it is an Intercom notification")
        }
        let isList = marks.says("type", "conversation.list") || marks.says("type", "ticket.list")
        if isList, marks.hasAny("conversations", "tickets") { return Recognition(.certain, "it is an Intercom list") }
        if marks.has("data"), marks.says("type", "list"), marks.says("type", "conversation") || marks.says("type", "ticket"),
            ["conversation_parts", "ticket_parts", "source"].contains(where: marks.mentions)
        {
            return Recognition(.certain, "it is an Intercom list")
        }
        if marks.has("id", "source"), marks.says("type", "conversation"), marks.mentions("author"), marks.mentions("body") {
            return Recognition(.certain, "it is an Intercom conversation")
        }
        if marks.hasAny("conversation_parts", "ticket_parts") || marks.has("source") && marks.mentions("delivered_as") {
            return Recognition(.certain, "it is an Intercom conversation")
        }
        return nil
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let assembler = DeskAssembler(connector: name, channel: .chat, configuration: configuration, context: context)
        return PayloadDecoder(read: IntercomReader(assembler: assembler).operations)
    }
}
