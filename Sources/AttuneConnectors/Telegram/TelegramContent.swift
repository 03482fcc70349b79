import AttuneCore

/// What a message says and carries.
struct TelegramContent {
    let text: String
    let attachments: [Attachment]
    /// A join, a title, a pinned message: nothing anybody wrote.
    var isService: Bool { text.isEmpty && attachments.isEmpty }

    private static let media = [
        ("photo", "image"), ("video", "video"), ("animation", "video"), ("video_note", "video"), ("voice", "audio"), ("audio", "audio"),
        ("document", "document"), ("sticker", "sticker"), ("location", "location"), ("venue", "location"), ("contact", "contact"), ("poll", "poll"),
        ("dice", "dice"), ("story", "story"), ("paid_media", "media"),
    ]

    init(_ body: Payload) {
        text = TextMarks.removed(from: (body["text"] ?? body["caption"])?.string ?? "")
        // An animation comes as a document too, a venue as a location.
        let (hidesDocument, hidesLocation) = (body["animation"] != nil, body["venue"] != nil)
        attachments = Self.media.compactMap { key, kind in
            if key == "document", hidesDocument { return nil }
            if key == "location", hidesLocation { return nil }
            return body[key].map { Attachment(kind: kind, name: $0["file_name"]?.filled) }
        }
    }
}
