import AttuneCore

/// Webhooks of Sunshine Conversations (Zendesk messaging), version 2.
public struct SunshineConnector: Connector {
    public let name = "sunshine"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Sunshine Conversations (Zendesk messaging) webhooks, version 2.",
            details: """
                Each event of a delivery is one operation: messages of users are the customer's, those of the business an agent's, or a bot's when they \
                come through the API or the answer bot. Failures and successes of delivery are states of their message; read marks, typing, postbacks \
                and everything else are ignored with their type. E-mail addresses and numbers count as verified when the user is authenticated.
                """,
            options: [
                .init("source", "name of the source; otherwise \"sunshine:\" and the app's id"),
                .init("channel", "channel of the messages; otherwise that of the integration, or \"chat\""),
                .init("agentNames", "display names under which agents answer through the API"),
            ],
            example: """
                {"app":{"id":"a1"},"webhook":{"id":"w1","version":"v2"},"events":[{"id":"e1","createdAt":"2026-02-03T09:14:07.440Z",\
                "type":"conversation:message","payload":{"conversation":{"id":"c1","type":"personal"},"message":{"id":"m1",\
                "received":"2026-02-03T09:14:07.440Z","author":{"userId":"u1","displayName":"Priya","type":"user"},\
                "content":{"type":"text","text":"Where is my parcel?"},"source":{"type":"whatsapp","integrationId":"i1"}}}}]}
                """,
            setup: """
                Admin Center, Apps and integrations, Conversations integrations: create one with the webhook URL /v1/hooks/sunshine/SOURCE of `attune \
                serve` and the trigger Conversation message. Its shared secret arrives as the header X-API-Key.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return nil }
        if marks.has("messages"), ["received", "author", "source", "content", "displayName"].allSatisfy(marks.mentions) {
            return Recognition(.certain, "its messages were received, with author, source and content")
        }
        guard marks.has("events"), marks.has("app", "webhook") || marks.says("type", prefix: "conversation:") else { return nil }
        return Recognition(.certain, "it has events of conversations")
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let assembler = DeskAssembler(connector: name, channel: .chat, configuration: configuration, context: context)
        return PayloadDecoder(read: SunshineReader(assembler: assembler).operations)
    }
}
