/// Union–find over 0..<count; a set's root is its smallest member, so the outcome does not depend on the order of joins.
struct DisjointSets: Sendable {
    private var parent: [Int32]

    init(count: Int) { parent = Array(0..<Int32(count)) }

    mutating func root(_ index: Int) -> Int {
        var i = Int32(index)
        while parent[Int(i)] != i {
            let above = parent[Int(parent[Int(i)])]
            parent[Int(i)] = above
            i = above
        }
        return Int(i)
    }

    mutating func join(_ a: Int, _ b: Int) {
        let (x, y) = (root(a), root(b))
        if x < y { parent[y] = Int32(x) } else if y < x { parent[x] = Int32(y) }
    }

    /// Makes one set of all of these.
    mutating func join(_ members: ArraySlice<Int32>) {
        guard let first = members.first else { return }
        for other in members.dropFirst() { join(Int(first), Int(other)) }
    }

    /// Makes each member of a whole set a set of its own again.
    mutating func separate(_ members: ArraySlice<Int32>) {
        for i in members { parent[Int(i)] = i }
    }

    /// Members by set, both ascending.
    mutating func groups() -> Lists {
        let groups = numbered()
        // The sets again: a set's first member is its root.
        for i in parent.indices { parent[i] = groups.items[Int(groups.starts[Int(parent[i])])] }
        return groups
    }

    /// The same for the last time: the memory of the sets is given back.
    mutating func takeGroups() -> Lists {
        defer { parent = [] }
        return numbered()
    }

    /// Members by set; of each item `parent` is the number of its set then, so that nothing of its size is needed beside it.
    private mutating func numbered() -> Lists {
        var sets: Int32 = 0
        // What an item hangs on is smaller, so its set is known already.
        for i in parent.indices {
            let above = Int(parent[i])
            parent[i] = above == i ? sets : parent[above]
            if above == i { sets += 1 }
        }
        return Lists(count: Int(sets)) { put in for (i, set) in parent.enumerated() { put(set, Int32(i)) } }
    }
}
