import AttuneCore

/// Reads posts and direct messages as version 1.1 of the API writes them: in deliveries of the Account Activity API, which are lists of events
/// of one user, in streams and in answers.
struct XActivityReader {
    private let payload: Payload
    private let scope: PayloadScope
    private let line: Int
    /// The user whose activity it is: the business.
    private let userID: String?
    private let source: String
    /// People that the events name by their id.
    private let users: [String: Payload]

    /// - Parameter userID: the business's account, where the payload itself does not name it.
    init(_ payload: Payload, userID: String? = nil, _ scope: PayloadScope, _ line: Int) {
        self.payload = payload
        self.scope = scope
        self.line = line
        self.userID = payload["for_user_id"]?.identity ?? userID
        // Ids of X are unique beyond accounts: those of posts that were also read through the API are the same.
        source = scope.source()
        users = Dictionary((payload["users"]?.members ?? []).map { ($0.key, $0.value) }, uniquingKeysWith: { _, last in last })
    }

    /// One operation per event; never empty.
    func operations() -> [Operation] {
        var operations = [Operation]()
        for member in payload.members {
            switch member.key {
            case "for_user_id", "users", "apps", "user_has_blocked": continue
            case "tweet_create_events": operations += member.value.items.map(post)
            case "tweet_delete_events": operations += member.value.items.map(deletion)
            case "direct_message_events": operations += member.value.items.map(directMessage)
            case "direct_message_mark_read_events": operations += member.value.items.map(read)
            default: operations += ignored(member.value, PayloadScope.reason(member.key))
            }
        }
        return operations.isEmpty ? [.ignored(reason: "empty")] : operations
    }

    /// What streams and answers hold: a post, the posts of a search, a deletion, direct messages; nil for anything else. Never empty.
    func records() -> [Operation]? {
        if payload["id_str"] != nil, payload["user"]?.isObject == true { return [post(payload)] }
        if let deleted = payload["delete"], deleted["status"] != nil { return [deletion(deleted)] }
        if let posts = payload["statuses"]?.array { return posts.isEmpty ? [.ignored(reason: "empty")] : posts.map(post) }
        if let events = payload["events"]?.array { return events.isEmpty ? [.ignored(reason: "empty")] : events.map(directMessage) }
        return Self.notices.first { payload[$0]?.isObject == true }.map { [.ignored(reason: "\($0)")] }
    }

    /// What a stream tells between posts, of itself and of what it leaves out.
    private static let notices: [StaticString] = ["limit", "scrub_geo", "status_withheld", "user_withheld", "disconnect", "warning"]

    private func ignored(_ value: Payload, _ reason: String) -> [Operation] {
        guard let items = value.array else { return [.ignored(reason: reason)] }
        return items.map { .ignored(reason: reason, at: ($0["timestamp_ms"] ?? $0["created_timestamp"] ?? $0["created_at"])?.instant) }
    }

    private func post(_ post: Payload) -> Operation {
        guard let id = (post["id_str"] ?? post["id"])?.identity else { return scope.rejected("a post has no \"id_str\"", post.line(from: line)) }
        let sent = scope.time(post["created_at"], post["timestamp_ms"])
        if post["retweeted_status"]?.isObject == true { return .ignored(reason: "retweet", at: sent.at) }
        guard let text = (post.at("extended_tweet", "full_text") ?? post["full_text"] ?? post["text"])?.string else {
            return scope.rejected("a post has no \"text\"", post.line(from: line))
        }
        let replied = (post["in_reply_to_status_id_str"] ?? post["in_reply_to_status_id"])?.identity
        let media = (post.at("extended_tweet", "extended_entities", "media") ?? post.at("extended_entities", "media"))?.items ?? []
        return scope.operation(
            Message(
                id: ScopedID.of(source, id), nativeID: id, channel: scope.channel(.social), source: source, conversationID: replied ?? id,
                author: author(post["user"], id: (post.at("user", "id_str") ?? post.at("user", "id"))?.identity), sentAt: sent.at,
                timeBasis: sent.basis, text: XText.read(text), language: XText.language(post["lang"]),
                inReplyTo: replied.map { ScopedID.of(source, $0) },
                attachments: media.map { Attachment(kind: XText.attachmentKind($0["type"]?.string)) }))
    }

    private func deletion(_ event: Payload) -> Operation {
        guard let post = event["tweet"] ?? event["status"], let id = (post["id"] ?? post["id_str"])?.identity else {
            return scope.rejected("a deletion does not name its post", event.line(from: line))
        }
        let writer = post["user_id"]?.identity.map { author(nil, id: $0) }
        return .delete(Deletion(target: ScopedID.of(source, id), source: source, author: writer, at: event["timestamp_ms"]?.instant))
    }

    private func directMessage(_ event: Payload) -> Operation {
        let created = event["created_timestamp"]
        let type = event["type"]?.string ?? "unknown"
        guard type == "message_create" else { return .ignored(reason: PayloadScope.reason(type), at: created?.instant) }
        guard let id = event["id"]?.identity, let message = event["message_create"], let text = message.at("message_data", "text")?.string else {
            return scope.rejected("a direct message has no \"id\" or no text", event.line(from: line))
        }
        let sender = message["sender_id"]?.identity
        let other = sender == userID ? message.at("target", "recipient_id")?.identity : sender
        let sent = scope.time(created)
        let media = message.at("message_data", "attachment", "media")?["type"]?.string
        return scope.operation(
            Message(
                id: ScopedID.of(source, id), nativeID: id, channel: scope.channel(.chat), source: source,
                conversationID: conversation(with: other, and: userID ?? message.at("target", "recipient_id")?.identity),
                author: author(sender.flatMap { users[$0] }, id: sender), sentAt: sent.at, timeBasis: sent.basis,
                text: XText.read(text),
                attachments: message.at("message_data", "attachment") == nil ? [] : [Attachment(kind: XText.attachmentKind(media))]))
    }

    /// As `dm_conversation_id` of the v2 API names it: both people's ids, the smaller one first.
    private func conversation(with other: String?, and own: String?) -> String {
        let people = [own ?? source, other ?? "unknown"].sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
        return people.joined(separator: "-")
    }

    private func read(_ event: Payload) -> Operation {
        let at = event["created_timestamp"]?.instant
        guard let id = event["last_read_event_id"]?.identity else { return .ignored(reason: "receipt", at: at) }
        return .status(target: ScopedID.of(source, id), status: "read", at: at)
    }

    private func author(_ user: Payload?, id: String?) -> Author {
        // The X Activity API sends people as the second version has them, each in an envelope.
        let user = user?["data"] ?? user
        return PlatformAccount(
            platform: "x", id: id, username: (user?["screen_name"] ?? user?["username"])?.string, displayName: user?["name"]?.string,
            isOwn: id != nil && id == userID
        ).author(scope.roles)
    }
}
