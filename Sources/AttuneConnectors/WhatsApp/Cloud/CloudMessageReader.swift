import AttuneCore

/// Reads the messages and states of one change.
struct CloudMessageReader {
    /// The change's value: metadata, contacts, messages.
    let value: Payload
    let source: String
    let channel: Channel
    /// Stands in for a missing timestamp.
    let receivedAt: Timestamp
    let line: Int

    func operation(_ item: Payload, role: Role) -> Operation {
        guard let nativeID = item["id"]?.scalarText, !nativeID.isEmpty else { return rejected("a message has no \"id\"") }
        let sent = time(item)
        let type = item["type"]?.string ?? "unknown"
        switch type {
        case "edit", "revoke": return change(item, type: type, role: role)
        case "reaction": return .ignored(reason: "reaction", at: sent.at)
        case "system": return .ignored(reason: "system", at: sent.at, text: item.at("system", "body")?.string)
        default:
            guard let content = CloudContent(item, type: type) else { return .ignored(reason: CloudContent.ignoredReason(type), at: sent.at) }
            return operation(message(item, nativeID: nativeID, content, role: role, sent))
        }
    }

    func status(_ item: Payload) -> Operation {
        guard let target = item["id"]?.scalarText, let status = item["status"]?.string else {
            return rejected("a status has no \"id\" or \"status\"")
        }
        return .status(target: ScopedID.of(source, target), status: status, at: Self.unix(item["timestamp"]))
    }

    /// An edit or a deletion of an earlier message.
    private func change(_ item: Payload, type: String, role: Role) -> Operation {
        let part = item[type] ?? .null
        guard let target = part["original_message_id"]?.scalarText ?? item["original_message_id"]?.scalarText else {
            return rejected("\(type) has no \"original_message_id\"")
        }
        let sent = time(item)
        if type == "revoke" {
            let customer = customer(item, role)
            return .delete(
                Deletion(
                    target: ScopedID.of(source, target), source: source, conversationID: conversation(item, customer), author: author(customer, role),
                    at: sent.at))
        }
        let edited = part["message"] ?? .null
        guard let content = CloudContent(edited, type: edited["type"]?.string ?? "text") else { return .ignored(reason: "edit", at: sent.at) }
        var message = message(item, nativeID: target, content, role: role, sent)
        message.edited = true
        return .edit(message)
    }

    private func operation(_ message: consuming Message) -> Operation {
        let isBare = message.text.isEmpty && !message.attachments.isEmpty
        return isBare ? .attachment(message) : .message(message)
    }

    private func message(
        _ item: Payload, nativeID: String, _ content: CloudContent, role: Role, _ sent: (at: Timestamp, basis: TimeBasis)
    ) -> Message {
        let customer = customer(item, role)
        return Message(
            id: ScopedID.of(source, nativeID), nativeID: nativeID, channel: channel, source: source, conversationID: conversation(item, customer),
            author: author(customer, role), sentAt: sent.at, timeBasis: sent.basis, text: content.text,
            inReplyTo: item.at("context", "id")?.scalarText.map { ScopedID.of(source, $0) }, attachments: content.attachments)
    }

    private func time(_ item: Payload) -> (at: Timestamp, basis: TimeBasis) {
        Self.unix(item["timestamp"]).map { ($0, .exact) } ?? (receivedAt, .received)
    }

    /// Unix seconds, which come as a string.
    private static func unix(_ value: Payload?) -> Timestamp? {
        guard var text = value?.scalarText else { return nil }
        return text.withUTF8 { UnixTime.read($0) }
    }

    private func rejected(_ reason: String) -> Operation { .rejected(Rejection(reason: reason, line: line)) }

    private typealias Customer = (phone: String?, userID: String?, contact: Payload?)

    /// The customer's side of an item: who sent it, or to whom an echo went.
    private func customer(_ item: Payload, _ role: Role) -> Customer {
        let phone = (role == .agent ? item["to"] : item["from"])?.scalarText
        let userID = (role == .agent ? item["to_user_id"] ?? item["recipient_user_id"] : item["from_user_id"] ?? item["user_id"])?.scalarText
        let contacts = value["contacts"]?.items ?? []
        let contact = contacts.first {
            phone != nil && $0["wa_id"]?.scalarText == phone || userID != nil && $0["user_id"]?.scalarText == userID
        }
        return (phone ?? contact?["wa_id"]?.scalarText, userID ?? contact?["user_id"]?.scalarText, contact)
    }

    private func conversation(_ item: Payload, _ customer: Customer) -> String {
        let account = value.at("metadata", "phone_number_id")?.scalarText ?? source
        return "\(account):\(item["group_id"]?.scalarText ?? customer.userID ?? customer.phone ?? "unknown")"
    }

    private func author(_ customer: Customer, _ role: Role) -> Author {
        if role == .agent { return Author(role: .agent) }
        var identifiers = [Identifier]()
        if let phone = customer.phone, phone.utf8.count >= 5, phone.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) {
            identifiers.append(Identifier(kind: .phone, value: "+\(phone)", verified: true))
        }
        // Ids of one business portfolio: the person's, and that of the portfolio above it.
        for id in [customer.userID, customer.contact?["parent_user_id"]?.scalarText].compactMap({ $0 }) {
            identifiers.append(Identifier(kind: .externalID, value: "whatsapp:\(id)", verified: true))
        }
        if let name = customer.contact?.at("profile", "username")?.string, !name.isEmpty {
            identifiers.append(Identifier(kind: .handle, value: "whatsapp:\(name)", verified: true))
        }
        return Author(role: role, displayName: customer.contact?.at("profile", "name")?.string, identifiers: identifiers)
    }
}
