import AttuneCore

/// Reads the events of a delivery.
struct SunshineReader {
    let assembler: DeskAssembler

    /// One operation per event; never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        if payload["events"] == nil, let list = payload["messages"]?.array {
            let conversation = PathID.behind("/conversations/", in: payload.at("links", "next")?.string ?? payload.at("links", "prev")?.string)
            return list.isEmpty
                ? [.ignored(reason: "empty")] : list.map { message($0, conversation: conversation, time: nil, self.assembler, line) }
        }
        guard let events = payload["events"]?.array else {
            return [self.assembler.rejected("no Sunshine Conversations payload: it has no \"events\"", line)]
        }
        let assembler = self.assembler.account(payload.at("app", "id")?.scalarText)
        return events.isEmpty ? [.ignored(reason: "empty")] : events.map { operation($0, assembler, line) }
    }

    private func operation(_ event: Payload, _ assembler: DeskAssembler, _ line: Int) -> Operation {
        guard let type = event["type"]?.string else { return assembler.rejected("an event has no \"type\"", event.line(from: line)) }
        switch type {
        case "conversation:message": return message(event, assembler, line)
        case "conversation:message:delivery:failure": return status(event, "failed", assembler, line)
        case "conversation:message:delivery:channel", "conversation:message:delivery:user": return status(event, "delivered", assembler, line)
        case "conversation:read": return .ignored(reason: "receipt", at: assembler.time(event["createdAt"]))
        default:
            let reason = type.hasPrefix("conversation:") ? String(type.dropFirst(13)) : type
            return .ignored(reason: reason, at: assembler.time(event["createdAt"]))
        }
    }

    private func status(_ event: Payload, _ status: String, _ assembler: DeskAssembler, _ line: Int) -> Operation {
        guard let target = event.at("payload", "message", "id")?.scalarText else {
            return assembler.rejected("a delivery names no message", event.line(from: line))
        }
        return .status(target: assembler.id(target), status: status, at: assembler.time(event["createdAt"]))
    }

    private func message(_ event: Payload, _ assembler: DeskAssembler, _ line: Int) -> Operation {
        guard let said = event.at("payload", "message") else { return assembler.rejected("an event has no \"message\"", event.line(from: line)) }
        return message(
            said, conversation: event.at("payload", "conversation", "id")?.scalarText, time: event["createdAt"], assembler, line)
    }

    /// - Parameter time: of the event, for a message that has none.
    private func message(
        _ message: Payload, conversation: String?, time: Payload?, _ assembler: DeskAssembler, _ line: Int
    ) -> Operation {
        guard let id = message["id"]?.scalarText else { return assembler.rejected("a message has no \"id\"", message.line(from: line)) }
        let (author, content, source) = (message["author"], message["content"], message["source"])
        var read = DeskMessage(
            nativeID: id, conversationID: conversation ?? "unknown", time: .written(message["received"] ?? time), text: Self.text(content))
        read.displayName = author?["displayName"]?.string
        read.role = role(author, source, assembler)
        read.channel = Self.channel(source?["type"]?.string)
        read.attachments = Self.attachments(content)
        read.inReplyTo = message.at("quotedMessage", "message", "id")?.scalarText
        if read.role == .customer { read.identifiers = Self.identifiers(author, source) }
        return assembler.operation(&read, line: line)
    }

    private func role(_ author: Payload?, _ source: Payload?, _ assembler: DeskAssembler) -> Role? {
        switch author?["type"]?.string {
        case "user": return .customer
        case "business":
            if let name = author?["displayName"]?.string, assembler.roles.isAgent(name: name) { return .agent }
            let isBot = author?["subtypes"]?.items.contains { $0.string == "AI" || $0.string == "bot" } == true
            return isBot || ["zd:answerBot", "api", "api:conversations"].contains(source?["type"]?.string) ? .bot : .agent
        case "system": return .system
        default: return nil
        }
    }

    /// What the author wrote or chose. Labels of buttons are the business's words.
    private static func text(_ content: Payload?) -> String {
        switch content?["type"]?.string {
        case "formResponse":
            let answers = (content?["fields"]?.items ?? []).compactMap { field in
                (field["text"] ?? field["email"])?.string ?? field["select"]?.items.compactMap { $0["label"]?.string }.joined(separator: ", ")
            }
            return answers.isEmpty ? content?["textFallback"]?.string ?? "" : answers.joined(separator: "\n")
        default: return content?["text"]?.string ?? ""
        }
    }

    private static func attachments(_ content: Payload?) -> [Attachment] {
        switch content?["type"]?.string {
        case "image": [Attachment(kind: "image")]
        case "file":
            [Attachment(kind: content?["mediaType"]?.string?.hasPrefix("audio/") == true ? "audio" : "document", name: content?["altText"]?.string)]
        case "location": [Attachment(kind: "location", name: content?.at("location", "name")?.string)]
        default: []
        }
    }

    private static func identifiers(_ author: Payload?, _ source: Payload?) -> [Identifier] {
        let user = author?["user"]
        let verified = user?["authenticated"]?.bool ?? false
        let isPhone = ["whatsapp", "twilio", "messagebird", "mblox", "tyntec"].contains(source?["type"]?.string)
        return DeskIdentity.all(
            DeskIdentity.external("sunshine", author?["userId"] ?? user?["id"]), DeskIdentity.userID(user?["externalId"], verified: verified),
            DeskIdentity.email(user?.at("profile", "email"), verified: verified),
            isPhone ? phone(source?.at("client", "externalId")) : nil)
    }

    /// WhatsApp's ids are numbers without the plus sign.
    private static func phone(_ value: Payload?) -> Identifier? {
        guard var phone = DeskIdentity.phone(value, verified: true) else { return nil }
        if !phone.value.hasPrefix("+") { phone.value = "+" + phone.value }
        return phone
    }

    private static func channel(_ type: String?) -> Channel? {
        switch type {
        case "whatsapp": .whatsapp
        case "twilio", "messagebird", "mblox": .sms
        case "messenger", "instagram", "twitter", "line", "telegram", "viber", "wechat", "kakao": .social
        case "mailgun": .email
        default: nil
        }
    }
}
