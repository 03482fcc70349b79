/// The people an identifier shows, as far as names tell: its sightings by groups of compatible names.
struct NameGroups {
    /// Distinct names of each group, the leading one first.
    private(set) var groups: [[Int32]] = []
    /// Sightings with a name of the group.
    private(set) var counts: [Int] = []
    private var groupOf: [Int32: Int] = [:]

    /// - Parameter sightings: how often each name was seen.
    init(_ sightings: [Int32: Int], names: [PersonName], nicknames: Nicknames) {
        let isFull = { (n: PersonName) in n.given.count > 1 && n.surname.count > 1 }
        let sorted = sightings.sorted { a, b in
            let (x, y) = (names[Int(a.key)], names[Int(b.key)])
            if isFull(x) != isFull(y) { return isFull(x) }
            if a.value != b.value { return a.value > b.value }
            return (x.surname + [0] + x.given).lexicographicallyPrecedes(y.surname + [0] + y.given)
        }
        for (name, count) in sorted {
            let mine = names[Int(name)]
            var best: (group: Int, quality: Int)?
            for (g, group) in groups.enumerated() {
                let relation = NameRelation(names[Int(group[0])], mine, nicknames: nicknames)
                guard relation.isCompatible else { continue }
                let quality = relation.given.rawValue + relation.surname.rawValue
                // Of several groups the closer one, then the larger.
                if best == nil || quality < best?.quality ?? 0 || quality == best?.quality && counts[g] > counts[best?.group ?? 0] {
                    best = (g, quality)
                }
            }
            if let best {
                groups[best.group].append(name)
                counts[best.group] += count
                groupOf[name] = best.group
            } else {
                groupOf[name] = groups.count
                groups.append([name])
                counts.append(count)
            }
        }
    }

    func group(of name: Int32) -> Int? { groupOf[name] }
}
