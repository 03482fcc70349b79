import AttuneCore

/// Reads events and lists of messages.
struct ChatwootReader {
    let assembler: DeskAssembler

    /// What messages take from the page or the conversation that lists them, where they do not say it themselves.
    private struct Place {
        var account: String?
        var conversation: Payload?
        var contact: Payload?
        /// Chatwoot's name of the inbox's channel.
        var channel: String?
    }

    /// One operation per message or event, and one more for what a customer answers; never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        guard payload.isObject else { return [assembler.rejected("no Chatwoot payload: not an object", line)] }
        if let list = (payload["payload"] ?? payload.at("data", "payload"))?.array {
            if list.isEmpty { return [.ignored(reason: "empty")] }
            let place = Self.place(page: payload, list)
            return list.flatMap { conversation($0, line) ?? message($0, in: place, isUpdate: false, line) }
        }
        if payload["event"] == nil, let operations = conversation(payload, line) { return operations }
        switch payload["event"]?.string {
        case "message_created", "message_incoming", "message_outgoing": return message(payload, isUpdate: false, line)
        case "message_updated": return message(payload, isUpdate: true, line)
        case let event?: return [.ignored(reason: event.utf8.count <= 64 ? event : "unknown", at: assembler.time(payload["created_at"]))]
        case nil: return message(payload, isUpdate: false, line)
        }
    }

    /// A page of one conversation's messages says whose they are beside them; of its account only the assignee and attachments tell.
    private static func place(page: Payload, _ messages: [Payload]) -> Place {
        func ofAttachment(_ message: Payload) -> Payload? { message["attachments"]?[0]?["account_id"] }
        let account = page.at("meta", "assignee", "account_id") ?? messages.lazy.compactMap(ofAttachment).first
        return Place(account: account?.scalarText, contact: page.at("meta", "contact", "payload"))
    }

    /// The messages of a conversation as the API lists it; nil for what is none.
    private func conversation(_ item: Payload, _ line: Int) -> [Operation]? {
        guard item["message_type"] == nil, var messages = item["messages"]?.array else { return nil }
        // The last message that somebody wrote stands beside the last one, which may only tell what happened.
        if let last = item["last_non_activity_message"], let id = last["id"]?.scalarText, !messages.contains(where: { $0["id"]?.scalarText == id }) {
            messages.append(last)
        }
        if messages.isEmpty { return [.ignored(reason: "empty", at: assembler.time(item["created_at"]))] }
        let place = Place(
            account: item["account_id"]?.scalarText, conversation: item["id"], contact: item.at("meta", "sender"),
            channel: item.at("meta", "channel")?.string)
        return messages.flatMap { message($0, in: place, isUpdate: false, line) }
    }

    /// The account's number in the name of a source, `chatwoot:7`.
    private static func account(source: String) -> String? {
        let mark = "chatwoot:"
        guard source.hasPrefix(mark) else { return nil }
        let number = source.dropFirst(mark.utf8.count)
        return !number.isEmpty && number.utf8.allSatisfy { $0 &- 48 < 10 } ? String(number) : nil
    }

    private func message(_ item: Payload, in place: Place = Place(), isUpdate: Bool, _ line: Int) -> [Operation] {
        guard let id = item["id"]?.scalarText, let type = Kind(item["message_type"]) else {
            return [assembler.rejected("no Chatwoot message: it lacks \"id\" or \"message_type\"", line)]
        }
        let account =
            (item.at("account", "id") ?? item["account_id"] ?? item.at("conversation", "account_id"))?.scalarText
            ?? place.account ?? Self.account(source: self.assembler.source)
        let assembler = assembler.account(account)
        let number = item.at("conversation", "id") ?? item.at("conversation", "display_id") ?? item["conversation_id"] ?? place.conversation
        let conversation = [account, number?.scalarText ?? "unknown"].compactMap { $0 }.joined(separator: ":")
        let attributes = item["content_attributes"]
        if attributes?["deleted"]?.bool == true { return [assembler.deletion(of: id, conversationID: conversation, at: item["updated_at"])] }
        if type == .activity { return [.ignored(reason: "system", at: assembler.time(item["created_at"]))] }
        if attributes?["email"]?["auto_reply"]?.bool == true { return [.ignored(reason: "auto-reply", at: assembler.time(item["created_at"]))] }
        let channel = Self.channel(item) ?? place.channel.flatMap { Self.channel(named: $0, item) }
        func contact() -> Payload? { item["contact"] ?? item.at("conversation", "meta", "sender") ?? place.contact }
        /// What a customer gave as an answer to a message.
        func answer(_ kind: String, _ text: String) -> DeskMessage {
            let contact = contact()
            var message = DeskMessage(
                nativeID: ScopedID.of(kind, id), conversationID: conversation, time: .written(item["updated_at"] ?? item["created_at"]), text: text)
            message.role = .customer
            message.displayName = contact?["name"]?.string
            message.identifiers = Self.identifiers(contact, item, account)
            message.channel = channel
            return message
        }
        if let survey = attributes?.at("submitted_values", "csat_survey_response"), let value = survey["rating"]?.double {
            var rating = answer("rating", survey["feedback_message"]?.string ?? "")
            if value >= 1, value <= 5 { rating.rating = Rating(value: value) }
            return [assembler.operation(&rating, line: line)]
        }
        var message = DeskMessage(nativeID: id, conversationID: conversation, time: .written(item["created_at"]), text: Self.text(item))
        let sender = item["sender"] ?? (type == .incoming ? contact() : nil)
        message.role = type.role(senderType: (sender?["type"] ?? item["sender_type"])?.string, attributes)
        message.displayName = sender?["name"]?.string
        if message.role == .customer { message.identifiers = Self.identifiers(sender, item, account) }
        message.isPrivate = item["private"]?.bool == true
        message.isChange = isUpdate
        message.isMail = item["content_type"]?.says("incoming_email") == true
        message.attachments = DeskAssembler.attachments(item["attachments"])
        message.inReplyTo = attributes?["in_reply_to"]?.scalarText
        message.channel = channel
        let told = assembler.operation(&message, line: line)
        guard let given = Self.given(attributes) else { return [told] }
        var reply = answer("answer", given)
        reply.inReplyTo = id
        return [told, assembler.operation(&reply, line: line)]
    }

    /// What was chosen or typed into the form of a message.
    private static func given(_ attributes: Payload?) -> String? {
        guard let attributes else { return nil }
        // What a choice is called is what the customer read.
        let values = attributes["submitted_values"]?.array?.compactMap { ($0["title"] ?? $0["value"])?.scalarText?.trimmed } ?? []
        let text = (values.isEmpty ? [attributes["submitted_email"]?.string ?? ""] : values).filter { !$0.isEmpty }.joined(separator: "\n")
        return text.isEmpty ? nil : text
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
