/// Partitions sightings into people: a pure function of the set of sightings, whatever their order.
public struct EvidenceGraph: Sendable {
    public var policy: IdentityPolicy

    public init(policy: IdentityPolicy = .standard) { self.policy = policy }

    /// People as lists of places among the sightings; in each the earliest sighting comes first, and people come by their earliest.
    public func clusters(_ sightings: [Sighting], links: [IdentityLink] = []) -> [[Int]] { resolve(sightings, links: links).groups }

    /// What was found, and how.
    struct Resolution {
        /// Places among the sightings, by person.
        var groups: [[Int]]
        /// Those that identifiers and decisions alone join.
        var identified: [[Int]] = []
        /// Identifiers that turned out to join nobody.
        var generic: Set<Identifier> = []
        var compared: Compared?
        /// What was learned, for people to read.
        var model: String { compared.map { $0.model.text($0.table.columns) } ?? "" }
    }

    /// The people that identifiers make out, and how alike they are otherwise.
    struct Compared {
        /// Row of the table, by sighting.
        var person: [Int32]
        var table: RecordTable
        var model: MatchModel
    }

    /// The people, and what was learned to find them.
    func resolve(_ sightings: [Sighting], links: [IdentityLink] = []) -> Resolution {
        let evidence = PreparedEvidence(sightings, policy: policy)
        let nodes = SplitNodes(evidence, nicknames: .standard, policy: policy)
        var sets = identified(evidence, nodes, PlacedLinks(links, sightings, evidence))
        let identified = sets.groups()
        let joins = AliasRule(evidence: evidence, nodes: nodes, groups: identified).joins()
        for join in joins { sets.join(join.alias, join.person) }
        let groups = sets.groups()
        let entities = EntityTable(groups, evidence: evidence, nodes: nodes)
        let table = RecordTable(columns: entities.columns, count: groups.count, nicknames: .standard)
        let outcome = Linkage(table: table).resolve(sizes: groups.map(\.count))
        for cluster in outcome.clusters { for e in cluster.dropFirst() { sets.join(groups[cluster[0]][0], groups[e][0]) } }
        settle(&sets, evidence, nodes)
        let places = { (groups: [[Int]]) in groups.map { $0.map { evidence.order[$0] } } }
        var person = [Int32](repeating: 0, count: sightings.count)
        for (p, group) in groups.enumerated() { for r in group { person[evidence.order[r]] = Int32(p) } }
        return Resolution(
            groups: places(sets.groups()), identified: places(identified), generic: nodes.generic,
            compared: Compared(person: person, table: table, model: outcome.model))
    }

    /// What identifiers, decisions and links found before join: a function of each part that hangs together alone, which is what a
    /// store works with between two looks at everything.
    func identified(_ sightings: [Sighting], links: [IdentityLink]) -> Resolution {
        let evidence = PreparedEvidence(sightings, policy: policy)
        let nodes = SplitNodes(evidence, nicknames: .standard, policy: policy)
        let placed = PlacedLinks(links, sightings, evidence)
        var sets = identified(evidence, nodes, placed)
        for (a, b) in placed.probable { sets.join(a, b) }
        return Resolution(groups: sets.groups().map { $0.map { evidence.order[$0] } }, generic: nodes.generic)
    }

    /// Identifiers join freely where no guard fires; a part in which one does is put together again, the strongest first.
    private func identified(_ evidence: PreparedEvidence, _ nodes: SplitNodes, _ links: PlacedLinks) -> GuardedSets {
        var free = DisjointSets(count: evidence.records.count)
        for (a, b) in links.must { free.join(a, b) }
        for (n, node) in nodes.nodes.enumerated() where policy.rank(of: evidence.nodes[n].kind) != nil {
            for group in node.groups { for r in group.dropFirst() { free.join(Int(group[0]), Int(r)) } }
        }
        var sets = GuardedSets(count: evidence.records.count, guards: Guards(evidence, nodes, policy: policy, apart: links.apart))
        var doubtful = Set<Int>()
        for group in free.groups() { if sets.guards.areFree(group) { sets.place(group) } else { doubtful.formUnion(group) } }
        if !doubtful.isEmpty { joinByPriority(doubtful, &sets, evidence, nodes, links) }
        return sets
    }

    private func joinByPriority(
        _ records: Set<Int>, _ sets: inout GuardedSets, _ evidence: PreparedEvidence, _ nodes: SplitNodes, _ links: PlacedLinks
    ) {
        for (a, b) in links.must where records.contains(a) { sets.join(a, b, isDecided: true) }
        var order = [(rank: Int, first: Int32, value: String, node: Int)]()
        for n in Set(records.flatMap { evidence.records[$0].nodes }) {
            let node = evidence.nodes[Int(n)]
            guard let rank = policy.rank(of: node.kind), let first = node.records.first else { continue }
            order.append((rank, first, node.value, Int(n)))
        }
        for item in order.sorted(by: { ($0.rank, $0.first, $0.value) < ($1.rank, $1.first, $1.value) }) {
            for group in nodes.nodes[item.node].groups where !sets.guards.isShared(group) {
                for r in group.dropFirst() { sets.join(Int(group[0]), Int(r)) }
            }
        }
    }

    /// Sightings that an identifier left open between names that turned out to be one person's.
    private func settle(_ sets: inout GuardedSets, _ evidence: PreparedEvidence, _ nodes: SplitNodes) {
        var owners: [Int32: Set<Int>] = [:]
        for (n, node) in nodes.nodes.enumerated() where !node.open.isEmpty && policy.rank(of: evidence.nodes[n].kind) != nil {
            let roots = Set(node.groups.compactMap(\.first).map { sets.root(Int($0)) })
            for r in node.open { owners[r] = owners[r]?.intersection(roots) ?? roots }
        }
        var joins = [(Int, Int)]()
        for (r, roots) in owners.sorted(by: { $0.key < $1.key }) { if roots.count == 1, let root = roots.first { joins.append((Int(r), root)) } }
        for (r, root) in joins where sets.root(r) == r && isLone(r, evidence, nodes) { sets.join(r, root) }
    }

    /// Nothing else speaks for somebody else.
    private func isLone(_ r: Int, _ evidence: PreparedEvidence, _ nodes: SplitNodes) -> Bool {
        evidence.records[r].nodes.allSatisfy { n in !nodes.joins(n) || nodes.nodes[Int(n)].open.contains(Int32(r)) }
    }
}
