import AttuneCore

/// Reads the messages and states of one change.
struct CloudMessageReader {
    /// The change's value: metadata, contacts, messages.
    let value: Payload
    let contacts: CloudContacts
    let source: String
    /// Id of the business account that was written to: what user ids are scoped by.
    let business: String
    let channel: Channel
    /// Stands in for a missing timestamp.
    let receivedAt: Timestamp
    let line: Int

    func operation(_ item: Payload, role: Role) -> Operation {
        guard let nativeID = item["id"]?.scalarText, !nativeID.isEmpty else { return rejected("a message has no \"id\"", item) }
        let sent = time(item)
        let type = item["type"]?.string ?? "unknown"
        switch type {
        case "edit", "revoke": return change(item, type: type, role: role)
        case "reaction": return .ignored(reason: "reaction", at: sent.at)
        case "system":
            let body = item.at("system", "body")?.string
            guard let change = CloudIdentityChange(system: item) else { return .ignored(reason: "system", at: sent.at, text: body) }
            return .notice(notice(change, nativeID: nativeID, text: body ?? "", sent))
        default:
            guard let content = CloudContent(item, type: type) else { return .ignored(reason: CloudContent.ignoredReason(type), at: sent.at) }
            return operation(message(item, nativeID: nativeID, content, role: role, sent))
        }
    }

    /// An item of `user_id_update`, which has no id of its own.
    func userIDUpdate(_ item: Payload) -> Operation {
        let sent = time(item)
        guard let change = CloudIdentityChange(update: item, contacts: contacts.all) else {
            return .ignored(reason: "user_id_update", at: sent.at)
        }
        let ids = [change.previous.userID, change.previous.parentID, change.current.userID, change.current.parentID].map { $0 ?? "" }
        let text = item["detail"]?.string ?? ""
        return .notice(notice(change, nativeID: ContentIdentity.hash(["v1", "user_id_update", business] + ids), text: text, sent))
    }

    /// Private: nobody wrote it.
    private func notice(
        _ change: CloudIdentityChange, nativeID: String, text: String, _ sent: (at: Timestamp, basis: TimeBasis)
    ) -> Message {
        Message(
            id: ScopedID.of(source, nativeID), nativeID: nativeID, channel: channel, source: source,
            conversationID: conversation(group: nil, change.current),
            author: Author(role: .customer, displayName: change.name, identifiers: change.identifiers(business: business)), sentAt: sent.at,
            timeBasis: sent.basis, text: text, visibility: .private)
    }

    func status(_ item: Payload) -> Operation {
        guard let target = item["id"]?.scalarText, let status = item["status"]?.string else {
            return rejected("a status has no \"id\" or \"status\"", item)
        }
        return .status(target: ScopedID.of(source, target), status: status, at: Self.unix(item["timestamp"]))
    }

    /// An edit or a deletion of an earlier message.
    private func change(_ item: Payload, type: String, role: Role) -> Operation {
        let part = item[named: type] ?? .null
        guard let target = part["original_message_id"]?.scalarText ?? item["original_message_id"]?.scalarText else {
            return rejected("\(type) has no \"original_message_id\"", item)
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

    /// - Parameter item: in whose line it is.
    private func rejected(_ reason: String, _ item: Payload) -> Operation {
        .rejected(Rejection(reason: reason, line: item.line(from: line)))
    }

    /// The customer's side of an item: who sent it, or to whom an echo went; and the name on their profile.
    private typealias Customer = (identity: CloudIdentity, name: String?)

    private func customer(_ item: Payload, _ role: Role) -> Customer {
        let phone = (role == .agent ? item["to"] : item["from"])?.scalarText
        let userID = (role == .agent ? item["to_user_id"] ?? item["recipient_user_id"] : item["from_user_id"] ?? item["user_id"])?.scalarText
        let contact = contacts.contact(phone: phone, userID: userID)
        let identity = CloudIdentity(
            phone: phone ?? contact?["wa_id"]?.scalarText, userID: userID ?? contact?["user_id"]?.scalarText,
            parentID: contact?["parent_user_id"]?.scalarText, username: contact?.at("profile", "username")?.string)
        return (identity, contact?.at("profile", "name")?.string)
    }

    private func conversation(_ item: Payload, _ customer: Customer) -> String {
        conversation(group: item["group_id"]?.scalarText, customer.identity)
    }

    private func conversation(group: String?, _ customer: CloudIdentity) -> String {
        let account = value.at("metadata", "phone_number_id")?.scalarText ?? source
        return ScopedID.of(account, group ?? customer.userID ?? customer.phone ?? "unknown")
    }

    private func author(_ customer: Customer, _ role: Role) -> Author {
        if role == .agent { return Author(role: .agent) }
        return Author(role: role, displayName: customer.name, identifiers: customer.identity.identifiers(business: business))
    }
}
