import AttuneCore

/// Messages of Chatwoot: webhooks and the messages API.
public struct ChatwootConnector: Connector {
    public let name = "chatwoot"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Chatwoot: webhooks message_created and message_updated, and lists of messages and conversations of its API.",
            details: """
                Incoming messages are the customer's, outgoing ones an agent's, those of templates and agent bots a bot's; activities are ignored as \
                system, private notes stay private. An update is an edit, or a deletion when the message was deleted; an answered satisfaction survey is a \
                message of the customer with a rating, what a form or a choice was answered with one that answers it. Of an e-mail only the reply is \
                read, not what it quotes; automatic replies are ignored. Other events are ignored with their name. Conversations are numbered per \
                account, so their ids begin with the account's. A page of messages names it only by its assignee or an attachment: where it has \
                neither, set source to "chatwoot:" and the account's number, so that ids agree with those of webhooks.
                """,
            options: [
                .init("source", "name of the source; otherwise \"chatwoot:\" and the account's id"),
                .init("channel", "channel of the messages; otherwise that of the inbox, or \"chat\""),
            ],
            example: """
                {"event":"message_created","id":9001,"content":"My parcel is late","created_at":"2026-02-03 09:14:07 UTC","message_type":"incoming",\
                "content_type":"text","private":false,"sender":{"id":5,"name":"Priya","type":"contact"},\
                "conversation":{"id":17,"inbox_id":3,"channel":"Channel::WebWidget"},"account":{"id":1,"name":"Harbour Tea"}}
                """,
            setup: """
                Settings, Integrations, Webhooks: add the URL /v1/hooks/chatwoot/SOURCE of `attune serve` with the events Message created and Message \
                updated. Newer versions sign deliveries; Chatwoot waits five seconds for the answer and does not repeat a delivery. Batch: \
                GET /api/v1/accounts/ACCOUNT/conversations/ID/messages.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return nil }
        let isEvent = ["message_type", "inbox", "inbox_id", "contact_inbox"].contains(where: marks.mentions)
        let isOfMessage = marks.says("event", prefix: "message_") && marks.has("message_type")
        if isEvent, marks.has("event"), marks.has("account") || marks.mentions("contact_inbox") || isOfMessage {
            return Recognition(.certain, "it is an event of a Chatwoot account")
        }
        let isList = marks.hasAny("data", "payload", "messages") && (marks.has("messages") || marks.mentions("payload"))
        if isList, marks.mentions("messages"), marks.mentions("message_type"), marks.mentions("inbox_id") {
            return Recognition(.certain, "its conversations have an inbox_id, and their messages a message_type")
        }
        let isMessage = marks.mentions("message_type") && marks.mentions("content_type")
        let isAlone = marks.has("message_type", "content_type") && marks.hasAny("inbox_id", "inbox", "conversation_id", "conversation")
        if isMessage, isAlone || marks.has("payload") && marks.mentions("conversation_id") {
            return Recognition(.certain, "its messages have message_type and content_type")
        }
        return nil
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let assembler = DeskAssembler(connector: name, channel: .chat, configuration: configuration, context: context)
        return PayloadDecoder(read: ChatwootReader(assembler: assembler).operations)
    }
}
