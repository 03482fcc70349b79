import AttuneCore

/// What a message says, by its type.
struct CloudContent {
    var text: String
    var attachments: [Attachment] = []

    /// Nil for types that say nothing, or that we do not know.
    init?(_ item: Payload, type: String) {
        let part = item[named: type]
        switch type {
        case "text":
            guard let body = part?["body"]?.string else { return nil }
            text = TextMarks.removed(from: body)
        case "image", "video", "document", "audio", "sticker", "voice":
            guard let part else { return nil }
            text = TextMarks.removed(from: part["caption"]?.string ?? "")
            attachments = [Attachment(kind: type == "voice" ? "audio" : type, name: part["filename"]?.string)]
        case "location": (text, attachments) = ("", [Attachment(kind: "location", name: part?["name"]?.string)])
        case "contacts": (text, attachments) = ("", [Attachment(kind: "contact")])
        case "button":
            guard let label = part?["text"]?.string else { return nil }
            text = label
        case "interactive":
            guard let part, let label = Self.reply(part) else { return nil }
            text = label
        case "order": (text, attachments) = (part?["text"]?.string ?? "", [Attachment(kind: "order")])
        default: return nil
        }
    }

    /// What was tapped, or what was filled into a form.
    private static func reply(_ part: Payload) -> String? {
        for kind in ["button_reply", "list_reply"] as [StaticString] {
            if let title = part.at(kind, "title")?.string { return title }
        }
        let body = part.at("nfm_reply", "body")?.string
        let answers = part.at("nfm_reply", "response_json")?.string.flatMap { Payload.reading($0) { $0.texts(skipping: isTechnical) } } ?? []
        if !answers.isEmpty { return answers.joined(separator: "\n") }
        // The word that WhatsApp itself puts there.
        return body == "Sent" ? nil : body
    }

    /// Whether an answer of that name is an id or a token, which nobody typed.
    private static func isTechnical(_ name: String) -> Bool {
        name == "id" || name == "flow_token" || name.hasSuffix("_id") || name.hasSuffix("_ids") || name.hasSuffix("Id")
    }

    /// Known types keep their name; a type without its content is what Meta calls unsupported.
    static func ignoredReason(_ type: String) -> String {
        ["text", "interactive", "button", "image", "video", "document", "audio", "sticker", "voice", "unsupported"].contains(type)
            ? "unsupported" : type.utf8.count <= 64 ? type : "unknown"
    }
}
