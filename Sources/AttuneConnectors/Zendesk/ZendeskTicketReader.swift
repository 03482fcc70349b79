import AttuneCore

/// Reads tickets with their comments, and what happened to them in incremental exports.
struct ZendeskTicketReader {
    /// What comments need to know of their ticket.
    struct Ticket {
        var id: String?
        var requester: String?
        /// Of a description that was a message, as no comment had repeated it: `RepeatedText.mark`.
        var description: UInt64?
        /// The same of the first comment, of those that came before the ticket, and when it was written.
        var first: (mark: UInt64, at: Timestamp)?
        /// Whether the ticket itself came, and not only what others say of it.
        var isRecord = false
        /// Whether a comment that came with it repeats its description.
        var isTold = false
        /// Comments of which words were taken out before they came.
        var redacted: Set<String> = []
        /// Name of the account's source.
        var source: String
    }

    let assembler: DeskAssembler
    let line: Int
    let earlier: EarlierTickets<Ticket>
    let unknown: UnknownAuthors
    let users: ZendeskUsers

    /// The description where no comment repeats it, the comments in order of time, the satisfaction rating.
    func operations(ticket: Payload, comments: [Payload], _ people: ZendeskPeople) -> [Operation] {
        guard let id = ticket["id"]?.scalarText else { return [assembler.rejected("a ticket has no \"id\"", ticket.line(from: line))] }
        if ticket["status"]?.says("deleted") == true { return deletions(ticket, id: id, comments) }
        let people = people.with(ticket["requester"], ticket["submitter"], ticket["assignee"], ticket["collaborator"])
        var of = Ticket(
            id: id, requester: Self.person("requester_id", "requester", of: ticket)?.scalarText, isRecord: true, source: assembler.source)
        let comments = assembler.ordered(comments, by: "created_at")
        var operations = [Operation]()
        let before = known(id)
        of.redacted = before?.redacted ?? []
        of.isTold = before?.isTold == true
        if of.isTold, comments.isEmpty, ticket["description"]?.isFilled == true {
            operations.append(.ignored(reason: "description", at: assembler.time(ticket["created_at"])))
        } else if let description = description(ticket, id: id, comments, people) {
            let mark = RepeatedText(ticket["description"]?.string ?? "").mark
            of.first = before?.first
            if let first = of.first, first.mark == mark {
                operations.append(.ignored(reason: "description", at: assembler.time(ticket["created_at"])))
            } else {
                operations.append(description)
                of.description = mark
            }
        } else if !comments.isEmpty, ticket["description"]?.isFilled == true {
            of.isTold = true
            of.description = before?.description
        }
        earlier[id] = of
        // Where the description came as a message before, the comment that says it again is none.
        var again = of.isTold ? of.description : nil
        for comment in comments {
            if let mark = again, says(comment, mark) {
                again = nil
                operations.append(.ignored(reason: "description", at: assembler.time(comment["created_at"])))
            } else {
                operations.append(self.comment(comment, of: of, people))
            }
        }
        if let rating = satisfaction(ticket, id: id, people) { operations.append(rating) }
        return operations.isEmpty ? [.ignored(reason: "empty", at: assembler.time(ticket["created_at"]))] : operations
    }

    private static func person(_ id: StaticString, _ whole: StaticString, of ticket: Payload) -> Payload? {
        if let id = ticket[id], !id.isNull { return id }
        return ticket.at(whole, "id")
    }

    /// Incremental exports still have a deleted ticket, with all its words or with `SCRUBBED` for them.
    private func deletions(_ ticket: Payload, id: String, _ comments: [Payload]) -> [Operation] {
        let rating = ticket["satisfaction_rating"].flatMap { $0["score"]?.string == nil ? nil : "rating:\($0["id"]?.scalarText ?? id)" }
        let keys = [ScopedID.of("ticket", id)] + comments.compactMap { $0["id"]?.scalarText } + [rating].compactMap { $0 }
        // What the record names is gone also where it comes later; other comments may have come before.
        return keys.map { assembler.deletion(of: $0, conversationID: id, at: ticket["updated_at"]) }
            + [assembler.deletion(ofConversation: id, at: ticket["updated_at"])]
    }

