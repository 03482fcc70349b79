/// The ids a mail names.
struct MailReferences {
    /// Its own, without angle brackets.
    let own: String?
    /// Of the mails before it, the oldest first.
    let thread: [String]
    /// Of the mail it answers.
    let parent: String?

    init(_ header: MailHeader) {
        own = header.unfolded(.messageID).flatMap { Self.ids($0, limit: 1).first }
        let references = header.unfolded(.references).map { Self.ids($0, limit: Self.most) } ?? []
        let answered = header.unfolded(.inReplyTo).map { Self.ids($0, limit: Self.most) } ?? []
        let own = own
        thread = (references.isEmpty ? answered : references).filter { $0 != own }
        // Several ids in In-Reply-To stand for a mail that answers several; the last reference is the one above it.
        let last = references.last.flatMap { answered.isEmpty || answered.contains($0) ? $0 : nil }
        parent = last ?? answered.first
    }

    /// Ids of a field that are read; threads of years have some hundred.
    private static let most = 1_000

    /// What stands in angle brackets; of a field without them, its first word.
    private static func ids(_ value: [UInt8], limit: Int) -> [String] {
        var ids: [String] = []
        var rest = value[...]
        while ids.count < limit, let open = rest.firstIndex(of: UInt8(ascii: "<")), let close = rest[open...].firstIndex(of: UInt8(ascii: ">")) {
            let id = rest[(open + 1)..<close].filter { $0 > 32 }
            if !id.isEmpty { ids.append(MailCharset.unlabelled(Array(id))) }
            rest = rest[(close + 1)...]
        }
        guard ids.isEmpty else { return ids }
        let words = value.split { $0 <= 32 || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }
        guard let word = words.first(where: { $0.contains(UInt8(ascii: "@")) }) ?? words.first else { return [] }
        return [MailCharset.unlabelled(Array(word))]
    }
}
