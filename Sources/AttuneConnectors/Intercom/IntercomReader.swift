import AttuneCore

/// Tells Intercom's payloads apart.
struct IntercomReader {
    let assembler: DeskAssembler

    /// One operation per first message, part and rating; never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        guard let type = payload["type"]?.string else { return [assembler.rejected("no Intercom payload: it has no \"type\"", line)] }
        if type == "notification_event" { return notification(payload, line) }
        let operations: [Operation]
        if let list = (payload["conversations"] ?? payload["tickets"] ?? payload["data"])?.array {
            operations = list.flatMap { listed($0, line) }
        } else {
            operations = item(payload, assembler, line) ?? [.ignored(reason: type)]
        }
        return operations.isEmpty ? [.ignored(reason: "empty")] : operations
    }

    /// Of an item of a list; never empty.
    private func listed(_ item: Payload, _ line: Int) -> [Operation] {
        guard let operations = self.item(item, assembler, line) else {
            return [assembler.rejected("a list's item is no conversation", item.line(from: line))]
        }
        return operations.isEmpty ? [.ignored(reason: "empty", at: assembler.time(item["created_at"]))] : operations
    }

    private func notification(_ payload: Payload, _ line: Int) -> [Operation] {
        let topic = payload["topic"]?.string ?? "notification"
        let at = assembler.time(payload["created_at"])
        let assembler = assembler.account(payload["app_id"]?.scalarText)
        if topic == "conversation.deleted" {
            guard let item = payload.at("data", "item"), let id = item["id"]?.scalarText else { return [.ignored(reason: topic, at: at)] }
            // What it names is gone also where it comes later; nearly always that is only the conversation's id.
            return IntercomConversationReader(assembler: assembler, item: item, line: line).deletions()
                + [assembler.deletion(ofConversation: id, at: payload["created_at"])]
        }
        guard let item = payload.at("data", "item"), let operations = self.item(item, assembler, line, topic: topic),
            !operations.isEmpty
        else { return [.ignored(reason: topic, at: at)] }
        return operations
    }

    /// Nil when an item holds no messages of a kind that we know.
    private func item(_ item: Payload, _ assembler: DeskAssembler, _ line: Int, topic: String? = nil) -> [Operation]? {
        // A conversation may name the ticket that was made of it.
        if let ticket = item["ticket"], ticket.isObject, item["type"]?.says("conversation") != true, item["conversation_parts"] == nil {
            return news(ticket, item["ticket_part"], assembler, line)
        }
        switch item["type"]?.string {
        case "conversation", "ticket": return IntercomConversationReader(assembler: assembler, item: item, line: line).operations()
        case "conversation_part", "ticket_part":
            // A tag on a part is news of the tag, not of the part.
            if topic?.contains(".tag.") == true { return nil }
            let reader = IntercomConversationReader(assembler: assembler, item: item, line: line)
            return [topic?.hasSuffix(".redacted") == true ? reader.redaction(item) : reader.part(item)]
        default:
            let isConversation = item["conversation_parts"] != nil || item["ticket_parts"] != nil || item.at("source", "author") != nil
            return isConversation ? IntercomConversationReader(assembler: assembler, item: item, line: line).operations() : nil
        }
    }

    /// News of a ticket come as the whole ticket and, beside it, the part that is new.
    private func news(_ ticket: Payload, _ part: Payload?, _ assembler: DeskAssembler, _ line: Int) -> [Operation] {
        let reader = IntercomConversationReader(assembler: assembler, item: ticket, line: line)
        guard let part, part.isObject else { return reader.operations() }
        let known = (ticket.at("ticket_parts", "ticket_parts")?.items ?? []).contains { $0["id"]?.scalarText == part["id"]?.scalarText }
        return reader.operations() + (known ? [] : [reader.part(part)])
    }
}
