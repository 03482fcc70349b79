import AttuneCore

/// Reads a comment on Instagram; it comes without a time of its own.
struct MetaCommentReader {
    private let entry: MetaEntry

    init(_ entry: MetaEntry) { self.entry = entry }

    func operation(_ value: Payload) -> Operation {
        // Some that pass deliveries on call it after the field.
        guard let id = (value["id"] ?? value["comment_id"])?.identity else { return entry.rejected("a comment has no \"id\"", value) }
        guard let text = value["text"]?.filled else { return .ignored(reason: "empty", at: entry.time) }
        let sent = entry.time(value["created_time"])
        let parent = value["parent_id"]?.identity
        let media = value.at("media", "id")?.identity ?? entry.id ?? entry.source
        return .message(
            Message(
                id: entry.messageID(id), nativeID: id, channel: entry.scope.channel(.social), source: entry.source,
                conversationID: ScopedID.of(media, parent ?? id), author: entry.author(value["from"]), sentAt: sent.at, timeBasis: sent.basis,
                text: TextMarks.removed(from: text), inReplyTo: parent.map(entry.messageID)))
    }
}
