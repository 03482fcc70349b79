/// Looks for the shortest chain of links between two sightings of one person.
struct LinkSearch {
    private let graph: ResolvedGraph
    /// Record of each sighting of the person.
    private var recordOf: [Int: Int] = [:]
    private var links: [Int: [(to: Int, basis: Basis)]] = [:]

    private enum Basis {
        case identifier(Int32, ExplainedLink.IdentifierRule)
        case alias(PersonName, PersonName)
        case mustLink
        case comparison(Int32, Int32)
    }

    /// - Parameter records: the person's.
    init(_ graph: ResolvedGraph, records: ArraySlice<Int32>) {
        self.graph = graph
        for r in records { recordOf[Int(graph.evidence.order[Int(r)])] = Int(r) }
        let inside = Set(recordOf.values)
        addIdentifiers(inside)
        for (a, b) in graph.decided where inside.contains(a) && inside.contains(b) { add(a, b, .mustLink) }
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

    /// All sightings of a group are joined to one another, so that a chain takes one step for each identifier; where a guard parted
    /// them, those that stayed together.
    private mutating func addIdentifiers(_ inside: Set<Int>) {
        let shown = Set(inside.flatMap { graph.evidence.nodesOf[$0] }.filter { graph.nodes.connects($0) })
        var part: [Int32: Int] = [:]
        for p in graph.identified.indices where graph.identified[p].first.map({ inside.contains(Int($0)) }) ?? false {
            for r in graph.identified[p] { part[r] = p }
        }
        for n in shown.sorted() {
            let isShared = graph.nodes.split(of: n) != nil
            for group in graph.nodes.groups(of: n) {
                var firsts: [Int: Int] = [:]
                for r in group {
                    guard let p = part[r] else { continue }
                    if let first = firsts[p] { add(first, Int(r), .identifier(n, rule(isShared, first, Int(r)))) } else { firsts[p] = Int(r) }
                }
            }
        }
    }

    private func rule(_ isShared: Bool, _ a: Int, _ b: Int) -> ExplainedLink.IdentifierRule {
        guard isShared else { return .onePerson }
        return graph.evidence.name[a] < 0 || graph.evidence.name[b] < 0 ? .holder : .samePerson
    }

    private mutating func addComparisons(_ inside: Set<Int>) {
        let entities = (0..<graph.entities.count).filter { graph.entities[$0].first.map { inside.contains(Int($0)) } ?? false }
        guard entities.count > 1 else { return }
        let pairs = entities.indices.flatMap { i in entities[(i + 1)...].map { RecordPair(Int32(entities[i]), Int32($0)) } }
        let weights = graph.model.score(graph.table.compare(pairs)).match
        for (pair, weight) in zip(pairs, weights) where weight > 0 {
            add(first(pair.first), first(pair.second), .comparison(pair.first, pair.second))
        }
        // Where a guard kept out the one through whom somebody belongs here, the comparison with the first is all there is.
        let reached = tree(from: first(Int32(entities[0])))
        for e in entities.dropFirst() where reached[first(Int32(e))] == nil {
            add(first(Int32(entities[0])), first(Int32(e)), .comparison(Int32(entities[0]), Int32(e)))
        }
    }

    private func first(_ entity: Int32) -> Int { Int(graph.entities[Int(entity)].first ?? 0) }

    func path(from a: Int, to b: Int) -> [ExplainedLink]? {
        guard let start = recordOf[a], let end = recordOf[b] else { return nil }
        return path(to: end, over: tree(from: start), from: start)
    }

    func paths(from a: Int) -> [Int: [ExplainedLink]] {
        guard let start = recordOf[a] else { return [:] }
        let tree = tree(from: start)
        return recordOf.filter { $0.key != a }.compactMapValues { path(to: $0, over: tree, from: start) }
    }

    /// Breadth first; among equally short chains the one whose links were found first.
    private func tree(from start: Int) -> [Int: (record: Int, basis: Basis)] {
        var before: [Int: (record: Int, basis: Basis)] = [:]
        var queue = [start]
        var next = 0
        while next < queue.count {
            let r = queue[next]
            next += 1
            for link in links[r] ?? [] where link.to != start && before[link.to] == nil {
                before[link.to] = (r, link.basis)
                queue.append(link.to)
            }
        }
        return before
    }

    private func path(to end: Int, over tree: [Int: (record: Int, basis: Basis)], from start: Int) -> [ExplainedLink]? {
        var path = [ExplainedLink]()
        var r = end
        while r != start {
            guard let step = tree[r] else { return nil }
            path.append(described(step.record, r, step.basis))
            r = step.record
        }
        return path.reversed()
    }

    private func described(_ a: Int, _ b: Int, _ basis: Basis) -> ExplainedLink {
        let evidence = graph.evidence
        let shown: ExplainedLink.Basis
        switch basis {
        case .identifier(let n, let rule): shown = .identifier(evidence.kind(of: n), value: evidence.values.text(of: n), rule: rule)
        case .mustLink: shown = .mustLink
        case .alias(let name, let person): shown = .alias(name: name.text, person: person.text)
        case .comparison(let x, let y):
            // Compared in the order in which it was decided, told in the order of the chain.
            let weight = graph.model.weight(Int(x), Int(y), graph.table)
            shown = .comparison(first(x) == a ? weight : weight.exchanged)
        }
        return ExplainedLink(from: Int(evidence.order[a]), to: Int(evidence.order[b]), basis: shown)
    }
}
