import AttuneCore

/// Reads an export: its chats, and the messages of each.
struct TelegramExportReader {
    /// What the messages of a chat have in common.
    private struct Chat {
        var id: String
        /// Without its number in the export, a chat is called by its name.
        var number: String?
        var type: String
    }

    private let scope: PayloadScope
    private let source: String
    private let line: Int
    private let times: SharedTimestampReader
    private var identity: ContentIdentity
    /// Number of the account that exported, where the export tells.
    private var owner: String?

    init(_ scope: PayloadScope, _ times: SharedTimestampReader, line: Int) {
        self.scope = scope
        self.line = line
        source = scope.source()
        self.times = times
        identity = ContentIdentity(connector: scope.connector)
    }

    /// One operation per message; never empty.
    mutating func operations(_ payload: Payload) -> [Operation] {
        owner = payload.at("personal_information", "user_id")?.identity
        var operations = [Operation]()
        if payload["messages"] != nil { append(chat: payload, to: &operations) }
        for list in ["chats", "left_chats"] as [StaticString] {
            for chat in payload.at(list, "list")?.items ?? [] { append(chat: chat, to: &operations) }
        }
        if !operations.isEmpty { return operations }
        let isExport = ["messages", "chats", "left_chats"].contains { payload[$0] != nil }
        return [isExport ? .ignored(reason: "empty") : scope.rejected("no Telegram export: neither \"messages\" nor \"chats\"", line)]
    }

    private mutating func append(chat payload: Payload, to operations: inout [Operation]) {
        let number = payload["id"]?.identity
        let name = payload["name"]?.filled ?? scope.context.folderName ?? scope.context.baseName
        let chat = Chat(id: number ?? name ?? scope.connector, number: number, type: payload["type"]?.string ?? "")
        guard let messages = payload["messages"]?.array else {
            return operations.append(scope.rejected("a chat has no \"messages\"", payload.line(from: line)))
        }
        for (index, item) in messages.enumerated() { operations.append(operation(item, number: index + 1, chat)) }
    }

    private mutating func operation(_ item: Payload, number: Int, _ chat: Chat) -> Operation {
        let sent = time(item)
        // What the exporting program did not know has a type and nothing else.
        if let said = item["type"], !said.says("message"), let type = said.string {
            return .ignored(reason: type == "service" ? "system" : PayloadScope.reason(type), at: sent?.at)
        }
        guard item.isObject, let sent else { return scope.rejected("message \(number) of a chat has no readable date", item.line(from: line)) }
        // What somebody else wrote; what one wrote oneself elsewhere is one's own.
        if let from = item["forwarded_from"], from.string != item["from"]?.string { return .ignored(reason: "forwarded", at: sent.at) }
        let text = TextMarks.removed(from: TelegramExportText.read(item["text"] ?? item["text_entities"]))
        let attachments = TelegramExportText.attachments(item)
        if text.isEmpty, attachments.isEmpty { return .ignored(reason: "empty", at: sent.at) }
        let nativeID = item["id"]?.identity.map { ScopedID.of(chat.id, $0) }
        let id =
            nativeID.map { ScopedID.of(source, $0) }
            ?? identity.id(
                conversation: chat.id, wallClock: (item["date_unixtime"] ?? item["date"])?.scalarText ?? "",
                author: (item["from_id"] ?? item["from"])?.scalarText ?? "", text: text, number: number)
        // An answer to a message of another chat names that chat.
        let replied = item["reply_to_peer_id"] == nil ? item["reply_to_message_id"]?.identity : nil
        return scope.operation(
            Message(
                id: id, nativeID: nativeID, channel: scope.channel(.chat), source: source, conversationID: chat.id,
                author: author(item, chat), sentAt: sent.at, timeBasis: sent.basis, text: text,
                inReplyTo: replied.map { ScopedID.of(source, chat.id, $0) },
                edited: Self.isEdited(item), attachments: attachments
            ).edited(at: item["edited_unixtime"]?.instant))
    }

    /// Exports of before 2021 write the beginning of Unix time, on the exporting computer's clock, for "never".
    private static func isEdited(_ item: Payload) -> Bool {
        guard let at = (item["edited_unixtime"] ?? item["edited"])?.identity else { return false }
        return at != "0" && !at.hasPrefix("1970-01-01") && !at.hasPrefix("1969-12-31")
    }

    private func time(_ item: Payload) -> (at: Timestamp, basis: TimeBasis)? {
        if let at = item["date_unixtime"]?.instant { return (at, .exact) }
        guard let date = item["date"] else { return nil }
        if let plain = date.withPlainBytes({ times.read($0) }) { return plain }
        return date.scalarText.flatMap { times.read($0) }
    }

    /// `123` of `user123`.
    private static func withoutKind(_ id: String) -> String {
        var id = id
        return id.withUTF8 { bytes in
            let start = bytes.firstIndex { $0 &- 97 >= 26 && $0 != UInt8(ascii: "_") } ?? bytes.count
            return String(copying: UnsafeBufferPointer(rebasing: bytes[start...]))
        }
    }

    /// `from` is null for deleted accounts; `from_id` is `user123` or `channel5`.
    private func author(_ item: Payload, _ chat: Chat) -> Author {
        let fromID = item["from_id"]?.identity
        let isUser = fromID?.hasPrefix("user") == true
        let number = fromID.map(Self.withoutKind)
        let isChat = number != nil && number == chat.number
        // In old exports a person's id has no letters: only a channel or group writes in its own name.
        let isOwn = isUser && number == owner || isChat && !isUser && !["personal_chat", "bot_chat"].contains(chat.type)
        let name = item["from"]?.string
        var author = PlatformAccount(
            platform: "telegram", id: isUser ? number : fromID, displayName: name, isBot: isChat && chat.type == "bot_chat", isOwn: isOwn
        ).author(scope.roles)
        if author.role == .customer, let fromID, scope.roles.isAgent(name: fromID) { author.role = .agent }
        guard author.identifiers.isEmpty, let name, !name.isEmpty else { return author }
        author.identifiers = [
            Identifier(kind: .handle, value: ScopedID.of(ScopedID.of("telegram-chat", chat.id), name, separator: UInt8(ascii: "/")), verified: false)
        ]
        return author
    }
}
