/// The ids a mail names.
struct MailReferences {
    /// Its own, without angle brackets.
    let own: String?
    /// Of the mails before it, the oldest first.
    let thread: [String]
    /// Of the mail it answers.
    let parent: String?

    init(_ header: MailHeader) {
        let own = header.unfolded(.messageID) { Self.ids($0, limit: 1).first } ?? nil
        self.own = own
        guard header.has(.references) || header.has(.inReplyTo) else {
            (thread, parent) = ([], nil)
            return
        }
        let references = header.unfolded(.references) { Self.ids($0, limit: Self.most) } ?? []
        let answered = header.unfolded(.inReplyTo) { Self.ids($0, limit: Self.most) } ?? []
        thread = (references.isEmpty ? answered : references).filter { $0 != own }
        // Several ids in In-Reply-To stand for a mail that answers several; the last reference is the one above it.
        let last = references.last.flatMap { answered.isEmpty || answered.contains($0) ? $0 : nil }
        parent = last ?? answered.first
    }

    /// Ids of a field that are read; threads of years have some hundred.
    private static let most = 1_000

    /// What stands in angle brackets; of a field without them, its first word.
    private static func ids(_ value: UnsafeBufferPointer<UInt8>, limit: Int) -> [String] {
        var ids: [String] = []
        var at = 0
        while ids.count < limit, let open = ByteSearch.first(UInt8(ascii: "<"), in: value, from: at, to: value.count),
            let close = ByteSearch.first(UInt8(ascii: ">"), in: value, from: open, to: value.count)
        {
            if let id = id(UnsafeBufferPointer(rebasing: value[(open + 1)..<close])) { ids.append(id) }
            at = close + 1
        }
        guard ids.isEmpty else { return ids }
        let words = value.split { $0 <= 32 || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }
        guard let word = words.first(where: { $0.contains(UInt8(ascii: "@")) }) ?? words.first else { return [] }
        return [MailCharset.unlabelled(UnsafeBufferPointer(rebasing: word))]
    }

    /// Without blanks, and without comments where the obsolete grammar wrote blanks too; nil when nothing is left.
    private static func id(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        if !bytes.contains(where: { $0 <= 32 }) { return bytes.isEmpty ? nil : MailCharset.unlabelled(bytes) }
        let visible = MailComment.removed(from: Array(bytes)).filter { $0 > 32 }
        return visible.isEmpty ? nil : MailCharset.unlabelled(visible)
    }
}
