import AttuneCore

/// Reads the body of a delivery: entries, changes, and in each change messages, echoes and states.
struct CloudPayloadReader {
    private let connector: String
    private let configuration: ConnectorConfiguration
    private let context: DecodingContext

    init(connector: String, configuration: ConnectorConfiguration, context: DecodingContext) {
        self.connector = connector
        self.configuration = configuration
        self.context = context
    }

    /// One operation per message, echo and state; one for a change that has none of them. Never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        guard payload["object"]?.string == "whatsapp_business_account", let entries = payload["entry"]?.array else {
            // A sample from the dashboard is a change without its envelope.
            if payload["field"] != nil, payload.at("value", "messaging_product")?.says("whatsapp") == true {
                return operations(change: payload, of: nil, line: line)
            }
            return [.rejected(Rejection(reason: "no WhatsApp Business payload: \"object\" is not whatsapp_business_account", line: line))]
        }
        var operations = [Operation]()
        for entry in entries {
            let business = entry["id"]?.scalarText
            for change in entry["changes"]?.items ?? [] { operations += self.operations(change: change, of: business, line: line) }
        }
        return operations.isEmpty ? [.ignored(reason: "empty")] : operations
    }

    private func operations(change: Payload, of business: String?, line: Int) -> [Operation] {
        let field = change["field"]?.string ?? "unknown"
        guard let value = change["value"], value.isObject else {
            return [.rejected(Rejection(reason: "a change has no \"value\" object", line: change.line(from: line)))]
        }
        let (source, number) = (source(value), value.at("metadata", "phone_number_id")?.scalarText)
        let reader = CloudMessageReader(
            value: value, contacts: CloudContacts(value), source: source, business: business ?? number ?? source,
            channel: configuration.channel ?? .whatsapp, receivedAt: context.receivedAt, line: line)
        switch field {
        case "messages", "smb_message_echoes":
            var operations = (value["messages"]?.items ?? []).map { reader.operation($0, role: .customer) }
            operations += (value["message_echoes"]?.items ?? []).map { reader.operation($0, role: .agent) }
            operations += (value["statuses"]?.items ?? []).map { reader.status($0) }
            if operations.isEmpty { operations.append(.ignored(reason: value["errors"] == nil ? "empty" : "error")) }
            return operations
        case "user_id_update":
            let operations = (value["user_id_update"]?.items ?? []).map { reader.userIDUpdate($0) }
            return operations.isEmpty ? [.ignored(reason: field)] : operations
        // History, templates, account changes, calls, preferences: nothing a customer says now.
        default: return [.ignored(reason: field)]
        }
    }

    private func source(_ value: Payload) -> String {
        if let source = configuration.source { return source }
        let account = value.at("metadata", "phone_number_id")?.scalarText ?? context.account
        return account.map { ScopedID.of(connector, $0) } ?? connector
    }
}
