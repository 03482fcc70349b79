/// Finds names that are another name of somebody known, out of the evidence alone.
///
/// Polly Piazza is only ever seen on identifiers of Paul Piazza: an account, or at least two addresses and numbers. A relative would
/// have something of their own somewhere. Nicknames that no table knows, new names after a wedding and changed names join this way.
struct AliasRule {
    let evidence: PreparedEvidence
    let nodes: SplitNodes
    /// Records of each person so far.
    let groups: [[Int]]

    /// First records of pairs of groups that are one person, in ascending order of the alias.
    func joins() -> [ResolvedGraph.Alias] {
        let owner = owners()
        let own = groups.map { Set($0.flatMap { evidence.records[$0].nodes }.filter { nodes.joins($0) }) }
        // Groups that show an identifier.
        var showing: [Int32: Set<Int>] = [:]
        for (n, node) in nodes.nodes.enumerated() where nodes.joins(Int32(n)) && node.groups.count > 1 {
            showing[Int32(n)] = Set(node.groups.compactMap { $0.first.map { owner[Int($0)] } })
        }
        let names = groups.map { leadingName($0) }
        var namesakes: [PersonName: [Int]] = [:]
        for (g, name) in names.enumerated() { if let name { namesakes[name, default: []].append(g) } }
        var result = [ResolvedGraph.Alias]()
        for g in groups.indices {
            guard let name = names[g], let person = holder(of: own[g], than: g, showing), let other = names[person], isPersonal(own[g]),
                NameRelation.part(name.surname, other.surname, nil) <= .missing
            else { continue }
            // Somebody of that name who has identifiers of their own is a person, not a name.
            let isIndependent = (namesakes[name] ?? []).contains { !own[$0].isSubset(of: own[person]) }
            if !isIndependent { result.append(.init(alias: groups[g][0], person: groups[person][0], name: name, personName: other)) }
        }
        return result
    }

    private func owners() -> [Int] {
        var owner = [Int](repeating: 0, count: evidence.records.count)
        for (g, group) in groups.enumerated() { for r in group { owner[r] = g } }
        return owner
    }

    /// The one larger group that shows all of these identifiers.
    private func holder(of own: Set<Int32>, than g: Int, _ showing: [Int32: Set<Int>]) -> Int? {
        var common: Set<Int>?
        for n in own {
            guard let others = showing[n] else { return nil }
            common = common?.intersection(others) ?? others
        }
        guard let others = common?.subtracting([g]), others.count == 1, let person = others.first else { return nil }
        return groups[person].count > groups[g].count ? person : nil
    }

    /// Households share an address or a number, hardly ever an account.
    private func isPersonal(_ own: Set<Int32>) -> Bool {
        own.count > 1 || own.contains { ![.email, .phone].contains(evidence.nodes[Int($0)].kind) }
    }

    /// The written out name seen most often.
    private func leadingName(_ group: [Int]) -> PersonName? {
        var counts: [Int32: Int] = [:]
        for r in group where evidence.records[r].name >= 0 { counts[evidence.records[r].name, default: 0] += 1 }
        let written = counts.filter { evidence.names[Int($0.key)].given.count > 1 }
        let best = written.max { a, b in
            let (x, y) = (evidence.names[Int(a.key)], evidence.names[Int(b.key)])
            if x.surname.isEmpty != y.surname.isEmpty { return x.surname.isEmpty }
            return a.value != b.value ? a.value < b.value : (y.given + y.surname).lexicographicallyPrecedes(x.given + x.surname)
        }
        return best.map { evidence.names[Int($0.key)] }
    }
}
