import AttuneCore

/// Conversations of Help Scout: webhooks and REST.
public struct HelpScoutConnector: Connector {
    public let name = "helpscout"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Help Scout: conversation webhooks, conversations and threads of the REST API.",
            details: """
                Each thread of a conversation is one operation, in order of time: customer threads are the customer's messages, replies an agent's, notes \
                private; chats and phone threads belong to whoever created them. Line items (assigned, closed, workflow) are ignored as system, \
                drafts and hidden threads as what they are. What a mail quotes is cut. A webhook repeats \
                earlier threads with equal ids.
                """,
            options: [
                .init("source", "name of the source; otherwise \"helpscout\""),
                .init("channel", "channel of the messages; otherwise that of the conversation, or \"email\""),
                .init("agentDomains", "e-mail domains of agents, for threads that do not say who created them"),
            ],
            example: """
                {"id":55,"number":12,"subject":"Parcel","type":"email","primaryCustomer":{"id":7,"email":"priya@example.com"},"_embedded":{"threads":[\
                {"id":901,"type":"customer","state":"published","body":"My parcel is late<br>again","createdAt":"2026-02-03T09:14:07Z",\
                "createdBy":{"id":7,"type":"customer","email":"priya@example.com"}}]}}
                """,
            setup: """
                Manage, Apps, Webhooks: callback URL /v1/hooks/helpscout/SOURCE of `attune serve`, a secret key, and the events Conversation created, \
                Customer replied, Agent replied, Note added, Satisfaction ratings. Batch: GET /v2/conversations/ID?embed=threads, one object a line.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return nil }
        if marks.has("rating", "threadId", "customer"), marks.hasAny("ticketId", "conversationId", "comments") {
            return Recognition(.certain, "it is a satisfaction rating of Help Scout")
        }
        if marks.has("_embedded", "page"), marks.holds(#""threads":[]"#) || marks.holds(#""conversations":[]"#) {
            return Recognition(.certain, "it is an empty page of Help Scout")
        }
        let isConversation =
            marks.has("_embedded") && (marks.mentions("threads") || marks.mentions("createdBy"))
            && (marks.mentions("primaryCustomer") || marks.mentions("createdBy"))
        let isThread = marks.has("createdBy", "type", "body", "createdAt") && marks.hasAny("assignedTo", "savedReplyId", "customer")
        let isOlder = marks.has("primaryCustomer", "number") && marks.hasAny("threads", "mailboxId")
        return isConversation || isThread || isOlder ? Recognition(.certain, "it is a Help Scout conversation with threads") : nil
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let assembler = DeskAssembler(connector: name, channel: .email, configuration: configuration, context: context)
        return PayloadDecoder(read: HelpScoutReader(assembler: assembler).operations)
    }
}
