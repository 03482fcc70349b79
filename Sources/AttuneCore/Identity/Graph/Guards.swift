/// What must not come together: more values of a kind than one customer may have, and what somebody decided to keep apart.
struct Guards {
    private let evidence: PreparedEvidence
    private let nodes: SplitNodes
    /// Rules with a limit for kinds that there are, and the place of each kind.
    private let limited: [(rule: IdentityPolicy.KindRule, kind: Int)]
    private let unique: Int?
    private let genericThreshold: Int
    /// Records that a decision keeps apart from a record.
    private let apart: [Int: [Int]]
    private var scratch: [Int32] = []

    init(_ evidence: PreparedEvidence, _ nodes: SplitNodes, policy: IdentityPolicy, apart: [(Int, Int)]) {
        self.evidence = evidence
        self.nodes = nodes
        limited = policy.rules.filter { $0.limit < .max }.compactMap { rule in evidence.kinds.firstIndex(of: rule.kind).map { (rule, $0) } }
        unique = policy.uniqueKind.flatMap { evidence.kinds.firstIndex(of: $0) }
        genericThreshold = policy.genericThreshold
        var partners: [Int: [Int]] = [:]
        for (a, b) in apart {
            partners[a, default: []].append(b)
            partners[b, default: []].append(a)
        }
        self.apart = partners
    }

    /// Identifiers of these records that count towards a limit.
    func values(of records: some Sequence<Int32>) -> Set<Int32> {
        var result = Set<Int32>()
        for r in records { for n in evidence.nodesOf[Int(r)] where !nodes.isGeneric(n) { result.insert(n) } }
        return result
    }

    func partners(of record: Int32) -> [Int] { apart.isEmpty ? [] : apart[Int(record)] ?? [] }

    /// Whether records that identifiers connect are one customer without a doubt.
    mutating func areFree(_ records: ArraySlice<Int32>) -> Bool {
        if !apart.isEmpty, records.contains(where: { apart[Int($0)] != nil }) { return false }
        return records.count < 2 || areFew(records, [])
    }

    /// Whether what two lists of records show together is within all limits.
    ///
    /// Nearly all parts are, so it is counted without sets; only within a window there may be fewer than there are at all.
    mutating func areFew(_ records: ArraySlice<Int32>, _ others: ArraySlice<Int32>) -> Bool {
        scratch.removeAll(keepingCapacity: true)
        for list in [records, others] { for r in list { for n in evidence.nodesOf[Int(r)] where !nodes.isGeneric(n) { scratch.append(n) } } }
        if scratch.count <= limited.reduce(.max, { min($0, $1.rule.limit) }) { return true }
        scratch.sort()
        return limited.allSatisfy { rule, kind in
            var (count, last) = (0, Int32(-1))
            for n in scratch where n != last {
                last = n
                if placeOfKind(n) == kind { count += 1 }
            }
            return count <= rule.limit || rule.window.seconds != nil && self.count(Set(scratch), rule, kind) <= rule.limit
        }
    }

    /// Whether two sets of identifiers may belong to one customer. What is beyond a limit already may take in what adds nothing.
    func allow(_ a: Set<Int32>, _ b: Set<Int32>) -> Bool {
        limited.allSatisfy { rule, kind in
            let (x, y) = (count(a, rule, kind), count(b, rule, kind))
            guard x + y > rule.limit else { return true }
            let both = count(a.union(b), rule, kind)
            return both <= rule.limit || both <= max(x, y)
        }
    }

    /// Too many customer numbers stand beside an identifier: these records show that it joins nobody.
    func isShared(_ records: ArraySlice<Int32>) -> Bool {
        guard let unique, records.count > genericThreshold else { return false }
        var values = Set<Int32>()
        for r in records { for n in evidence.nodesOf[Int(r)] where placeOfKind(n) == unique { values.insert(n) } }
        return values.count > genericThreshold
    }

    private func placeOfKind(_ n: Int32) -> Int { Int(evidence.values.tag(of: n)) }

    /// Distinct values of a kind; with a window the most that came up within one.
    private func count(_ values: Set<Int32>, _ rule: IdentityPolicy.KindRule, _ kind: Int) -> Int {
        guard let window = rule.window.seconds else { return values.count { placeOfKind($0) == kind } }
        let times = values.filter { placeOfKind($0) == kind }.compactMap { evidence.recordsOf[Int($0)].first.map { evidence.time(of: $0) } }.sorted()
        var (most, start) = (0, 0)
        for (end, time) in times.enumerated() {
            while time - times[start] >= window { start += 1 }
            most = max(most, end - start + 1)
        }
        return most
    }
}
