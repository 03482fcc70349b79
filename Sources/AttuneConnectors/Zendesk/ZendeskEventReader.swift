import AttuneCore

/// Reads one event of a webhook. In `detail`, ids are strings and enumerations upper-case.
struct ZendeskEventReader {
    static let prefix = "zen:event-type:"

    /// Whether a payload's type is that of an event.
    static func isType(_ type: Payload) -> Bool { type.withStringBytes { $0.starts(with: prefix.utf8) } == true }

    /// Of the event's account: it knows what came before.
    let tickets: ZendeskTicketReader
    private var assembler: DeskAssembler { tickets.assembler }
    private var line: Int { tickets.line }

    init(tickets: ZendeskTicketReader) { self.tickets = tickets }

    func operation(_ event: Payload, type: Payload) -> Operation {
        // Nearly all.
        if type.says("zen:event-type:ticket.comment_added") { return comment(event, isChange: false) }
        let type = type.withStringBytes { String(copying: UnsafeBufferPointer(rebasing: $0.dropFirst(Self.prefix.utf8.count))) } ?? ""
        switch type {
        case "ticket.comment_redacted": return redaction(event, type: type)
        case "ticket.comment_made_private": return comment(event, isChange: true, isPrivate: true)
        case "ticket.created": return description(event, type: type)
        // A mark as spam or a merge leaves what was said.
        case "ticket.soft_deleted", "ticket.permanently_deleted": return assembler.deletion(ofConversation: ticketID(event), at: event["time"])
        case "messaging_ticket.message_added": return chatMessage(event, type: type)
        default: return .ignored(reason: type, at: assembler.time(event["time"]))
        }
    }

    private func ticketID(_ event: Payload) -> String {
        let subject = event["subject"]?.string ?? ""
        return event.at("detail", "id")?.scalarText ?? (subject.hasPrefix("zen:ticket:") ? String(subject.dropFirst(11)) : "unknown")
    }

    private func comment(_ event: Payload, isChange: Bool, isPrivate: Bool = false) -> Operation {
        guard let comment = event.at("event", "comment"), comment.isObject, let id = comment["id"]?.scalarText ?? event["id"]?.scalarText else {
            return assembler.rejected("an event has no \"comment\"", line)
        }
        let author = comment["author"]
        let authorID = author?["id"]?.scalarText
        if authorID == "-1" { return .ignored(reason: "system", at: assembler.time(event["time"])) }
        let ticketID = ticketID(event)
        // What is left of a redacted comment is never what the ticket said first.
        if !isChange, let told = tickets.repetition(comment, ofTicket: ticketID, at: event["time"]) { return told }
        var message = DeskMessage(
            nativeID: id, conversationID: ticketID, time: .written(event["time"]), text: ZendeskTicketReader.text(comment))
        message.role = author?["is_staff"]?.bool.map { $0 ? .agent : .customer }
        let requester = event.at("detail", "requester_id")?.scalarText
        message.likely = requester == nil || authorID == nil || authorID == requester ? .customer : .agent
        message.displayName = author?["name"]?.string
        message.identifiers = ZendeskPeople.identifiers(author, id: author?["id"])
        message.isPrivate = isPrivate || (comment["is_public"] ?? comment["public"])?.bool == false
        message.isMail = Self.isMail(event["detail"])
        message.isChange = isChange
        message.attachments = DeskAssembler.attachments(comment["attachments"])
        return assembler.operation(&message, line: line)
    }

    private static func isMail(_ detail: Payload?) -> Bool {
        guard let channel = detail?.at("via", "channel") else { return false }
        return channel.says("email") || channel.withPlainBytes { $0.count != 5 } != true && channel.string?.lowercased() == "email"
    }

    /// What is left of a comment; a deletion when nothing but black boxes is.
    private func redaction(_ event: Payload, type: String) -> Operation {
        guard let comment = event.at("event", "comment"), let id = comment["id"]?.scalarText ?? comment["comment_id"]?.scalarText else {
            return .ignored(reason: type, at: assembler.time(event["time"]))
        }
        let rest = ZendeskTicketReader.text(comment).unicodeScalars.contains {
            // Of ASCII and of a box the properties need not be looked up.
            $0.isASCII
                ? $0.value &- 48 < 10 || ($0.value | 0x20) &- 97 < 26
                : $0 != "█" && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
        }
        return rest ? self.comment(event, isChange: true) : assembler.deletion(of: id, conversationID: ticketID(event), at: event["time"])
    }

    private func description(_ event: Payload, type: String) -> Operation {
        guard let detail = event["detail"], let id = detail["id"]?.scalarText, let text = detail["description"]?.string, !text.isEmpty else {
            return .ignored(reason: type, at: assembler.time(event["time"]))
        }
        let time = detail["created_at"] ?? event["time"]
        if tickets.isTold(description: text, ofTicket: id, of: detail["requester_id"]?.scalarText) {
            return .ignored(reason: "description", at: assembler.time(time))
        }
        let author = detail["submitter_id"] ?? detail["actor_id"] ?? detail["requester_id"]
        var message = DeskMessage(
            nativeID: ScopedID.of("ticket", id), conversationID: id, time: .written(time), text: text)
        message.likely = author?.scalarText == detail["requester_id"]?.scalarText ? .customer : .agent
        message.identifiers = ZendeskPeople.identifiers(nil, id: author)
        message.isMail = Self.isMail(detail)
        message.isPrivate = detail["is_public"]?.bool == false
        return assembler.operation(&message, line: line)
    }

    private func chatMessage(_ event: Payload, type: String) -> Operation {
        guard let message = event.at("event", "message"), let id = message["id"]?.scalarText else {
            return .ignored(reason: type, at: assembler.time(event["time"]))
        }
        let actor = event.at("event", "actor")
        var read = DeskMessage(nativeID: id, conversationID: ticketID(event), time: .written(event["time"]), text: message["body"]?.string ?? "")
        read.channel = .chat
        read.displayName = actor?["name"]?.string
        read.identifiers = ZendeskPeople.identifiers(actor, id: actor?["id"])
        switch actor?["type"]?.string?.lowercased() {
        case "end_user", "end-user": read.role = .customer
        case "agent", "admin": read.role = .agent
        case "bot": read.role = .bot
        case "system": read.role = .system
        default: break
        }
        read.attachments = DeskAssembler.attachments(message["attachments"])
        return assembler.operation(&read, line: line)
    }
}
