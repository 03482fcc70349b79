import AttuneCore

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
            conversation = subjects[subject.base] ?? "subject:\(subject.base)"
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

/// A subject without what answering and forwarding put before it.
struct MailSubject {
    /// Lower case, white space folded.
    let base: String
    /// Whether there was an answering prefix.
    let isReply: Bool

    init(_ subject: String) {
        var rest = Substring(subject.lowercased().split { $0.isWhitespace }.joined(separator: " "))
        var isReply = false
        while true {
            if rest.first == "[", let end = rest.firstIndex(of: "]") {
                let inner = rest[rest.index(after: rest.startIndex)..<end]
                if inner.contains("#"), inner.contains(where: \.isNumber) {
                    // `[#123]` of a ticket system.
                    rest = rest[rest.index(after: end)...].drop { $0 == " " }
                    continue
                }
                if inner.hasPrefix("fwd:") || inner.hasPrefix("fw:") {
                    // `[Fwd: …]`
                    rest = inner[(inner.firstIndex(of: ":").map { inner.index(after: $0) } ?? inner.startIndex)...].drop { $0 == " " }
                    continue
                }
            }
            guard let colon = rest.firstIndex(where: { $0 == ":" || $0 == "：" }), Self.isPrefix(rest[..<colon]) else { break }
            isReply = true
            rest = rest[rest.index(after: colon)...].drop { $0 == " " }
        }
        base = String(rest)
        self.isReply = isReply
    }

    /// `re`, `re[2]`, `aw (3)`.
    private static func isPrefix(_ word: Substring) -> Bool {
        let letters = word.prefix { $0.isLetter }
        let count = word[letters.endIndex...].trimmingPrefix { $0 == " " }
        return prefixes.contains(String(letters)) && count.allSatisfy { $0.isNumber || "[]()^*".contains($0) }
    }

    private static let prefixes: Set<String> = [
        "re", "fwd", "fw", "aw", "wg", "sv", "vs", "vb", "antw", "tr", "rv", "res", "enc", "odp", "pd", "rif", "r", "i", "ynt", "ilt", "vl", "betr",
        "doorst", "ref", "fs", "atb", "απ", "σχετ", "回复", "回覆", "转发", "轉寄", "答复", "返信", "转", "答",
    ]
}

/// FNV-1a: tells mails of one file apart.
struct StableHash {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325
    var value: Int { Int(truncatingIfNeeded: state) }

    mutating func combine(_ text: String) {
        for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
        state = (state ^ 0xFF) &* 0x100_0000_01B3
    }
}
