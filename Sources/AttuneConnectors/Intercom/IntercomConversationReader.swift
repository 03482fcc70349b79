import AttuneCore

/// Reads a conversation or ticket: its source, its parts, its rating.
struct IntercomConversationReader {
    private let assembler: DeskAssembler
    private let item: Payload
    private let line: Int
    private let conversationID: String
    private let channel: Channel?
    /// The business's own numbers of the people in it, by Intercom's ids.
    private let externalIDs: [String: Payload]

    init(assembler: DeskAssembler, item: Payload, line: Int) {
        self.assembler = assembler
        self.item = item
        self.line = line
        let isPart = item["part_type"] != nil
        let conversation = isPart ? item["conversation_id"] ?? item.at("conversation", "id") : item["id"]
        conversationID = conversation?.scalarText ?? "unknown"
        channel = Self.channel(item.at("source", "type")?.string)
        let contacts = (item.at("contacts", "contacts")?.items ?? []).compactMap { contact -> (String, Payload)? in
            guard let id = contact["id"]?.scalarText, let externalID = contact["external_id"] else { return nil }
            return (id, externalID)
        }
        externalIDs = Dictionary(contacts, uniquingKeysWith: { first, _ in first })
    }

    /// Parts that change something and whose body, if any, nobody wrote.
    private static let changes: Set<String> = [
        "attribute_updated", "participant_added", "participant_removed", "title_updated", "conversation_sla_applied", "tag_added", "tag_removed",
    ]

    /// All names of them are longer than those of what people wrote.
    private static func isChange(_ type: String) -> Bool {
        type.utf8.count > 8 && (changes.contains(type) || type.contains("attribute_updated") || type.contains("state_updated"))
    }

    func operations() -> [Operation] {
        var operations = [Operation]()
        // Older versions of the API have another name for it.
        if let source = item["source"] ?? item["conversation_message"], source.isObject {
            operations.append(first(source))
        } else if let description = description() {
            operations.append(description)
        }
        operations += parts.map(part)
        if let rating = rating() { operations.append(rating) }
        return operations
    }

    private var parts: [Payload] {
        let list = item.at("conversation_parts", "conversation_parts") ?? item.at("ticket_parts", "ticket_parts") ?? item["conversation_parts"]
        return list?.items ?? []
    }

    /// Every message that a deleted conversation names.
    func deletions() -> [Operation] {
        ([item["source"]].compactMap { $0 } + parts).compactMap { record in
            record["id"]?.scalarText.map { assembler.deletion(of: $0, conversationID: conversationID, at: item["updated_at"]) }
        }
    }

    private func first(_ source: Payload) -> Operation {
        // Sources without an id are those of conversations that began with a call or an import.
        let id = source["id"]?.scalarText ?? "source:\(conversationID)"
        if source["redacted"]?.bool == true { return assembler.deletion(of: id, conversationID: conversationID) }
        var message = message(source, id: id, time: item["created_at"] ?? source["created_at"])
        return operation(&message, source)
    }

    /// What the customer wrote into a ticket's form; nil for other items. It stands nowhere else in the ticket.
    private func description() -> Operation? {
        guard let text = item.at("ticket_attributes", "_default_description_")?.filled else { return nil }
        var message = DeskMessage(
            nativeID: "description:\(conversationID)", conversationID: conversationID, time: .written(item["created_at"]),
            text: DeskAssembler.text(html: text))
        message.role = .customer
        message.identifiers = identifiers(item.at("contacts", "contacts")?.items.first)
        return assembler.operation(&message, line: line)
    }

    /// A part whose words were taken out.
    func redaction(_ part: Payload) -> Operation {
        guard let id = part["id"]?.scalarText else { return assembler.rejected("a part has no \"id\"", part.line(from: line)) }
        return assembler.deletion(of: id, conversationID: conversationID, at: part["updated_at"])
    }

    func part(_ part: Payload) -> Operation {
        guard let id = part["id"]?.scalarText else { return assembler.rejected("a part has no \"id\"", part.line(from: line)) }
        if part["redacted"]?.bool == true { return redaction(part) }
        let type = part["part_type"]?.string ?? "comment"
        if Self.isChange(type) { return .ignored(reason: type, at: assembler.time(part["created_at"])) }
        var message = message(part, id: id, time: part["created_at"])
        message.isPrivate = type.hasPrefix("note")
        if message.text.isEmpty, message.attachments.isEmpty { return .ignored(reason: type, at: assembler.time(part["created_at"])) }
        return operation(&message, part)
    }

    private func operation(_ message: inout DeskMessage, _ record: Payload) -> Operation {
        // A team is nobody: what it is said to have written, its rules wrote.
        record.at("author", "type")?.says("team") == true
            ? .ignored(reason: "system", at: assembler.time(record["created_at"])) : assembler.operation(&message, line: line)
    }

    private func message(_ record: Payload, id: String, time: Payload?) -> DeskMessage {
        let author = record["author"]
        var message = DeskMessage(
            nativeID: id, conversationID: conversationID, time: .written(time), text: DeskAssembler.text(html: record["body"]))
        message.channel = channel
        message.isMail = channel == .email
        message.displayName = author?["name"]?.filled
        message.attachments = DeskAssembler.attachments(record["attachments"])
        // A picture that was pasted stands in the text alone.
        if message.text.isEmpty, message.attachments.isEmpty, record["body"]?.string?.contains("<img ") == true {
            message.attachments = [Attachment(kind: "image")]
        }
        let type = author?["type"] ?? .null
        if type.says("user") || type.says("lead") || type.says("contact") || type.says("visitor") {
            message.role = .customer
            message.identifiers = identifiers(author)
        } else if type.says("admin") {
            message.role = .agent
            message.identifiers = DeskIdentity.all(
                DeskIdentity.email(author?["email"], verified: true), DeskIdentity.external("intercom", author?["id"]))
        } else if type.says("bot") {
            message.role = .bot
        }
        return message
    }

    /// A user is known to the business's own systems; a lead only typed something into a form.
    private func identifiers(_ author: Payload?) -> [Identifier] {
        let externalID = author?["external_id"] ?? author?["id"]?.scalarText.flatMap { externalIDs[$0] }
        let isUser = author?["type"]?.says("user") == true
        return DeskIdentity.all(
            DeskIdentity.email(author?["email"], verified: isUser), DeskIdentity.userID(externalID),
            DeskIdentity.external("intercom", author?["id"]))
    }

    private func rating() -> Operation? {
        guard let rating = item["conversation_rating"], let value = rating["rating"]?.double, value >= 1, value <= 5 else { return nil }
        var message = DeskMessage(
            nativeID: ScopedID.of("rating", conversationID), conversationID: conversationID,
            time: .written(rating["created_at"] ?? item["updated_at"]),
            text: rating["remark"]?.string ?? "")
        message.role = .customer
        message.channel = channel
        message.rating = Rating(value: value)
        message.identifiers = identifiers(rating["contact"] ?? item.at("contacts", "contacts")?[0])
        return assembler.operation(&message, line: line)
    }

    private static func channel(_ type: String?) -> Channel? {
        switch type {
        case "email": .email
        case "whatsapp": .whatsapp
        case "sms": .sms
        case "facebook", "instagram", "twitter": .social
        case "phone_call", "phone_switch": .voice
        default: nil
        }
    }
}
