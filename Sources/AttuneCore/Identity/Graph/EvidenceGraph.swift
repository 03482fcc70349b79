/// Partitions sightings into people: a pure function of the set of sightings, whatever their order.
public struct EvidenceGraph: Sendable {
    public var policy: IdentityPolicy

    public init(policy: IdentityPolicy = .standard) { self.policy = policy }

    /// People as lists of places among the sightings; in each the earliest sighting comes first, and people come by their earliest.
    public func clusters(_ sightings: [Sighting], links: [IdentityLink] = []) -> [[Int]] { resolved(sightings, links: links).clusters }

    /// The people with everything the decision was made of, for explanations and look-ups.
    public func resolved(_ sightings: [Sighting], links: [IdentityLink] = []) -> ResolvedGraph { resolved(EvidenceLog(sightings), links: links) }

    public func resolved(_ log: consuming EvidenceLog, links: [IdentityLink] = []) -> ResolvedGraph {
        let found = identified(log, links: links, keepsSteps: true)
        let entities = Entities(found, keepsValues: true)
        let outcome = Linkage(table: entities.table).resolve { entities.groups.sizes }
        let people = entities.joined(outcome.clusters)
        return ResolvedGraph(
            people: entities.records(people.groups), evidence: found.evidence, nodes: found.nodes, identified: found.identified,
            entities: found.groups, table: outcome.table, model: outcome.model, decided: found.placed.must, aliases: found.aliases,
            settled: people.settled, unmerged: people.unmerged.map(entities.records))
    }

    /// The people alone, in a fraction of the memory: nothing is kept to prove a link by.
    ///
    /// - Parameter log: given up, piece by piece; a caller that keeps it as well keeps its memory.
    public func people(_ log: consuming EvidenceLog, links: [IdentityLink] = []) -> ResolvedPeople {
        var entities = entities(log, links: links)
        let places = entities.takePlaces()
        let outcome = Linkage(table: entities.table).resolve { places.sizes }
        return ResolvedPeople(places, entities.joined(outcome.clusters).groups, outcome)
    }

    /// In a function of its own, so that what was found about single sightings is given up before people are compared.
    private func entities(_ log: consuming EvidenceLog, links: [IdentityLink]) -> Entities {
        Entities(identified(log, links: links, keepsSteps: false), keepsValues: false)
    }

    /// - Parameter keepsSteps: somebody will ask what the identifiers are, and who was made out before aliases joined.
    private func identified(_ log: consuming EvidenceLog, links: [IdentityLink], keepsSteps: Bool) -> IdentifiedEvidence {
        let ids = log.ids
        let evidence = PreparedEvidence(log, policy: policy, keepsValues: keepsSteps)
        let nodes = SplitNodes(evidence, nicknames: .standard, policy: policy)
        let placed = PlacedLinks(links, ids, evidence)
        var sets = identified(evidence, nodes, placed)
        var identified = sets.groups()
        let aliases = AliasRule(evidence: evidence, nodes: nodes, groups: identified).joins().filter { sets.join($0.alias, $0.person) }
        let guards = sets.guards
        if !keepsSteps { identified = Lists() }
        let groups = sets.finish()
        return IdentifiedEvidence(
            evidence: evidence, nodes: nodes, placed: placed, guards: guards, identified: identified, groups: groups, aliases: aliases)
    }

    /// What was found, and how.
    struct Resolution {
        /// Places among the sightings, by person.
        var groups: [[Int]]
        /// Those that identifiers alone join, and decisions that come before them.
        var identified: [[Int]] = []
        /// As `groups`, but for the decisions that come last.
        var unmerged: [[Int]] = []
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
            groups: graph.clusters, identified: graph.places(graph.identified), unmerged: graph.places(graph.unmerged ?? graph.people),
            generic: graph.nodes.generic(graph.evidence),
            compared: Compared(person: graph.owners(graph.entities), table: graph.table, model: graph.model))
    }

    /// What identifiers, decisions and links found before join: a function of each part that hangs together alone, which is what a
    /// store works with between two looks at everything.
    func identified(_ sightings: [Sighting], links: [IdentityLink]) -> Resolution {
        let log = EvidenceLog(sightings)
        let ids = log.ids
        let evidence = PreparedEvidence(log, policy: policy)
        let nodes = SplitNodes(evidence, nicknames: .standard, policy: policy)
        let placed = PlacedLinks(links, ids, evidence)
        var sets = identified(evidence, nodes, placed)
        var all = sets.joined
        for (a, b) in placed.probable { all.join(a, b) }
        for (a, b) in sets.guards.contested(placed.must, all) { sets.join(a, b, isDecided: true) }
        for (a, b) in placed.probable { sets.join(a, b) }
        for (a, b) in placed.must { sets.join(a, b, isDecided: true) }
        return Resolution(groups: evidence.places(sets.finish()), generic: nodes.generic(evidence))
    }

    /// Identifiers join freely where no guard fires; a part in which one does is put together again, the strongest first. Of what somebody
    /// decided to put together only the contested is.
    private func identified(_ evidence: PreparedEvidence, _ nodes: SplitNodes, _ links: PlacedLinks) -> GuardedSets {
        var free = DisjointSets(count: evidence.count)
        for n in evidence.kindOf.indices.lazy.map(Int32.init) where nodes.connects(n) {
            for group in nodes.groups(of: n) { free.join(group) }
        }
        var guards = Guards(evidence, nodes, policy: policy, apart: links.apart)
        let contested = guards.contested(links.must, free)
        for (a, b) in contested { free.join(a, b) }
        let parts = free.groups()
        let doubtful = parts.indices.filter { !guards.areFree(parts[$0]) }
        var sets = GuardedSets(consume free, parts, doubtful: doubtful, guards: guards)
        if !doubtful.isEmpty { joinByPriority(Set(doubtful.flatMap { parts[$0] }), &sets, evidence, nodes, contested) }
        return sets
    }

    private func joinByPriority(
        _ records: Set<Int32>, _ sets: inout GuardedSets, _ evidence: PreparedEvidence, _ nodes: SplitNodes, _ contested: [(Int, Int)]
    ) {
        for (a, b) in contested where records.contains(Int32(a)) { sets.join(a, b, isDecided: true) }
        let shown = Set(records.flatMap { evidence.nodesOf[Int($0)] }).filter { nodes.connects($0) }
        let order = shown.map { (rank: nodes.rank($0), first: evidence.recordsOf[Int($0)].first ?? 0, node: $0) }.sorted {
            ($0.rank, $0.first) != ($1.rank, $1.first)
                ? ($0.rank, $0.first) < ($1.rank, $1.first) : evidence.precedes($0.node, $1.node)
        }
        for item in order {
            for group in nodes.groups(of: item.node) where !sets.guards.isShared(group, rank: item.rank) {
                if let first = group.first { for r in group.dropFirst() { sets.join(Int(first), Int(r)) } }
            }
        }
    }
}
