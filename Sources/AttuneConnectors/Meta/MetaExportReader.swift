import AttuneCore

/// Reads a downloaded conversation.
struct MetaExportReader {
    private let scope: PayloadScope
    private let source: String

    init(_ scope: PayloadScope) {
        self.scope = scope
        source = scope.source()
    }

    /// One operation per message, in the order of the file, which has the newest first; never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        guard let messages = payload["messages"], messages.isArray else {
            return [scope.rejected("no downloaded conversation: \"messages\" is missing", line)]
        }
        let conversation = conversation(payload)
        let participants = (payload["participants"]?.items ?? []).compactMap { $0.string ?? $0["name"]?.string }.map(Mojibake.repaired)
        var chat = Chat(
            conversation: conversation, identity: ContentIdentity(connector: scope.connector), sentences: MetaExportSentences(participants))
        var operations = [Operation]()
        operations.reserveCapacity(messages.itemCount)
        for item in messages.eachItem { operations.append(operation(item, number: operations.count + 1, &chat, line)) }
        return operations.isEmpty ? [.ignored(reason: "empty")] : operations
    }

    /// What is known of a conversation while its messages are read.
    private struct Chat {
        let conversation: String
        var identity: ContentIdentity
        let sentences: MetaExportSentences
        /// Those who wrote last, by their names as the file writes them.
        var people: [(written: String, name: String, setting: Message.Setting)] = []

        static let peopleLimit = 4
    }

    /// The path of the thread has a number and stays the same when people rename themselves.
    private func conversation(_ payload: Payload) -> String {
        if let path = payload["thread_path"]?.filled { return path }
        if let title = (payload["title"] ?? payload["threadName"])?.filled { return Mojibake.repaired(title) }
        return scope.context.folderName ?? scope.context.baseName ?? scope.connector
    }

    private func operation(
        _ item: Payload, number: Int, _ chat: inout Chat, _ line: Int
    ) -> Operation {
        let clock = item["timestamp_ms"] ?? item["timestamp"]
        guard item.isObject, let clock, let at = clock.instant else {
            return scope.rejected("message \(number) has no \"timestamp_ms\"", item.line(from: line))
        }
        let content = (item["content"] ?? item["text"])?.string.map(Mojibake.repaired) ?? ""
        let attachments = MetaExportAttachments.of(item)
        if let reason = Self.ignoredReason(item, content: content) { return .ignored(reason: reason, at: at) }
        let text = attachments.isEmpty || !MetaExportPhrases.isNotice(content) ? content : ""
        let (name, setting) = person(item["sender_name"] ?? item["senderName"], &chat)
        let told = attachments.isEmpty ? chat.sentences.meaning(text, in: name) : nil
        if told == .system { return .ignored(reason: "system", at: at) }
        if told == .unsent || (item["is_unsent"] ?? item["isUnsent"])?.bool == true {
            return .delete(Deletion(target: nil, source: source, conversationID: chat.conversation, author: setting.author, at: at))
        }
        if text.isEmpty, attachments.isEmpty { return .ignored(reason: "empty", at: at) }
        let digest = chat.identity.digest(
            conversation: chat.conversation, wallClock: clock.scalarText ?? "", author: name, text: text, number: number)
        return scope.operation(
            Message(digest: digest, setting: setting, sentAt: at, text: TextMarks.removed(from: text), attachments: attachments))
    }

    private func person(_ name: Payload?, _ chat: inout Chat) -> (name: String, setting: Message.Setting) {
        // By its bytes, where they are.
        let place = name?.withStringBytes { name in
            chat.people.indices.first {
                chat.people[$0].written.utf8.withContiguousStorageIfAvailable { ByteSearch.equal(name, $0) } == true
            }
        }
        if let place = place.flatMap({ $0 }) { return (chat.people[place].name, chat.people[place].setting) }
        return person(name?.string ?? "", &chat)
    }

    /// - Parameter written: the name as the file writes it.
    private func person(_ written: String, _ chat: inout Chat) -> (name: String, setting: Message.Setting) {
        if let known = chat.people.first(where: { $0.written == written }) { return (known.name, known.setting) }
        let name = Mojibake.repaired(written)
        let setting = Message.Setting(
            channel: scope.channel(.chat), source: source, conversationID: chat.conversation, author: author(name, chat.conversation),
            timeBasis: .exact)
        if chat.people.count == Chat.peopleLimit { chat.people.removeFirst() }
        chat.people.append((written, name, setting))
        return (name, setting)
    }

    /// Nil for what somebody wrote.
    private static func ignoredReason(_ item: Payload, content: String) -> String? {
        if item["call_duration"] != nil || item["type"]?.says("Call") == true { return "call" }
        if let type = item["type"]?.string, type == "Subscribe" || type == "Unsubscribe" { return "system" }
        if MetaExportPhrases.isQuiet(content) { return "system" }
        return MetaExportPhrases.isReaction(content) ? "reaction" : nil
    }

    /// A name is valid within the conversation only: two people may share one.
    private func author(_ name: String, _ conversation: String) -> Author {
        if name.isEmpty { return Author(role: .customer) }
        if scope.roles.isAgent(name: name) { return Author(role: .agent, displayName: name) }
        let handle = Identifier(
            kind: .handle, value: ScopedID.of(ScopedID.of("meta-chat", conversation), name, separator: UInt8(ascii: "/")), verified: false)
        return Author(role: .customer, displayName: name, identifiers: [handle])
    }
}
