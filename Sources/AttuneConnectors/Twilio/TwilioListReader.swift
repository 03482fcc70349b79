import AttuneCore

/// Reads Twilio's JSON: what its REST API answers (a message resource, or a page of them), bodies of webhooks that name the fields of forms,
/// and what Event Streams deliver. Their ids are those of the webhooks.
struct TwilioListReader {
    let assembler: DeskAssembler

    /// One operation per message; never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        if let type = payload["type"]?.string, type.hasPrefix("com.twilio."), let data = payload["data"], data.isObject {
            return [event(type, data, at: payload["time"], line)]
        }
        if payload["MessageSid"] ?? payload["SmsSid"] ?? payload["CallSid"] ?? payload["ConversationSid"] != nil {
            return [TwilioDecoder.operation(FormFields(payload), assembler, line, at: nil)]
        }
        guard let list = payload["messages"]?.array else { return [operation(payload, line)] }
        return list.isEmpty ? [.ignored(reason: "empty")] : list.map { operation($0, line) }
    }

    /// An event has the fields of a form with small first letters.
    private func event(_ type: String, _ data: Payload, at: Payload?, _ line: Int) -> Operation {
        if type == "com.twilio.messaging.inbound-message.received" {
            return TwilioDecoder.operation(FormFields(data), assembler, line, at: data["timestamp"] ?? at)
        }
        guard type.hasPrefix("com.twilio.messaging.message."), let id = data["messageSid"]?.filled, let status = type.lastPiece(".") else {
            return .ignored(reason: type.utf8.count <= 64 ? type : "unknown", at: assembler.time(at))
        }
        return .status(target: assembler.account(data["accountSid"]?.string).id(id), status: status, at: assembler.time(at))
    }

    private func operation(_ item: Payload, _ line: Int) -> Operation {
        if let conversation = item["conversation_sid"]?.filled { return TwilioConversation.operation(item, in: conversation, assembler, line) }
        let isOurs = item["direction"]?.string?.hasPrefix("outbound") == true
        let service = item["messaging_service_sid"]?.filled
        // A service that has not chosen a number yet, or could not, has none.
        let sender = item["from"]?.filled ?? (isOurs ? service ?? "unknown" : nil)
        guard let id = item["sid"]?.filled, let from = sender, let to = item["to"]?.filled ?? service else {
            return assembler.rejected("a message has no \"sid\", no \"from\" or no \"to\"", item.line(from: line))
        }
        let assembler = assembler.account(item["account_sid"]?.string)
        let (business, customer) = (TwilioAddress(isOurs ? from : to), TwilioAddress(isOurs ? to : from))
        var message = DeskMessage(
            nativeID: id, conversationID: "\(business.value):\(customer.value)", time: .written(item["date_sent"] ?? item["date_created"]),
            text: item["body"]?.string ?? "")
        message.channel = customer.channel
        if isOurs { message.role = .agent } else { message.identifiers = [customer.identifier] }
        let count = min(max(item["num_media"]?.scalarText.flatMap { Int($0) } ?? 0, 0), 64)
        message.attachments = (0..<count).map { _ in Attachment(kind: "document") }
        return assembler.operation(&message, line: line)
    }
}
