import AttuneCore

/// What came with a message of a download.
enum MetaExportAttachments {
    private static let lists: [(StaticString, String)] = [
        ("photos", "image"), ("gifs", "image"), ("videos", "video"), ("audio_files", "audio"), ("files", "document"), ("media", "file"),
    ]

    static func of(_ item: Payload) -> [Attachment] {
        var attachments = [Attachment]()
        for (key, kind) in lists {
            guard let list = item[key] else { continue }
            attachments += list.items.map { Attachment(kind: kind, name: name($0["uri"]?.string)) }
        }
        if item["sticker"]?.isObject == true { attachments.append(Attachment(kind: "sticker")) }
        if item["share"]?.isObject == true { attachments.append(Attachment(kind: "share")) }
        return attachments
    }

    /// Last component of a path in the archive.
    private static func name(_ path: String?) -> String? { path?.lastPiece("/") }
}
