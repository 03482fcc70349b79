import AttuneCore

/// Webhooks of Twilio's programmable messaging: SMS and WhatsApp.
public struct TwilioConnector: Connector {
    public let name = "twilio"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Twilio messaging webhooks (SMS, MMS, WhatsApp): incoming messages and states of sent ones.",
            details: """
                Reads form-encoded bodies, one a line, the message lists of the REST API, also of conversations, which have times and your answers, and JSON: bodies with \
                the fields of forms and the messaging events of Event Streams. A body with a state other than received is a state of its message. \
                Forms have no time: their messages are timed by when they were received. Numbers count as verified; a button's text stands in for an empty \
                body, media and locations become attachments. Conversations are the pair of the business's and the customer's number.
                """,
            options: [
                .init("source", "name of the source; otherwise \"twilio:\" and the account's id"),
                .init("channel", "channel of the messages; otherwise \"whatsapp\", \"social\" or \"sms\" by the sender"),
                .init("agentNames", "numbers from which your own people write, e.g. \"+15550100200\""),
            ],
            example: """
                MessageSid=SM0001&SmsMessageSid=SM0001&AccountSid=AC0001&From=whatsapp%3A%2B447700900123&To=whatsapp%3A%2B15550100200&\
                Body=My+parcel+is+late&NumMedia=0&ProfileName=Priya&WaId=447700900123&SmsStatus=received
                """,
            setup: """
                Console, Messaging, your sender or messaging service: "A message comes in" = /v1/hooks/twilio/SOURCE of `attune serve`, method POST, and the \
                same URL as status callback. The auth token checks X-Twilio-Signature over the public URL, so configure it when a proxy stands before.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        if let marks = JSONMarks(head) {
            if marks.mentions("conversation_sid"), marks.mentions("participant_sid"), marks.mentions("author"), marks.hasAny("messages", "sid") {
                return Recognition(.certain, "its messages have conversation_sid and participant_sid")
            }
            let isMessage = marks.mentions("account_sid") && marks.mentions("direction") && marks.hasAny("messages", "sid")
            if marks.says("type", prefix: "com.twilio."), marks.has("data") { return Recognition(.certain, "its type is an event of Twilio's") }
            if marks.has("MessageSid"), marks.hasAny("From", "AccountSid", "MessageStatus") { return Recognition(.certain, "it has a MessageSid") }
            return isMessage && marks.mentions("num_segments") || isMessage && marks.mentions("body") && marks.mentions("from")
                ? Recognition(.certain, "its messages have account_sid and direction") : nil
        }
        let line = head.drop { $0 <= 32 }.prefix { $0 != 10 }
        guard line.contains(UInt8(ascii: "&")), !line.contains(32) else { return nil }
        let names = Set(line.split(separator: UInt8(ascii: "&")).map { String(decoding: $0.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self) })
        let isMessage = !names.isDisjoint(with: ["MessageSid", "SmsMessageSid", "SmsSid"])
        let isTwilios = names.contains("AccountSid") || names.contains("MessageStatus") || names.isSuperset(of: ["From", "To"])
        return isMessage && isTwilios ? Recognition(.certain, "it is a form with MessageSid") : nil
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let assembler = DeskAssembler(connector: name, channel: .sms, configuration: configuration, context: context)
        return SniffingDecoder { first -> any Decoder in
            let isJSON = first.first == UInt8(ascii: "{") || first.first == UInt8(ascii: "[")
            if isJSON { return PayloadDecoder(read: TwilioListReader(assembler: assembler).operations) }
            return TwilioDecoder(assembler: assembler)
        }
    }
}
