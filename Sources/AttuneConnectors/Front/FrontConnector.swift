import AttuneCore

/// Messages of Front: rule and application webhooks, lists of its API.
public struct FrontConnector: Connector {
    public let name = "front"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Front: webhooks of rules and applications, lists of events, messages and comments of its API.",
            details: """
                Inbound messages are the customer's, outbound ones an agent's, comments private notes of agents. Of HTML bodies only what the author wrote \
                is read, not what it quotes. Events without a message (assign, archive, tag, …) are ignored with their type, drafts as drafts. \
                Of a list of conversations the last message of each is read; one that holds none is ignored as conversation.
                """,
            options: [
                .init("source", "name of the source; otherwise \"front\""),
                .init("channel", "channel of the messages; otherwise that of the message, or \"email\""),
            ],
            example: """
                {"id":"evt_1","type":"inbound","emitted_at":1770109747.44,"conversation":{"id":"cnv_1","subject":"Parcel"},"target":{"_meta":\
                {"type":"message"},"data":{"id":"msg_1","type":"email","is_inbound":true,"created_at":1770109747.1,"body":"<p>My parcel is late</p>",\
                "text":"My parcel is late","recipients":[{"handle":"priya@example.com","role":"from"},{"handle":"help@shop.example","role":"to"}]}}}
                """,
            setup: """
                Settings, Rules: when a message is received or sent, send to a webhook with the URL /v1/hooks/front/SOURCE of `attune serve`; or an \
                application webhook of a Front app with the events inbound_received, outbound_sent and new_comment_added. Batch: \
                GET /conversations/ID/messages and /comments.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return nil }
        let isDelivery = marks.has("authorization", "payload") && marks.says("id", prefix: "cnv_")
        let isEvent = marks.has("conversation", "emitted_at") || marks.has("_results") && marks.mentions("emitted_at")
        let isMessage =
            marks.has("is_inbound") && marks.hasAny("recipients", "blurb", "_links") || marks.has("_results") && marks.mentions("is_inbound")
        let isComment = marks.hasAny("posted_at", "_results") && marks.mentions("posted_at") && marks.says("id", prefix: "com_")
        let isConversation = marks.hasAny("_results", "last_message", "status") && marks.mentions("last_message") && marks.says("id", prefix: "cnv_")
        return isConversation || isDelivery || isEvent || isMessage || isComment ? Recognition(.certain, "it has Front's events or messages") : nil
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let assembler = DeskAssembler(connector: name, channel: .email, configuration: configuration, context: context)
        return PayloadDecoder(keepsBeforeCut: true, read: FrontReader(assembler: assembler).operations)
    }
}
