/// Gives clusters of evidence their customer ids: known ones where possible, new ones derived from content.
struct CustomerAssignment {
    /// Sorted by `Evidence.precedes`.
    var evidence: [Evidence]
    /// Indexes of `evidence`, ascending.
    let clusters: [[Int]]

    init(evidence: [Evidence], clusters: [[Int]]) {
        self.evidence = evidence
        self.clusters = clusters
    }

    func outcome() -> Resolver.Outcome {
        let owners = owningClusters()
        var result = evidence
        var changes = [CustomerChange]()
        var taken = Set(evidence.compactMap(\.customerID))
        var parts: [CustomerID: [CustomerID]] = [:]
        for (c, cluster) in clusters.enumerated() {
            // In order of first evidence: the oldest customer of the cluster comes first.
            var owned = [CustomerID]()
            var visitors = [CustomerID]()
            for i in cluster {
                guard let id = evidence[i].customerID else { continue }
                if owners[id] == c { if !owned.contains(id) { owned.append(id) } } else if !visitors.contains(id) { visitors.append(id) }
            }
            let id: CustomerID
            if let survivor = owned.first {
                id = survivor
                let absorbed = Array(owned.dropFirst())
                if !absorbed.isEmpty { changes.append(.merged(survivor: survivor, absorbed: absorbed, key: joiningKey(cluster, survivor))) }
            } else {
                id = newID(evidence[cluster[0]].firstMessageID, taken: &taken)
                changes.append(.created(id))
            }
            for from in visitors { parts[from, default: []].append(id) }
            for i in cluster { result[i].customerID = id }
        }
        for (from, into) in parts.sorted(by: { $0.key < $1.key }) { changes.append(.split(from: from, into: into)) }
        return .init(evidence: result, changes: changes)
    }

    /// For every known customer, the cluster that keeps its id: the one with most of its messages, then the earliest.
    private func owningClusters() -> [CustomerID: Int] {
        var counts: [CustomerID: [Int: Int]] = [:]
        for (c, cluster) in clusters.enumerated() {
            for i in cluster { if let id = evidence[i].customerID { counts[id, default: [:]][c, default: 0] += evidence[i].messageCount } }
        }
        return counts.mapValues { byCluster in
            byCluster.max { a, b in a.value != b.value ? a.value < b.value : a.key > b.key }?.key ?? 0
        }
    }

    /// The key of the highest evidence that both the survivor and an absorbed customer carry: what the merge is explained with.
    private func joiningKey(_ cluster: [Int], _ survivor: CustomerID) -> IdentifierKey? {
        let own = Set(cluster.filter { evidence[$0].customerID == survivor }.flatMap { evidence[$0].keys })
        for i in cluster where evidence[i].customerID != survivor {
            if let key = evidence[i].keys.first(where: own.contains) { return key }
        }
        return nil
    }

    /// An id from the first message; after a split the plain one may belong to the larger part, then the next is taken.
    private func newID(_ firstMessageID: String, taken: inout Set<CustomerID>) -> CustomerID {
        var id = CustomerID(firstMessageID: firstMessageID)
        var attempt = 1
        while taken.contains(id) {
            id = CustomerID(firstMessageID: "\(firstMessageID)\u{1F}\(attempt)")
            attempt += 1
        }
        taken.insert(id)
        return id
    }
}