    private func description(_ ticket: Payload, id: String, _ comments: [Payload], _ people: ZendeskPeople) -> Operation? {
        guard let text = ticket["description"]?.string, !text.isEmpty else { return nil }
        let created = assembler.time(ticket["created_at"])
        let repeated = RepeatedText(text)
        let isRepeated = comments.contains { comment in
            created != nil && assembler.time(comment["created_at"]) == created && comment["body"] != nil
                || repeated.isRepeated(by: comment["body"])
                || (comment["plain_body"] ?? comment["html_body"]) != nil && repeated.isRepeated(by: Self.text(comment))
        }
        if isRepeated { return nil }
        let requester = Self.person("requester_id", "requester", of: ticket)
        let submitter = Self.person("submitter_id", "submitter", of: ticket) ?? requester
        let author = submitter?.scalarText == requester?.scalarText ? ticket["requester"] : ticket["submitter"]
        let user = people[submitter?.scalarText] ?? author
        var message = DeskMessage(nativeID: ScopedID.of("ticket", id), conversationID: id, time: .written(ticket["created_at"]), text: text)
        message.role = ZendeskPeople.role(user)
        message.likely = submitter?.scalarText == requester?.scalarText ? .customer : .agent
        message.displayName = user?["name"]?.string
        message.identifiers = ZendeskPeople.identifiers(user, id: submitter)
        users.complete(&message, author: submitter?.scalarText)
        message.isMail = Self.isMail(ticket["via"])
        message.isPrivate = ticket["is_public"]?.bool == false && comments.isEmpty
        return assembler.operation(&message, line: line)
    }

    /// What is remembered of a ticket, unless it is one of another account.
    func known(_ id: String) -> Ticket? { earlier[id].flatMap { isOurs($0) ? $0 : nil } }

    /// Records may leave out their account.
    private func isOurs(_ ticket: Ticket) -> Bool {
        ticket.source == assembler.source || ticket.source == assembler.connector || assembler.source == assembler.connector
    }

    /// A comment that came without its ticket.
    /// - Parameter id: what its surroundings say of it.
    func comment(_ comment: Payload, ofTicket id: String?, _ people: ZendeskPeople) -> Operation {
        guard let id = comment["ticket_id"]?.scalarText ?? id else { return self.comment(comment, of: .init(source: assembler.source), people) }
        return repetition(comment, ofTicket: id, at: comment["created_at"])
            ?? self.comment(comment, of: known(id) ?? Ticket(id: id, source: assembler.source), people)
    }

    /// The same for a comment of which no more is known than its ticket's id.
    func repetition(_ comment: Payload, ofTicket id: String, at: Payload?) -> Operation? {
        repetition(comment, of: known(id) ?? Ticket(id: id, source: assembler.source), id: id, at: at)
    }

    /// Whether a comment said already what an event tells as the description of a new ticket; otherwise the comments to come are compared with it.
    func isTold(description: String, ofTicket id: String, of requester: String?) -> Bool {
        let (mark, before) = (RepeatedText(description).mark, known(id))
        if let first = before?.first, first.mark == mark { return true }
        if before?.isRecord != true {
            earlier[id] = Ticket(id: id, requester: requester, description: mark, isRecord: true, source: assembler.source)
        }
        return false
    }

    /// Whether a comment's text has this `RepeatedText.mark`.
    private func says(_ comment: Payload, _ mark: UInt64) -> Bool {
        [Self.text(comment), comment["body"]?.string ?? ""].contains { RepeatedText($0).mark == mark }
    }

    /// Nil unless it says what the ticket's description said, the first time that one does; what comes before its ticket is remembered.
    func repetition(_ comment: Payload, of ticket: Ticket, id: String, at: Payload?) -> Operation? {
        if let description = ticket.description {
            guard says(comment, description) else { return nil }
            earlier[id]?.description = nil
            return .ignored(reason: "description", at: assembler.time(at))
        }
        guard !ticket.isRecord, let at = assembler.time(at), ticket.first.map({ at < $0.at }) != false, earlier[id].map(isOurs) != false,
            let mark = RepeatedText(Self.text(comment)).mark
        else { return nil }
        var ticket = ticket
        ticket.first = (mark, at)
        earlier[id] = ticket
        return nil
    }

