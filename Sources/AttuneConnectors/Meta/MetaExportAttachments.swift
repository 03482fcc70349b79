import AttuneCore

/// What came with a message of a download.
enum MetaExportAttachments {
    static func of(_ item: Payload) -> [Attachment] {
        var attachments = [Attachment]()
        func add(_ list: Payload?, _ kind: String) {
            guard let list else { return }
            for file in list.eachItem { attachments.append(Attachment(kind: kind, name: name(file["uri"]?.string))) }
        }
        add(item["photos"], "image")
        add(item["gifs"], "image")
        add(item["videos"], "video")
        add(item["audio_files"], "audio")
        add(item["files"], "document")
        add(item["media"], "file")
        if item["sticker"]?.isObject == true { attachments.append(Attachment(kind: "sticker")) }
        if item["share"]?.isObject == true { attachments.append(Attachment(kind: "share")) }
        return attachments
    }

    /// Last component of a path in the archive.
    private static func name(_ path: String?) -> String? { path?.lastPiece("/") }
}
