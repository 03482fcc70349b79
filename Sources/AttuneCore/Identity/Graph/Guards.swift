/// What must not come together: more values of a kind than one customer may have, and what somebody decided to keep apart.
///
/// It guards items: records first, then the people that identifiers make out of them.
struct Guards {
    /// Identifiers of each item; kind of each identifier as its place, and whether it joins nobody.
    private var shown: Lists
    private let kindOf: [UInt8]
    private let isGeneric: [Bool]
    /// When each identifier was first seen, in seconds; empty where no limit has a window.
    private let firstSeen: [Double]
    /// Limits of the kinds that there are, and the place of each kind.
    private let limited: [Limit]
    private let unique: Int?
    private let genericThreshold: Int
    /// Items that a decision keeps apart from an item.
    private var apart: [Int: [Int]]
    private var scratch: [Int32] = []
    /// The least of the limits.
    private let leastLimit: Int

    private struct Limit {
        var count: Int
        var kind: Int
        /// Priority of the kind, the highest first.
        var rank: Int
        /// Seconds within which values are counted.
        var window: Double?
    }

    init(_ evidence: PreparedEvidence, _ nodes: SplitNodes, policy: IdentityPolicy, apart: [(Int, Int)]) {
        shown = evidence.nodesOf
        kindOf = nodes.kindOf
        isGeneric = kindOf.indices.map { nodes.isGeneric(Int32($0)) }
        limited = policy.rules.enumerated().compactMap { rank, rule in
            guard rule.limit < .max, let kind = evidence.kinds.firstIndex(of: rule.kind) else { return nil }
            return Limit(count: rule.limit, kind: kind, rank: rank, window: rule.window.seconds)
        }
        let hasWindow = limited.contains { $0.window != nil }
        firstSeen = hasWindow ? evidence.recordsOf.map { $0.first.map { evidence.time(of: $0) } ?? 0 } : []
        leastLimit = limited.reduce(.max) { min($0, $1.count) }
        unique = policy.uniqueKind.flatMap { evidence.kinds.firstIndex(of: $0) }
        genericThreshold = policy.genericThreshold
        var partners: [Int: [Int]] = [:]
        for (a, b) in apart {
            partners[a, default: []].append(b)
            partners[b, default: []].append(a)
        }
        self.apart = partners
    }

    /// Guards of groups of the items, which show what counts of each of theirs.
    func grouped(_ groups: Lists) -> Guards {
        var (result, lists, seen) = (self, Lists(), [Int32]())
        let isLimited = kindOf.indices.map { n in !isGeneric[n] && limited.contains { $0.kind == Int(kindOf[n]) } }
        for g in 0..<groups.count {
            seen.removeAll(keepingCapacity: true)
            for i in groups.range(g) {
                for j in shown.range(Int(groups.items[i])) where isLimited[Int(shown.items[j])] { seen.append(shown.items[j]) }
            }
            if seen.count > 1 { seen.sort() }
            for (i, n) in seen.enumerated() where i == 0 || n != seen[i - 1] { lists.append(n) }
            lists.endList()
        }
        result.shown = lists
        guard !apart.isEmpty else { return result }
        var owner: [Int: Int] = [:]
        for g in 0..<groups.count { for r in groups[g] where apart[Int(r)] != nil { owner[Int(r)] = g } }
        result.apart = [:]
        for (record, others) in apart {
            if let g = owner[record] { result.apart[g, default: []] += others.compactMap { owner[$0] } }
        }
        return result
    }

    /// Identifiers of these records that count towards a limit.
    func values(of records: some Sequence<Int32>) -> Set<Int32> {
        var result = Set<Int32>()
        for r in records { for n in shown[Int(r)] where !isGeneric[Int(n)] { result.insert(n) } }
        return result
    }

    /// The decisions to put together that come before everything else: where somebody also decided that some are apart, what joins otherwise
    /// has to give way. All others come last: who puts two people together does so with all that is theirs, and changes nobody else.
    ///
    /// - Parameter sets: what joins otherwise.
    func contested(_ decided: [(Int, Int)], _ sets: DisjointSets) -> [(Int, Int)] {
        guard !decided.isEmpty, !apart.isEmpty else { return [] }
        var all = sets
        for (a, b) in decided { all.join(a, b) }
        let roots = Set(apart.keys.map { all.root($0) })
        return decided.filter { roots.contains(all.root($0.0)) }
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
        add(records)
        add(others)
        if scratch.count <= leastLimit { return true }
        scratch.sort()
        for limit in limited {
            var (count, last) = (0, Int32(-1))
            for n in scratch where n != last {
                last = n
                if placeOfKind(n) == limit.kind { count += 1 }
            }
            if count > limit.count, limit.window == nil || self.count(Set(scratch), limit) > limit.count { return false }
        }
        return true
    }

    /// Identifiers of the records that count, into `scratch`.
    private mutating func add(_ records: ArraySlice<Int32>) {
        for r in records {
            for i in shown.range(Int(r)) {
                let n = shown.items[i]
                if !isGeneric[Int(n)] { scratch.append(n) }
            }
        }
    }

    /// Whether two sets of identifiers may belong to one customer. What is beyond a limit already may take in what adds nothing.
    func allow(_ a: Set<Int32>, _ b: Set<Int32>) -> Bool {
        limited.allSatisfy { limit in
            let (x, y) = (count(a, limit), count(b, limit))
            guard x + y > limit.count else { return true }
            let both = count(a.union(b), limit)
            return both <= limit.count || both <= max(x, y)
        }
    }

    /// Whether these records of an identifier show that it joins nobody: beside it stand more customer numbers than one, or more
    /// values of a stronger kind than one customer may have. Which of them were its owner's nobody can say.
    func isShared(_ records: ArraySlice<Int32>, rank: Int) -> Bool {
        if records.count < 2 { return false }
        var values = Set<Int32>()
        for r in records { for i in shown.range(Int(r)) { values.insert(shown.items[i]) } }
        if let unique, values.count(where: { placeOfKind($0) == unique }) > genericThreshold { return true }
        values = values.filter { !isGeneric[Int($0)] }
        return limited.contains { limit in limit.rank < rank && limit.kind != unique && count(values, limit) > limit.count }
    }

    private func placeOfKind(_ n: Int32) -> Int { Int(kindOf[Int(n)]) }

    /// Distinct values of a kind; with a window the most that came up within one.
    private func count(_ values: Set<Int32>, _ limit: Limit) -> Int {
        guard let window = limit.window else { return values.count { placeOfKind($0) == limit.kind } }
        let times = values.filter { placeOfKind($0) == limit.kind }.map { firstSeen[Int($0)] }.sorted()
        var (most, start) = (0, 0)
        for (end, time) in times.enumerated() {
            while time - times[start] >= window { start += 1 }
            most = max(most, end - start + 1)
        }
        return most
    }
}
