/// Partitions sightings into people: a pure function of the set of sightings, whatever their order.
public struct EvidenceGraph: Sendable {
    public var policy: IdentityPolicy

    public init(policy: IdentityPolicy = .standard) { self.policy = policy }

    /// People as lists of places among the sightings; in each the earliest sighting comes first, and people come by their earliest.
    public func clusters(_ sightings: [Sighting]) -> [[Int]] { clusters(sightings, clamp: 16) }

    func clusters(
        _ sightings: [Sighting], stage: Int = 9, clamp: Double = 16, threshold: Double = 0, report: ((String) -> Void)? = nil
    ) -> [[Int]] {
        let evidence = PreparedEvidence(sightings, policy: policy)
        let nodes = SplitNodes(evidence, nicknames: .standard, policy: policy)
        var forest = DisjointSets(count: sightings.count)
        for join in nodes.joins where policy.rank(of: evidence.nodes[Int(join.node)].kind) != nil || stage == 2 {
            for r in join.records.dropFirst() { forest.join(Int(join.records[0]), Int(r)) }
        }
        var groups = forest.groups()
        if stage >= 3 {
            let entities = EntityTable(groups, evidence: evidence, nodes: nodes)
            let table = RecordTable(columns: entities.columns, count: groups.count, nicknames: .standard)
            let outcome = Linkage(table: table).resolve(clustering: AverageClustering(clamp: clamp, threshold: threshold))
            report?(outcome.model.text(entities.columns))
            groups = outcome.clusters.map { $0.flatMap { groups[$0] }.sorted() }
        }
        return groups.map { $0.map { evidence.order[$0] } }
    }
}
