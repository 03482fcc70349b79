import AttuneCore

/// Reads an answer of the v2 API, or a line of its streams.
struct XPostReader {
    private let payload: Payload
    private let scope: PayloadScope
    private let source: String
    private let line: Int
    /// What the answer includes, by id and key.
    private let users: [String: Payload]
    private let media: [String: Payload]
    /// The business's account.
    private let ownID: String?

    /// - Parameter ownID: the business's account, where it is known by the payload and not by the input.
    init(_ payload: Payload, ownID: String? = nil, _ scope: PayloadScope, _ line: Int) {
        self.payload = payload
        self.scope = scope
        self.line = line
        self.ownID = ownID ?? scope.context.account
        source = scope.source()
        users = Self.index(payload.at("includes", "users"), by: "id")
        media = Self.index(payload.at("includes", "media"), by: "media_key")
    }

    private static func index(_ list: Payload?, by key: StaticString) -> [String: Payload] {
        let items = (list?.items ?? []).map { $0["data"] ?? $0 }
        return Dictionary(items.compactMap { item in item[key]?.identity.map { ($0, item) } }, uniquingKeysWith: { first, _ in first })
    }

    /// One operation per post or event of the data; what it includes is context. Never empty.
    func operations() -> [Operation] {
        guard payload.isObject else { return [scope.rejected("no X payload: it is no object", line)] }
        guard let data = payload["data"] else {
            if payload["text"] != nil { return [operation(payload)] }
            if payload["errors"] != nil { return [.ignored(reason: "error")] }
            return payload["meta"] != nil
                ? [.ignored(reason: "empty")] : [scope.rejected("no X payload: neither \"data\" nor a post", line)]
        }
        let operations = data.array.map { $0.map(operation) } ?? [operation(data)]
        return operations.isEmpty ? [.ignored(reason: "empty")] : operations
    }

    /// A post or direct message.
    func operation(_ post: Payload) -> Operation {
        guard post.isObject else { return scope.rejected("a post is no object", post.line(from: line)) }
        if let type = post["event_type"]?.string { return event(post, type: type) }
        guard let id = post["id"]?.identity else { return scope.rejected("a post has no \"id\"", post.line(from: line)) }
        guard let text = (post.at("note_tweet", "text") ?? post["text"])?.string else {
            return post["username"] != nil ? .ignored(reason: "user") : scope.rejected("a post has no \"text\"", post.line(from: line))
        }
        let sent = scope.time(post["created_at"])
        let at = sent.basis == .exact ? sent.at : Snowflake.instant(id) ?? sent.at
        let references = post["referenced_tweets"]?.items ?? []
        if references.contains(where: { $0["type"]?.says("retweeted") == true }) { return .ignored(reason: "retweet", at: at) }
        // Each version of an edited post has an id of its own, the first one stays.
        let first = post["edit_history_tweet_ids"]?[0]?.identity ?? id
        let replied = references.first { $0["type"]?.says("replied_to") == true }?["id"]?.identity
        return scope.operation(
            Message(
                id: ScopedID.of(source, first), nativeID: first, channel: scope.channel(.social), source: source,
                conversationID: post["conversation_id"]?.identity ?? first, author: author(post["author_id"]?.identity), sentAt: at,
                timeBasis: sent.basis == .exact || at != sent.at ? .exact : sent.basis, text: XText.read(text),
                language: XText.language(post["lang"]), inReplyTo: replied.map { ScopedID.of(source, $0) }, edited: first != id,
                attachments: attachments(post)
            ).edited(at: at))
    }

    /// A direct message, or who came and went.
    private func event(_ event: Payload, type: String) -> Operation {
        guard type == "MessageCreate" else { return .ignored(reason: "system", at: event["created_at"]?.instant) }
        guard let id = event["id"]?.identity else { return scope.rejected("a direct message has no \"id\"", event.line(from: line)) }
        let sent = scope.time(event["created_at"])
        return scope.operation(
            Message(
                id: ScopedID.of(source, id), nativeID: id, channel: scope.channel(.chat), source: source,
                conversationID: event["dm_conversation_id"]?.identity ?? id, author: author(event["sender_id"]?.identity), sentAt: sent.at,
                timeBasis: sent.basis, text: XText.read(event["text"]?.string ?? ""), attachments: attachments(event)))
    }

    /// That a post is gone, by its id and its author's.
    func deletion(_ post: Payload) -> Operation {
        guard let id = post["id"]?.identity else { return scope.rejected("a deletion does not name its post", post.line(from: line)) }
        let writer = post["author_id"]?.identity.map { author($0) }
        return .delete(Deletion(target: ScopedID.of(source, id), source: source, author: writer, at: nil))
    }

    private func author(_ id: String?) -> Author {
        let user = id.flatMap { users[$0] }
        return PlatformAccount(
            platform: "x", id: id, username: user?["username"]?.string, displayName: user?["name"]?.string,
            isOwn: id != nil && id == ownID
        ).author(scope.roles)
    }

    private func attachments(_ post: Payload) -> [Attachment] {
        (post.at("attachments", "media_keys")?.items ?? []).map { key in
            Attachment(kind: XText.attachmentKind(key.identity.flatMap { media[$0] }?["type"]?.string))
        }
    }
}
