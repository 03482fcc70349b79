/// What the ledger tells of customers whose decisions are taken back.
struct CustomerPast {
    /// Those that came out of others of them: back together, the others survive.
    var splitOff: Set<CustomerID> = []
    /// When each was last absorbed, as the number of the entry: of several ids that evidence goes back to it is the last one's.
    var absorbed: [CustomerID: Int64] = [:]

    /// - Parameter changes: of the ledger, the oldest first.
    init(of customers: Set<CustomerID> = [], changes: [(entry: Int64, change: CustomerChange)] = []) {
        for (entry, change) in changes {
            switch change {
            case .merged(_, let others, _): for id in others where customers.contains(id) { absorbed[id] = entry }
            case .split(let from, let parts): if customers.contains(from) { splitOff.formUnion(customers.intersection(parts)) }
            case .created, .erased: break
            }
        }
    }

    /// Who survives of those that are alive, given by their earliest messages.
    fileprivate func survivor(of living: [CustomerID]) -> CustomerID? { living.first { !splitOff.contains($0) } ?? living.first }

    /// Those that were absorbed last first; others as they are.
    fileprivate func latest(of ids: [CustomerID]) -> [CustomerID] {
        absorbed.isEmpty
            ? ids : ids.enumerated().sorted { (-(absorbed[$0.1] ?? 0), $0.0) < (-(absorbed[$1.1] ?? 0), $1.0) }.map(\.element)
    }
}

/// Gives people their customer ids: known ones where possible, new ones derived from content.
///
/// The oldest id survives a merge; on a split the part with most of an id's messages keeps it, and who was a customer before a
/// merge becomes that customer again. Ties are decided by what was seen first.
struct CustomerAssignment {
    /// A piece of evidence on its way to a customer, with the customers its messages belonged to.
    struct Item {
        var evidence: Evidence
        /// Messages by the customer they belong to now; and by the one they go back to.
        var previous: [CustomerID: Int]
        var homes: [CustomerID: Int]
    }

    struct Outcome {
        /// All the evidence, with its customers.
        var evidence: [Evidence] = []
        /// In the order in which they have to be recorded.
        var changes: [CustomerChange] = []
    }

    private let clusters: [[Item]]
    /// Customers that are alive here.
    private let alive: Set<CustomerID>
    private var taken: Set<CustomerID>
    /// Customers of whom there is more than these clusters show: nobody absorbs them.
    private let elsewhere: Set<CustomerID>
    private let past: CustomerPast

    init(_ clusters: [[Item]], elsewhere: Set<CustomerID> = [], past: CustomerPast = CustomerPast()) {
        self.elsewhere = elsewhere
        self.past = past
        self.clusters = clusters.map { $0.sorted { $0.evidence.precedes($1.evidence) } }.sorted { $0[0].evidence.precedes($1[0].evidence) }
        alive = Set(clusters.joined().flatMap { $0.previous.keys })
        taken = alive.union(clusters.joined().flatMap { $0.homes.keys })
    }

    /// The clusters show all there is.
    mutating func outcome() -> Outcome { outcome { _ in false } }

    /// - Parameter isInUse: whether an id that nobody here has is that of a customer these clusters do not show: nobody goes back to it, and
    ///   nobody new gets it.
    mutating func outcome(isInUse: (CustomerID) throws -> Bool) rethrows -> Outcome {
        let owners = owners(\.homes)
        var outcome = Outcome()
        var ids = [CustomerID]()
        for (c, cluster) in clusters.enumerated() {
            var owned = [CustomerID]()
            for item in cluster { for id in item.homes.keys.sorted() where owners[id] == c && !owned.contains(id) { owned.append(id) } }
            let id: CustomerID
            if let known = try past.survivor(of: owned.filter(alive.contains)) ?? past.latest(of: owned).first(where: { try !isInUse($0) }) {
                id = known
            } else {
                id = try newID(cluster[0].evidence.firstMessageID, isInUse)
                outcome.changes.append(.created(id))
            }
            ids.append(id)
            for item in cluster {
                var evidence = item.evidence
                evidence.customerID = id
                let home = item.homes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
                evidence.homeID = home.flatMap { owners[$0] == c || !owned.isEmpty ? $0 : nil } ?? id
                outcome.evidence.append(evidence)
            }
        }
        outcome.changes += changes(ids)
        return outcome
    }

    /// What became of the customers there were.
    private func changes(_ ids: [CustomerID]) -> [CustomerChange] {
        var merged: [Int: [CustomerID]] = [:]
        var parts: [CustomerID: [CustomerID]] = [:]
        let successors = owners(\.previous)
        let place = Dictionary(ids.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var holders: [CustomerID: [Int]] = [:]
        for (c, cluster) in clusters.enumerated() {
            for id in Set(cluster.lazy.flatMap(\.previous.keys)) { holders[id, default: []].append(c) }
        }
        for id in alive.sorted() {
            guard let heir = place[id] ?? successors[id] else { continue }
            let isAbsorbed = ids[heir] != id && !elsewhere.contains(id)
            if isAbsorbed { merged[heir, default: []].append(id) }
            for c in holders[id] ?? [] where isAbsorbed ? c != heir : ids[c] != id { parts[id, default: []].append(ids[c]) }
        }
        return merged.sorted { $0.key < $1.key }.map { heir, absorbed in
            .merged(survivor: ids[heir], absorbed: absorbed, key: joiningKey(clusters[heir], Set(absorbed)))
        } + parts.sorted { $0.key < $1.key }.map { .split(from: $0.key, into: $0.value) }
    }

    /// For every customer the cluster with most of its messages, of several the earliest.
    private func owners(_ counts: (Item) -> [CustomerID: Int]) -> [CustomerID: Int] {
        var sums: [CustomerID: [Int: Int]] = [:]
        for (c, cluster) in clusters.enumerated() {
            for item in cluster { for (id, n) in counts(item) { sums[id, default: [:]][c, default: 0] += n } }
        }
        return sums.compactMapValues { byCluster in byCluster.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key }
    }

    /// A key that both the absorbed and the others carry: what the merge is explained with.
    private func joiningKey(_ cluster: [Item], _ absorbed: Set<CustomerID>) -> IdentifierKey? {
        let isGone = { (item: Item) in item.previous.keys.contains(where: absorbed.contains) }
        let own = Set(cluster.filter { !isGone($0) }.flatMap(\.evidence.keys))
        for item in cluster where isGone(item) { if let key = item.evidence.keys.first(where: own.contains) { return key } }
        return nil
    }

    /// An id from the first message; the plain one may belong to somebody already, then the next is taken.
    private mutating func newID(_ firstMessageID: String, _ isInUse: (CustomerID) throws -> Bool) rethrows -> CustomerID {
        var id = CustomerID(firstMessageID: firstMessageID)
        var attempt = 1
        while try taken.contains(id) || isInUse(id) {
            id = CustomerID(firstMessageID: "\(firstMessageID)\u{1F}\(attempt)")
            attempt += 1
        }
        taken.insert(id)
        return id
    }
}
