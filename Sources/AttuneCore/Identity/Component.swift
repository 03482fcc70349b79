/// Evidence that hangs together, by identifiers that may join and by links, over any number of steps.
struct Component {
    var evidence: [Evidence]
    var links: [IdentityLink]
    /// Identifiers among the evidence that join nobody.
    var generic: Set<IdentifierKey>
    var phones = WrittenPhones()

    /// Whether identifiers alone decide: then all of it is one person, whatever else such messages follow.
    ///
    /// Names that all fit each other group in one way only, in any order and number, and no limit is near. What somebody decided is looked at
    /// anew each time.
    func isPlain(_ policy: IdentityPolicy) -> Bool {
        links.allSatisfy { $0.kind == .probable } && CustomerOutline(of: evidence, without: generic, policy: policy) != nil
    }

    /// The people, each with the evidence that is theirs.
    ///
    /// - Parameter sightings: called only when more than identifiers has to be looked at.
    func people(_ graph: EvidenceGraph, sightings: ([Evidence]) throws -> [MessageSighting]) rethrows -> Partition {
        if isPlain(graph.policy) { return Partition(whole: evidence) }
        let sightings = try sightings(evidence)
        let known = Dictionary(evidence.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let prepared = sightings.compactMap { sighting in
            known[sighting.evidenceID].map { item in
                item.sighting(sighting, without: generic) { "#" + phones.number($0).hash.text }
            }
        }
        let found = graph.identified(prepared, links: links)
        return Partition(
            groups: found.groups.map { $0.map { sightings[$0] } }, evidence: known,
            generic: Set(
                found.generic.flatMap { item in
                    KeyHash(item.value.dropFirst()).map { phones.writings(of: IdentifierKey(kind: item.kind, hash: $0)) } ?? []
                }),
            isGuarded: { _ in true })
    }
}

/// Evidence divided among people.
struct Partition {
    var clusters: [[CustomerAssignment.Item]] = []
    /// Identifiers that were found to join nobody.
    var generic: Set<IdentifierKey> = []
    /// Messages whose evidence is another part now, by its id.
    var moves: [EvidenceID: [String]] = [:]
    /// Parts of which all messages show the claim's first part now.
    var rejoined: [EvidenceID: EvidenceID] = [:]
    /// Parts that are empty now.
    var emptied: [EvidenceID] = []

    init() {}

    /// Takes over what was found of other evidence.
    mutating func formUnion(_ other: Partition) {
        clusters += other.clusters
        generic.formUnion(other.generic)
        moves.merge(other.moves) { first, _ in first }
        rejoined.merge(other.rejoined) { first, _ in first }
        emptied += other.emptied
    }

    /// All of it is one person's.
    init(whole evidence: [Evidence]) {
        var claims: [KeyHash: [Evidence]] = [:]
        for item in evidence { claims[item.claim, default: []].append(item) }
        let items = claims.values.map { parts in
            var sum = parts[0]
            for part in parts.dropFirst() { sum = sum.adding(part) }
            sum.part = 0
            sum.isGuarded = false
            for part in parts where part.part != 0 {
                rejoined[part.id] = EvidenceID(claim: part.claim)
                emptied.append(part.id)
            }
            return CustomerAssignment.Item(evidence: sum, previous: Self.counts(parts, \.customerID), homes: Self.counts(parts, \.homeID))
        }
        clusters = [items]
    }

    /// Claims from which on an identifier that joins nobody is taken as that without looking at all of them again.
    static let frequentClaims = 64

    /// Identifiers that join nobody, and are frequent enough to be noted. The others are looked at anew each time, so that what comes
    /// late may still change what they are.
    var frequentGeneric: Set<IdentifierKey> {
        guard !generic.isEmpty else { return [] }
        var counts: [IdentifierKey: Int] = [:]
        for item in clusters.joined() { for key in item.evidence.keys where generic.contains(key) { counts[key, default: 0] += 1 } }
        return generic.filter { counts[$0] ?? 0 > Self.frequentClaims }
    }

    /// Everything stays where it is; what belongs to nobody yet stands alone.
    init(unchanged evidence: [Evidence]) {
        var owned: [CustomerID: [CustomerAssignment.Item]] = [:]
        for var item in evidence {
            item.isGuarded = true
            let previous = Self.counts([item], \.customerID)
            let unit = CustomerAssignment.Item(evidence: item, previous: previous, homes: previous)
            if let id = item.customerID { owned[id, default: []].append(unit) } else { clusters.append([unit]) }
        }
        clusters += owned.values
    }

    /// - Parameters:
    ///   - groups: sightings of each person.
    ///   - evidence: where those sightings are now, by id.
    init(groups: [[MessageSighting]], evidence: [EvidenceID: Evidence], generic: Set<IdentifierKey>, isGuarded: (Evidence) -> Bool) {
        self.generic = generic
        var owners: [KeyHash: [Int: [MessageSighting]]] = [:]
        for (g, group) in groups.enumerated() {
            for sighting in group {
                if let item = evidence[sighting.evidenceID] { owners[item.claim, default: [:]][g, default: []].append(sighting) }
            }
        }
        clusters = [[CustomerAssignment.Item]](repeating: [], count: groups.count)
        var used = Set<EvidenceID>()
        for (_, shares) in owners {
            for (part, share) in shares.sorted(by: { $0.key < $1.key }).enumerated() {
                let (group, sightings) = share
                guard var item = sightings.first.flatMap({ evidence[$0.evidenceID] }) else { continue }
                var (previous, homes) = ([CustomerID: Int](), [CustomerID: Int]())
                for sighting in sightings {
                    if let id = evidence[sighting.evidenceID]?.customerID { previous[id, default: 0] += 1 }
                    if let id = evidence[sighting.evidenceID]?.homeID { homes[id, default: 0] += 1 }
                }
                item.part = part
                item.isGuarded = isGuarded(item)
                item.messageCount = sightings.count
                if let first = sightings.min(by: { ($0.sentAt, $0.messageID) < ($1.sentAt, $1.messageID) }) {
                    (item.firstSeen, item.firstMessageID) = (first.sentAt, first.messageID)
                }
                let moved = sightings.filter { $0.evidenceID != item.id }
                if !moved.isEmpty { moves[item.id] = moved.map(\.messageID) }
                used.insert(item.id)
                clusters[group].append(CustomerAssignment.Item(evidence: item, previous: previous, homes: homes))
            }
        }
        clusters.removeAll { $0.isEmpty }
        emptied = evidence.keys.filter { !used.contains($0) }.sorted()
    }

    private static func counts(_ parts: [Evidence], _ id: (Evidence) -> CustomerID?) -> [CustomerID: Int] {
        var counts: [CustomerID: Int] = [:]
        for part in parts { if let id = id(part) { counts[id, default: 0] += part.messageCount } }
        return counts
    }
}

extension Evidence {
    /// This evidence as one message showed it. Identifiers are named by `value`: by their
    /// hashes with a mark, so that none is taken for a number.
    func sighting(
        _ message: MessageSighting, without generic: Set<IdentifierKey>, value: (IdentifierKey) -> String = { "#" + $0.hash.text }
    ) -> Sighting {
        var sighting = Sighting(
            id: message.messageID, time: Double(message.sentAt.nanoseconds) / 1e9,
            identifiers: keys.lazy.filter { !generic.contains($0) }.map { Identifier(kind: $0.kind, value: value($0), verified: true) },
            name: about.name, town: about.town, birthDate: about.birthDate)
        sighting.isNormalized = true
        return sighting
    }
}
