/// Decides, identifier by identifier and from the evidence alone, whom it can join.
///
/// One compatible name: everybody who shows it is one person. A few: a family's address, a landline, a recycled number, a
/// re-registered handle; it joins each person's own sightings. Many: a switchboard, a shared tablet, a reseller; it joins nobody.
struct SplitNodes {
    /// More people than that share no household.
    static let groupLimit = 7

    /// Sightings that an identifier joins, in groups; those it leaves open.
    struct Node {
        var groups: [[Int32]] = []
        var open: [Int32] = []
        var isGeneric = false
    }

    private(set) var nodes: [Node]
    private let evidence: PreparedEvidence
    private let nicknames: Nicknames
    /// Name that all named sightings of an identifier agree on; -1 when there is none or several people.
    private var soleName: [Int32]
    /// Priority of each identifier's kind, the highest first.
    private let rank: [Int]

    init(_ evidence: PreparedEvidence, nicknames: Nicknames, policy: IdentityPolicy) {
        self.evidence = evidence
        self.nicknames = nicknames
        nodes = [Node](repeating: Node(), count: evidence.nodes.count)
        soleName = [Int32](repeating: -1, count: evidence.nodes.count)
        rank = evidence.nodes.map { policy.rank(of: $0.kind) ?? .max }
        let joins = rank.map { $0 != .max }
        for n in nodes.indices where joins[n] {
            let groups = NameGroups(counts(n) { evidence.records[Int($0)].name }, names: evidence.names, nicknames: nicknames)
            if groups.groups.count == 1 { soleName[n] = groups.groups[0][0] }
        }
        for n in nodes.indices where joins[n] || evidence.nodes[n].kind == .orderNumber { split(n) }
    }

    /// Whether an identifier joins at least some of its sightings.
    func joins(_ n: Int32) -> Bool { !nodes[Int(n)].isGeneric && evidence.nodes[Int(n)].kind != .orderNumber && !nodes[Int(n)].groups.isEmpty }

    private func counts(_ n: Int, _ name: (Int32) -> Int32) -> [Int32: Int] {
        var seen: [Int32: Int] = [:]
        for r in evidence.nodes[n].records {
            let name = name(r)
            if name >= 0 { seen[name, default: 0] += 1 }
        }
        return seen
    }

    /// A sighting's own name, or that of an identifier that says more than this one.
    private func name(_ r: Int32, without n: Int32) -> Int32 {
        let record = evidence.records[Int(r)]
        if record.name >= 0 { return record.name }
        return record.nodes.lazy.filter { rank[Int($0)] < rank[Int(n)] }.map { soleName[Int($0)] }.first { $0 >= 0 } ?? -1
    }

    private mutating func split(_ n: Int) {
        let records = evidence.nodes[n].records
        let names = records.map { name($0, without: Int32(n)) }
        var seen: [Int32: Int] = [:]
        for name in names where name >= 0 { seen[name, default: 0] += 1 }
        let groups = NameGroups(seen, names: evidence.names, nicknames: nicknames)
        if groups.groups.count > Self.groupLimit {
            nodes[n].isGeneric = true
            return
        }
        guard groups.groups.count > 1 else {
            nodes[n].groups = [records]
            return
        }
        var parts = [[Int32]](repeating: [], count: groups.groups.count)
        var nameless = [Int32]()
        for (r, name) in zip(records, names) { if let g = groups.group(of: name) { parts[g].append(r) } else { nameless.append(r) } }
        let open = assign(nameless, to: &parts)
        nodes[n].groups = parts.map { $0.sorted() }
        nodes[n].open = open
    }

    /// Sightings without a name belong to whoever clearly had the identifier then; the others are left open.
    private func assign(_ nameless: [Int32], to parts: inout [[Int32]]) -> [Int32] {
        // Named sightings in order of time with their group.
        let named = parts.enumerated().flatMap { g, part in part.map { (record: $0, group: g) } }.sorted { $0.record < $1.record }
        let largest = parts.indices.max { parts[$0].count < parts[$1].count } ?? 0
        let isClear = parts[largest].count * 10 >= named.count * 9
        var open = [Int32]()
        var next = 0
        for r in nameless {
            while next < named.count, named[next].record < r { next += 1 }
            // The holder before and the holder after.
            let before = next > 0 ? named[next - 1].group : nil
            let after = next < named.count ? named[next].group : nil
            if let holder = before ?? after, before == nil || after == nil || before == after {
                parts[holder].append(r)
            } else if isClear {
                parts[largest].append(r)
            } else {
                open.append(r)
            }
        }
        return open
    }
}
