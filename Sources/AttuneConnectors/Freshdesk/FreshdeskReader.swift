import AttuneCore

/// Reads tickets and conversations in all their envelopes.
struct FreshdeskReader {
    let assembler: DeskAssembler
    let earlier: EarlierTickets<FreshdeskTicket>

    /// One operation per first message and conversation; never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        let operations: [Operation]
        if let list = (payload["tickets"] ?? payload["results"])?.array {
            var separate = SeparateMessages(payload["conversations"], of: list)
            operations =
                list.flatMap { self.operations(ticket: $0, ($0["conversations"]?.items ?? []) + separate.take($0), line) }
                + assembler.ordered(separate.others, by: "created_at").map { conversation($0, of: "unknown", line) }
        } else if let ticket = payload["ticket"], ticket.isObject {
            operations = self.operations(ticket: ticket, (payload["conversations"] ?? ticket["conversations"])?.items ?? [], line)
        } else if let ticket = payload["helpdesk_ticket"], ticket.isObject {
            operations = self.operations(ticket: ticket, (ticket["notes"]?.items ?? []).map { $0["note"] ?? $0 }, line)
        } else if let rating = FreshdeskSurveyReader(assembler: assembler).operation(payload, line: line) {
            operations = [rating]
        } else if payload["incoming"] != nil || payload["body_text"] != nil {
            operations = [conversation(payload, of: "unknown", line)]
        } else if payload["requester_id"] != nil || payload["description"] != nil || payload["description_text"] != nil {
            operations = self.operations(ticket: payload, payload["conversations"]?.items ?? [], line)
        } else if let list = payload["conversations"]?.array {
            operations = assembler.ordered(list, by: "created_at").map {
                conversation($0, of: payload["ticket_id"]?.scalarText ?? "unknown", line)
            }
        } else {
            return [assembler.rejected("no Freshdesk payload: neither ticket nor conversation", line)]
        }
        return operations.isEmpty ? [.ignored(reason: "empty")] : operations
    }

    /// Never empty.
    private func operations(ticket record: Payload, _ conversations: [Payload], _ line: Int) -> [Operation] {
        guard var ticket = FreshdeskTicket(record) else { return [assembler.rejected("a ticket has no \"id\"", record.line(from: line))] }
        let conversations = assembler.ordered(conversations, by: "created_at")
        var operations = [Operation]()
        operations.reserveCapacity(conversations.count + 1)
        // Once: the description is compared with all of them.
        let said = conversations.map(Self.whole)
        let text = Self.text(record, html: "description", plain: "description_text")
        if let first = description(record, text, ticket, said, line) {
            operations.append(first)
            ticket.description = RepeatedText(text).mark
        }
        earlier[ticket.facts.id] = ticket
        for (item, said) in zip(conversations, said) { operations.append(conversation(item, said, of: ticket.facts.id, ticket: ticket, line)) }
        return operations.isEmpty ? [.ignored(reason: "empty", at: assembler.time(record["created_at"]))] : operations
    }

    /// Nil where a conversation repeats it, or there is none.
    private func description(_ record: Payload, _ text: String, _ ticket: FreshdeskTicket, _ said: [String], _ line: Int) -> Operation? {
        let attachments = DeskAssembler.attachments(record["attachments"])
        if text.isEmpty, attachments.isEmpty { return nil }
        let repeated = RepeatedText(text)
        if said.contains(where: { Self.isRepetition($0) || repeated.isRepeated(by: $0) }) { return nil }
        if ticket.facts.isSpam { return .ignored(reason: "spam", at: assembler.time(record["created_at"])) }
        let key = ScopedID.of("ticket", ticket.facts.id)
        if ticket.facts.isDeleted { return assembler.deletion(of: key, conversationID: ticket.facts.id, at: record["updated_at"]) }
        var message = DeskMessage(nativeID: key, conversationID: ticket.facts.id, time: .written(record["created_at"]), text: text)
        if record["source"]?.integer == 10 {
            // An outbound mail: the requester is whom it went to.
            message.role = .agent
        } else {
            message.displayName = ticket.facts.requesterName
            message.identifiers = ticket.facts.requester
        }
        message.isMail = true
        message.attachments = attachments
        return assembler.operation(&message, line: line)
    }

    /// A conversation that came without its ticket.
    /// - Parameter ticketID: what its surroundings say of it.
    private func conversation(_ item: Payload, of ticketID: String, _ line: Int) -> Operation {
        let (id, said) = (item["ticket_id"]?.scalarText ?? ticketID, Self.whole(item))
        guard var ticket = earlier[id] else { return conversation(item, said, of: id, ticket: nil, line) }
        if let description = ticket.description, Self.isRepetition(said) || RepeatedText(said).mark == description {
            ticket.description = nil
            earlier[id] = ticket
            return .ignored(reason: "description", at: assembler.time(item["created_at"]))
        }
        return conversation(item, said, of: id, ticket: ticket, line)
    }

    /// - Parameter said: its whole text.
    private func conversation(_ item: Payload, _ said: String, of ticketID: String, ticket: FreshdeskTicket?, _ line: Int) -> Operation {
        guard let id = item["id"]?.scalarText else { return assembler.rejected("a conversation has no \"id\"", item.line(from: line)) }
        if Self.isTrue(item["deleted"]) || ticket?.facts.isDeleted == true {
            return assembler.deletion(of: id, conversationID: ticketID, at: item["updated_at"])
        }
        if ticket?.facts.isSpam == true { return .ignored(reason: "spam", at: assembler.time(item["created_at"])) }
        var message = DeskMessage(nativeID: id, conversationID: ticketID, time: .written(item["created_at"]), text: Self.text(said))
        message.attachments = DeskAssembler.attachments(item["attachments"])
        message.isPrivate = Self.isTrue(item["private"])
        message.isMail = !message.isPrivate
        let user = item["user_id"]?.scalarText
        let role = Self.role(item, user: user, isPrivate: message.isPrivate)
        if role == .customer, Self.isTrue(item["auto_response"]) { return .ignored(reason: "auto-reply", at: assembler.time(item["created_at"])) }
        message.role = role == .agent && Self.isTrue(item["auto_response"]) ? .bot : role
        if role == .customer, let ticket, user == nil || user == ticket.facts.requesterID {
            message.displayName = ticket.facts.requesterName
            message.identifiers = ticket.facts.requester
        } else {
            message.identifiers = DeskIdentity.all(DeskIdentity.external("freshdesk", user))
        }
        // Whoever writes a mail chooses its sender; the field may also hold a user's id.
        if role == .customer, let sender = DeskIdentity.email(item["from_email"], verified: false),
            !message.identifiers.contains(where: { $0.kind == .email && $0.value == sender.value })
        {
            message.identifiers.append(sender)
        }
        return assembler.operation(&message, line: line)
    }

    private static func role(_ item: Payload, user: String?, isPrivate: Bool) -> Role {
        if isPrivate { return .agent }
        if Self.isTrue(item["incoming"]) { return .customer }
        return user == nil ? .bot : .agent
    }

    /// Some exports write flags as texts.
    fileprivate static func isTrue(_ flag: Payload?) -> Bool {
        guard let flag else { return false }
        if let flag = flag.bool { return flag }
        let word = flag.scalarText?.lowercased()
        return word == "true" || word == "1"
    }

    private static let repetitionMark = "Ticket Description:"

    /// Whether a conversation only repeats its ticket's description. The first letter tells of nearly all that they do not.
    private static func isRepetition(_ text: String) -> Bool { text.utf8.first == UInt8(ascii: "T") && text.hasPrefix(repetitionMark) }

    private static func whole(_ conversation: Payload) -> String {
        text(conversation, html: conversation["body_html"] == nil ? "body" : "body_html", plain: "body_text")
    }

    /// A conversation's text, without the words that a web chat puts before its repetition of the description.
    private static func text(_ text: String) -> String {
        isRepetition(text) ? String(text.dropFirst(repetitionMark.count)).trimmed : text
    }

    /// From HTML, where quotes can be told apart, else from the plain text.
    private static func text(_ record: Payload, html: StaticString, plain: StaticString) -> String {
        let text = DeskAssembler.text(html: record[html])
        return text.isEmpty ? record[plain]?.string?.trimmed ?? "" : text
    }
}

