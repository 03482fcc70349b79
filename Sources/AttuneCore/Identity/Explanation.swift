/// Why two messages are one customer's, or are not.
public struct Explanation: Sendable {
    /// A step from one message to the next; together they lead from the first message asked about to the second.
    public struct Step: Sendable {
        public enum Reason: Sendable {
            /// Both show it, and it joins them.
            case identifier(IdentifierKey, IdentityPolicy.KindRule)
            /// They claim exactly the same.
            case sameClaim
            case decision
            /// The name of one is only ever seen on identifiers of the other, who has more.
            case alias
            /// They write one number, one of them without its country.
            case completedNumber
            /// Names and other attributes.
            case score(Score)
        }

        public var from: String
        public var to: String
        public var reason: Reason
    }

    /// What every attribute adds to the log-odds of being one person, in bits.
    public struct Score: Sendable {
        public struct Part: Sendable {
            public var name: String
            /// How far the two agree in words; nil where nothing is compared.
            public var level: String?
            public var bits: Double
        }

        /// The prior, the attributes, and what relatives would explain as well; in the order in which they are added.
        public var parts: [Part]
        public var total: Double
        public var probability: Double

        /// The sum of the parts: `total`, but for the rounding of the last bits.
        public var derived: Double { parts.dropFirst().reduce(parts.first?.bits ?? 0) { $0 + $1.bits } }
    }

    public var isOneCustomer: Bool
    public var steps: [Step] = []
    /// Identifiers both show that do not join them, and why not.
    public var barriers: [(key: IdentifierKey, reason: String)] = []
    /// How alike the two are otherwise; nil where nothing can be compared.
    public var score: Score?
}

extension IdentityEvidence {
    /// Why two messages are one customer's where identifiers and decisions alone join them: then what hangs together with them is enough
    /// to look at. Nil where more has to be known.
    /// - Parameters:
    ///   - a: id of a customer's message.
    ///   - b: that of the other.
    public func explainByIdentifiers(_ a: String, _ b: String, graph: EvidenceGraph) -> Explanation? {
        guard let i = messages.firstIndex(where: { $0.messageID == a }), let j = messages.firstIndex(where: { $0.messageID == b }),
            !hasNationalNumbers
        else { return nil }
        let found = graph.resolve(sightings(), links: decisions)
        guard let part = found.identified.first(where: { $0.contains(i) }), part.contains(j) else { return nil }
        let steps = Trail(self, found, graph.policy).steps(part, from: i, to: j)
        return i == j || !steps.isEmpty ? Explanation(isOneCustomer: true, steps: steps) : nil
    }

    /// - Parameters:
    ///   - a: id of a customer's message; nil is answered when either is not on file.
    ///   - b: that of the other.
    public func explain(_ a: String, _ b: String, graph: EvidenceGraph) -> Explanation? {
        var place: [String: Int] = [:]
        for (i, message) in messages.enumerated() where message.messageID == a || message.messageID == b { place[message.messageID] = i }
        guard let i = place[a], let j = place[b] else { return nil }
        let found = graph.resolve(sightings(), links: decisions)
        var person = [Int](repeating: 0, count: messages.count)
        for (p, group) in found.groups.enumerated() { for m in group { person[m] = p } }
        var explanation = Explanation(isOneCustomer: person[i] == person[j])
        explanation.score = found.score(i, j)
        if explanation.isOneCustomer {
            explanation.steps = Trail(self, found, graph.policy).steps(found.groups[person[i]], from: i, to: j)
        } else {
            let generic = keys(found.generic)
            let shared = Set(evidence(ofMessage: i)?.keys ?? []).intersection(evidence(ofMessage: j)?.keys ?? [])
            explanation.barriers = shared.sorted { $0.precedes($1) }.map { key in
                let rule = graph.policy.rank(of: key.kind)
                let reason =
                    rule == nil
                    ? "identifiers of this kind join nobody"
                    : generic.contains(key)
                        ? "too many people show it" : "the people who show it have different names, or more identifiers than a customer may have"
                return (key, reason)
            }
            let decided = links.contains { $0.kind == .cannot && Set([$0.first, $0.second]) == [a, b] }
            if decided {
                explanation.barriers.append(
                    (IdentifierKey(kind: Identifier.Kind(rawValue: "decision"), hash: KeyHash(high: 0, low: 0)), "decided by hand"))
            }
        }
        return explanation
    }
}

/// The way from one message of a person to another, over what joined them.
private struct Trail {
    let all: IdentityEvidence
    let found: EvidenceGraph.Resolution
    let policy: IdentityPolicy

    init(_ all: IdentityEvidence, _ found: EvidenceGraph.Resolution, _ policy: IdentityPolicy) {
        self.all = all
        self.found = found
        self.policy = policy
    }

    private typealias Edge = (to: Int, reason: Explanation.Step.Reason)

