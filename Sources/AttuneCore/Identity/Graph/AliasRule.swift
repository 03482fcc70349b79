/// Finds names that are another name of somebody known, out of the evidence alone.
///
/// Polly Piazza is only ever seen on identifiers of Paul Piazza: an account, or at least two addresses and numbers. A relative would
/// have something of their own somewhere. Nicknames that no table knows, new names after a wedding and changed names join this way.
struct AliasRule {
    private let evidence: PreparedEvidence
    private let nodes: SplitNodes
    /// Records of each person so far.
    private let groups: Lists
    /// Group of each record.
    private let owner: [Int32]

    init(evidence: PreparedEvidence, nodes: SplitNodes, groups: Lists) {
        self.evidence = evidence
        self.nodes = nodes
        self.groups = groups
        var owner = [Int32](repeating: 0, count: evidence.count)
        for g in 0..<groups.count { for i in groups.range(g) { owner[Int(groups.items[i])] = Int32(g) } }
        self.owner = owner
    }

    /// First records of pairs of groups that are one person, in ascending order of the alias.
    func joins() -> [ResolvedGraph.Alias] {
        var candidates = [(alias: Int, name: Int32, person: Int, own: Set<Int32>)]()
        for g in 0..<groups.count {
            guard let own = sharedNodes(g), let name = leadingName(g), let person = holder(of: own, than: g), isPersonal(own),
                let other = leadingName(person),
                NameRelation.part(evidence.name(at: name).surname, evidence.name(at: other).surname, nil) <= .missing
            else { continue }
            candidates.append((g, name, person, own))
        }
        let namesakes = namesakes(Set(candidates.map(\.name)))
        return candidates.compactMap { candidate in
            let known = nodesOf(candidate.person)
            // Somebody of that name who has identifiers of their own is a person, not a name.
            let isIndependent = (namesakes[candidate.name] ?? []).contains { !nodesOf($0).isSubset(of: known) }
            guard !isIndependent, let other = leadingName(candidate.person) else { return nil }
            return .init(
                alias: Int(groups[candidate.alias].first ?? 0), person: Int(groups[candidate.person].first ?? 0),
                name: evidence.name(at: candidate.name), personName: evidence.name(at: other))
        }
    }

    private func nodesOf(_ g: Int) -> Set<Int32> {
        var own = Set<Int32>()
        for r in groups[g] { for n in evidence.nodesOf[Int(r)] where nodes.joins(n) { own.insert(n) } }
        return own
    }

    /// Identifiers of a group, when all of them show somebody else too; most groups have something of their own.
    private func sharedNodes(_ g: Int) -> Set<Int32>? {
        var own = Set<Int32>()
        for r in groups[g] {
            for i in evidence.nodesOf.range(Int(r)) {
                let n = evidence.nodesOf.items[i]
                guard nodes.joins(n) else { continue }
                // Nearly all groups have something of their own, and most show it first.
                guard nodes.isShared(n) else { return nil }
                guard let split = nodes.split(of: n), split.groups.count > 1 else { return nil }
                own.insert(n)
            }
        }
        return own.isEmpty ? nil : own
    }

    /// The one larger group that shows all of these identifiers.
    private func holder(of own: Set<Int32>, than g: Int) -> Int? {
        var common: Set<Int32>?
        for n in own {
            let others = Set(nodes.groups(of: n).compactMap { $0.first.map { owner[Int($0)] } })
            common = common?.intersection(others) ?? others
        }
        guard let others = common?.subtracting([Int32(g)]), others.count == 1, let person = others.first.map(Int.init) else { return nil }
        return groups.size(person) > groups.size(g) ? person : nil
    }

    /// Households share an address or a number, hardly ever an account.
    private func isPersonal(_ own: Set<Int32>) -> Bool {
        own.count > 1 || own.contains { ![.email, .phone].contains(evidence.kinds[Int(nodes.kindOf[Int($0)])]) }
    }

    /// Groups by their name, for the names that are asked for.
    private func namesakes(_ wanted: Set<Int32>) -> [Int32: [Int]] {
        guard !wanted.isEmpty else { return [:] }
        let showing = Set(evidence.name.indices.lazy.filter { wanted.contains(evidence.name[$0]) }.map { Int(owner[$0]) })
        var result: [Int32: [Int]] = [:]
        for g in showing.sorted() { if let name = leadingName(g), wanted.contains(name) { result[name, default: []].append(g) } }
        return result
    }

    /// The written out name seen most often.
    private func leadingName(_ g: Int) -> Int32? {
        var counts: [Int32: Int] = [:]
        for r in groups[g] {
            let name = evidence.name[Int(r)]
            if name >= 0, evidence.name(at: name).given.count > 1 { counts[name, default: 0] += 1 }
        }
        return counts.max { a, b in
            let (x, y) = (evidence.name(at: a.key), evidence.name(at: b.key))
            if x.surname.isEmpty != y.surname.isEmpty { return x.surname.isEmpty }
            return a.value != b.value ? a.value < b.value : (y.given + y.surname).lexicographicallyPrecedes(x.given + x.surname)
        }?.key
    }
}
