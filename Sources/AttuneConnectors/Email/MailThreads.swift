/// Which conversation a mail belongs to, and whether its id was used by another one.
struct MailThreads {
    /// What is remembered of a mail.
    private struct Known {
        var conversation: String
        /// Hash of its sender, date and text.
        var fingerprint: Int
    }

    private var mails: [String: Known] = [:]
    private var subjects: [String: String] = [:]

    /// Mails that are remembered, some 200 bytes each.
    private static let limit = 1 << 20

    /// The thread's root: the first mail that `references` names, as far as we know it; else the latest thread of that subject
    /// for a reply; else the mail itself. Nil for a mail without any of them.
    mutating func conversation(id: String?, references: [String], subject: String?) -> String? {
        let subject = MailSubject(subject ?? "")
        let conversation: String?
        if let root = references.first {
            conversation = references.first { mails[$0] != nil }.flatMap { mails[$0]?.conversation } ?? root
        } else if let id, !subject.isReply {
            conversation = id
        } else if !subject.base.isEmpty {
            if let known = subjects[subject.base] { return known }
            conversation = "subject:\(subject.base)"
        } else {
            conversation = id
        }
        if let conversation, !subject.base.isEmpty, subjects.count < Self.limit || subjects[subject.base] != nil {
            subjects[subject.base] = conversation
        }
        return conversation
    }

    /// Whether a mail may use its Message-ID: false when another one with other content has it.
    mutating func claims(_ id: String, conversation: String, fingerprint: Int) -> Bool {
        if let known = mails[id] { return known.fingerprint == fingerprint }
        if mails.count < Self.limit { mails[id] = Known(conversation: conversation, fingerprint: fingerprint) }
        return true
    }
}
