/// Decides which evidence belongs to the same customer: a pure function of the set of evidence, whatever its order.
///
/// Keys join their evidence in order of priority (kind first, then the value seen first); a join that would give a customer
/// more values of a kind than its limit does not happen. Customers that already have an id keep it as far as possible: the
/// oldest survives a merge, the largest part keeps it on a split, ties are decided by content.
public struct Resolver: Sendable {
    public var policy: IdentityPolicy

    public init(policy: IdentityPolicy) { self.policy = policy }

    public struct Outcome: Sendable {
        /// All the evidence given, each with its customer.
        public var evidence: [Evidence]
        /// In the order in which they have to be recorded.
        public var changes: [CustomerChange]
    }

    /// - Parameter evidence: closed under shared keys: whatever shares a key with one of it is in it.
    public func resolve(_ evidence: [Evidence]) -> Outcome {
        let sorted = evidence.sorted { $0.precedes($1) }
        let clusters = partition(sorted)
        return CustomerAssignment(evidence: sorted, clusters: clusters).outcome()
    }

    /// Indexes of `evidence` (sorted by `precedes`) by cluster; clusters and members in ascending order.
    func partition(_ evidence: [Evidence]) -> [[Int]] {
        var members: [IdentifierKey: [Int]] = [:]
        for (i, item) in evidence.enumerated() {
            for key in item.keys where policy.rank(of: key.kind) != nil { members[key, default: []].append(i) }
        }
        var forest = LimitedForest(evidence: evidence, policy: policy)
        for (_, indexes) in members.sorted(by: { isBefore($0, $1) }) where !isGeneric(indexes, in: evidence) {
            for other in indexes.dropFirst() { forest.join(indexes[0], other) }
        }
        return forest.clusters()
    }

    /// Priority of keys: kind, then the evidence that showed it first, then its hash.
    private func isBefore(_ a: (key: IdentifierKey, value: [Int]), _ b: (key: IdentifierKey, value: [Int])) -> Bool {
        (policy.rank(of: a.key.kind) ?? .max, a.value[0], a.key.hash) < (policy.rank(of: b.key.kind) ?? .max, b.value[0], b.key.hash)
    }

    private func isGeneric(_ indexes: [Int], in evidence: [Evidence]) -> Bool {
        guard indexes.count > policy.genericThreshold, let unique = policy.rules.first(where: { $0.limit == 1 })?.kind else { return false }
        var values = Set<String>()
        for i in indexes { for key in evidence[i].keys where key.kind == unique { values.insert(key.hash) } }
        return values.count > policy.genericThreshold
    }
}

/// Union–find that refuses unions which would exceed a kind's limit.
private struct LimitedForest {
    private var parent: [Int]
    private var values: [[Identifier.Kind: Set<String>]]
    private let limits: [Identifier.Kind: Int]

    init(evidence: [Evidence], policy: IdentityPolicy) {
        parent = Array(evidence.indices)
        limits = Dictionary(policy.rules.map { ($0.kind, $0.limit) }, uniquingKeysWith: { first, _ in first })
        values = evidence.map { item in
            var kinds: [Identifier.Kind: Set<String>] = [:]
            for key in item.keys { kinds[key.kind, default: []].insert(key.hash) }
            return kinds
        }
    }

    private mutating func root(_ index: Int) -> Int {
        var index = index
        while parent[index] != index {
            parent[index] = parent[parent[index]]
            index = parent[index]
        }
        return index
    }

    mutating func join(_ a: Int, _ b: Int) {
        let (low, high) = (min(root(a), root(b)), max(root(a), root(b)))
        guard low != high else { return }
        let merged = values[low].merging(values[high]) { $0.union($1) }
        guard merged.allSatisfy({ kind, set in set.count <= limits[kind, default: .max] }) else { return }
        values[low] = merged
        values[high] = [:]
        parent[high] = low
    }

    mutating func clusters() -> [[Int]] {
        var byRoot: [Int: [Int]] = [:]
        for i in parent.indices { byRoot[root(i), default: []].append(i) }
        return byRoot.sorted { $0.key < $1.key }.map(\.value)
    }
}