    /// The shortest one, strong identifiers first.
    func steps(_ group: [Int], from start: Int, to end: Int) -> [Explanation.Step] {
        guard start != end else { return [] }
        var before: [Int: (Int, Explanation.Step.Reason)] = [:]
        var queue = [start]
        var head = 0
        let edges = edges(group)
        while head < queue.count, before[end] == nil {
            let here = queue[head]
            head += 1
            for edge in edges[here] ?? [] where edge.to != start && before[edge.to] == nil {
                before[edge.to] = (here, edge.reason)
                queue.append(edge.to)
            }
        }
        var steps = [Explanation.Step]()
        var here = end
        while here != start, let (last, reason) = before[here] {
            steps.append(.init(from: all.messages[last].messageID, to: all.messages[here].messageID, reason: reason))
            here = last
        }
        return steps.reversed()
    }

    private func edges(_ group: [Int]) -> [Int: [Edge]] {
        var edges: [Int: [Edge]] = [:]
        func join(_ a: Int, _ b: Int, _ reason: Explanation.Step.Reason) {
            edges[a, default: []].append((b, reason))
            edges[b, default: []].append((a, reason))
        }
        var part: [Int: Int] = [:]
        let inside = Set(group)
        for (p, members) in found.identified.enumerated() where inside.contains(members[0]) { for m in members { part[m] = p } }
        var holders: [IdentifierKey: [Int: Int]] = [:]
        var claims: [KeyHash: [Int: Int]] = [:]
        let generic = all.keys(found.generic)
        for m in group.sorted() {
            guard let item = all.evidence(ofMessage: m), let p = part[m] else { continue }
            if let first = claims[item.claim]?[p] { join(first, m, .sameClaim) } else { claims[item.claim, default: [:]][p] = m }
            for key in item.keys where !generic.contains(key) {
                guard let rank = policy.rank(of: key.kind) else { continue }
                // An identifier joins only those who are one person as far as identifiers tell.
                if let first = holders[key]?[p] { join(first, m, .identifier(key, policy.rules[rank])) } else { holders[key, default: [:]][p] = m }
            }
        }
        let place = Dictionary(group.map { (all.messages[$0].messageID, $0) }, uniquingKeysWith: { first, _ in first })
        for link in all.links where link.kind == .must {
            if let a = place[link.first], let b = place[link.second] { join(a, b, .decision) }
        }
        let parts = found.identified.filter { inside.contains($0[0]) }
        for part in parts { for loose in loose(part, edges) { join(part[0], loose, .completedNumber) } }
        var person: [Int: Int] = [:]
        for (p, members) in found.unmerged.enumerated() where inside.contains(members[0]) { for m in members { person[m] = p } }
        for (k, other) in parts.enumerated() {
            for one in parts[..<k] where person[one[0]] == person[other[0]] {
                if let reason = reason(one, other, generic) { join(one[0], other[0], reason) }
            }
        }
        return edges
    }

    /// A member of each set of a part that identifiers as written do not connect with its first.
    private func loose(_ part: [Int], _ edges: [Int: [Edge]]) -> [Int] {
        let place = Dictionary(uniqueKeysWithValues: part.enumerated().map { ($1, $0) })
        var forest = DisjointSets(count: part.count)
        for (k, m) in part.enumerated() { for edge in edges[m] ?? [] { if let other = place[edge.to] { forest.join(k, other) } } }
        return forest.groups().dropFirst().compactMap { $0.first.map { part[Int($0)] } }
    }

    /// What joins people whom identifiers alone keep apart.
    private func reason(_ one: [Int], _ other: [Int], _ generic: Set<IdentifierKey>) -> Explanation.Step.Reason? {
        guard let score = found.score(one[0], other[0]) else { return .alias }
        guard one.count == 1 || other.count == 1 else { return .score(score) }
        // A sighting without a name, between names that turned out to be one person's.
        let keys = { (part: [Int]) in Set(part.flatMap { all.evidence(ofMessage: $0)?.keys ?? [] }).subtracting(generic) }
        let shared = keys(one).intersection(keys(other)).sorted { $0.precedes($1) }
        for key in shared { if let rank = policy.rank(of: key.kind) { return .identifier(key, policy.rules[rank]) } }
        return .score(score)
    }
}

extension EvidenceGraph.Resolution {
    /// How alike the people behind two sightings are, attribute by attribute.
    func score(_ a: Int, _ b: Int) -> Explanation.Score? {
        guard let compared, compared.person[a] != compared.person[b] else { return nil }
        let (x, y) = (compared.person[a], compared.person[b])
        return compared.model.explain(compared.table, min(x, y), max(x, y))
    }
}

extension MatchModel {
    /// The weight of one pair as a sum.
    func explain(_ table: RecordTable, _ a: Int32, _ b: Int32) -> Explanation.Score {
        let weight = weight(Int(a), Int(b), table)
        var parts = [Explanation.Score.Part(name: "prior", level: nil, bits: weight.prior)]
        for (f, term) in weight.terms.enumerated() {
            parts.append(.init(name: term.field, level: term.level, bits: term.bits))
            if fields[f].usesRarity { parts.append(.init(name: term.field + ", rarity", level: term.level, bits: -term.rarity)) }
        }
        let total = weight.total
        let sum = parts.dropFirst().reduce(parts[0].bits) { $0 + $1.bits }
        // What is left is the chance that they are strangers or relatives.
        parts.append(.init(name: "strangers and relatives", level: nil, bits: total - sum))
        return Explanation.Score(parts: parts, total: total, probability: Bits.probability(total))
    }
}
