import AttuneCore

/// Reads events, and remembers the handles that they tell.
struct BlueskyReader {
    let scope: PayloadScope
    private let source: String
    /// Handles by DID, as far as the input named them.
    private var handles: [String: String] = [:]

    /// A DID and a handle take about 150 bytes: 15 MB.
    private static let handleLimit = 100_000
    private static let postCollection = "app.bsky.feed.post"

    init(_ scope: PayloadScope) {
        self.scope = scope
        source = scope.source()
    }

    mutating func operation(_ payload: Payload, line: Int) -> Operation {
        guard let event = BlueskyEvent(payload) else { return scope.rejected("no Jetstream event: \"did\" or its kind is missing", line) }
        switch event.kind {
        case "commit": return commit(event, line)
        case "identity":
            if let handle = event.body["handle"]?.filled {
                if handles.count >= Self.handleLimit { handles.removeAll(keepingCapacity: true) }
                handles[event.did] = handle
            }
            return .ignored(reason: "identity", at: event.seenAt)
        case "account":
            return account(event)
        default: return .ignored(reason: PayloadScope.reason(event.kind), at: event.seenAt)
        }
    }

    private func account(_ event: BlueskyEvent) -> Operation {
        guard event.body["active"]?.bool == false else { return .ignored(reason: "account", at: event.seenAt) }
        // The others are states of a host, or the owner's own and for a while: what was written is not gone.
        let status = event.body["status"]?.string
        guard let status, ["deleted", "takendown", "suspended"].contains(status) else {
            return .ignored(reason: PayloadScope.reason(status), at: event.seenAt)
        }
        let author = author(event.did)
        // What the business wrote counts for nobody, and is kept without its accounts.
        guard author.role == .customer else { return .ignored(reason: "account", at: event.seenAt) }
        return .delete(Deletion(target: nil, source: source, author: author, at: event.seenAt))
    }

    private func commit(_ event: BlueskyEvent, _ line: Int) -> Operation {
        let commit = event.body
        guard let collection = commit["collection"]?.string, let key = commit["rkey"]?.identity else {
            return scope.rejected("a commit has no \"collection\" or \"rkey\"", line)
        }
        guard collection == Self.postCollection else {
            return .ignored(reason: PayloadScope.reason(collection.lastPiece(".")), at: event.seenAt)
        }
        let uri = "at://\(event.did)/\(collection)/\(key)"
        let operation = commit["operation"]?.string
        if operation == "delete" {
            return .delete(Deletion(target: ScopedID.of(source, uri), source: source, author: author(event.did), at: event.seenAt))
        }
        guard operation == "create" || operation == "update" else { return .ignored(reason: PayloadScope.reason(operation), at: event.seenAt) }
        guard let record = commit["record"], let text = record["text"]?.string else { return scope.rejected("a post has no \"text\"", line) }
        var message = message(did: event.did, seenAt: event.seenAt, record, uri: uri, text: text)
        if message.text.isEmpty, message.attachments.isEmpty { return .ignored(reason: "empty", at: event.seenAt) }
        if operation == "create" { return scope.operation(message) }
        message.edited = true
        return .edit(message.edited(at: event.seenAt))
    }

    func message(did: String, seenAt: Timestamp?, _ record: Payload, uri: String, text: String) -> Message {
        let sent = time(record["createdAt"]?.instant, seenAt: seenAt)
        return Message(
            id: ScopedID.of(source, uri), nativeID: uri, channel: scope.channel(.social), source: source,
            conversationID: record.at("reply", "root", "uri")?.identity ?? uri, author: author(did), sentAt: sent.at, timeBasis: sent.basis,
            text: TextMarks.removed(from: text), language: record["langs"]?[0]?.filled,
            inReplyTo: record.at("reply", "parent", "uri")?.identity.map { ScopedID.of(source, $0) }, attachments: Self.attachments(record["embed"]))
    }

    /// What the client says when it is believable, else when Jetstream saw it.
    private func time(_ created: Timestamp?, seenAt: Timestamp?) -> (at: Timestamp, basis: TimeBasis) {
        guard let seenAt else { return created.map { ($0, .exact) } ?? (scope.context.receivedAt, .received) }
        guard let created else { return (seenAt, .exact) }
        let distance = created.since(seenAt)
        return (distance <= .seconds(86_400) && distance >= .seconds(-86_400) ? created : seenAt, .exact)
    }

    private func author(_ did: String) -> Author {
        PlatformAccount(platform: "bluesky", id: did, username: handles[did], isOwn: did == scope.context.account).author(scope.roles)
    }

    /// Pictures and videos, also those beside a quoted post; descriptions are not read.
    private static func attachments(_ embed: Payload?) -> [Attachment] {
        guard let embed else { return [] }
        let media = embed["media"] ?? embed
        if let images = media["images"]?.array { return images.map { _ in Attachment(kind: "image") } }
        if media["video"]?.isObject == true { return [Attachment(kind: "video")] }
        return media["external"]?.isObject == true ? [Attachment(kind: "link")] : []
    }
}
