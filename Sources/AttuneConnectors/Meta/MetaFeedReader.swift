import AttuneCore

/// Reads changes of a page's feed: comments and posts of visitors.
struct MetaFeedReader {
    private let entry: MetaEntry

    init(_ entry: MetaEntry) { self.entry = entry }

    func operation(_ value: Payload) -> Operation {
        let item = PayloadScope.reason(value["item"]?.string)
        let verb = value["verb"]?.string ?? "add"
        switch item {
        case "comment":
            guard let id = value["comment_id"]?.identity else { return entry.rejected("a comment has no \"comment_id\"", value) }
            return operation(value, id: id, verb: verb, item: item)
        case "post", "status", "photo", "video", "album", "share", "link", "note":
            // The page's own posts are what customers comment on, not what they say.
            if value.at("from", "id")?.identity == entry.id { return .ignored(reason: item, at: value["created_time"]?.instant) }
            guard let id = value["post_id"]?.identity else { return entry.rejected("a post has no \"post_id\"", value) }
            return operation(value, id: id, verb: verb, item: item)
        default: return .ignored(reason: item, at: value["created_time"]?.instant)
        }
    }

    /// A post or comment elsewhere that names the page; its writer stands outside of `from`.
    func mention(_ value: Payload) -> Operation {
        guard let id = (value["comment_id"] ?? value["post_id"])?.identity else { return entry.rejected("a mention has no \"post_id\"", value) }
        return operation(value, id: id, verb: value["verb"]?.string ?? "add", item: PayloadScope.reason(value["item"]?.string))
    }

    private func author(_ value: Payload) -> Author {
        guard value["from"] == nil, let sender = value["sender_id"]?.identity else { return entry.author(value["from"]) }
        return entry.author(id: sender, name: value["sender_name"]?.string)
    }

    private func operation(_ value: Payload, id: String, verb: String, item: String) -> Operation {
        switch verb {
        case "add": return message(value, id: id, item: item).map(entry.scope.operation) ?? .ignored(reason: "empty")
        case "edited", "edit":
            guard var message = message(value, id: id, item: item) else { return .ignored(reason: "empty") }
            message.edited = true
            return .edit(message.edited(at: entry.time))
        case "remove", "delete":
            return .delete(
                Deletion(
                    target: entry.messageID(id), source: entry.source, conversationID: conversation(value, id: id),
                    author: author(value),
                    at: entry.time))
        default: return .ignored(reason: PayloadScope.reason(verb), at: entry.time)
        }
    }

    /// Nil for an item without text and picture.
    private func message(_ value: Payload, id: String, item: String) -> Message? {
        let text = TextMarks.removed(from: value["message"]?.string ?? "")
        let attachments = attachments(value, item: item)
        if text.isEmpty, attachments.isEmpty { return nil }
        let sent = entry.time(value["created_time"])
        return Message(
            id: entry.messageID(id), nativeID: id, channel: entry.scope.channel(.social), source: entry.source,
            conversationID: conversation(value, id: id), author: author(value), sentAt: sent.at, timeBasis: sent.basis, text: text,
            inReplyTo: item == "comment" ? (value["parent_id"] ?? value["post_id"])?.identity.map(entry.messageID) : nil, attachments: attachments)
    }

    private func attachments(_ value: Payload, item: String) -> [Attachment] {
        if item == "photo" || value["photo"] != nil || value["photos"] != nil { return [Attachment(kind: "image")] }
        if item == "video" || value["video"] != nil { return [Attachment(kind: "video")] }
        return []
    }

    /// The post, and of comments the one on top.
    private func conversation(_ value: Payload, id: String) -> String {
        let post = value["post_id"]?.identity ?? entry.id ?? entry.source
        guard value["item"]?.says("comment") == true else { return post }
        let parent = value["parent_id"]?.identity
        return "\(post):\(parent == nil || parent == post ? id : parent ?? id)"
    }
}
