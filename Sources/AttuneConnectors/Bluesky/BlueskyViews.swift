import AttuneCore

/// Posts as the application's API shows them: searches and threads.
enum BlueskyViews {
    /// Views of posts in an answer, in its order, a thread behind what it answers and before its replies; nil when it is none.
    static func posts(_ payload: Payload) -> [Payload]? {
        if let list = payload["posts"]?.array { return list }
        guard let thread = payload["thread"], thread.isObject else { return nil }
        var posts = [Payload]()
        collect(thread, into: &posts, depth: 0)
        return posts
    }

    private static func collect(_ thread: Payload, into posts: inout [Payload], depth: Int) {
        guard depth < deepest else { return }
        if let parent = thread["parent"] { collect(parent, into: &posts, depth: depth + 1) }
        // A post that is gone or hidden has a place in the thread, too.
        posts.append(thread["post"] ?? thread)
        for reply in thread["replies"]?.items ?? [] { collect(reply, into: &posts, depth: depth + 1) }
    }

    /// The API gives a thread at most this deep.
    private static let deepest = 1_000
}

extension BlueskyReader {
    /// One operation per post of an answer; nil for everything that is no answer. Posts have the ids that the stream gives them.
    func operations(views payload: Payload, line: Int) -> [Operation]? {
        if let list = payload["notifications"]?.array {
            return list.isEmpty ? [.ignored(reason: "empty")] : list.map { operation(notification: $0, line) }
        }
        if let list = payload["feed"]?.array { return list.isEmpty ? [.ignored(reason: "empty")] : list.map { operation(item: $0, line) } }
        guard let posts = BlueskyViews.posts(payload) else { return nil }
        return posts.isEmpty ? [.ignored(reason: "empty")] : posts.map { operation(view: $0, line) }
    }

    /// What others wrote to the account; what they did else is no post of theirs.
    private func operation(notification: Payload, _ line: Int) -> Operation {
        let reason = notification["reason"]?.string
        guard ["reply", "mention", "quote", "subscribed-post"].contains(reason) else {
            return .ignored(reason: PayloadScope.reason(reason), at: notification["indexedAt"]?.instant)
        }
        return operation(view: notification, line)
    }

    /// A post in a feed, which may be there because somebody passed it on.
    private func operation(item: Payload, _ line: Int) -> Operation {
        if item.at("reason", "$type")?.string?.hasSuffix("#reasonRepost") == true {
            return .ignored(reason: PayloadScope.reason("repost"), at: item.at("reason", "indexedAt")?.instant)
        }
        return item["post"].map { operation(view: $0, line) } ?? scope.rejected("a feed's item has no \"post\"", item.line(from: line))
    }

    private func operation(view: Payload, _ line: Int) -> Operation {
        if view["notFound"]?.bool == true { return .ignored(reason: "notFound") }
        if view["blocked"]?.bool == true { return .ignored(reason: "blocked") }
        guard let uri = view["uri"]?.identity, let did = view.at("author", "did")?.identity, let record = view["record"],
            let text = record["text"]?.string
        else { return scope.rejected("a post has no \"uri\", no \"author\" or no \"text\"", view.line(from: line)) }
        var message = message(did: did, seenAt: view["indexedAt"]?.instant, record, uri: uri, text: text)
        message.author = PlatformAccount(
            platform: "bluesky", id: did, username: view.at("author", "handle")?.filled, displayName: view.at("author", "displayName")?.filled,
            isOwn: did == scope.context.account
        ).author(scope.roles)
        return message.text.isEmpty && message.attachments.isEmpty ? .ignored(reason: "empty", at: message.sentAt) : scope.operation(message)
    }
}
