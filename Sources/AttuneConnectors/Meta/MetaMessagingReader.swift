import AttuneCore

/// Reads direct messages: Messenger and Instagram.
struct MetaMessagingReader {
    private let entry: MetaEntry

    init(_ entry: MetaEntry) { self.entry = entry }

    /// One operation; a delivery receipt gives one per message it names.
    func operations(_ item: Payload) -> [Operation] {
        if let message = item["message"] { return [self.message(message, item)] }
        if let edit = item["message_edit"] { return [self.edit(edit, item)] }
        if let postback = item["postback"] { return [self.postback(postback, item)] }
        let at = item["timestamp"]?.instant
        if item["reaction"] != nil { return [.ignored(reason: "reaction", at: at)] }
        if let read = item["read"] {
            return [read["mid"]?.identity.map { .status(target: entry.messageID($0), status: "read", at: at) } ?? .ignored(reason: "receipt", at: at)]
        }
        if let delivery = item["delivery"] {
            let targets = delivery["mids"]?.items.compactMap(\.identity) ?? []
            if targets.isEmpty { return [.ignored(reason: "receipt", at: at)] }
            return targets.map { .status(target: entry.messageID($0), status: "delivered", at: at) }
        }
        let known = item.members.map(\.key).first { !["sender", "recipient", "timestamp"].contains($0) }
        return [item.isObject ? .ignored(reason: PayloadScope.reason(known), at: at) : entry.rejected("a messaging item is no object", item)]
    }

    private func message(_ message: Payload, _ item: Payload) -> Operation {
        guard let mid = message["mid"]?.identity else { return entry.rejected("a message has no \"mid\"", message) }
        let isEcho = message["is_echo"]?.bool == true
        if message["is_deleted"]?.bool == true {
            let sender = sender(item)
            let isOwn = isOwn(sender, isEcho)
            return .delete(
                Deletion(
                    target: entry.messageID(mid), source: entry.source, conversationID: conversation(item, sender, isOwn: isOwn),
                    author: entry.author(item["sender"], id: sender, isOwn: isOwn), at: entry.time(item["timestamp"]).at))
        }
        let text = message["text"]?.string ?? ""
        let attachments = (message["attachments"]?.items ?? []).map { Attachment(kind: Self.kind($0["type"]?.string)) }
        if text.isEmpty, attachments.isEmpty {
            return .ignored(reason: message["is_unsupported"]?.bool == true ? "unsupported" : "empty", at: item["timestamp"]?.instant)
        }
        // An answer to a story names the story, which is no message.
        let parent = message.at("reply_to", "mid")?.identity.map(entry.messageID)
        return entry.scope.operation(read(item, id: mid, text: text, isEcho: isEcho, inReplyTo: parent, attachments: attachments))
    }

    private func edit(_ edit: Payload, _ item: Payload) -> Operation {
        guard let mid = edit["mid"]?.identity else { return entry.rejected("an edit has no \"mid\"", edit) }
        guard let text = edit["text"]?.string else { return .ignored(reason: "edit", at: item["timestamp"]?.instant) }
        return .edit(read(item, id: mid, text: text, isEcho: edit["is_echo"]?.bool == true, edited: true))
    }

    /// A tapped button says what is written on it.
    private func postback(_ postback: Payload, _ item: Payload) -> Operation {
        guard let title = postback["title"]?.filled else { return .ignored(reason: "postback", at: item["timestamp"]?.instant) }
        if let mid = postback["mid"]?.identity { return .message(read(item, id: mid, text: title, isEcho: false)) }
        let sender = sender(item)
        var identity = ContentIdentity(connector: entry.scope.connector)
        let id = identity.id(
            conversation: conversation(item, sender, isOwn: isOwn(sender, false)), wallClock: item["timestamp"]?.scalarText ?? "",
            author: sender ?? "", text: title, number: 1)
        return .message(read(item, id: nil, madeID: id, text: title, isEcho: false))
    }

    /// - Parameters:
    ///   - id: the platform's.
    ///   - madeID: what stands in for it.
    private func read(
        _ item: Payload, id: String?, madeID: String = "", text: String, isEcho: Bool, inReplyTo: String? = nil, edited: Bool = false,
        attachments: [Attachment] = []
    ) -> Message {
        let sent = entry.time(item["timestamp"])
        let sender = sender(item)
        let isOwn = isOwn(sender, isEcho)
        return Message(
            id: id.map(entry.messageID) ?? madeID, nativeID: id, channel: entry.scope.channel(.chat), source: entry.source,
            conversationID: conversation(item, sender, isOwn: isOwn), author: entry.author(item["sender"], id: sender, isOwn: isOwn),
            sentAt: sent.at, timeBasis: sent.basis, text: TextMarks.removed(from: text), inReplyTo: inReplyTo, edited: edited,
            attachments: attachments)
    }

    private func sender(_ item: Payload) -> String? { item.at("sender", "id")?.identity }

    private func isOwn(_ sender: String?, _ isEcho: Bool) -> Bool { isEcho || sender != nil && sender == entry.id }

    /// The page or account, and the person on the other side.
    private func conversation(_ item: Payload, _ sender: String?, isOwn: Bool) -> String {
        let person = isOwn ? item.at("recipient", "id")?.identity : sender
        return ScopedID.of(entry.id ?? entry.source, person ?? "unknown")
    }

    private static func kind(_ type: String?) -> String { type == "file" ? "document" : PayloadScope.reason(type) }
}
