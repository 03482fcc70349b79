/// Decides, identifier by identifier and from the evidence alone, whom it can join.
///
/// One compatible name: everybody who shows it is one person. A few: a family's address, a landline, a recycled number, a
/// re-registered handle; it joins each person's own sightings. Many: a switchboard, a shared tablet, a reseller; it joins nobody.
/// Those count as well who were not seen yet: an identifier that shows somebody new nearly every time is a crowd's, of which a few
/// sightings show a few, and two of one name among them are two people as likely as one.
struct SplitNodes: Sendable {
    /// More people than that share no household.
    static let groupLimit = 7

    /// Sightings that an identifier of several people joins, in groups; those it leaves open.
    struct Node: Sendable {
        var groups: [[Int32]] = []
        var open: [Int32] = []
    }

    private enum Verdict {
        static let nobody: Int32 = -1
        static let everybody: Int32 = -2
        static let generic: Int32 = -3
    }

    /// By node: one of the verdicts, or the place of a node of several people in `several`.
    private var verdicts: [Int32]
    /// Nodes of several people, ascending, and what they join.
    private(set) var several: [(node: Int32, split: Node)] = []
    /// Sightings of each node, as `PreparedEvidence.recordsOf`.
    private var recordsOf: Lists
    /// Kind of each node as its place.
    let kindOf: [UInt8]
    private var relations: NameRelations
    /// Name that all named sightings of an identifier agree on; -1 when there is none, `severalNames`. Empty once all are split.
    private var soleName: [Int32]
    /// Priority of each kind, the highest first; the last for kinds that never join.
    private let rankOfKind: [Int]
    private let orderKind: Int?
    private let participantKind: Int?
    private var scratch: [(name: Int32, count: Int)] = []
    private static let severalNames: Int32 = -2

    init(_ evidence: PreparedEvidence, nicknames: Nicknames, policy: IdentityPolicy) {
        recordsOf = evidence.recordsOf
        kindOf = evidence.kindOf
        relations = NameRelations(nicknames: nicknames)
        let count = kindOf.count
        verdicts = [Int32](repeating: Verdict.nobody, count: count)
        soleName = [Int32](repeating: -1, count: count)
        rankOfKind = evidence.kinds.map { policy.rank(of: $0) ?? .max }
        orderKind = evidence.kinds.firstIndex(of: .orderNumber)
        participantKind = evidence.kinds.firstIndex(of: IdentityPolicy.participant)
        for n in 0..<Int32(count) where rank(n) != .max {
            gather(n, evidence, isAlone: true)
            guard scratch.count > 1 else {
                if let only = scratch.first { soleName[Int(n)] = only.name }
                continue
            }
            let groups = NameGroups(scratch, evidence: evidence, relations: &relations, limit: Self.groupLimit)
            soleName[Int(n)] = groups.mainName ?? Self.severalNames
        }
        lendNames(evidence)
        for n in 0..<Int32(count) where rank(n) != .max || isOrder(n) { split(n, evidence) }
        soleName = []
    }

    /// Whether an identifier joins at least some of its sightings, as a thing that somebody has.
    func joins(_ n: Int32) -> Bool {
        let verdict = verdicts[Int(n)]
        return (verdict == Verdict.everybody || verdict >= 0) && !isOrder(n) && participantKind != Int(kindOf[Int(n)])
    }

    /// Whether an identifier is of a kind by which sightings are joined at all, be it a name within a conversation.
    func connects(_ n: Int32) -> Bool { rank(n) != .max }

    func isGeneric(_ n: Int32) -> Bool { verdicts[Int(n)] == Verdict.generic }

    /// Identifiers that join nobody.
    func generic(_ evidence: PreparedEvidence) -> Set<Identifier> {
        var result = Set<Identifier>()
        for n in 0..<Int32(verdicts.count) where isGeneric(n) {
            result.insert(Identifier(kind: evidence.kind(of: n), value: evidence.values.text(of: n), verified: true))
        }
        return result
    }

    /// Whether an identifier is that of several people.
    func isShared(_ n: Int32) -> Bool { verdicts[Int(n)] >= 0 }

    /// What an identifier of several people joins; nil for all others.
    func split(of n: Int32) -> Node? { verdicts[Int(n)] < 0 ? nil : several[Int(verdicts[Int(n)])].split }

    /// Sightings that an identifier joins, in groups.
    func groups(of n: Int32) -> [ArraySlice<Int32>] {
        if let node = split(of: n) { return node.groups.map { $0[...] } }
        return verdicts[Int(n)] == Verdict.everybody ? [recordsOf[Int(n)]] : []
    }

    /// Gives back what `groups(of:)` needs.
    mutating func releaseRecords() { recordsOf = Lists() }

    var footprint: Int {
        4 * (verdicts.capacity + soleName.capacity)
            + several.reduce(0) { $0 + 64 + 4 * ($1.split.open.count + $1.split.groups.reduce(0) { $0 + $1.count + 8 }) }
    }

    /// Priority of an identifier's kind, the highest first.
    func rank(_ n: Int32) -> Int { rankOfKind[Int(kindOf[Int(n)])] }

    private func isOrder(_ n: Int32) -> Bool { orderKind == Int(kindOf[Int(n)]) }

