import AttuneCore

/// Reads an exported channel.
struct DiscordExportReader {
    private let scope: PayloadScope

    /// What people write; all others are notices. Newer kinds, such as answers to commands (20, 23), are exported by their number.
    private static let writtenTypes: Set = ["Default", "Reply", "20", "23"]

    init(_ scope: PayloadScope) { self.scope = scope }

    /// One operation per message; never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        guard let messages = payload["messages"]?.array else {
            return [scope.rejected("no exported channel: \"messages\" is missing", line)]
        }
        // Direct messages have a guild too, with the id 0.
        let guild = payload.at("guild", "id")?.identity
        let source = scope.source(account: guild == "0" ? nil : guild)
        let channel = payload.at("channel", "id")?.identity ?? payload.at("channel", "name")?.filled ?? source
        let operations = messages.map { operation($0, source: source, channel: channel, line) }
        return operations.isEmpty ? [.ignored(reason: "empty")] : operations
    }

    private func operation(_ item: Payload, source: String, channel: String, _ line: Int) -> Operation {
        guard let id = item["id"]?.identity else { return scope.rejected("a message has no \"id\"", item.line(from: line)) }
        let sent = scope.time(item["timestamp"])
        guard Self.writtenTypes.contains(item["type"]?.scalarText ?? "Default") else { return .ignored(reason: "system", at: sent.at) }
        let text = TextMarks.removed(from: MarkdownQuote.own(item["content"]?.string ?? "", openMark: ">>> "))
        let attachments = Self.attachments(item)
        if text.isEmpty, attachments.isEmpty {
            return .ignored(reason: item["forwardedMessage"]?.isObject == true ? "forwarded" : "empty", at: sent.at)
        }
        return scope.operation(
            Message(
                id: ScopedID.of(source, id), nativeID: id, channel: scope.channel(.chat), source: source, conversationID: channel,
                author: author(item["author"]), sentAt: sent.at, timeBasis: sent.basis, text: text,
                inReplyTo: Self.replied(item).map { ScopedID.of(source, $0) },
                edited: item["timestampEdited"]?.filled != nil, attachments: attachments
            ).edited(at: item["timestampEdited"]?.instant))
    }

    /// The message that is answered; a forwarded one is named in the same place.
    private static func replied(_ item: Payload) -> String? {
        item["forwardedMessage"]?.isObject == true || item.at("reference", "type")?.says("Forward") == true
            ? nil : item.at("reference", "messageId")?.identity
    }

    private static func attachments(_ item: Payload) -> [Attachment] {
        let files = (item["attachments"]?.items ?? []).map { file in
            let name = file["fileName"]?.filled
            return Attachment(kind: kind(of: name), name: name)
        }
        return files + (item["stickers"]?.items ?? []).map { Attachment(kind: "sticker", name: $0["name"]?.filled) }
    }

    private static func kind(of name: String?) -> String {
        guard let name, let point = name.lastIndex(of: ".") else { return "document" }
        return switch name[point...].lowercased() {
        case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".heic": "image"
        case ".mp4", ".mov", ".webm", ".mkv", ".avi": "video"
        case ".ogg", ".mp3", ".wav", ".m4a", ".flac", ".opus": "audio"
        default: "document"
        }
    }

    /// All accounts that were deleted are shown as this one.
    private static let deletedUser = "456226577798135808"

    private func author(_ author: Payload?) -> Author {
        let name = author?["name"]?.filled
        if author?["id"]?.identity == Self.deletedUser { return Author(role: .customer, displayName: name) }
        let discriminator = author?["discriminator"]?.filled
        // Accounts without a number of four digits have a name of their own.
        let isNumbered = discriminator != nil && discriminator != "0000" && discriminator != "0"
        let holdsRole = (author?["roles"]?.items ?? []).contains { role in
            [role["name"]?.string, role["id"]?.scalarText].contains { $0.map { scope.roles.isAgentRole($0) } == true }
        }
        var read = PlatformAccount(
            platform: "discord", id: author?["id"]?.identity, username: isNumbered ? name.map { "\($0)#\(discriminator ?? "")" } : name,
            displayName: author?["nickname"]?.filled ?? name, isBot: author?["isBot"]?.bool == true
        ).author(scope.roles)
        if read.role == .customer, holdsRole || name.map(scope.roles.isAgent) == true { read.role = .agent }
        return read
    }
}
