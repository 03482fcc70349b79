/// Loads the evidence that hangs together with what a batch brought.
struct Neighbourhood {
    let policy: IdentityPolicy
    let transaction: any StoreTransaction
    let phones: WrittenPhones

    /// Pieces of evidence that one batch may pull in. What goes beyond waits for the next look at everything.
    static let evidenceLimit = 200_000

    private var evidence: [EvidenceID: Evidence] = [:]
    private var links = Set<IdentityLink>()
    private var generic = Set<IdentifierKey>()
    /// Claims of links' ends.
    private var ends: [String: KeyHash] = [:]

    /// - Parameter phones: numbers that are written in several ways; what is not among them meets only its like.
    init(policy: IdentityPolicy, transaction: any StoreTransaction, phones: WrittenPhones = WrittenPhones()) {
        self.policy = policy
        self.transaction = transaction
        self.phones = phones
    }

    /// - Parameter arrived: new sightings, by claim; claims on file get them added.
    mutating func components(around arrived: [KeyHash: Evidence]) throws -> [Component] {
        for item in arrived.values { evidence[item.id] = item }
        for item in try transaction.evidence(ofClaims: arrived.keys.sorted()) { take(item, arrived) }
        var seenKeys = Set<IdentifierKey>()
        var seenClaims = Set<KeyHash>()
        let hasLinks = try transaction.hasLinks()
        var frontier = Array(evidence.values)
        while !frontier.isEmpty, evidence.count < Self.evidenceLimit {
            var keys = [IdentifierKey]()
            for item in frontier {
                for key in item.keys where policy.rank(of: key.kind) != nil && seenKeys.insert(phones.number(key)).inserted {
                    keys += phones.writings(of: key)
                }
            }
            for key in try transaction.genericKeys(among: keys) { generic.formUnion(phones.writings(of: key)) }
            var found = try transaction.evidence(sharing: keys.filter { !generic.contains($0) })
            if hasLinks { found += try linked(frontier.map(\.claim).filter { seenClaims.insert($0).inserted }) }
            frontier = found.filter { evidence[$0.id] == nil }
            for item in found where evidence[item.id] == nil { take(item, arrived) }
        }
        return components()
    }

    private mutating func take(_ item: Evidence, _ arrived: [KeyHash: Evidence]) {
        if item.part == 0, let new = arrived[item.claim] { evidence[item.id] = item.adding(new) } else { evidence[item.id] = item }
    }

    /// What links lead to.
    private mutating func linked(_ claims: [KeyHash]) throws -> [Evidence] {
        let found = try transaction.links(ofClaims: claims)
        let new = found.filter { links.insert($0).inserted }
        let ids = Set(new.flatMap { [$0.first, $0.second] }).filter { ends[$0] == nil }
        guard !ids.isEmpty else { return [] }
        let owners = try transaction.evidence(ofMessages: ids.sorted())
        for (id, item) in owners { ends[id] = item.claim }
        return try transaction.evidence(ofClaims: Set(owners.values.map(\.claim)).sorted())
    }

    private func components() -> [Component] {
        let items = evidence.values.sorted { $0.id < $1.id }
        var forest = DisjointSets(count: items.count)
        var places: [IdentifierKey: Int] = [:]
        var claims: [KeyHash: Int] = [:]
        for (i, item) in items.enumerated() {
            forest.join(i, claims[item.claim] ?? i)
            claims[item.claim] = i
            for key in item.keys where policy.rank(of: key.kind) != nil && !generic.contains(key) {
                let key = phones.number(key)
                forest.join(i, places[key] ?? i)
                places[key] = i
            }
        }
        var linksOf: [Int: [IdentityLink]] = [:]
        let placed = links.compactMap { link in
            ends[link.first].flatMap { claims[$0] }.flatMap { a in ends[link.second].flatMap { claims[$0] }.map { (link, a, $0) } }
        }
        for (_, a, b) in placed { forest.join(a, b) }
        for (link, a, _) in placed { linksOf[forest.root(a), default: []].append(link) }
        return forest.groups().map { group in
            Component(
                evidence: group.map { items[Int($0)] }, links: group.first.flatMap { linksOf[Int($0)] } ?? [], generic: generic, phones: phones)
        }
    }
}
