import AttuneCore

/// What a message says and carries.
struct TelegramContent {
    let text: String
    let attachments: [Attachment]
    /// Whether a part of the text was a quotation, which is left out.
    let quotes: Bool
    /// Without a quotation it is a join, a title, a pinned message: nothing anybody wrote.
    var isEmpty: Bool { text.isEmpty && attachments.isEmpty }

    private static let media: [(key: StaticString, kind: String)] = [
        ("photo", "image"), ("video", "video"), ("animation", "video"), ("video_note", "video"), ("voice", "audio"), ("audio", "audio"),
        ("document", "document"), ("sticker", "sticker"), ("location", "location"), ("venue", "location"), ("contact", "contact"), ("poll", "poll"),
        ("dice", "dice"), ("story", "story"), ("paid_media", "media"),
    ]

    init(_ body: Payload) {
        let written = (body["text"] ?? body["caption"])?.string ?? ""
        let own = Self.withoutQuotes(written, body["entities"] ?? body["caption_entities"])
        quotes = own != nil
        text = TextMarks.removed(from: own ?? written)
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

    /// Whether it is what somebody else wrote elsewhere. A channel's posts, which its group shows by themselves, are its own.
    static func isForwarded(_ body: Payload) -> Bool {
        guard body["forward_origin"] ?? body["forward_date"] != nil, body["is_automatic_forward"]?.bool != true else { return false }
        let origin = body.at("forward_origin", "sender_user") ?? body["forward_from"]
        guard let author = origin?["id"]?.identity else { return true }
        return author != body.at("from", "id")?.identity
    }

    /// The text without its block quotations, whose places count in units of UTF-16; nil when it has none.
    private static func withoutQuotes(_ text: String, _ entities: Payload?) -> String? {
        guard let entities = entities?.array else { return nil }
        let quotes = entities.compactMap { entity -> Range<Int>? in
            guard entity["type"]?.says("blockquote") == true || entity["type"]?.says("expandable_blockquote") == true,
                let start = entity["offset"]?.integer, let length = entity["length"]?.integer, start >= 0, length > 0, length <= text.utf8.count,
                start <= text.utf8.count
            else { return nil }
            return Int(start)..<Int(start + length)
        }
        if quotes.isEmpty { return nil }
        let units = Array(text.utf16)
        var (own, at) = ([UInt16](), 0)
        for quote in quotes.sorted(by: { $0.lowerBound < $1.lowerBound }) where quote.upperBound > at && at < units.count {
            own += units[at..<max(at, min(quote.lowerBound, units.count))]
            at = min(quote.upperBound, units.count)
        }
        return String(decoding: own + units[at...], as: UTF16.self).trimmed
    }
}
