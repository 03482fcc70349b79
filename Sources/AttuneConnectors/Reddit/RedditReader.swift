import AttuneCore

/// Reads listings, and the listings of replies within their things.
struct RedditReader {
    private let scope: PayloadScope
    private let source: String

    init(_ scope: PayloadScope) {
        self.scope = scope
        source = scope.source()
    }

    /// One operation per thing, a comment before its replies; never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        var operations = [Operation]()
        // The answer of morechildren, which loads what a page left out.
        if let things = payload.at("json", "data", "things")?.array {
            for thing in things { append(thing, line, to: &operations) }
        } else if payload["kind"] == nil, let archived = payload["data"]?.array {
            for thing in archived { append(thing, line, to: &operations) }
        } else {
            append(payload, line, to: &operations)
        }
        return operations.isEmpty ? [.ignored(reason: "empty")] : operations
    }

    private func append(_ thing: Payload, _ line: Int, to operations: inout [Operation]) {
        guard let kind = thing["kind"]?.string, let data = thing["data"] else {
            // Archives have the data alone.
            if let kind = Self.archivedKind(thing) { return operations.append(operation(thing, kind: kind, line)) }
            return operations.append(scope.rejected("no Reddit thing: \"kind\" or \"data\" is missing", thing.line(from: line)))
        }
        switch kind {
        case "Listing":
            for child in data["children"]?.items ?? [] { append(child, line, to: &operations) }
        case "t1", "t3", "t4":
            operations.append(operation(data, kind: kind, line))
            // "" without replies.
            if let replies = data["replies"], replies.isObject { append(replies, line, to: &operations) }
        default: operations.append(.ignored(reason: PayloadScope.reason(kind)))
        }
    }

    private static func archivedKind(_ data: Payload) -> String? {
        guard data["author"] != nil, data["created_utc"] != nil else { return nil }
        if data["body"]?.string != nil { return "t1" }
        return data["title"]?.string != nil ? "t3" : nil
    }

    private func operation(_ data: Payload, kind: String, _ line: Int) -> Operation {
        guard let name = data["name"]?.identity ?? data["id"]?.identity.map({ "\(kind)_\($0)" }) else {
            return scope.rejected("a thing of kind \(kind) has no \"name\"", data.line(from: line))
        }
        let sent = scope.time(data["created_utc"])
        let body = data[kind == "t3" ? "selftext" : "body"]?.string
        let conversation = kind == "t3" ? name : (data["link_id"] ?? data["first_message_name"])?.identity ?? name
        if Self.isGone(data["author"]?.string) || Self.isGone(body) {
            return .delete(Deletion(target: ScopedID.of(source, name), source: source, conversationID: conversation, author: author(data), at: nil))
        }
        guard let text = text(data, kind: kind, body: body) else {
            return scope.rejected("\(kind == "t3" ? "a post" : "a comment") has no text", data.line(from: line))
        }
        return .message(
            Message(
                id: ScopedID.of(source, name), nativeID: name, channel: scope.channel(kind == "t4" ? .chat : .social), source: source,
                conversationID: conversation, author: author(data), sentAt: sent.at, timeBasis: sent.basis, text: text,
                inReplyTo: data["parent_id"]?.identity.map { ScopedID.of(source, $0) }, edited: Self.isEdited(data["edited"])
            ).edited(at: data["edited"]?.instant))
    }

    private static func isGone(_ text: String?) -> Bool {
        text == "[deleted]" || text == "[removed]" || text?.hasPrefix("[ Removed by ") == true && text?.trimmed.hasSuffix("]") == true
    }

    /// False, or the time of the edit; true in the oldest comments.
    private static func isEdited(_ value: Payload?) -> Bool { value?.bool ?? (value?.double != nil) }

    /// Nil when there is neither title nor body.
    private func text(_ data: Payload, kind: String, body: String?) -> String? {
        let html = data[kind == "t3" ? "selftext_html" : "body_html"]?.string
        let isRaw = html?.hasPrefix("<") == true
        func readable(_ text: String) -> String {
            RedditEntities.decoded(TextMarks.removed(from: isRaw ? text : EscapedText.unescaped(text)))
        }
        let own = body.map { MarkdownQuote.own(readable($0)).trimmed }
        guard let title = title(data, kind: kind) else { return own }
        guard let own, !own.isEmpty else { return readable(title) }
        return "\(readable(title))\n\n\(own)"
    }

    /// What stands above a post, or above the first of a row of private messages: Reddit itself gives answers the subject of what they answer.
    private func title(_ data: Payload, kind: String) -> String? {
        if kind == "t3" { return data["title"]?.filled }
        guard kind == "t4", let subject = data["subject"]?.filled, !subject.lowercased().hasPrefix("re: ") else { return nil }
        return subject
    }

    private func author(_ data: Payload) -> Author {
        let name = data["author"]?.string
        if Self.isGone(name) { return Author(role: .customer) }
        return PlatformAccount(
            platform: "reddit", id: data["author_fullname"]?.identity, username: name, displayName: name, isBot: name == "AutoModerator"
        ).author(scope.roles)
    }
}
