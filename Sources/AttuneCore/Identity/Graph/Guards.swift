/// What must not come together: more values of a kind than one customer may have, and what somebody decided to keep apart.
struct Guards {
    private let evidence: PreparedEvidence
    private let nodes: SplitNodes
    private let limited: [IdentityPolicy.KindRule]
    private let unique: Identifier.Kind?
    private let genericThreshold: Int
    /// Records that a decision keeps apart from a record.
    private let apart: [Int: [Int]]

    init(_ evidence: PreparedEvidence, _ nodes: SplitNodes, policy: IdentityPolicy, apart: [(Int, Int)]) {
        self.evidence = evidence
        self.nodes = nodes
        limited = policy.rules.filter { $0.limit < .max }
        unique = policy.uniqueKind
        genericThreshold = policy.genericThreshold
        var partners: [Int: [Int]] = [:]
        for (a, b) in apart {
            partners[a, default: []].append(b)
            partners[b, default: []].append(a)
        }
        self.apart = partners
    }

    /// Identifiers of these records that count towards a limit.
    func values(of records: [Int]) -> Set<Int32> {
        var result = Set<Int32>()
        for r in records { for n in evidence.records[r].nodes where !nodes.nodes[Int(n)].isGeneric { result.insert(n) } }
        return result
    }

    func partners(of record: Int) -> [Int] { apart[record] ?? [] }

    /// Whether records that identifiers connect are one customer without a doubt.
    func areFree(_ records: [Int]) -> Bool {
        if !apart.isEmpty, records.contains(where: { apart[$0] != nil }) { return false }
        guard records.count > 1 else { return true }
        let values = values(of: records)
        return limited.allSatisfy { count(values, $0) <= $0.limit }
    }

    /// Whether two sets of identifiers may belong to one customer. What is beyond a limit already may take in what adds nothing.
    func allow(_ a: Set<Int32>, _ b: Set<Int32>) -> Bool {
        limited.allSatisfy { rule in
            let (x, y) = (count(a, rule), count(b, rule))
            guard x + y > rule.limit else { return true }
            let both = count(a.union(b), rule)
            return both <= rule.limit || both <= max(x, y)
        }
    }

    /// Too many customer numbers stand beside an identifier: these records show that it joins nobody.
    func isShared(_ records: [Int32]) -> Bool {
        guard let unique, records.count > genericThreshold else { return false }
        var values = Set<Int32>()
        for r in records { for n in evidence.records[Int(r)].nodes where evidence.nodes[Int(n)].kind == unique { values.insert(n) } }
        return values.count > genericThreshold
    }

    /// Distinct values of a kind; with a window the most that came up within one.
    private func count(_ values: Set<Int32>, _ rule: IdentityPolicy.KindRule) -> Int {
        guard let window = rule.window.seconds else { return values.count { evidence.nodes[Int($0)].kind == rule.kind } }
        let times = values.filter { evidence.nodes[Int($0)].kind == rule.kind }
            .compactMap { evidence.nodes[Int($0)].records.first.map { evidence.records[Int($0)].time } }.sorted()
        var (most, start) = (0, 0)
        for (end, time) in times.enumerated() {
            while time - times[start] >= window { start += 1 }
            most = max(most, end - start + 1)
        }
        return most
    }
}

/// Union–find that refuses what the guards forbid.
struct GuardedSets {
    private(set) var forest: DisjointSets
    let guards: Guards
    /// Records of each set with more than one, by root; values of those that were asked for.
    private var members: [Int: [Int]] = [:]
    private var values: [Int: Set<Int32>] = [:]

    init(count: Int, guards: Guards) {
        forest = DisjointSets(count: count)
        self.guards = guards
    }

    mutating func root(_ record: Int) -> Int { forest.root(record) }
    mutating func groups() -> [[Int]] { forest.groups() }

    /// Puts records together that are free of doubt.
    mutating func place(_ records: [Int]) {
        for r in records.dropFirst() { forest.join(records[0], r) }
        if records.count > 1, let first = records.min() { members[first] = records }
    }

    /// - Parameter isDecided: somebody said so: no limit forbids it, only another decision.
    @discardableResult
    mutating func join(_ a: Int, _ b: Int, isDecided: Bool = false) -> Bool {
        let (x, y) = (root(a), root(b))
        guard x != y else { return true }
        let (mine, others) = (members[x] ?? [x], members[y] ?? [y])
        let (fewer, root) = mine.count < others.count ? (mine, y) : (others, x)
        for r in fewer { for partner in guards.partners(of: r) where forest.root(partner) == root { return false } }
        let (v, w) = (values[x] ?? guards.values(of: mine), values[y] ?? guards.values(of: others))
        guard isDecided || guards.allow(v, w) else {
            (values[x], values[y]) = (v, w)
            return false
        }
        forest.join(x, y)
        (members[x], members[y], values[x], values[y]) = (nil, nil, nil, nil)
        members[min(x, y)] = mine + others
        values[min(x, y)] = v.union(w)
        return true
    }
}
