import AttuneCore

/// Reads events, messages and comments.
struct FrontReader {
    let assembler: DeskAssembler

    /// One operation per event, message or comment; never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        guard payload.isObject else { return [assembler.rejected("no Front payload: not an object", line)] }
        if let list = payload["_results"]?.array {
            return list.isEmpty ? [.ignored(reason: "empty")] : list.map { operation($0, line) }
        }
        // An application's delivery wraps the event that a rule sends bare.
        if let inner = payload["payload"], inner.isObject { return [operation(inner, line, outerType: payload["type"]?.string)] }
        return [operation(payload, line, outerType: payload["type"]?.string)]
    }

    private func operation(_ item: Payload, _ line: Int, outerType: String? = nil) -> Operation {
        if item["posted_at"] != nil { return comment(item, conversation: Self.conversation(of: item), at: nil, line) }
        if item["is_inbound"] != nil { return message(item, conversation: Self.conversation(of: item), isInbound: nil, at: nil, line) }
        if item["emitted_at"] == nil, item["target"] == nil, let id = item["id"]?.string, id.hasPrefix("cnv_") { return conversation(item, id, line) }
        let type = item["type"]?.string ?? outerType ?? "unknown"
        let at = item["emitted_at"]
        guard let data = item.at("target", "data"), data.isObject, data["body"] != nil || data["text"] != nil else {
            return type == "unknown" && item["conversation"] == nil
                ? assembler.rejected("no Front payload: neither event, message nor comment", line)
                : .ignored(reason: type.utf8.count <= 64 ? type : "unknown", at: assembler.time(at))
        }
        let conversation = item.at("conversation", "id")?.scalarText ?? Self.conversation(of: data)
        switch (type, outerType) {
        case ("comment", _), ("mention", _), (_, "new_comment_added"?): return comment(data, conversation: conversation, at: at, line)
        case ("inbound", _), ("inbound_received", _): return message(data, conversation: conversation, isInbound: true, at: at, line)
        case ("outbound", _), ("out_reply", _), ("outbound_sent", _): return message(data, conversation: conversation, isInbound: false, at: at, line)
        case _ where data["is_inbound"] != nil && !type.hasSuffix("error"):
            return message(data, conversation: conversation, isInbound: nil, at: at, line)
        default: return .ignored(reason: type.utf8.count <= 64 ? type : "unknown", at: assembler.time(at))
        }
    }

    /// A conversation of a list holds its last message at most, or only a link to it.
    private func conversation(_ item: Payload, _ id: String, _ line: Int) -> Operation {
        guard let last = item["last_message"], last.isObject else {
            return .ignored(reason: "conversation", at: assembler.time(item["created_at"]))
        }
        return message(last, conversation: id, isInbound: nil, at: nil, line)
    }

    private func message(_ data: Payload, conversation: String, isInbound: Bool?, at: Payload?, _ line: Int) -> Operation {
        guard let id = data["id"]?.scalarText else { return assembler.rejected("a message has no \"id\"", data.line(from: line)) }
        if data["is_draft"]?.bool == true { return .ignored(reason: "draft", at: assembler.time(data["created_at"] ?? at)) }
        let channel = Self.channel(data["type"]?.string)
        var message = DeskMessage(
            nativeID: id, conversationID: conversation, time: .written(data["created_at"] ?? at), text: Self.text(data, isMail: channel == nil))
        let inbound = data["is_inbound"]?.bool ?? isInbound ?? true
        message.role = inbound ? .customer : .agent
        message.channel = channel
        message.isMail = channel == nil
        let sender = data["recipients"]?.items.first { $0["role"]?.says("from") == true }
        // What goes out is sent in the name of an inbox, and written by somebody.
        let (inbox, author) = (sender?["name"]?.string, Self.name(data["author"]))
        message.displayName = inbound ? inbox ?? author : author ?? inbox
        message.identifiers = DeskIdentity.all(
            DeskIdentity.email(sender?["handle"], verified: false),
            DeskIdentity.phone(sender?["handle"], verified: channel == .sms || channel == .whatsapp),
            inbound ? DeskIdentity.external("front", Self.contact(sender)) : nil)
        message.attachments = DeskAssembler.attachments(data["attachments"])
        return assembler.operation(&message, line: line)
    }

    /// Of mails the HTML, in which quotes can be told apart; of all else the plain text, whose line ends count.
    private static func text(_ data: Payload, isMail: Bool) -> String {
        let plain = data["text"]?.string ?? ""
        if !isMail, !plain.isEmpty { return plain }
        let html = DeskAssembler.text(html: data["body"]?.string ?? "")
        return html.isEmpty ? plain.isEmpty ? data["blurb"]?.string ?? "" : plain : html
    }

    private func comment(_ data: Payload, conversation: String, at: Payload?, _ line: Int) -> Operation {
        guard let id = data["id"]?.scalarText else { return assembler.rejected("a comment has no \"id\"", data.line(from: line)) }
        var message = DeskMessage(
            nativeID: id, conversationID: conversation, time: .written(data["posted_at"] ?? data["created_at"] ?? at),
            text: data["body"]?.string ?? "")
        message.role = .agent
        message.isPrivate = true
        message.displayName = Self.name(data["author"])
        message.identifiers = DeskIdentity.all(DeskIdentity.email(data.at("author", "email"), verified: true))
        message.attachments = DeskAssembler.attachments(data["attachments"])
        return assembler.operation(&message, line: line)
    }

    private static func name(_ author: Payload?) -> String? {
        DeskIdentity.name(author?["first_name"], author?["last_name"]) ?? author?["name"]?.string ?? author?["username"]?.string
    }

    /// The last part of a link, which is the linked record's id.
    private static func linked(_ link: Payload?) -> String? { link?.string?.lastPiece("/") }

    private static func conversation(of record: Payload) -> String { linked(record.at("_links", "related", "conversation")) ?? "unknown" }

    /// The contact that a recipient's link names; recipients that Front does not know link to none.
    private static func contact(_ recipient: Payload?) -> String? {
        linked(recipient?.at("_links", "related", "contact")).flatMap { $0.hasPrefix("crd_") ? $0 : nil }
    }

    private static func channel(_ type: String?) -> Channel? {
        switch type {
        case "sms", "smooch", "yalo_sms": .sms
        case "whatsapp", "yalo_wha": .whatsapp
        case "facebook", "tweet", "tweet_dm", "facebook_comment", "facebook_message", "instagram": .social
        case "front_chat", "intercom", "truly": .chat
        case "call", "phone-call", "voice": .voice
        default: nil
        }
    }
}
