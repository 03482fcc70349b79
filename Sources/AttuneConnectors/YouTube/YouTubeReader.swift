import AttuneCore

/// Reads lists of threads and comments, or one of them alone.
struct YouTubeReader {
    private let scope: PayloadScope
    private let source: String

    init(_ scope: PayloadScope) {
        self.scope = scope
        source = scope.source()
    }

    /// One operation per comment; never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        guard payload.isObject else { return [scope.rejected("no YouTube payload: it is no object", line)] }
        guard let items = payload["items"]?.array else {
            if payload["error"] != nil { return [.ignored(reason: "error")] }
            return operations(item: payload, line)
        }
        let operations = items.flatMap { self.operations(item: $0, line) }
        return operations.isEmpty ? [.ignored(reason: "empty")] : operations
    }

    private func operations(item: Payload, _ line: Int) -> [Operation] {
        guard let top = item.at("snippet", "topLevelComment") else {
            if item.at("snippet", "textDisplay") != nil || item["kind"]?.says("youtube#comment") == true {
                return [comment(item, thread: nil, channelID: nil, line)]
            }
            if let kind = item["kind"]?.filled { return [.ignored(reason: PayloadScope.reason(kind))] }
            return [scope.rejected("no YouTube item: \"kind\" is missing", item.line(from: line))]
        }
        let channelID = item.at("snippet", "channelId")?.identity
        let thread = item["id"]?.identity ?? top["id"]?.identity
        let replies = item.at("replies", "comments")?.items ?? []
        return [comment(top, thread: thread, channelID: channelID, line)]
            + replies.map { comment($0, thread: thread, channelID: channelID, line) }
    }

    private func comment(_ comment: Payload, thread: String?, channelID: String?, _ line: Int) -> Operation {
        guard let id = comment["id"]?.identity else { return scope.rejected("a comment has no \"id\"", comment.line(from: line)) }
        guard let snippet = comment["snippet"], let text = Self.text(snippet) else {
            return scope.rejected("a comment has no text", comment.line(from: line))
        }
        // A reply's id is that of its thread, a point, and its own.
        let parent = snippet["parentId"]?.identity ?? id.utf8.firstIndex(of: UInt8(ascii: ".")).map { String(id[..<$0]) }
        let sent = scope.time(snippet["publishedAt"])
        let updated = snippet["updatedAt"]?.instant
        return .message(
            Message(
                id: ScopedID.of(source, id), nativeID: id, channel: scope.channel(.social), source: source, conversationID: thread ?? parent ?? id,
                author: author(snippet, channelID: snippet["channelId"]?.identity ?? channelID), sentAt: sent.at, timeBasis: sent.basis, text: text,
                inReplyTo: parent.map { ScopedID.of(source, $0) }, edited: updated != nil && sent.basis == .exact && updated != sent.at
            ).edited(at: updated))
    }

    /// What was typed is given for one's own comments only; what is displayed is HTML.
    private static func text(_ snippet: Payload) -> String? {
        if let original = snippet["textOriginal"]?.filled { return TextMarks.removed(from: original) }
        return snippet["textDisplay"]?.string.map { TextMarks.removed(from: HTMLText.whole($0)) }
    }

    private func author(_ snippet: Payload, channelID: String?) -> Author {
        let name = snippet["authorDisplayName"]?.string
        let id = (snippet.at("authorChannelId", "value") ?? snippet["authorChannelId"])?.identity ?? Self.channel(snippet["authorChannelUrl"]?.string)
        return PlatformAccount(
            platform: "youtube", id: id, username: name?.hasPrefix("@") == true ? name : nil, displayName: name,
            isOwn: id != nil && (id == channelID || id == scope.context.account)
        ).author(scope.roles)
    }

    /// Channel id of `http://www.youtube.com/channel/UC…`.
    private static func channel(_ url: String?) -> String? {
        guard let url, let range = url.firstRange(of: "/channel/") else { return nil }
        let id = url[range.upperBound...].prefix { $0 != "/" && $0 != "?" }
        return id.isEmpty ? nil : String(id)
    }
}
