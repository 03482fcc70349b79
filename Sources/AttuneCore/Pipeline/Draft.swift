import AttuneEngine

/// A message on its way into the store.
struct Draft {
    var message: Message
    var contentHash: String
    /// It takes the place of a stored version.
    var isReplacement: Bool
    /// A deletion was waiting for it: only its id is kept.
    var isTombstone = false
    /// Sorted; empty for everybody but customers.
    var keys: [IdentifierKey] = []
    /// Clear values of `keys`.
    var values: [IdentifierKey: String] = [:]
    var evidenceID: String?

    init(message: Message, isReplacement: Bool) {
        self.message = message
        self.isReplacement = isReplacement
        contentHash = ContentHash.of(message)
    }

    /// What will be written: the message with its analysis, which only customers' public words get.
    func record(_ analyze: Pipeline.Analyze) -> PreparedRecord {
        let analysis = message.feedsState && !isTombstone ? analyze(message.text, message.language) : nil
        return PreparedRecord(
            record: MessageRecord(message: message, analysis: analysis, evidenceID: evidenceID, contentHash: contentHash), draft: self)
    }

    /// What is known of the author beside identifiers.
    var about: PersonalDetails {
        PersonalDetails(name: message.author.displayName, town: message.author.town, birthDate: message.author.birthDate)
    }

    /// Normalises the author's identifiers into keys. A customer always has at least one: their name within the conversation.
    mutating func identify(normalizer: IdentifierNormalizer, hashKey: [UInt8]) {
        guard message.author.role == .customer else { return }
        let region = message.language.flatMap(SightingRecord.region)
        for identifier in message.author.identifiers {
            // Order numbers join nobody, but that two people mention the same one says something.
            let rank = normalizer.policy.rank(of: identifier.kind)
            guard rank != nil || identifier.kind == .orderNumber,
                identifier.verified || rank.map({ normalizer.policy.rules[$0].acceptsUnverified }) ?? true,
                let value = normalizer.normalize(identifier, region: region)
            else { continue }
            values[Self.key(identifier.kind, value, hashKey)] = value
        }
        let name = message.author.displayName ?? ""
        values[Self.key(IdentityPolicy.participant, [message.source, message.conversationID, name].joined(separator: "\u{1F}"), hashKey)] = name
        keys = values.keys.sorted { ($0.kind.rawValue, $0.hash) < ($1.kind.rawValue, $1.hash) }
        evidenceID = Evidence.claim(keys, about, hashKey: hashKey)
    }

    private static func key(_ kind: Identifier.Kind, _ value: String, _ hashKey: [UInt8]) -> IdentifierKey {
        let digest = HMAC.sha256(key: hashKey, Array("\(kind.rawValue)\u{1F}\(value)".utf8))
        return IdentifierKey(kind: kind, hash: Hex.encode(digest.prefix(16)))
    }
}

/// A draft with its analysis, ready to be written.
struct PreparedRecord {
    var record: MessageRecord
    var draft: Draft

    func write(_ transaction: any StoreTransaction) throws {
        if draft.isReplacement { try transaction.replace(record) } else { try transaction.insert(record) }
        if draft.isTombstone { try transaction.markDeleted(id: record.message.id) }
    }
}
