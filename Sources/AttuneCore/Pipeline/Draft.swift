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
    /// Clear values of the identifiers among `keys`.
    var values: [(key: IdentifierKey, value: String)] = []
    var evidenceID: String?

    init(message: Message, isReplacement: Bool) {
        self.message = message
        self.isReplacement = isReplacement
        contentHash = ContentHash.of(message)
    }

    /// What will be written: the message with its analysis, which only customers' public words get.
    func record(_ analyze: Pipeline.Analyze) -> MessageRecord {
        let analysis = message.feedsState && !isTombstone ? analyze(message.text, message.language) : nil
        return MessageRecord(message: message, analysis: analysis, evidenceID: evidenceID, contentHash: contentHash)
    }

    /// - Parameter record: of this draft.
    func write(_ record: MessageRecord, to transaction: any StoreTransaction) throws {
        if isReplacement { try transaction.replace(record) } else { try transaction.insert(record) }
        if isTombstone { try transaction.markDeleted(id: record.message.id) }
    }

    /// What is known of the author beside identifiers.
    var about: PersonalDetails {
        let author = message.author
        return PersonalDetails(name: author.displayName, town: author.town, birthDate: author.birthDate)
    }

    /// Normalises the author's identifiers into keys. A customer always has at least one: their name within the conversation.
    mutating func identify(_ readings: inout IdentifierReadings) {
        let author = message.author
        guard author.role == .customer else { return }
        let region = message.language.flatMap(SightingRecord.region)
        keys.reserveCapacity(author.identifiers.count + 1)
        for identifier in author.identifiers {
            guard let (key, value) = readings.reading(of: identifier, region: region), !keys.contains(key) else { continue }
            keys.append(key)
            values.append((key, value))
        }
        keys.append(readings.key(IdentityPolicy.participant, message.source, message.conversationID, author.displayName ?? ""))
        if keys.count > 1 { keys.sort { $0.precedes($1) } }
        evidenceID = Evidence.claim(
            keys, PersonalDetails(name: author.displayName, town: author.town, birthDate: author.birthDate), hash: readings.hash)
    }
}

/// Identifiers as a batch shows them, each normalised and hashed once: most come again and again.
struct IdentifierReadings {
    let hash: HMAC
    private let normalizer: IdentifierNormalizer
    private var known: [Shown: (key: IdentifierKey, value: String)?] = [:]
    private var scratch: [UInt8] = []

    private struct Shown: Hashable {
        var identifier: Identifier
        /// Only numbers depend on it.
        var region: String?

        /// Hardly any value is of several kinds or countries.
        func hash(into hasher: inout Hasher) { hasher.combine(identifier.value) }
    }

    /// - Parameter count: identifiers that will be shown, about.
    init(_ normalizer: IdentifierNormalizer, hashKey: [UInt8], count: Int = 0) {
        self.normalizer = normalizer
        known.reserveCapacity(count)
        hash = HMAC(key: hashKey)
    }

    /// Nil for what names nobody.
    mutating func reading(of identifier: Identifier, region: String?) -> (key: IdentifierKey, value: String)? {
        let region = identifier.kind == .phone ? region : nil
        let shown = Shown(identifier: identifier, region: region)
        if let known = known[shown] { return known }
        let reading = value(of: identifier, region: region).map { (key: key(identifier.kind, $0), value: $0) }
        known[shown] = .some(reading)
        return reading
    }

    /// - Parameter parts: put together with U+001F between them, behind the kind.
    mutating func key(_ kind: Identifier.Kind, _ parts: String...) -> IdentifierKey {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: kind.rawValue.utf8)
        for part in parts {
            scratch.append(0x1F)
            scratch.append(contentsOf: part.utf8)
        }
        return IdentifierKey(kind: kind, hash: scratch.withUnsafeBufferPointer { hash.keyHash(of: $0) })
    }

    private func value(of identifier: Identifier, region: String?) -> String? {
        // Order numbers join nobody, but that two people mention the same one says something.
        let rank = normalizer.policy.rank(of: identifier.kind)
        guard rank != nil || identifier.kind == .orderNumber,
            identifier.verified || rank.map({ normalizer.policy.rules[$0].acceptsUnverified }) ?? true
        else { return nil }
        return normalizer.normalize(identifier, region: region)
    }
}
