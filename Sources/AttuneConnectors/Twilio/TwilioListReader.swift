import AttuneCore

/// Reads what Twilio's REST API answers: a message resource, or a page of them. Their ids are those of the webhooks.
struct TwilioListReader {
    let assembler: DeskAssembler

    /// One operation per message; never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        guard let list = payload["messages"]?.array else { return [operation(payload, line)] }
        return list.isEmpty ? [.ignored(reason: "empty")] : list.map { operation($0, line) }
    }

    private func operation(_ item: Payload, _ line: Int) -> Operation {
        guard let id = item["sid"]?.filled, let from = item["from"]?.filled, let to = (item["to"] ?? item["messaging_service_sid"])?.filled else {
            return assembler.rejected("a message has no \"sid\", no \"from\" or no \"to\"", line)
        }
        let assembler = assembler.account(item["account_sid"]?.string)
        let isOurs = item["direction"]?.string?.hasPrefix("outbound") == true
        let (business, customer) = (TwilioAddress(isOurs ? from : to), TwilioAddress(isOurs ? to : from))
        var message = DeskMessage(
            nativeID: id, conversationID: "\(business.value):\(customer.value)", time: .written(item["date_sent"] ?? item["date_created"]),
            text: item["body"]?.string ?? "")
        message.channel = customer.channel
        if isOurs { message.role = .agent } else { message.identifiers = [customer.identifier] }
        let count = min(max(item["num_media"]?.scalarText.flatMap { Int($0) } ?? 0, 0), 64)
        message.attachments = (0..<count).map { _ in Attachment(kind: "document") }
        return assembler.operation(message, line: line)
    }
}
