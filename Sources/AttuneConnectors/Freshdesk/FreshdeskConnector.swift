import AttuneCore

/// Tickets and conversations of Freshdesk.
public struct FreshdeskConnector: Connector {
    public let name = "freshdesk"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Freshdesk: tickets and conversations of the REST API and of exports made with it.",
            details: """
                Reads tickets with or without their conversations, alone, in arrays, as {"ticket": …, "conversations": …}, {"tickets": …, \
                "conversations": …}, answers to a search, the helpdesk_tickets of account exports, and conversations behind their ticket or alone. \
                The description of a ticket is its first message, except where a conversation repeats it, as those of web chats do. Conversations are \
                put in order of time. Incoming ones are the customer's, private ones notes of agents, those without a user a bot's, all others an \
                agent's. Deleted records are deletions, spam is ignored. What a mail \
                quotes is cut.
                """,
            options: [
                .init("source", "name of the source; otherwise \"freshdesk\""),
                .init("channel", "channel of the messages; otherwise \"ticket\""),
            ],
            example: """
                {"ticket":{"id":1,"subject":"Parcel","description":"<div>My parcel is late</div>","description_text":"My parcel is late",\
                "requester_id":1001,"responder_id":1002,"source":2,"created_at":"2026-02-03T09:14:07Z"},"conversations":[\
                {"id":2001,"user_id":1002,"body":"<div>It arrives on Friday</div>","body_text":"It arrives on Friday","incoming":false,\
                "private":false,"created_at":"2026-02-03T09:20:00Z"}]}
                """,
            setup: """
                Batch: GET /api/v2/tickets/ID?include=conversations,requester with your API key, one ticket a line; a list of tickets alone has only the \
                first messages. The body of an automation rule's webhook is what you type or choose and is not signed: send it to \
                /v1/hooks/jsonl/SOURCE with logins or pathSecrets and a mapping such as {"text": "/freshdesk_webhook/ticket_latest_public_comment", \
                "conversation": "/freshdesk_webhook/ticket_id", "email": "/freshdesk_webhook/ticket_contact_email"}.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head), !marks.mentions("submitter_id") else { return nil }
        let isTicket = ["responder_id", "description_text", "fr_due_by", "fr_escalated"].contains(where: marks.mentions)
        if isTicket, marks.mentions("requester_id"), marks.hasAny("requester_id", "ticket", "tickets", "results", "helpdesk_ticket") {
            return Recognition(.certain, "its tickets have requester_id and responder_id")
        }
        if marks.has("survey_id", "ratings", "ticket_id") { return Recognition(.certain, "it is satisfaction ratings of tickets") }
        let isConversation = ["body_text", "from_email", "to_emails"].contains(where: marks.mentions)
        if isConversation, marks.mentions("incoming"), marks.mentions("private"), marks.has("incoming") || marks.has("conversations") {
            return Recognition(.certain, "its conversations are incoming or not, private or not")
        }
        return nil
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let assembler = DeskAssembler(connector: name, channel: .ticket, configuration: configuration, context: context)
        return PayloadDecoder(read: FreshdeskReader(assembler: assembler, earlier: EarlierTickets()).operations)
    }
}
