import AttuneCore

/// Text and media of an exported message.
enum TelegramExportText {
    /// A string, or strings and formatted parts, which are joined as they stand, without what is quoted.
    static func read(_ value: Payload?) -> String {
        guard let value else { return "" }
        guard let parts = value.array else { return value.string ?? value["text"]?.string ?? "" }
        let own = parts.filter { $0["type"]?.says("blockquote") != true }
        let text = own.map { $0.string ?? $0["text"]?.string ?? "" }.joined()
        return own.count < parts.count ? text.trimmed : text
    }

    static func attachments(_ item: Payload) -> [Attachment] {
        var attachments = [Attachment]()
        if let type = item["media_type"]?.filled {
            attachments.append(Attachment(kind: kind(media: type), name: item["file_name"]?.filled ?? name(item["file"])))
        } else if item["photo"] != nil {
            attachments.append(Attachment(kind: "image", name: name(item["photo"])))
        } else if item["file"] != nil {
            attachments.append(Attachment(kind: "document", name: item["file_name"]?.filled ?? name(item["file"])))
        }
        if item["location_information"]?.isObject == true { attachments.append(Attachment(kind: "location")) }
        if item["contact_information"]?.isObject == true { attachments.append(Attachment(kind: "contact")) }
        if item["poll"]?.isObject == true { attachments.append(Attachment(kind: "poll")) }
        return attachments
    }

    private static func kind(media type: String) -> String {
        switch type {
        case "voice_message", "audio_file": "audio"
        case "video_file", "video_message", "animation": "video"
        case "sticker": "sticker"
        default: "media"
        }
    }

    /// Last component of a path; files that were not exported say so in brackets.
    private static func name(_ path: Payload?) -> String? {
        guard let path = path?.filled, !path.hasPrefix("(") else { return nil }
        return path.lastPiece("/")
    }
}
