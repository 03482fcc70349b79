import AttuneCore

/// Reads the items of a chat in a Contact Lens file: messages, attachments and events.
struct ContactChatReader {
    let source: String
    let conversation: String
    let configuration: ConnectorConfiguration
    let participants: ContactParticipants

    private static let response = "application/vnd.amazonaws.connect.message.interactive.response"
    private static let eventPrefix = "application/vnd.amazonaws.connect.event."

    func operation(_ item: Payload, _ call: inout CallAssembler, line: Int) -> Operation {
        guard let time = (item["AbsoluteTime"] ?? item.at("Time", "AbsoluteTime"))?.string, let at = RFC3339.parse(time) else {
            return .rejected(Rejection(reason: "a chat item has no readable \"AbsoluteTime\"", line: item.line(from: line)))
        }
        let content = item["ContentType"]?.string ?? ""
        if let event = [content, item["EventType"]?.string ?? ""].first(where: { $0.hasPrefix(Self.eventPrefix) }) {
            return .ignored(reason: String(event.dropFirst(Self.eventPrefix.utf8.count)), at: at)
        }
        switch item["Type"]?.string ?? (item["Content"] == nil && item["Attachments"] != nil ? "ATTACHMENT" : "MESSAGE") {
        case "MESSAGE": return message(item, content, at: at, call, line: line)
        case "ATTACHMENT":
            guard let message = self.message(item, text: "", at: at, call) else { return Self.noID(item, line) }
            return .attachment(message)
        case "EVENT": return .ignored(reason: "event", at: at)
        case let type: return .ignored(reason: type.utf8.count <= 64 ? type.lowercased() : "unknown", at: at)
        }
    }

    private func message(_ item: Payload, _ content: String, at: Timestamp, _ call: CallAssembler, line: Int) -> Operation {
        if content == Self.response {
            guard let text = Self.chosen(item["Content"]?.string ?? "") else { return .ignored(reason: "interactive", at: at) }
            return message(item, text: text, at: at, call).map(Operation.message) ?? Self.noID(item, line)
        }
        // Other interactive messages are JSON for a widget.
        guard content.isEmpty || content.hasPrefix("text/") else { return .ignored(reason: "interactive", at: at) }
        let written = item["Content"]?.string ?? ""
        let text = TextMarks.removed(from: content == "text/markdown" ? MarkdownText.plain(written) : written).trimmed
        if text.isEmpty { return .ignored(reason: "empty", at: at) }
        return message(item, text: text, at: at, call).map(Operation.message) ?? Self.noID(item, line)
    }

    private func message(_ item: Payload, text: String, at: Timestamp, _ call: CallAssembler) -> Message? {
        guard let id = item["Id"]?.scalarText, !id.isEmpty else { return nil }
        let (role, name) = participants.speaker(of: item, call)
        let files = (item["Attachments"]?.items ?? []).map { file in
            Attachment(kind: Self.kind(file["ContentType"]?.string ?? ""), name: file["AttachmentName"]?.string)
        }
        return Message(
            id: ScopedID.of(source, id), nativeID: id, channel: configuration.channel ?? .chat, source: source, conversationID: conversation,
            author: Author(role: role, displayName: name), sentAt: at, text: text, language: call.language,
            attachments: files.isEmpty && text.isEmpty ? [Attachment(kind: "document")] : files)
    }

    /// What was picked in a widget; nil when its answer says nothing.
    private static func chosen(_ content: String) -> String? {
        let text = Payload.reading(content) { answer in
            if let action = answer["action"]?.filled ?? answer.at("data", "action")?.filled { return action }
            let picked = answer.at("data", "content")
            let titles = (picked?["elements"]?.items ?? []).compactMap { $0["title"]?.filled }
            return titles.isEmpty ? picked?["title"]?.filled ?? "" : titles.joined(separator: "\n")
        }
        let trimmed = TextMarks.removed(from: text ?? "").trimmed
        return trimmed.isEmpty ? nil : trimmed
    }

    private static func kind(_ mediaType: String) -> String {
        let kind = mediaType.prefix { $0 != "/" }
        return ["image", "audio", "video"].contains(kind) ? String(kind) : "document"
    }

    private static func noID(_ item: Payload, _ line: Int) -> Operation {
        .rejected(Rejection(reason: "a chat item has no \"Id\"", line: item.line(from: line)))
    }
}