    private func comment(_ comment: Payload, of ticket: Ticket, _ people: ZendeskPeople) -> Operation {
        guard let id = comment["id"]?.scalarText ?? comment["comment_id"]?.scalarText else {
            return assembler.rejected("a comment has no \"id\"", comment.line(from: line))
        }
        let author = comment["author_id"]?.scalarText ?? comment.at("author", "id")?.scalarText
        if author == "-1" { return .ignored(reason: "system", at: assembler.time(comment["created_at"])) }
        let user = people[author] ?? comment["author"]
        var message = DeskMessage(
            nativeID: id, conversationID: comment["ticket_id"]?.scalarText ?? ticket.id ?? "unknown",
            time: .written(comment["created_at"] ?? comment["timestamp"]), text: Self.text(comment))
        message.role = ZendeskPeople.role(user)
        message.likely = ticket.requester == nil || author == nil || author == ticket.requester ? .customer : .agent
        message.displayName = user?["name"]?.string
        message.identifiers = ZendeskPeople.identifiers(user, id: comment["author_id"] ?? user?["id"])
        users.complete(&message, author: author)
        message.isPrivate = (comment["public"]?.bool ?? comment["is_public"]?.bool) == false
        message.attachments = DeskAssembler.attachments(comment["attachments"])
        message.isMail = Self.isMail(comment["via"])
        if ticket.requester == nil { unknown.note(author, message) }
        if comment["type"]?.says("VoiceComment") == true {
            // Its body is a form about the call; only the transcript is what somebody said.
            message.text = comment.at("data", "transcription_text")?.string ?? ""
            message.attachments.append(Attachment(kind: "audio"))
        }
        return assembler.operation(&message, line: line)
    }

    /// Whether it came as a mail: in REST a channel, in events a word.
    static func isMail(_ via: Payload?) -> Bool {
        guard let word = via?["channel"] ?? via, word.withPlainBytes({ $0.count == 4 || $0.count == 5 }) != false else { return false }
        return word.says("email") || ["email", "mail"].contains(word.string?.lowercased())
    }

    /// The plain form is the HTML without its tags; what it says of characters stays in it.
    static func text(_ comment: Payload) -> String {
        if let plain = comment["plain_body"]?.string, !plain.isEmpty { return HTMLEntities.decoded(plain) }
        if let html = comment["html_body"], html.isFilled { return DeskAssembler.text(html: html) }
        return comment["body"]?.string ?? ""
    }

    /// A rating of a list of its own, which names its ticket.
    func rating(_ rating: Payload, _ people: ZendeskPeople) -> Operation {
        guard let id = rating["id"]?.scalarText, let ticket = rating["ticket_id"]?.scalarText else {
            return assembler.rejected("a rating has no \"id\" or no \"ticket_id\"", rating.line(from: line))
        }
        guard let isGood = Self.isGood(rating["score"]) else { return .ignored(reason: "unrated", at: assembler.time(rating["updated_at"])) }
        return self.rating(
            isGood, nativeID: ScopedID.of("rating", id), ticket: ticket, by: rating["requester_id"]?.scalarText,
            at: rating["updated_at"] ?? rating["created_at"], rating["comment"], people)
    }

    private func satisfaction(_ ticket: Payload, id: String, _ people: ZendeskPeople) -> Operation? {
        guard let rating = ticket["satisfaction_rating"], let isGood = Self.isGood(rating["score"]) else { return nil }
        return self.rating(
            isGood, nativeID: ScopedID.of("rating", rating["id"]?.scalarText ?? id), ticket: id,
            by: Self.person("requester_id", "requester", of: ticket)?.scalarText,
            // The ticket's last change is no time of it: the rating would be another one with each update.
            at: rating["updated_at"] ?? rating["created_at"] ?? ticket["created_at"], rating["comment"], people)
    }

    /// Nil for what was offered, and not answered.
    static func isGood(_ score: Payload?) -> Bool? {
        // Nearly all others were only offered.
        let mayTell = score?.withStringBytes { $0.first.map { $0 | 0x20 == UInt8(ascii: "g") || $0 | 0x20 == UInt8(ascii: "b") } ?? false }
        guard mayTell == true, let score = score?.string?.lowercased() else { return nil }
        return score.hasPrefix("good") ? true : score.hasPrefix("bad") ? false : nil
    }

    /// What a customer thought of how a ticket was dealt with.
    func rating(
        _ isGood: Bool, nativeID: String, ticket: String, by author: String?, at: Payload?, _ comment: Payload?, _ people: ZendeskPeople
    ) -> Operation {
        let user = people[author]
        var message = DeskMessage(nativeID: nativeID, conversationID: ticket, time: .written(at), text: comment?.string ?? "")
        message.role = .customer
        message.rating = Rating(value: isGood ? 1 : 0, min: 0, max: 1)
        message.displayName = user?["name"]?.string
        message.identifiers = ZendeskPeople.identifiers(user, id: author)
        users.complete(&message, author: author)
        return assembler.operation(&message, line: line)
    }
}
