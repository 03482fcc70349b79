import AttuneCore

/// What a message says and carries.
struct TelegramContent {
    let text: String
    let attachments: [Attachment]
    /// A join, a title, a pinned message: nothing anybody wrote.
    var isService: Bool { text.isEmpty && attachments.isEmpty }

    private static let media: [(key: StaticString, kind: String)] = [
        ("photo", "image"), ("video", "video"), ("animation", "video"), ("video_note", "video"), ("voice", "audio"), ("audio", "audio"),
        ("document", "document"), ("sticker", "sticker"), ("location", "location"), ("venue", "location"), ("contact", "contact"), ("poll", "poll"),
        ("dice", "dice"), ("story", "story"), ("paid_media", "media"),
    ]

    init(_ body: Payload) {
        text = TextMarks.removed(from: (body["text"] ?? body["caption"])?.string ?? "")
        // An animation comes as a document too, a venue as a location.
        let (hidesDocument, venue) = (body["animation"] != nil, body["venue"])
        let hidesLocation = venue != nil
        attachments = Self.media.compactMap { key, kind in
            guard let found = body[key] else { return nil }
            if hidesDocument, kind == "document" { return nil }
            if hidesLocation, kind == "location", found.offset != venue?.offset { return nil }
            return Attachment(kind: kind, name: found["file_name"]?.filled)
        }
    }
}
