import AttuneCore

/// Webhook deliveries of the WhatsApp Business Cloud API.
public struct WhatsAppCloudConnector: Connector {
    public let name = "whatsapp-cloud"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "WhatsApp Business Cloud API webhooks: messages, edits, deletions, echoes, delivery states.",
            details: """
                Reads the JSON bodies that Meta posts, one or many in a file. Texts, captions, button and list replies become messages \
                of the customer; \
                message echoes those of the business; edit and revoke change and delete earlier messages. Reactions, system notices \
                and everything of a \
                kind that is not known are ignored with their kind as reason. Phone number, business-scoped user id and user name become \
                verified identifiers; a user id is scoped by the business account, so two businesses' ids never meet. A notice that a customer \
                changed their number or user id is ignored as a message and kept as evidence: old and new are one person's.
                """,
            options: [
                .init("source", "name of the source; otherwise \"whatsapp-cloud:\" and the phone number id"),
                .init("channel", "channel of the messages; otherwise \"whatsapp\""),
            ],
            example: """
                {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages",\
                "value":{"metadata":{"phone_number_id":"900100"},\
                "contacts":[{"profile":{"name":"Priya"},"wa_id":"447700900123"}],"messages":[{"from":"447700900123","id":"wamid.AAA=",\
                "timestamp":"1770109747","type":"text","text":{"body":"still waiting"}}]}}]}]}
                """,
            setup: """
                In the Meta app dashboard, WhatsApp, Configuration: set the callback URL to /v1/hooks/whatsapp-cloud/SOURCE of `attune \
                serve` with your verify \
                token, and subscribe to the field messages. The app secret checks the signature of every delivery.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return nil }
        if marks.hasAny("entry", "object"), marks.says("object", "whatsapp_business_account") {
            return Recognition(.certain, "its object is whatsapp_business_account")
        }
        guard marks.has("field", "value"), marks.says("messaging_product", "whatsapp") else { return nil }
        return Recognition(.certain, "it is a change of WhatsApp's messaging product")
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        PayloadDecoder(read: CloudPayloadReader(connector: name, configuration: configuration, context: context).operations)
    }
}
