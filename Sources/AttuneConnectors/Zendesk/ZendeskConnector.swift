import AttuneCore

/// Tickets and comments of Zendesk: event webhooks, the incremental export, REST.
public struct ZendeskConnector: Connector {
    public let name = "zendesk"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Zendesk Support: event webhooks, incremental ticket exports, tickets and comments of the REST API.",
            details: """
                Reads single objects, {"tickets": …}, {"requests": …}, the {"results": …} of a search, {"ticket": …, "comments": …}, \
                {"ticket_events": …}, {"audits": …} and JSON Lines of any of them. Each comment is a message; the description of a ticket is its first message, but only where no comment repeats it. Roles come from the \
                users beside (or is_staff of an event), otherwise the requester is the customer and others are agents; where the requester is not \
                known either, name your people in agentNames. Comments may stand in their ticket, beside it with ticket_id, on lines of their \
                own behind it, or in another file that is read by the same command, in which lists of users and tickets are read first; a page of comments that names no ticket is of the one that its \
                file or folder is named for (ticket_77.json, tickets/77/comments.json). Comments that are not public are private notes. Redacted comments become edits or \
                deletions, those made private edits; a deleted ticket takes all that was said in it along. A satisfaction rating is a message with a rating; everything else is ignored with its type as \
                reason. A rating within a ticket has no time, so that of the ticket's creation stands for it: any other would change with each update. \
                Events name the account by number and REST by subdomain: set source when you use both, so that ids agree.
                """,
            options: [
                .init("source", "name of the source; otherwise \"zendesk:\" and the account"),
                .init("channel", "channel of the messages; otherwise \"ticket\""),
                .init("agentNames", "names of agents, or their ids as \"zendesk:ID\", where a comment does not say who is one"),
                .init("agentDomains", "e-mail domains of agents, likewise"),
            ],
            example: """
                {"id":5158,"subject":"Parcel","description":"My parcel is late","requester_id":77,"submitter_id":77,\
                "created_at":"2026-02-03T09:14:07Z","comments":[\
                {"id":901,"type":"Comment","author_id":77,"plain_body":"My parcel is late","public":true,"created_at":"2026-02-03T09:14:07Z"},\
                {"id":902,"type":"Comment","author_id":42,"plain_body":"It arrives on Friday","public":true,"created_at":"2026-02-03T09:20:00Z"}]}
                """,
            setup: """
                Live: Admin Center, Apps and integrations, Webhooks: create a webhook for the events Ticket created, Comment added, Comment redacted and Comment made private \
                with the endpoint /v1/hooks/zendesk/SOURCE of `attune serve`, and copy its signing secret. The body of a trigger's or automation's \
                webhook is what you type: send it to /v1/hooks/jsonl/SOURCE with logins and a mapping. Batch: GET /api/v2/incremental/ticket_events.json\
                ?include=comment_events, or a ticket with /api/v2/tickets/ID/comments.json?include=users put beside it as {"ticket": …, "comments": …, \
                "users": …}, one object a line.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return nil }
        if marks.has("zendesk_event_version") || marks.has("type") && marks.says("type", prefix: ZendeskEventReader.prefix) {
            return Recognition(.certain, "it is a Zendesk event")
        }
        let isEmpty = marks.has("tickets") && marks.holds(#""tickets":[]"#) || marks.has("comments") && marks.holds(#""comments":[]"#)
        if isEmpty, marks.hasAny("end_of_stream", "next_page") { return Recognition(.certain, "it is an empty page of tickets or comments") }
        if marks.hasAny("ticket_events", "child_events"), marks.mentions("child_events") || marks.mentions("end_of_stream") {
            return Recognition(.certain, "it has ticket events with child events")
        }
        if marks.mentions("requester_id"), marks.mentions("submitter_id"), marks.hasAny("submitter_id", "tickets", "ticket", "requests", "results") {
            return Recognition(.certain, "its tickets have requester_id and submitter_id")
        }
        if Self.isOfBareTickets(marks) { return Recognition(.certain, "its tickets have a description, requester_id and a status in words") }
        if marks.has("requests"), marks.mentions("requester_id"), marks.mentions("can_be_solved_by_me") {
            return Recognition(.certain, "it is requests with their requester_id")
        }
        if marks.hasAny("satisfaction_ratings", "satisfaction_rating"), marks.mentions("requester_id"), marks.mentions("ticket_id") {
            return Recognition(.certain, "it is satisfaction ratings of tickets")
        }
        if marks.hasAny("audits", "audit") || marks.has("ticket_id", "author_id"), marks.mentions("events"), marks.mentions("ticket_id") {
            return Recognition(.certain, "it is audits of tickets")
        }
        // A page of a ticket's comments may hold plain ones only.
        let isPage = marks.has("comments") && marks.hasAny("next_page", "previous_page", "links", "users")
        let isComment = isPage || ["plain_body", "html_body", "audit_id", "requester_id"].contains(where: marks.mentions)
        if Self.isOfUsers(marks) { return Recognition(.certain, "it is users with the roles of Zendesk") }
        if marks.has("requester", "comments"), marks.mentions("author_id"), marks.mentions("public") {
            return Recognition(.certain, "it is a ticket with its requester and comments")
        }
        if isComment, marks.mentions("author_id"), marks.mentions("public"), marks.hasAny("comments", "author_id") {
            return Recognition(.certain, "its comments have author_id and public")
        }
        return nil
    }

    /// Tickets with the fewest members, which those of Freshdesk have too: but there states are numbers.
    private static func isOfBareTickets(_ marks: JSONMarks) -> Bool {
        guard marks.hasAny("requester_id", "tickets"), marks.mentions("requester_id"), marks.mentions("description"), marks.mentions("subject"),
            !marks.mentions("description_text"), !marks.mentions("responder_id")
        else { return false }
        return ["new", "open", "pending", "hold", "solved", "closed"].contains { marks.says("status", $0) }
    }

    /// A list of users, or a line of one.
    private static func isOfUsers(_ marks: JSONMarks) -> Bool {
        if marks.hasAny("text", "body", "message", "messages", "content", "conversations", "comments", "tickets", "ticket") { return false }
        return marks.hasAny("users", "email") && marks.mentions("role") && (marks.says("role", "end-user") || marks.mentions("ticket_restriction"))
    }

    /// Comments and audits name people and tickets only by their ids.
    public func precedence(head: ArraySlice<UInt8>) -> Int {
        guard let marks = JSONMarks(head) else { return 0 }
        if Self.isOfUsers(marks) { return -2 }
        return marks.hasAny("tickets", "requests", "requester_id") ? -1 : 0
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let assembler = DeskAssembler(connector: name, channel: .ticket, configuration: configuration, context: context)
        let unknown = UnknownAuthors(isOpen: !assembler.roles.namesAnybody)
        let earlier = context.memory?.kept(by: name) { EarlierTickets<ZendeskTicketReader.Ticket>() } ?? EarlierTickets()
        let users = context.memory?.kept(by: "\(name) users") { ZendeskUsers() } ?? ZendeskUsers()
        let reader = ZendeskReader(
            assembler: assembler, earlier: earlier, unknown: unknown, users: users,
            pageTicket: ZendeskPages.ticketID(baseName: context.baseName, folderName: context.folderName))
        return PayloadDecoder(remarks: { unknown.remarks }, read: reader.operations)
    }
}