/// What conversations need to know of their ticket.
struct FreshdeskTicket {
    /// A reference, since each conversation is read with its ticket, and copies would count all of these.
    let facts: Facts
    /// Of a description that was a message, as no conversation had repeated it: `RepeatedText.mark`.
    var description: UInt64?

    /// What does not change.
    final class Facts: Sendable {
        let id: String
        let requesterID: String?
        let requesterName: String?
        let requester: [Identifier]
        let isSpam: Bool
        let isDeleted: Bool

        init(id: String, _ record: Payload) {
            self.id = id
            let person = record["requester"]
            requesterID = (record["requester_id"] ?? person?["id"])?.scalarText
            requesterName = person?["name"]?.string ?? record["requester_name"]?.string
            requester = DeskIdentity.all(
                DeskIdentity.email(person?["email"] ?? record["email"], verified: true), DeskIdentity.phone(person?["mobile"], verified: true),
                DeskIdentity.phone(person?["phone"], verified: true), DeskIdentity.userID(person?["unique_external_id"]),
                DeskIdentity.external("freshdesk", requesterID))
            isSpam = FreshdeskReader.isTrue(record["spam"])
            isDeleted = FreshdeskReader.isTrue(record["deleted"])
        }
    }

    /// Nil when it has no id.
    init?(_ record: Payload) {
        // Account exports also have the number that ids are everywhere else.
        guard let id = (record["display_id"] ?? record["id"])?.scalarText else { return nil }
        facts = Facts(id: id, record)
    }
}
