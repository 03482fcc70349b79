import AttuneCore

/// Reads updates: which kind each is, and what it does.
struct TelegramUpdateReader {
    private let scope: PayloadScope
    private let source: String

    init(_ scope: PayloadScope) {
        self.scope = scope
        source = scope.source()
    }

    /// One operation per update; of deleted messages one each. Never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        if let result = payload["result"]?.array {
            return result.isEmpty ? [.ignored(reason: "empty")] : result.flatMap { update($0, line) }
        }
        if payload["ok"]?.bool == false { return [.ignored(reason: "error")] }
        return update(payload, line)
    }

    private func update(_ update: Payload, _ line: Int) -> [Operation] {
        guard let (kind, body) = Self.content(update) else {
            return [scope.rejected("no Telegram update: nothing stands beside \"update_id\"", line)]
        }
        switch kind {
        case "message", "channel_post", "business_message", "guest_message": return [message(body, kind, isEdit: false, line)]
        case "edited_message", "edited_channel_post", "edited_business_message": return [message(body, kind, isEdit: true, line)]
        case "deleted_business_messages": return deletions(body, line)
        case "message_reaction", "message_reaction_count": return [.ignored(reason: "reaction", at: body["date"]?.instant)]
        case "my_chat_member", "chat_member": return [.ignored(reason: "system", at: body["date"]?.instant)]
        default: return [.ignored(reason: PayloadScope.reason(kind))]
        }
    }

    /// The one member that an update has besides its id; a message alone is one too.
    private static func content(_ update: Payload) -> (kind: String, body: Payload)? {
        if update["update_id"] == nil, update["message_id"] != nil { return ("message", update) }
        var found: (kind: String, body: Payload)?
        update.forEachMember { key, value in
            if found == nil, value.isObject, !ByteSearch.equal(key, "update_id") { found = (String(copying: key), value) }
        }
        return found
    }

    private func message(_ body: Payload, _ kind: String, isEdit: Bool, _ line: Int) -> Operation {
        guard let number = body["message_id"]?.identity, let chat = body.at("chat", "id")?.identity else {
            return scope.rejected("a message has no \"message_id\" or no chat", body.line(from: line))
        }
        let sent = scope.time(body["date"])
        if TelegramContent.isForwarded(body) { return .ignored(reason: "forwarded", at: sent.at) }
        let content = TelegramContent(body)
        if content.isEmpty { return .ignored(reason: content.quotes ? "empty" : "system", at: sent.at) }
        let topic = body["is_topic_message"]?.bool == true ? body["message_thread_id"]?.identity : nil
        let replied = body.at("reply_to_message", "message_id")?.identity
        let nativeID = ScopedID.of(chat, number)
        let message = Message(
            id: ScopedID.of(source, nativeID), nativeID: nativeID, channel: scope.channel(.chat), source: source,
            conversationID: topic.map { ScopedID.of(chat, $0) } ?? chat, author: TelegramAuthor(body, kind: kind).author(scope.roles),
            sentAt: sent.at,
            timeBasis: sent.basis, text: content.text,
            // Every message of a topic answers the one that opened it, unless it answers another.
            inReplyTo: replied == topic ? nil : replied.map { ScopedID.of(source, chat, $0) }, edited: isEdit || body["edit_date"] != nil,
            attachments: content.attachments
        ).edited(at: body["edit_date"]?.instant)
        return isEdit ? .edit(message) : scope.operation(message)
    }

    private func deletions(_ body: Payload, _ line: Int) -> [Operation] {
        guard let chat = body.at("chat", "id")?.identity, let numbers = body["message_ids"]?.array, !numbers.isEmpty else {
            return [scope.rejected("deleted messages have no chat or no \"message_ids\"", body.line(from: line))]
        }
        return numbers.map { number in
            guard let number = number.identity else { return scope.rejected("a deleted message has no id", number.line(from: line)) }
            return .delete(Deletion(target: ScopedID.of(source, chat, number), source: source, conversationID: chat))
        }
    }
}
