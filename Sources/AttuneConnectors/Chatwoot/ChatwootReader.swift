import AttuneCore

/// Reads events and lists of messages.
struct ChatwootReader {
    let assembler: DeskAssembler

    /// One operation per message or event; never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        guard payload.isObject else { return [assembler.rejected("no Chatwoot payload: not an object", line)] }
        if let list = (payload["payload"] ?? payload.at("data", "payload"))?.array {
            return list.isEmpty
                ? [.ignored(reason: "empty")]
                : list.flatMap { item in
                    conversation(item, line) ?? [message(item, isUpdate: false, line)]
                }
        }
        if payload["event"] == nil, let operations = conversation(payload, line) { return operations }
        switch payload["event"]?.string {
        case "message_created", "message_incoming", "message_outgoing": return [message(payload, isUpdate: false, line)]
        case "message_updated": return [message(payload, isUpdate: true, line)]
        case let event?: return [.ignored(reason: event.utf8.count <= 64 ? event : "unknown", at: assembler.time(payload["created_at"]))]
        case nil: return [message(payload, isUpdate: false, line)]
        }
    }

    /// The messages of a conversation as the API lists it; nil for what is none.
    private func conversation(_ item: Payload, _ line: Int) -> [Operation]? {
        guard item["message_type"] == nil, let messages = item["messages"]?.array else { return nil }
        if messages.isEmpty { return [.ignored(reason: "empty", at: assembler.time(item["created_at"]))] }
        return messages.map { message($0, in: item, isUpdate: false, line) }
    }

    /// - Parameter listed: the conversation that the message stands in, where it does not hold it itself.
    private func message(_ item: Payload, in listed: Payload? = nil, isUpdate: Bool, _ line: Int) -> Operation {
        guard let id = item["id"]?.scalarText, let type = Kind(item["message_type"]) else {
            return assembler.rejected("no Chatwoot message: it lacks \"id\" or \"message_type\"", line)
        }
        let account = (item.at("account", "id") ?? item["account_id"] ?? item.at("conversation", "account_id") ?? listed?["account_id"])?.scalarText
        let assembler = assembler.account(account)
        let number = item.at("conversation", "id") ?? item.at("conversation", "display_id") ?? item["conversation_id"] ?? listed?["id"]
        let conversation = [account, number?.scalarText ?? "unknown"].compactMap { $0 }.joined(separator: ":")
        let attributes = item["content_attributes"]
        if attributes?["deleted"]?.bool == true { return assembler.deletion(of: id, conversationID: conversation, at: item["updated_at"]) }
        if type == .activity { return .ignored(reason: "system", at: assembler.time(item["created_at"])) }
        if let answer = attributes?.at("submitted_values", "csat_survey_response"), answer["rating"]?.double != nil {
            var survey = survey(answer, item, id: id, conversation: conversation, account: account)
            return assembler.operation(&survey, line: line)
        }
        var message = DeskMessage(nativeID: id, conversationID: conversation, time: .written(item["created_at"]), text: Self.text(item))
        let sender =
            item["sender"] ?? (type == .incoming ? item["contact"] ?? item.at("conversation", "meta", "sender") ?? listed?.at("meta", "sender") : nil)
        message.role = type.role(senderType: (sender?["type"] ?? item["sender_type"])?.string, attributes)
        message.displayName = sender?["name"]?.string
        if message.role == .customer { message.identifiers = Self.identifiers(sender, item, account) }
        message.isPrivate = item["private"]?.bool == true
        message.isChange = isUpdate
        message.isMail = item["content_type"]?.says("incoming_email") == true
        message.attachments = DeskAssembler.attachments(item["attachments"])
        message.inReplyTo = attributes?["in_reply_to"]?.scalarText
        message.channel = Self.channel(item) ?? listed?.at("meta", "channel")?.string.flatMap { Self.channel(named: $0, item) }
        return assembler.operation(&message, line: line)
    }

    /// The answer that a customer gave to the survey of a message.
    private func survey(_ answer: Payload, _ item: Payload, id: String, conversation: String, account: String?) -> DeskMessage {
        let contact = item["contact"] ?? item.at("conversation", "meta", "sender")
        var message = DeskMessage(
            nativeID: ScopedID.of("rating", id), conversationID: conversation, time: .written(item["updated_at"] ?? item["created_at"]),
            text: answer["feedback_message"]?.string ?? "")
        message.role = .customer
        message.displayName = contact?["name"]?.string
        message.identifiers = Self.identifiers(contact, item, account)
        message.channel = Self.channel(item)
        if let value = answer["rating"]?.double, value >= 1, value <= 5 { message.rating = Rating(value: value) }
        return message
    }

    /// Of a mail what its author wrote, without what it quotes.
    private static func text(_ item: Payload) -> String {
        for (kind, isHTML) in [("text_content", false), ("html_content", true)] as [(StaticString, Bool)] {
            guard let reply = item.at("content_attributes", "email", kind)?["reply"]?.string, !reply.trimmed.isEmpty else { continue }
            return isHTML ? DeskAssembler.text(html: reply) : reply
        }
        return item["content"]?.string ?? ""
    }

    /// What visitors type into a form is not vouched for, unless the business's own page signed it or the channel is a telephone's.
    private static func identifiers(_ sender: Payload?, _ item: Payload, _ account: String?) -> [Identifier] {
        let inbox = item.at("conversation", "contact_inbox")
        let isSigned = inbox?["hmac_verified"]?.bool ?? false
        let isPhone = [.whatsapp, .sms].contains(channel(item))
        let scope = account.map { "chatwoot:\($0)" } ?? "chatwoot"
        return DeskIdentity.all(
            DeskIdentity.email(sender?["email"], verified: isSigned), DeskIdentity.phone(sender?["phone_number"], verified: isSigned || isPhone),
            DeskIdentity.userID(sender?["identifier"], verified: isSigned), DeskIdentity.external(scope, sender?["id"]))
    }

    private static func channel(_ item: Payload) -> Channel? {
        (item.at("conversation", "channel") ?? item.at("inbox", "channel_type"))?.string.flatMap { channel(named: $0, item) }
    }

    private static func channel(named name: String, _ item: Payload) -> Channel? {
        switch name {
        case "Channel::Email": .email
        case "Channel::Whatsapp": .whatsapp
        case "Channel::Sms": .sms
        case "Channel::TwilioSms":
            item.at("conversation", "contact_inbox", "source_id")?.string?.hasPrefix("whatsapp:") == true ? .whatsapp : .sms
        case "Channel::FacebookPage", "Channel::Instagram", "Channel::TwitterProfile", "Channel::Telegram", "Channel::Line", "Channel::Tiktok":
            .social
        case "Channel::Voice": .voice
        default: nil
        }
    }

    /// Webhooks write the kind as a word, nested copies and the API as a number.
    private enum Kind {
        case incoming, outgoing, activity, template

        private static let bots: Set<String> = ["agent_bot", "AgentBot", "captain_assistant", "Captain::Assistant"]

        init?(_ value: Payload?) {
            switch value?.scalarText {
            case "incoming", "0": self = .incoming
            case "outgoing", "1": self = .outgoing
            case "activity", "2": self = .activity
            case "template", "3": self = .template
            default: return nil
            }
        }

        /// - Parameter senderType: as deliveries write it, `agent_bot`, or as the API does, `AgentBot`.
        func role(senderType: String?, _ attributes: Payload?) -> Role {
            switch self {
            case .incoming: .customer
            case .activity: .system
            case .template: .bot
            case .outgoing:
                senderType.map(Self.bots.contains) == true || attributes?["automation_rule_id"] != nil ? .bot : .agent
            }
        }
    }
}
