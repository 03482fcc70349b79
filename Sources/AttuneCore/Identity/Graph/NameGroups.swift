/// The people an identifier shows, as far as names tell: its sightings by groups of compatible names.
struct NameGroups {
    /// Distinct names of each group, the leading one first.
    private(set) var groups: [[Int32]] = []
    /// Sightings of each group.
    private(set) var counts: [Int] = []
    /// Names that fit two groups equally well.
    private var doubtful: Set<Int32> = []
    /// There are more groups than were asked for; the rest was not looked at.
    private(set) var isCut = false

    /// - Parameters:
    ///   - sightings: distinct names and how often each was seen.
    ///   - evidence: what the names are.
    ///   - limit: groups that are of interest.
    init(_ sightings: [(name: Int32, count: Int)], evidence: borrowing PreparedEvidence, relations: inout NameRelations, limit: Int) {
        for (name, count) in Self.ranked(sightings, evidence) {
            var best: (group: Int, quality: Int)?
            var isTied = false
            for (g, group) in groups.enumerated() {
                guard let quality = relations.quality(group[0], name, evidence) else { continue }
                isTied = quality == best?.quality || isTied && quality > best?.quality ?? 0
                // Of several groups the closer one, then the larger.
                if best == nil || quality < best?.quality ?? 0 || quality == best?.quality && counts[g] > counts[best?.group ?? 0] {
                    best = (g, quality)
                }
            }
            if let best {
                groups[best.group].append(name)
                if isTied { doubtful.insert(name) }
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

    /// Full names first, then those seen more often, then in the order of their bytes.
    ///
    /// Over bare memory: a closure that holds arrays would count their owners at every comparison, which took a tenth of all resolving.
    private static func ranked(_ sightings: [(name: Int32, count: Int)], _ evidence: PreparedEvidence) -> [(name: Int32, count: Int)] {
        guard sightings.count > 1 else { return sightings }
        return evidence.partsOf.withUnsafeBufferPointer { partsOf in
            evidence.parts.withMemory { entries, bytes in
                sightings.sorted { a, b in
                    let (x, y) = (partsOf[Int(a.name)], partsOf[Int(b.name)])
                    if x.isFull != y.isFull { return x.isFull }
                    if a.count != b.count { return a.count > b.count }
                    return x.surname != y.surname
                        ? precedes(x.surname, y.surname, entries, bytes) : precedes(x.given, y.given, entries, bytes)
                }
            }
        }
    }

    /// Parts of names in the order of their bytes, an empty one first.
    private static func precedes(
        _ a: Int32, _ b: Int32, _ entries: UnsafeBufferPointer<ByteTable.Entry>, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        if a < 0 || b < 0 { return a < b }
        let part = { (number: Int32) in bytes[(number == 0 ? 0 : Int(entries[Int(number) - 1].end))..<Int(entries[Int(number)].end)] }
        return a != b && part(a).lexicographicallyPrecedes(part(b))
    }

    /// Whether the identifier shows a crowd, of which only some were seen: a further sighting is rather somebody new than somebody
    /// known (Good and Turing: as likely as a sighting so far was of somebody seen once), and with those not seen yet there are
    /// more people than `limit` (Chao's estimate out of how many were seen once and twice, 1984, in its bias-corrected form).
    func isCrowd(limit: Int) -> Bool {
        let (once, twice) = (counts.count { $0 == 1 }, counts.count { $0 == 2 })
        return once * 2 > counts.reduce(0, +) && once * (once - 1) > (limit - groups.count) * 2 * (twice + 1)
    }

    func group(of name: Int32) -> Int? { groups.firstIndex { $0.contains(name) } }

    /// Name of nearly all sightings: the others are slips.
    var mainName: Int32? {
        guard !isCut, let largest = counts.indices.max(by: { counts[$0] < counts[$1] }) else { return nil }
        return counts[largest] * 10 >= counts.reduce(0, +) * 9 ? groups[largest][0] : nil
    }

    /// Whether a name fits two groups equally well: C. Lee that of Cedric and that of Connie.
    func isDoubtful(_ name: Int32) -> Bool { doubtful.contains(name) }

    /// The one group that a name fits best.
    func closest(to name: Int32, _ evidence: PreparedEvidence, _ relations: inout NameRelations) -> Int? {
        var (best, least, isTied) = (-1, Int.max, false)
        for (g, group) in groups.enumerated() {
            guard let quality = relations.quality(group[0], name, evidence) else { continue }
            if quality < least { (best, least, isTied) = (g, quality, false) } else if quality == least { isTied = true }
        }
        return best < 0 || isTied ? nil : best
    }
}

/// How names relate, remembered: the same few meet on identifier after identifier.
struct NameRelations {
    private let nicknames: Nicknames
    /// Both names of a pair, and what is known of it; the last pair with the same remainder wins.
    private var keys = [UInt64](repeating: .max, count: Self.size)
    private var qualities = [Int8](repeating: 0, count: Self.size)

    /// Pairs that are remembered.
    private static let size = 1 << 14

    init(nicknames: Nicknames) { self.nicknames = nicknames }

    /// How far apart two compatible names are, 0 for equal ones; nil when they are two people's.
    mutating func quality(_ a: Int32, _ b: Int32, _ evidence: PreparedEvidence) -> Int? {
        let key = UInt64(UInt32(a)) << 32 | UInt64(UInt32(b))
        let slot = Int(truncatingIfNeeded: Blocking.mix(key)) & (Self.size - 1)
        if keys[slot] != key {
            let relation = NameRelation(evidence.name(at: a), evidence.name(at: b), nicknames: nicknames)
            keys[slot] = key
            qualities[slot] = relation.isCompatible ? Int8(relation.given.rawValue + relation.surname.rawValue) : -1
        }
        return qualities[slot] < 0 ? nil : Int(qualities[slot])
    }
}
