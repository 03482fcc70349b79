/// Which conversation a mail belongs to.
struct MailThreads {
    /// The first mail that a known one names, or what else its thread begins with.
    private var roots: [String: String] = [:]
    /// Hashes of mails that are there and name no other: most.
    private var beginnings: Set<Int> = []
    private var subjects: [String: String] = [:]

    /// Mails that are remembered, some 150 bytes each.
    private static let limit = 1 << 20
    /// Mails that answer each other and name only the one before.
    private static let longestChain = 1_000

    /// Notes a mail that is there.
    mutating func note(id: String, references: [String]) {
        if let first = references.first {
            if roots.count < Self.limit { Self.keep(first, at: id, in: &roots) }
        } else if beginnings.count < Self.limit {
            beginnings.insert(Self.hash(id))
        }
    }

    private func isThere(_ id: String) -> Bool { beginnings.contains(Self.hash(id)) || roots[id] != nil }

    private static func hash(_ id: String) -> Int {
        var hash = StableHash()
        hash.combine(id)
        return hash.value
    }

    /// Puts a value where there is none, at the cost of one search.
    private static func keep(_ value: String, at key: String, in values: inout [String: String]) {
        func touch(_ kept: inout String) {}
        touch(&values[key, default: value])
    }

    /// The thread's root: the first mail that `references` names and that is known, or what that one's thread begins with; else the latest
    /// thread of that subject for a reply; else the mail itself. Nil for a mail without any of them.
    mutating func conversation(id: String?, references: [String], subject: MailSubject) -> String? {
        let conversation: String?
        if let first = references.first {
            conversation = root(of: references.first(where: isThere) ?? first)
        } else if let id, !subject.isReply {
            conversation = id
        } else if !subject.base.isEmpty {
            let known = subjects[subject.base] ?? "subject:\(subject.base)"
            // What answers it belongs there too.
            if let id, roots.count < Self.limit { Self.keep(known, at: id, in: &roots) }
            conversation = known
        } else {
            conversation = id
        }
        guard let conversation, !subject.base.isEmpty else { return conversation }
        // A thread whose beginning is elsewhere takes no subject from one that began here.
        if !references.isEmpty {
            if subjects.count < Self.limit { Self.keep(conversation, at: subject.base, in: &subjects) }
        } else if subjects.count < Self.limit || subjects[subject.base] != nil {
            subjects[subject.base] = conversation
        }
        return conversation
    }

    private mutating func root(of id: String) -> String {
        var (root, steps) = (id, 0)
        while let next = roots[root], next != root, steps < Self.longestChain {
            root = next
            steps += 1
        }
        // The next answer need not walk so far.
        if steps > 1 { roots[id] = root }
        return root
    }
}

/// Which ids mails have used.
struct MailClaims {
    /// Hashes of sender, date and text, by that of the id.
    private var fingerprints: [Int: Int] = [:]

    /// Mails that are remembered, some 40 bytes each.
    private static let limit = 1 << 20

    /// Whether a mail may use its Message-ID: false when another one with other content has it.
    mutating func claims(_ id: String, fingerprint: Int) -> Bool {
        var hash = StableHash()
        hash.combine(id)
        if let known = fingerprints[hash.value] { return known == fingerprint }
        if fingerprints.count < Self.limit { fingerprints[hash.value] = fingerprint }
        return true
    }
}
