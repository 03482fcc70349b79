/// All live evidence of a store, ready to be looked at in one go.
public struct IdentityEvidence: Sendable {
    /// By id.
    public private(set) var evidence: [EvidenceID: Evidence]
    /// By time, then id: whatever is decided by place is decided by content.
    public private(set) var messages: [MessageSighting]
    public private(set) var links: [IdentityLink]
    /// Clear values of phone numbers: national ones are completed out of all the evidence.
    private(set) var phones: [IdentifierKey: String]
    /// Identifiers whose values a policy blocks.
    private var blocked: Set<IdentifierKey> = []

    /// - Parameter policy: one whose blocked values name nobody.
    public init(_ transaction: some StoreTransaction, policy: IdentityPolicy = .standard) throws {
        let evidence = Dictionary(try transaction.allEvidence().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.evidence = evidence
        messages = try transaction.allSightings().filter { evidence[$0.evidenceID] != nil }
            .sorted { ($0.sentAt, $0.messageID) < ($1.sentAt, $1.messageID) }
        links = try transaction.allLinks()
        phones = try transaction.values(of: .phone)
        guard !policy.blocked.isEmpty else { return }
        let normalizer = IdentifierNormalizer(policy: policy)
        for kind in policy.rules.map(\.kind) + [.orderNumber] {
            for (key, value) in try transaction.values(of: kind)
            where normalizer.normalize(Identifier(kind: kind, value: value, verified: true)) == nil { blocked.insert(key) }
        }
    }

    /// What hangs together with some messages by identifiers and links, however far.
    public init(around ids: [String], _ transaction: some StoreTransaction, policy: IdentityPolicy) throws {
        var seeds: [KeyHash: Evidence] = [:]
        for var item in try transaction.evidence(ofMessages: ids).values {
            (item.part, item.messageCount) = (0, 0)
            seeds[item.claim] = item
        }
        var neighbourhood = Neighbourhood(policy: policy, transaction: transaction)
        let components = try neighbourhood.components(around: seeds)
        let evidence = Dictionary(components.flatMap(\.evidence).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.evidence = evidence
        messages = try transaction.sightings(of: Array(evidence.values)).sorted { ($0.sentAt, $0.messageID) < ($1.sentAt, $1.messageID) }
        links = components.flatMap(\.links)
        phones = try transaction.values(of: Array(Set(evidence.values.lazy.flatMap(\.keys).filter { $0.kind == .phone })))
    }

    /// Whether a number among it is completed only out of all the evidence.
    var hasNationalNumbers: Bool { phones.values.contains { !$0.hasPrefix("+") } }

    public func evidence(ofMessage place: Int) -> Evidence? { evidence[messages[place].evidenceID] }

    /// What somebody decided.
    var decisions: [IdentityLink] { links.filter { $0.kind != .probable } }

    /// As `EvidenceGraph` takes them, in the order of `messages`.
    func sightings() -> [Sighting] {
        messages.map { message in
            evidence[message.evidenceID]?.sighting(message, without: blocked) { key in phones[key] ?? "#" + key.hash.text }
                ?? Sighting(id: message.messageID, time: 0, identifiers: [])
        }
    }

    /// The keys of identifiers as `sightings` names them.
    func keys(_ identifiers: Set<Identifier>) -> Set<IdentifierKey> {
        let keyOfPhone = Dictionary(phones.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        return Set(
            identifiers.compactMap { item in
                guard item.value.hasPrefix("#") else { return keyOfPhone[item.value] }
                return KeyHash(item.value.dropFirst()).map { IdentifierKey(kind: item.kind, hash: $0) }
            })
    }
}
