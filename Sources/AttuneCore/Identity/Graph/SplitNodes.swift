/// Decides, identifier by identifier and from the evidence alone, whom it can join.
///
/// One compatible name: everybody who shows it is one person. A few: a family's address, a landline, a recycled number, a
/// re-registered handle; it joins each person's own sightings. Many: a switchboard, a shared tablet, a reseller; it joins nobody.
struct SplitNodes {
    /// More people than that share no household.
    static let groupLimit = 7

    /// Groups of records that an identifier joins.
    struct Join {
        var node: Int32
        var records: [Int32]
    }

    let evidence: PreparedEvidence
    let nicknames: Nicknames
    private(set) var joins: [Join] = []
    private(set) var generic: [Bool]
    /// Identifiers of a kind that joins, the generic ones left out.
    private(set) var joining: [Bool]

    init(_ evidence: PreparedEvidence, nicknames: Nicknames, policy: IdentityPolicy) {
        self.evidence = evidence
        self.nicknames = nicknames
        generic = [Bool](repeating: false, count: evidence.nodes.count)
        joining = generic
        for n in evidence.nodes.indices where policy.rank(of: evidence.nodes[n].kind) != nil || evidence.nodes[n].kind == .orderNumber {
            split(n)
            joining[n] = !generic[n] && evidence.nodes[n].kind != .orderNumber
        }
    }

    private mutating func split(_ n: Int) {
        let node = evidence.nodes[n]
        var seen: [Int32: Int] = [:]
        for r in node.records where evidence.records[Int(r)].name >= 0 { seen[evidence.records[Int(r)].name, default: 0] += 1 }
        let groups = NameGroups(seen, names: evidence.names, nicknames: nicknames)
        if groups.groups.count > Self.groupLimit {
            generic[n] = true
            return
        }
        guard groups.groups.count > 1 else {
            joins.append(Join(node: Int32(n), records: node.records))
            return
        }
        var parts = [[Int32]](repeating: [], count: groups.groups.count)
        var nameless = [Int32]()
        for r in node.records {
            if let g = groups.group(of: evidence.records[Int(r)].name) { parts[g].append(r) } else { nameless.append(r) }
        }
        assign(nameless, to: &parts)
        for part in parts where !part.isEmpty { joins.append(Join(node: Int32(n), records: part.sorted())) }
    }

    /// Sightings without a name belong to whoever clearly had the identifier then.
    private func assign(_ nameless: [Int32], to parts: inout [[Int32]]) {
        let named = parts
        let total = named.reduce(0) { $0 + $1.count }
        for r in nameless {
            let time = evidence.records[Int(r)].time
            // The holder before and the holder after.
            var before: (Double, Int)?
            var after: (Double, Int)?
            for (g, part) in named.enumerated() {
                for other in part {
                    let t = evidence.records[Int(other)].time
                    if t <= time, before == nil || t > before?.0 ?? 0 { before = (t, g) }
                    if t >= time, after == nil || t < after?.0 ?? 0 { after = (t, g) }
                }
            }
            let holders = Set([before?.1, after?.1].compactMap { $0 })
            if holders.count == 1, let g = holders.first {
                parts[g].append(r)
            } else if let g = named.indices.max(by: { named[$0].count < named[$1].count }), named[g].count * 10 >= total * 9 {
                parts[g].append(r)
            }
        }
    }
}
