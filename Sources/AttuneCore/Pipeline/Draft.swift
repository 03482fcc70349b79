import AttuneEngine

/// A message on its way into the store.
struct Draft {
    var message: Message
    var contentHash: String
    /// It takes the place of a stored version.
    var isReplacement: Bool
    /// The stored version was nobody's: an agent's, as it seemed.
    var isUnlinked = false
    /// A deletion was waiting for it: only its id is kept.
    var isTombstone = false
    /// Sorted; empty for everybody but customers.
    var keys: [IdentifierKey] = []
    /// Places of the identifiers among `keys` in the batch's readings.
    var shown: [Int32] = []
    var evidenceID: EvidenceID?

    init(message: Message, isReplacement: Bool) {
        self.message = message
        self.isReplacement = isReplacement
        contentHash = ContentHash.of(message)
    }

    /// What will be written: the message with its analysis, which only customers' public words get.
    func record(_ analyze: Pipeline.Analyze) -> MessageRecord {
        let analysis = message.feedsState && !isTombstone ? analyze(message.text, message.language) : nil
        // What is linked already stays with the evidence it was linked by.
        let evidence = isReplacement && !isUnlinked ? nil : evidenceID
        return MessageRecord(message: message, analysis: analysis, evidenceID: evidence, contentHash: contentHash)
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

    /// Normalises the author's identifiers into keys. A customer always has at least one: their name within the conversation, which is shared
    /// only with who shows the same identifiers. In a thread of strangers two may have one name, and many none.
    mutating func identify(_ readings: inout IdentifierReadings) {
        guard message.role == .customer else { return }
        let author = message.author
        let region = message.language.flatMap(SightingRecord.region)
        keys.reserveCapacity(author.identifiers.count + 1)
        for identifier in author.identifiers {
            let place = readings.place(of: identifier, region: region)
            guard let key = readings[place]?.key, !keys.contains(key) else { continue }
            keys.append(key)
            shown.append(place)
        }
        if keys.count > 1 { keys.sort { $0.precedes($1) } }
        let participant = readings.participant(author.displayName ?? "", of: message.conversationID, in: message.source, showing: keys)
        keys.insert(participant, at: keys.firstIndex { participant.precedes($0) } ?? keys.count)
        let about = PersonalDetails(name: author.displayName, town: author.town, birthDate: author.birthDate)
        evidenceID = EvidenceID(claim: Evidence.claim(keys, about, hash: readings.hash))
    }
}

/// Identifiers as a batch shows them, each normalised and hashed once: most come again and again.
struct IdentifierReadings {
    let hash: HMAC
    private let normalizer: IdentifierNormalizer
    /// As written, tagged by what else their reading depends on.
    private var written = ByteTable()
    private var kinds: [Identifier.Kind] = []
    private var regions: [String] = []
    /// Place in `found` of each of them.
    private var placeOf: [Int32] = []
    /// Nil for what names nobody.
    private var found: [(key: IdentifierKey, value: String)?] = []
    private var scratch: [UInt8] = []

    /// - Parameter count: identifiers that will be shown, about.
    init(_ normalizer: IdentifierNormalizer, hashKey: [UInt8], count: Int = 0) {
        self.normalizer = normalizer
        found.reserveCapacity(count)
        hash = HMAC(key: hashKey)
    }

    var count: Int { found.count }

    /// An identifier by its place: its key, and the clear value; nil for what names nobody.
    subscript(_ place: Int32) -> (key: IdentifierKey, value: String)? { found[Int(place)] }

    /// - Parameter region: only numbers depend on it.
    mutating func place(of identifier: Identifier, region: String?) -> Int32 {
        let region = identifier.kind == .phone ? region : nil
        let tag =
            Self.place(of: identifier.kind, in: &kinds) << 16 | (region.map { Self.place(of: $0, in: &regions) + 1 } ?? 0) << 1
            | (identifier.verified ? 1 : 0)
        var value = identifier.value
        let known = value.withUTF8 { written.intern($0, tag: tag) }
        if let known, Int(known) < placeOf.count { return placeOf[Int(known)] }
        // What there is no room for is read each time: no batch is that large.
        if known != nil { placeOf.append(Int32(found.count)) }
        found.append(self.value(of: identifier, region: region).map { (key: key(identifier.kind, $0), value: $0) })
        return Int32(found.count - 1)
    }

    /// Of a few.
    private static func place<Item: Equatable>(of item: Item, in items: inout [Item]) -> UInt32 {
        if let place = items.firstIndex(of: item) { return UInt32(place) }
        items.append(item)
        return UInt32(items.count - 1)
    }

    private mutating func key(_ kind: Identifier.Kind, _ value: String) -> IdentifierKey {
        begin(kind)
        append(value)
        return IdentifierKey(kind: kind, hash: scratch.withUnsafeBufferPointer { hash.keyHash(of: $0) })
    }

    /// A name within a conversation.
    /// - Parameter keys: identifiers shown together with it, sorted.
    mutating func participant(_ name: String, of conversation: String, in source: String, showing keys: [IdentifierKey]) -> IdentifierKey {
        begin(IdentityPolicy.participant)
        append(source)
        append(conversation)
        append(name)
        for key in keys where key.kind != .orderNumber {
            scratch.append(0x1F)
            key.hash.withBytes { scratch.append(contentsOf: $0) }
        }
        return IdentifierKey(kind: IdentityPolicy.participant, hash: scratch.withUnsafeBufferPointer { hash.keyHash(of: $0) })
    }

    private mutating func begin(_ kind: Identifier.Kind) {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: kind.rawValue.utf8)
    }

    /// Parts stand behind U+001F each.
    private mutating func append(_ part: String) {
        scratch.append(0x1F)
        scratch.append(contentsOf: part.utf8)
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