    /// Distinct names of the sightings of a node with their numbers, into `scratch`.
    /// - Parameter isAlone: other identifiers do not lend their names.
    private mutating func gather(_ n: Int32, _ evidence: PreparedEvidence, isAlone: Bool) {
        scratch.removeAll(keepingCapacity: true)
        var index: [Int32: Int] = [:]
        for i in recordsOf.range(Int(n)) {
            let r = recordsOf.items[i]
            let name = isAlone ? evidence.name[Int(r)] : name(r, without: n, evidence)
            guard name >= 0 else { continue }
            // A handful is found faster by looking; a crowd needs an index.
            let place = scratch.count < 16 ? scratch.firstIndex { $0.name == name } : index[name]
            if let place {
                scratch[place].count += 1
            } else {
                if scratch.count == 15 { for (i, item) in scratch.enumerated() { index[item.name] = i } }
                if scratch.count >= 15 { index[name] = scratch.count }
                scratch.append((name, 1))
            }
        }
    }

    /// A sighting's own name, or that of an identifier that says more than this one.
    private func name(_ r: Int32, without n: Int32, _ evidence: PreparedEvidence) -> Int32 {
        let own = evidence.name[Int(r)]
        return own >= 0 ? own : lentName(r, without: n, evidence)
    }

    /// The one name that goes with another identifier of a sighting, the strongest that has one. Where the names of an identifier tell
    /// several people apart, all others say more than it does.
    private func lentName(_ r: Int32, without n: Int32, _ evidence: PreparedEvidence) -> Int32 {
        var (limit, name) = (soleName[Int(n)] == Self.severalNames ? .max : rank(n), Int32(-1))
        for i in evidence.nodesOf.range(Int(r)) {
            let other = evidence.nodesOf.items[i]
            if other != n, rank(other) < limit, soleName[Int(other)] >= 0 { (limit, name) = (rank(other), soleName[Int(other)]) }
        }
        return name
    }

    /// Identifiers that are never seen with a name have that of the identifiers that they are seen with.
    private mutating func lendNames(_ evidence: PreparedEvidence) {
        var lent = [(node: Int32, name: Int32)]()
        for n in 0..<Int32(soleName.count) where soleName[Int(n)] == -1 && rank(n) != .max && !isOrder(n) {
            gather(n, evidence, isAlone: false)
            guard !scratch.isEmpty else { continue }
            let groups = NameGroups(scratch, evidence: evidence, relations: &relations, limit: 1)
            if !groups.isCut { lent.append((n, groups.groups[0][0])) }
        }
        for item in lent { soleName[Int(item.node)] = item.name }
    }

    private mutating func split(_ n: Int32, _ evidence: PreparedEvidence) {
        gather(n, evidence, isAlone: false)
        if scratch.count < 2 {
            verdicts[Int(n)] = Verdict.everybody
            return
        }
        let groups = NameGroups(scratch, evidence: evidence, relations: &relations, limit: Self.groupLimit)
        if groups.isCut || groups.isCrowd(limit: Self.groupLimit) {
            verdicts[Int(n)] = Verdict.generic
            return
        }
        guard groups.groups.count > 1 else {
            verdicts[Int(n)] = Verdict.everybody
            return
        }
        var parts = [[Int32]](repeating: [], count: groups.groups.count)
        var (nameless, doubtful) = ([Int32](), [Int32]())
        for r in recordsOf[Int(n)] {
            let own = name(r, without: n, evidence)
            let group = groups.group(of: own)
            if group != nil, groups.isDoubtful(own), evidence.name[Int(r)] >= 0 {
                // What fits two of them is told by what else it shows.
                let lent = lentName(r, without: n, evidence)
                if let closer = lent < 0 ? nil : groups.closest(to: lent, evidence, &relations) {
                    parts[closer].append(r)
                } else {
                    doubtful.append(r)
                }
            } else if let group {
                parts[group].append(r)
            } else {
                nameless.append(r)
            }
        }
        let open = (assign(nameless, to: &parts) + doubtful).sorted()
        verdicts[Int(n)] = Int32(several.count)
        several.append((n, Node(groups: parts.map { $0.sorted() }, open: open)))
    }

    /// Whether those who show an identifier, in order of time, hold it one after the other, as the owners of a number do, rather than in
    /// between each other, as a family does: of the sightings that tell a name, it is how well those around each would have told it.
    private static func isHeldInTurn(_ holders: [Int]) -> Bool {
        var (told, right) = (0, 0)
        for i in holders.indices {
            let (before, after) = (i > 0 ? holders[i - 1] : nil, i + 1 < holders.count ? holders[i + 1] : nil)
            guard let holder = before ?? after, before == nil || after == nil || before == after else { continue }
            told += 1
            if holder == holders[i] { right += 1 }
        }
        // One right and one wrong are taken for granted, so that a few say little.
        return Double(right + 1) >= leastShare * Double(told + 2)
    }

    /// Share of the sightings without a name that are to be given to the right holder.
    private static let leastShare = 0.75

    /// Sightings without a name belong to whoever clearly had the identifier then; the others are left open.
    private func assign(_ nameless: [Int32], to parts: inout [[Int32]]) -> [Int32] {
        // Named sightings in order of time with their group.
        let named = parts.enumerated().flatMap { g, part in part.map { (record: $0, group: g) } }.sorted { $0.record < $1.record }
        let largest = parts.indices.max { parts[$0].count < parts[$1].count } ?? 0
        let isClear = parts[largest].count * 10 >= named.count * 9
        let isTaken = Self.isHeldInTurn(named.map(\.group))
        var open = [Int32]()
        var next = 0
        for r in nameless {
            while next < named.count, named[next].record < r { next += 1 }
            // The holder before and the holder after.
            let before = next > 0 ? named[next - 1].group : nil
            let after = next < named.count ? named[next].group : nil
            if isTaken, let holder = before ?? after, before == nil || after == nil || before == after {
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
