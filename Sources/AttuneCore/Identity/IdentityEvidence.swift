/// All live evidence of a store, ready to be looked at in one go.
public struct IdentityEvidence: Sendable {
    /// By id.
    public private(set) var evidence: [String: Evidence]
    /// By time, then id: whatever is decided by place is decided by content.
    public private(set) var messages: [MessageSighting]
    public private(set) var links: [IdentityLink]
    /// Clear values of phone numbers: national ones are completed out of all the evidence.
    private(set) var phones: [IdentifierKey: String]

    public init(_ transaction: some StoreTransaction) throws {
        let evidence = Dictionary(try transaction.allEvidence().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.evidence = evidence
        messages = try transaction.allSightings().filter { evidence[$0.evidenceID] != nil }
            .sorted { ($0.sentAt, $0.messageID) < ($1.sentAt, $1.messageID) }
        links = try transaction.allLinks()
        phones = try transaction.values(of: .phone)
    }

    public func evidence(ofMessage place: Int) -> Evidence? { evidence[messages[place].evidenceID] }

    /// What somebody decided.
    var decisions: [IdentityLink] { links.filter { $0.kind != .probable } }

    /// As `EvidenceGraph` takes them, in the order of `messages`.
    func sightings() -> [Sighting] {
        messages.map { message in
            evidence[message.evidenceID]?.sighting(message, without: []) { key in phones[key] ?? "#" + key.hash }
                ?? Sighting(id: message.messageID, time: 0, identifiers: [])
        }
    }

    /// The keys of identifiers as `sightings` names them.
    func keys(_ identifiers: Set<Identifier>) -> Set<IdentifierKey> {
        let keyOfPhone = Dictionary(phones.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        return Set(
            identifiers.compactMap { item in
                item.value.hasPrefix("#") ? IdentifierKey(kind: item.kind, hash: String(item.value.dropFirst())) : keyOfPhone[item.value]
            })
    }
}
