import AttuneCore

/// Posts as the application's API shows them: searches, feeds and threads.
enum BlueskyViews {
    /// Views of posts in an answer, in its order, a thread before its replies; nil when it is none.
    static func posts(_ payload: Payload) -> [Payload]? {
        if let list = payload["posts"]?.array { return list }
        if let list = payload["feed"]?.array { return list.compactMap { $0["post"] } }
        guard let thread = payload["thread"], thread.isObject else { return nil }
        var posts = [Payload]()
        collect(thread, into: &posts, depth: 0)
        return posts
    }

    private static func collect(_ thread: Payload, into posts: inout [Payload], depth: Int) {
        if let post = thread["post"] { posts.append(post) }
        guard depth < deepest else { return }
        for reply in thread["replies"]?.items ?? [] { collect(reply, into: &posts, depth: depth + 1) }
    }

    /// The API gives a thread at most this deep.
    private static let deepest = 1_000
}

extension BlueskyReader {
    /// One operation per post of an answer; nil for everything that is no answer. Posts have the ids that the stream gives them.
    func operations(views payload: Payload, line: Int) -> [Operation]? {
        guard let posts = BlueskyViews.posts(payload) else { return nil }
        return posts.isEmpty ? [.ignored(reason: "empty")] : posts.map { operation(view: $0, line) }
    }

    private func operation(view: Payload, _ line: Int) -> Operation {
        guard let uri = view["uri"]?.identity, let did = view.at("author", "did")?.identity, let record = view["record"],
            let text = record["text"]?.string
        else { return scope.rejected("a post has no \"uri\", no \"author\" or no \"text\"", line) }
        var message = message(did: did, seenAt: view["indexedAt"]?.instant, record, uri: uri, text: text)
        message.author = PlatformAccount(
            platform: "bluesky", id: did, username: view.at("author", "handle")?.filled, displayName: view.at("author", "displayName")?.filled,
            isOwn: did == scope.context.account
        ).author(scope.roles)
        return message.text.isEmpty && message.attachments.isEmpty ? .ignored(reason: "empty", at: message.sentAt) : scope.operation(message)
    }
}
