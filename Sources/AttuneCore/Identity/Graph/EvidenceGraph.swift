/// Partitions sightings into people: a pure function of the set of sightings, whatever their order.
public struct EvidenceGraph: Sendable {
    public var policy: IdentityPolicy

    public init(policy: IdentityPolicy = .standard) { self.policy = policy }

    /// People as lists of places among the sightings; in each the earliest sighting comes first, and people come by their earliest.
    public func clusters(_ sightings: [Sighting], links: [IdentityLink] = []) -> [[Int]] { resolved(sightings, links: links).clusters }

    /// The people with everything the decision was made of, for explanations and look-ups.
    public func resolved(_ sightings: [Sighting], links: [IdentityLink] = []) -> ResolvedGraph { resolved(EvidenceLog(sightings), links: links) }

    public func resolved(_ log: EvidenceLog, links: [IdentityLink] = []) -> ResolvedGraph {
        let evidence = PreparedEvidence(log, policy: policy)
        let nodes = SplitNodes(evidence, nicknames: .standard, policy: policy)
        let placed = PlacedLinks(links, log, evidence)
        var sets = identified(evidence, nodes, placed)
        let identified = sets.groups()
        let aliases = AliasRule(evidence: evidence, nodes: nodes, groups: identified).joins().filter { sets.join($0.alias, $0.person) }
        let groups = aliases.isEmpty ? identified : sets.groups()
        let entities = EntityTable(groups, evidence: evidence, nodes: nodes)
        let table = RecordTable(columns: entities.columns, count: groups.count, nicknames: .standard)
        let outcome = Linkage(table: table).resolve(sizes: (0..<groups.count).map { groups.size($0) })
        for cluster in outcome.clusters {
            for e in cluster.dropFirst() { sets.join(Int(groups[cluster[0]].first ?? 0), Int(groups[e].first ?? 0)) }
        }
        let settled = settle(&sets, evidence, nodes)
        return ResolvedGraph(
            people: sets.groups(), evidence: evidence, nodes: nodes, identified: identified, entities: groups, table: outcome.table,
            model: outcome.model, decided: placed.must, aliases: aliases, settled: settled)
    }

    /// What was found, and how.
    struct Resolution {
        /// Places among the sightings, by person.
        var groups: [[Int]]
        /// Those that identifiers and decisions alone join.
        var identified: [[Int]] = []
        /// Identifiers that turned out to join nobody.
        var generic: Set<Identifier> = []
        var compared: Compared?
    }

    /// The people that identifiers make out, and how alike they are otherwise.
    struct Compared {
        /// Row of the table, by sighting.
        var person: [Int32]
        var table: RecordTable
        var model: MatchModel
    }

    /// The people as a store works with them.
    func resolve(_ sightings: [Sighting], links: [IdentityLink] = []) -> Resolution {
        let graph = resolved(sightings, links: links)
        return Resolution(
            groups: graph.clusters, identified: graph.places(graph.identified), generic: graph.nodes.generic,
            compared: Compared(person: graph.owners(graph.entities), table: graph.table, model: graph.model))
    }

    /// What identifiers, decisions and links found before join: a function of each part that hangs together alone, which is what a
    /// store works with between two looks at everything.
    func identified(_ sightings: [Sighting], links: [IdentityLink]) -> Resolution {
        let log = EvidenceLog(sightings)
        let evidence = PreparedEvidence(log, policy: policy)
        let nodes = SplitNodes(evidence, nicknames: .standard, policy: policy)
        let placed = PlacedLinks(links, log, evidence)
        var sets = identified(evidence, nodes, placed)
        for (a, b) in placed.probable { sets.join(a, b) }
        return Resolution(groups: evidence.places(sets.groups()), generic: nodes.generic)
    }

    /// Identifiers join freely where no guard fires; a part in which one does is put together again, the strongest first.
    private func identified(_ evidence: PreparedEvidence, _ nodes: SplitNodes, _ links: PlacedLinks) -> GuardedSets {
        var free = DisjointSets(count: evidence.count)
        for (a, b) in links.must { free.join(a, b) }
        for n in 0..<Int32(evidence.values.count) where nodes.connects(n) {
            for group in nodes.groups(of: n) { free.join(group) }
        }
        var guards = Guards(evidence, nodes, policy: policy, apart: links.apart)
        let parts = free.groups()
        let doubtful = parts.indices.filter { !guards.areFree(parts[$0]) }
        var sets = GuardedSets(free, parts, doubtful: doubtful, guards: guards)
        if !doubtful.isEmpty { joinByPriority(Set(doubtful.flatMap { parts[$0] }), &sets, evidence, nodes, links) }
        return sets
    }

    private func joinByPriority(
        _ records: Set<Int32>, _ sets: inout GuardedSets, _ evidence: PreparedEvidence, _ nodes: SplitNodes, _ links: PlacedLinks
    ) {
        for (a, b) in links.must where records.contains(Int32(a)) { sets.join(a, b, isDecided: true) }
        let shown = Set(records.flatMap { evidence.nodesOf[Int($0)] }).filter { nodes.connects($0) }
        let order = shown.map { (rank: nodes.rank($0), first: evidence.recordsOf[Int($0)].first ?? 0, node: $0) }.sorted {
            ($0.rank, $0.first) != ($1.rank, $1.first)
                ? ($0.rank, $0.first) < ($1.rank, $1.first) : evidence.values.precedes($0.node, $1.node)
        }
        for item in order {
            for group in nodes.groups(of: item.node) where !sets.guards.isShared(group, rank: item.rank) {
                if let first = group.first { for r in group.dropFirst() { sets.join(Int(first), Int(r)) } }
            }
        }
    }

    /// Sightings that an identifier left open between names that turned out to be one person's.
    private func settle(_ sets: inout GuardedSets, _ evidence: PreparedEvidence, _ nodes: SplitNodes) -> [ResolvedGraph.Settled] {
        var owners: [Int32: (roots: Set<Int>, node: Int32)] = [:]
        for (n, split) in nodes.several where !split.open.isEmpty && nodes.connects(n) {
            let roots = Set(split.groups.compactMap(\.first).map { sets.root(Int($0)) })
            for r in split.open { owners[r] = (owners[r]?.roots.intersection(roots) ?? roots, owners[r]?.node ?? n) }
        }
        var settled = [ResolvedGraph.Settled]()
        for (r, owner) in owners.sorted(by: { $0.key < $1.key }) {
            guard owner.roots.count == 1, let root = owner.roots.first else { continue }
            let witness = nodes.groups(of: owner.node).lazy.compactMap(\.first).first { sets.root(Int($0)) == root }
            if let witness { settled.append(.init(record: Int(r), node: owner.node, to: Int(witness))) }
        }
        settled = settled.filter { sets.root($0.record) == $0.record && isLone($0.record, evidence, nodes) }
        return settled.filter { sets.join($0.record, $0.to) }
    }

    /// Nothing else speaks for somebody else.
    private func isLone(_ r: Int, _ evidence: PreparedEvidence, _ nodes: SplitNodes) -> Bool {
        evidence.nodesOf[r].allSatisfy { n in !nodes.joins(n) || nodes.split(of: n)?.open.contains(Int32(r)) ?? false }
    }
}
