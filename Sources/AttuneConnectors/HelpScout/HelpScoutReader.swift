import AttuneCore

/// Reads conversations with their threads.
struct HelpScoutReader {
    let assembler: DeskAssembler

    /// One operation per thread; never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        guard payload.isObject else { return [assembler.rejected("no Help Scout payload: not an object", line)] }
        if let list = payload.at("_embedded", "conversations")?.array ?? payload["conversations"]?.array {
            return list.isEmpty ? [.ignored(reason: "empty")] : list.flatMap { conversation($0, line) }
        }
        if let rating = HelpScoutRatingReader(assembler: assembler).operation(payload, line: line) { return [rating] }
        if payload["createdBy"] != nil, payload["body"] ?? payload["text"] ?? payload["action"] != nil {
            return [thread(payload, of: Conversation(id: payload["conversationId"]?.scalarText, type: nil), line)]
        }
        return conversation(payload, line)
    }

    private func conversation(_ conversation: Payload, _ line: Int) -> [Operation] {
        let threads = conversation.at("_embedded", "threads")?.array ?? conversation["threads"]?.array
        let id = conversation["id"]?.scalarText ?? PathID.behind("/conversations/", in: conversation.at("_links", "self", "href")?.string)
        if conversation["state"]?.says("deleted") == true, let id {
            // What the record names is gone also where it comes later; other threads may have come before.
            return (threads ?? []).map { deletion($0, of: id, line) } + [assembler.deletion(ofConversation: id)]
        }
        guard let threads else {
            return conversation["id"] != nil
                ? [.ignored(reason: "conversation", at: assembler.time(conversation["createdAt"]))]
                : [assembler.rejected("no Help Scout payload: it has no threads", line)]
        }
        if threads.isEmpty { return [.ignored(reason: "empty", at: assembler.time(conversation["createdAt"]))] }
        if conversation["status"]?.says("spam") == true { return threads.map { .ignored(reason: "spam", at: assembler.time($0["createdAt"])) } }
        // Help Scout puts the newest thread first.
        let parent = Conversation(id: id, type: conversation["type"]?.string)
        return assembler.ordered(threads, by: "createdAt").map { thread($0, of: parent, line) }
    }

    private func deletion(_ thread: Payload, of conversation: String, _ line: Int) -> Operation {
        guard let id = thread["id"]?.scalarText else { return assembler.rejected("a thread has no \"id\"", thread.line(from: line)) }
        return assembler.deletion(of: id, conversationID: conversation)
    }

    private func thread(_ thread: Payload, of conversation: Conversation, _ line: Int) -> Operation {
        guard let id = thread["id"]?.scalarText else { return assembler.rejected("a thread has no \"id\"", thread.line(from: line)) }
        let type = thread["type"]?.string ?? "unknown"
        let at = assembler.time(thread["createdAt"])
        if type == "lineitem" { return .ignored(reason: "system", at: at) }
        if let state = thread["state"], state.says("draft") || state.says("hidden") || state.says("underreview") {
            return .ignored(reason: state.string ?? "", at: at)
        }
        guard let writer = Self.writer(thread, type: type) else { return .ignored(reason: type.utf8.count <= 64 ? type : "unknown", at: at) }
        var message = DeskMessage(
            nativeID: id, conversationID: conversation.id ?? "unknown", time: .written(thread["createdAt"]),
            text: thread["body"]?.withStringBytes { DeskAssembler.text(html: $0) } ?? thread["text"]?.string ?? "")
        if case .said(let role) = writer { message.role = role }
        message.isPrivate = type == "note"
        message.attachments = DeskAssembler.attachments(thread.at("_embedded", "attachments") ?? thread["attachments"])
        message.channel = Self.channel(conversation.type, thread: type)
        message.isMail = message.channel == nil && !message.isPrivate
        let author = thread["createdBy"] ?? (message.role == .customer ? thread["customer"] : nil)
        message.displayName = DeskIdentity.name(author?["first"] ?? author?["firstName"], author?["last"] ?? author?["lastName"])
        message.identifiers = DeskIdentity.all(
            DeskIdentity.email(author?["email"], verified: true), DeskIdentity.phone(author?["phone"], verified: false),
            message.role == .agent ? nil : DeskIdentity.external("helpscout", author?["id"]))
        return assembler.operation(&message, line: line)
    }

    /// What threads need to know of their conversation.
    private struct Conversation {
        let id: String?
        let type: String?
    }

    private enum Writer {
        case said(Role)
        /// Left to the configuration.
        case unsaid
    }

    /// Who wrote a thread; nil for types without words of anybody. Some types say it, others leave it to their creator.
    private static func writer(_ thread: Payload, type: String) -> Writer? {
        let creator = thread.at("createdBy", "type")
        switch type {
        case "customer": return .said(.customer)
        // What a team is said to write, its workflows write.
        case "message", "reply", "note": return .said(creator?.says("team") == true ? .bot : .agent)
        case "chat", "beaconchat", "phone", "forwardparent", "forwardchild":
            guard let creator else { return .unsaid }
            if creator.says("customer") { return .said(.customer) }
            if creator.says("user") { return .said(.agent) }
            return creator.says("team") ? .said(.system) : .unsaid
        default: return nil
        }
    }

    private static func channel(_ conversation: String?, thread: String) -> Channel? {
        if thread == "chat" || thread == "beaconchat" || conversation == "chat" { return .chat }
        return conversation == "phone" || thread == "phone" ? .voice : nil
    }
}
