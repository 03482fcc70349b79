/// What identifiers, decisions and aliases make out.
struct IdentifiedEvidence {
    var evidence: PreparedEvidence
    var nodes: SplitNodes
    let placed: PlacedLinks
    var guards: Guards
    /// Records by what identifiers alone join, and decisions that come before them.
    var identified: Lists
    /// Records by what aliases join as well.
    let groups: Lists
    let aliases: [ResolvedGraph.Alias]
}

/// The people that identifiers make out, as far as comparing and joining them needs: single sightings are left behind.
struct Entities {
    let count: Int
    /// Records of each; nobody's once they were taken.
    private(set) var groups: Lists
    /// Place of each record among the sightings as given.
    private var order: [Int32]
    let table: RecordTable
    private let guards: Guards
    private let questions: [Question]
    /// Pairs that somebody decided to put together.
    private let decided: [(Int, Int)]

    /// An identifier that left sightings open between the names it shows.
    private struct Question {
        var node: Int32
        /// First record of each of its groups, and of the sightings left open those for which nothing else speaks.
        var holders: [Place] = []
        var open: [Place] = []
    }

    private struct Place {
        var record: Int32
        var entity: Int32
    }

    /// - Parameter keepsValues: identifiers can be shown in explanations.
    init(_ found: consuming IdentifiedEvidence, keepsValues: Bool) {
        questions = Self.questions(found)
        decided = Self.decided(found)
        groups = found.groups
        count = groups.count
        order = found.evidence.order
        if !keepsValues {
            found.evidence.releaseRecords()
            found.nodes.releaseRecords()
            found.identified = Lists()
        }
        guards = found.guards.grouped(found.groups)
        found.guards = guards
        let numbers = EntityColumns.identifiers(groups, found.evidence, found.nodes, keepsValues: keepsValues)
        if !keepsValues { found.evidence.releaseIdentifiers() }
        let columns = (EntityColumns.names(groups, found.evidence) + numbers).filter { $0.distinct > 1 }
        table = RecordTable(columns: columns, count: count, nicknames: .standard)
    }

    /// The sightings of each by their places as given, the earliest first, in the memory of the records, which are given up.
    mutating func takePlaces() -> Lists {
        var places = Lists()
        swap(&places, &groups)
        places.mapItems { order[Int($0)] }
        order = []
        return places
    }

    /// Records by group of these people.
    func records(_ people: Lists) -> Lists {
        var person = [Int32](repeating: 0, count: order.count)
        for p in 0..<people.count { for e in people[p] { for r in groups[Int(e)] { person[Int(r)] = Int32(p) } } }
        return Lists(count: people.count) { put in for (r, p) in person.enumerated() { put(p, Int32(r)) } }
    }

    /// Joins those whom a comparison found to be one, as far as the guards let it; then sightings that an identifier had left open between
    /// names that turned out to be one person's.
    ///
    /// `unmerged` are the groups before what somebody decided put some together; nil where nothing does.
    func joined(_ clusters: [[Int]]) -> (groups: Lists, settled: [ResolvedGraph.Settled], unmerged: Lists?) {
        var sets = GuardedSets(count: count, guards: guards)
        for (a, b) in contested(clusters) { sets.join(a, b, isDecided: true) }
        for cluster in clusters { for e in cluster.dropFirst() { sets.join(cluster[0], e) } }
        var owners: [Int32: (roots: Set<Int>, question: Int)] = [:]
        for (q, question) in questions.enumerated() {
            let roots = Set(question.holders.map { sets.root(Int($0.entity)) })
            for place in question.open {
                owners[place.record] = (owners[place.record]?.roots.intersection(roots) ?? roots, owners[place.record]?.question ?? q)
            }
        }
        var joins = [(settled: ResolvedGraph.Settled, entity: Int, other: Int)]()
        for (record, owner) in owners.sorted(by: { $0.key < $1.key }) where owner.roots.count == 1 {
            let question = questions[owner.question]
            guard let own = question.open.first(where: { $0.record == record }), sets.root(Int(own.entity)) == Int(own.entity),
                let witness = question.holders.first(where: { owner.roots.contains(sets.root(Int($0.entity))) })
            else { continue }
            let settled = ResolvedGraph.Settled(record: Int(record), node: question.node, to: Int(witness.record))
            joins.append((settled, Int(own.entity), Int(witness.entity)))
        }
        let settled = joins.filter { sets.join($0.entity, $0.other) }.map(\.settled)
        let unmerged = decided.isEmpty ? nil : sets.groups()
        for (a, b) in decided { sets.join(a, b, isDecided: true) }
        return (sets.finish(), settled, unmerged)
    }

    private func contested(_ clusters: [[Int]]) -> [(Int, Int)] {
        guard !decided.isEmpty else { return [] }
        var all = DisjointSets(count: count)
        for cluster in clusters { for e in cluster.dropFirst() { all.join(cluster[0], e) } }
        return guards.contested(decided, all)
    }

    private static func decided(_ found: IdentifiedEvidence) -> [(Int, Int)] {
        guard !found.placed.must.isEmpty else { return [] }
        let entityOf = entities(found)
        return found.placed.must.map { (Int(entityOf[$0.0]), Int(entityOf[$0.1])) }.filter { $0.0 != $0.1 }
    }

    /// The entity of each record.
    private static func entities(_ found: IdentifiedEvidence) -> [Int32] {
        var entityOf = [Int32](repeating: 0, count: found.evidence.count)
        for e in 0..<found.groups.count { for r in found.groups[e] { entityOf[Int(r)] = Int32(e) } }
        return entityOf
    }

    private static func questions(_ found: IdentifiedEvidence) -> [Question] {
        let open = found.nodes.several.filter { !$0.split.open.isEmpty && found.nodes.connects($0.node) }
        if open.isEmpty { return [] }
        let entityOf = entities(found)
        return open.map { node, split in
            let holders = split.groups.compactMap(\.first).map { Place(record: $0, entity: entityOf[Int($0)]) }
            // Of others the person is known.
            let alone = split.open.filter { found.groups[Int(entityOf[Int($0)])].first == $0 && isLone($0, found) }
            return Question(node: node, holders: holders, open: alone.map { Place(record: $0, entity: entityOf[Int($0)]) })
        }
    }

    /// Nothing else speaks for somebody else.
    private static func isLone(_ r: Int32, _ found: IdentifiedEvidence) -> Bool {
        found.evidence.nodesOf[Int(r)].allSatisfy { n in
            !found.nodes.joins(n) || found.nodes.split(of: n)?.open.contains(r) ?? false
        }
    }
}
