/// Union–find that refuses what the guards forbid.
struct GuardedSets {
    private var forest: DisjointSets
    private(set) var guards: Guards
    /// Records of each set as it began, by their first; nil where each began alone.
    private var parts: Lists?
    /// Records of the sets that are others now, by root; values of those that were asked for.
    private var members: [Int: [Int32]] = [:]
    private var values: [Int: Set<Int32>] = [:]

    /// Sets of more records than that have their values kept.
    private static let fewRecords = 64

    /// - Parameters:
    ///   - free: sets that no guard looked at yet.
    ///   - parts: what they hold.
    ///   - doubtful: places of the parts that are taken apart again.
    init(_ free: consuming DisjointSets, _ parts: Lists, doubtful: [Int], guards: Guards) {
        forest = free
        self.parts = parts
        self.guards = guards
        for part in doubtful {
            forest.separate(parts[part])
            for r in parts[part] { members[Int(r)] = [r] }
        }
    }

    /// Every item is a set of its own.
    init(count: Int, guards: Guards) {
        forest = DisjointSets(count: count)
        parts = nil
        self.guards = guards
    }

    mutating func root(_ record: Int) -> Int { forest.root(record) }
    mutating func groups() -> Lists { forest.groups() }

    /// What is joined by now, for those who want to know what would be if more were.
    var joined: DisjointSets { forest }

    /// The groups; no more can be joined after it.
    mutating func finish() -> Lists {
        (parts, members, values) = (nil, [:], [:])
        return forest.takeGroups()
    }

    /// - Parameter isDecided: somebody said so: no limit forbids it, only another decision.
    @discardableResult
    mutating func join(_ a: Int, _ b: Int, isDecided: Bool = false) -> Bool {
        let (x, y) = (root(a), root(b))
        guard x != y else { return true }
        let (mine, others) = (records(of: x), records(of: y))
        let (fewer, root) = mine.count < others.count ? (mine, y) : (others, x)
        for r in fewer { for partner in guards.partners(of: r) where forest.root(partner) == root { return false } }
        let isSmall = values[x] == nil && values[y] == nil && mine.count + others.count <= Self.fewRecords
        if !(isSmall && guards.areFew(mine, others)) {
            let (v, w) = (values[x] ?? guards.values(of: mine), values[y] ?? guards.values(of: others))
            guard isDecided || guards.allow(v, w) else {
                (values[x], values[y]) = (v, w)
                return false
            }
            (values[x], values[y]) = (nil, nil)
            values[min(x, y)] = v.union(w)
        }
        forest.join(x, y)
        put(mine, others, x, y)
        return true
    }

    private func records(of root: Int) -> ArraySlice<Int32> {
        if let own = members[root] { return own[...] }
        guard let parts else { return [Int32(root)] }
        // Parts come by their first record, which is their root.
        var (low, high) = (0, parts.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(parts[middle].first ?? 0) < root { low = middle + 1 } else { high = middle }
        }
        return parts[low]
    }

    private mutating func put(_ mine: ArraySlice<Int32>, _ others: ArraySlice<Int32>, _ x: Int, _ y: Int) {
        members[x] = nil
        members[y] = nil
        members[min(x, y)] = Array(mine.count < others.count ? others + mine : mine + others)
    }
}
