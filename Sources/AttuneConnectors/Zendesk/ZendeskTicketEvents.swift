import AttuneCore

extension ZendeskTicketReader {
    /// What the children of an event take from it when they do not say it themselves.
    private struct Event {
        var id: String?
        var ticket: String?
        var author: Payload?
        var createdAt: Payload?
        var via: Payload?
    }

    /// The child events of one event of an incremental export, or the events of an audit. Which members they have varies.
    func operations(event: Payload, _ people: ZendeskPeople) -> [Operation] {
        let time = event["created_at"] ?? event["timestamp"]
        let at = assembler.time(time)
        let children = (event["child_events"] ?? event["events"])?.items ?? []
        if children.isEmpty { return [.ignored(reason: event["event_type"]?.string ?? "empty", at: at)] }
        let parent = Event(
            id: event["id"]?.scalarText, ticket: event["ticket_id"]?.scalarText, author: event["updater_id"] ?? event["author_id"], createdAt: time,
            via: event["via"])
        noteRequester(of: parent.ticket, children)
        return children.map { child in
            let type = child["event_type"]?.string ?? child["type"]?.string
            switch type {
            case "Comment", "VoiceComment", "FacebookComment": return comment(child, in: parent, people)
            case "SatisfactionRating": return rating(child, in: parent, people)
            case "CommentPrivacyChange" where child["public"]?.bool == false: return privacyChange(child, in: parent)
            case "CommentRedactionEvent": return redaction(child, in: parent)
            case nil where (child["body"] ?? child["html_body"]) != nil: return comment(child, in: parent, people)
            default: return .ignored(reason: type ?? "change", at: at)
            }
        }
    }

    /// Who asked, which of a ticket without its record the event that created it tells.
    private func noteRequester(of id: String?, _ children: [Payload]) {
        guard let id else { return }
        let created = children.lazy.filter { ($0["type"] ?? $0["event_type"])?.says("Create") == true }
        let found = created.compactMap { $0["requester_id"] ?? ($0["field_name"]?.says("requester_id") == true ? $0["value"] : nil) }.first
        guard let requester = found?.scalarText, !requester.isEmpty else { return }
        var ticket = known(id) ?? Ticket(id: id, source: assembler.source)
        if ticket.requester != nil { return }
        ticket.requester = requester
        earlier[id] = ticket
    }

    /// A customer's answer to the survey; what an event offers or withdraws is none.
    private func rating(_ child: Payload, in event: Event, _ people: ZendeskPeople) -> Operation {
        let at = child["created_at"] ?? event.createdAt
        guard let id = child["id"]?.scalarText ?? event.id, let isGood = Self.isGood(child["score"]) else {
            return .ignored(reason: "unrated", at: assembler.time(at))
        }
        let ticketID = child["ticket_id"]?.scalarText ?? event.ticket
        let author = ticketID.flatMap { known($0)?.requester } ?? event.author?.scalarText
        // Not the rating's own number, which events do not tell.
        return rating(
            isGood, nativeID: ScopedID.of("rating-event", id), ticket: ticketID ?? "unknown", by: author, at: at, child["body"] ?? child["comment"],
            people)
    }

    private func role(of id: String?, _ people: ZendeskPeople) -> Role? { ZendeskPeople.role(people[id]) ?? id.flatMap { users[$0]?.role } }

    /// A comment that is a note now: its words are not told again.
    private func privacyChange(_ child: Payload, in event: Event) -> Operation {
        let time = child["created_at"] ?? event.createdAt
        guard let id = child["comment_id"]?.scalarText else { return .ignored(reason: "CommentPrivacyChange", at: assembler.time(time)) }
        let ticketID = child["ticket_id"]?.scalarText ?? event.ticket
        var message = DeskMessage(nativeID: id, conversationID: ticketID ?? "unknown", time: .written(time), text: "")
        message.isPrivate = true
        message.isChange = true
        return assembler.operation(&message, line: line)
    }

    /// A comment of which words were taken out. What is left stands in the comment's own event, where that was fetched afterwards; where it was
    /// not, nobody tells, and all of it goes.
    private func redaction(_ child: Payload, in event: Event) -> Operation {
        let time = child["created_at"] ?? event.createdAt
        let ticketID = child["ticket_id"]?.scalarText ?? event.ticket
        guard let id = child["comment_id"]?.scalarText, ticketID.flatMap({ known($0) })?.redacted.contains(id) != true else {
            return .ignored(reason: "CommentRedactionEvent", at: assembler.time(time))
        }
        return assembler.deletion(of: id, conversationID: ticketID, at: time)
    }

    /// Remembers a comment in which boxes stand for what was taken out.
    private func noteRedacted(_ message: DeskMessage, of ticketID: String?) {
        guard let ticketID, message.text.unicodeScalars.contains(where: { $0 == "▇" || $0 == "█" }) else { return }
        var ticket = known(ticketID) ?? Ticket(id: ticketID, source: assembler.source)
        ticket.redacted.insert(message.nativeID)
        earlier[ticketID] = ticket
    }

    private func comment(_ child: Payload, in event: Event, _ people: ZendeskPeople) -> Operation {
        guard let id = child["id"]?.scalarText ?? event.id else { return assembler.rejected("an event has no \"id\"", child.line(from: line)) }
        let isPrivate = (child["public"] ?? child["comment_public"])?.bool == false
        // Whoever last touched the ticket may be its customer, who writes no notes.
        let author = child["author_id"] ?? (isPrivate && role(of: event.author?.scalarText, people) != .agent ? nil : event.author)
        let created = child["created_at"] ?? event.createdAt
        if author?.scalarText == "-1" { return .ignored(reason: "system", at: assembler.time(created)) }
        let ticketID = child["ticket_id"]?.scalarText ?? event.ticket
        let ticket = ticketID.map { known($0) ?? Ticket(id: $0, source: assembler.source) }
        if let ticket, let ticketID, let repetition = repetition(child, of: ticket, id: ticketID, at: created) { return repetition }
        let user = people[author?.scalarText]
        var message = DeskMessage(nativeID: id, conversationID: ticketID ?? "unknown", time: .written(created), text: Self.text(child))
        message.role = ZendeskPeople.role(user)
        if let requester = ticket?.requester, let author { message.likely = author.scalarText == requester ? .customer : .agent }
        message.displayName = user?["name"]?.string
        message.identifiers = ZendeskPeople.identifiers(user, id: author)
        users.complete(&message, author: author?.scalarText)
        noteRedacted(message, of: ticketID)
        message.isPrivate = isPrivate
        message.isMail = Self.isMail(child["via"] ?? event.via)
        if ticket?.requester == nil { unknown.note(author?.scalarText, message) }
        message.attachments = DeskAssembler.attachments(child["attachments"])
        return assembler.operation(&message, line: line)
    }
}
