/// The people an identifier shows, as far as names tell: its sightings by groups of compatible names.
struct NameGroups {
    /// Distinct names of each group, the leading one first.
    private(set) var groups: [[Int32]] = []
    private var counts: [Int] = []
    /// There are more groups than were asked for; the rest was not looked at.
    private(set) var isCut = false

    /// - Parameters:
    ///   - sightings: distinct names and how often each was seen.
    ///   - limit: groups that are of interest.
    init(_ sightings: [(name: Int32, count: Int)], names: [PersonName], relations: inout NameRelations, limit: Int) {
        let isFull = { (n: PersonName) in n.given.count > 1 && n.surname.count > 1 }
        let sorted =
            sightings.count < 2
            ? sightings
            : sightings.sorted { a, b in
                let (x, y) = (names[Int(a.name)], names[Int(b.name)])
                if isFull(x) != isFull(y) { return isFull(x) }
                if a.count != b.count { return a.count > b.count }
                return (x.surname + [0] + x.given).lexicographicallyPrecedes(y.surname + [0] + y.given)
            }
        for (name, count) in sorted {
            var best: (group: Int, quality: Int)?
            for (g, group) in groups.enumerated() {
                guard let quality = relations.quality(group[0], name, names: names) else { continue }
                // Of several groups the closer one, then the larger.
                if best == nil || quality < best?.quality ?? 0 || quality == best?.quality && counts[g] > counts[best?.group ?? 0] {
                    best = (g, quality)
                }
            }
            if let best {
                groups[best.group].append(name)
                counts[best.group] += count
            } else if groups.count == limit {
                isCut = true
                return
            } else {
                groups.append([name])
                counts.append(count)
            }
        }
    }

    func group(of name: Int32) -> Int? { groups.firstIndex { $0.contains(name) } }
}

/// How names relate, remembered: the same few meet on identifier after identifier.
struct NameRelations {
    private let nicknames: Nicknames
    private var known: [UInt64: Int8] = [:]

    /// Pairs that are remembered.
    private static let limit = 1 << 16

    init(nicknames: Nicknames) { self.nicknames = nicknames }

    /// How far apart two compatible names are, 0 for equal ones; nil when they are two people's.
    mutating func quality(_ a: Int32, _ b: Int32, names: [PersonName]) -> Int? {
        let key = UInt64(UInt32(a)) << 32 | UInt64(UInt32(b))
        if let old = known[key] { return old < 0 ? nil : Int(old) }
        let relation = NameRelation(names[Int(a)], names[Int(b)], nicknames: nicknames)
        let quality = relation.isCompatible ? relation.given.rawValue + relation.surname.rawValue : nil
        if known.count == Self.limit { known.removeAll(keepingCapacity: true) }
        known[key] = Int8(quality ?? -1)
        return quality
    }
}
