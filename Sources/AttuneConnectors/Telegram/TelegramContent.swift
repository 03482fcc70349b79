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
        let media = Self.media
        var attachments = [Attachment]()
        // By its place, since most messages have none of all these.
        for place in media.indices {
            guard let found = body[media[place].key] else { continue }
            let kind = media[place].kind
            if hidesDocument, kind == "document" { continue }
            if hidesLocation, kind == "location", found.offset != venue?.offset { continue }
            attachments.append(Attachment(kind: kind, name: found["file_name"]?.filled))
        }
        self.attachments = attachments
    }
}
