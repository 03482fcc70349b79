/// Looks for the shortest chain of links between two sightings of one person.
struct LinkSearch {
    private let graph: ResolvedGraph
    /// Record of each sighting of the person.
    private let recordOf: [Int: Int]
    private var links: [Int: [(to: Int, basis: Basis)]] = [:]

    private enum Basis {
        case identifier(Int32, IdentityLink.IdentifierRule)
        case alias(PersonName, PersonName)
        case comparison(Int, Int)
    }

    /// - Parameter members: places of the person's sightings.
    init(_ graph: ResolvedGraph, members: [Int]) {
        self.graph = graph
        let records = Set(members)
        recordOf = Dictionary(
            uniqueKeysWithValues: graph.evidence.order.enumerated().lazy.filter { records.contains($0.element) }.map { ($0.element, $0.offset) })
        let inside = Set(recordOf.values)
        addIdentifiers(inside)
        for join in graph.aliases where inside.contains(join.alias) { add(join.alias, join.person, .alias(join.name, join.personName)) }
        for settled in graph.settled where inside.contains(settled.record) {
            add(settled.record, settled.to, .identifier(settled.node, .settled))
        }
        addComparisons(inside)
    }

    private mutating func add(_ a: Int, _ b: Int, _ basis: Basis) {
        links[a, default: []].append((b, basis))
        links[b, default: []].append((a, basis))
    }

    /// All sightings of a group are joined to one another, so that a chain takes one step for each identifier.
    private mutating func addIdentifiers(_ inside: Set<Int>) {
        let shown = Set(inside.flatMap { graph.evidence.records[$0].nodes }.filter { graph.nodes.joins($0) })
        for n in shown.sorted() {
            let node = graph.nodes.nodes[Int(n)]
            for group in node.groups where group.first.map({ inside.contains(Int($0)) }) ?? false {
                for r in group.dropFirst() { add(Int(group[0]), Int(r), .identifier(n, rule(node, Int(group[0]), Int(r)))) }
            }
        }
    }

    private func rule(_ node: SplitNodes.Node, _ a: Int, _ b: Int) -> IdentityLink.IdentifierRule {
        if node.groups.count == 1 { return .onePerson }
        return graph.evidence.records[a].name < 0 || graph.evidence.records[b].name < 0 ? .holder : .samePerson
    }

    private mutating func addComparisons(_ inside: Set<Int>) {
        let entities = graph.entities.indices.filter { graph.entities[$0].first.map(inside.contains) ?? false }
        guard entities.count > 1 else { return }
        let pairs = entities.indices.flatMap { i in entities[(i + 1)...].map { (Int32(entities[i]), Int32($0)) } }
        let weights = graph.model.score(graph.table.compare(pairs)).match
        for (pair, weight) in zip(pairs, weights) where weight > 0 {
            let (x, y) = (Int(pair.0), Int(pair.1))
            add(graph.entities[x][0], graph.entities[y][0], .comparison(x, y))
        }
    }

    /// Breadth first; among equally short chains the one whose links were found first.
    func path(from a: Int, to b: Int) -> [IdentityLink]? {
        guard let start = recordOf[a], let end = recordOf[b] else { return nil }
        var before: [Int: (record: Int, basis: Basis)] = [:]
        var queue = [start]
        var next = 0
        while next < queue.count, before[end] == nil {
            let r = queue[next]
            next += 1
            for link in links[r] ?? [] where link.to != start && before[link.to] == nil {
                before[link.to] = (r, link.basis)
                queue.append(link.to)
            }
        }
        var path = [IdentityLink]()
        var r = end
        while r != start {
            guard let step = before[r] else { return nil }
            path.append(described(step.record, r, step.basis))
            r = step.record
        }
        return path.reversed()
    }

    private func described(_ a: Int, _ b: Int, _ basis: Basis) -> IdentityLink {
        let evidence = graph.evidence
        let shown: IdentityLink.Basis
        switch basis {
        case .identifier(let n, let rule): shown = .identifier(evidence.nodes[Int(n)].kind, value: evidence.nodes[Int(n)].value, rule: rule)
        case .alias(let name, let person): shown = .alias(name: name.text, person: person.text)
        case .comparison(let x, let y):
            // Compared in the order in which it was decided, told in the order of the chain.
            let weight = graph.model.weight(x, y, graph.table)
            shown = .comparison(graph.entities[x][0] == a ? weight : weight.exchanged)
        }
        return IdentityLink(from: evidence.order[a], to: evidence.order[b], basis: shown)
    }
}
