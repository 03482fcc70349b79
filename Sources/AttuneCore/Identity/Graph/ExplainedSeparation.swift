/// Why two sightings are not one person's: what both show that does not join them, and what a comparison says.
public struct ExplainedSeparation: Sendable, Equatable {
    /// Identifiers both show, in their normalised form, by their kinds' priority.
    public var barriers: [Barrier] = []
    /// How alike the people behind the two are; nil where identifiers made them out as one, and a limit or a decision forbids it.
    public var weight: PairWeight?

    public struct Barrier: Sendable, Equatable {
        public var kind: Identifier.Kind
        public var value: String
        public var reason: Reason
    }

    /// Why an identifier does not join two of its sightings.
    public enum Reason: String, Sendable, Equatable, CaseIterable {
        /// The kind joins nobody.
        case kind
        /// Too many people show it.
        case crowd
        /// Several people show it, and these two are not the same one or cannot be told apart.
        case severalPeople
        /// It would join them, but a customer would then have more identifiers of a kind than one may have, or somebody decided.
        case limit
    }
}

extension ResolvedGraph {
    /// Why two sightings are two people's; nil when they are one person's.
    public func separation(_ a: Int, _ b: Int) -> ExplainedSeparation? {
        guard a != b, let x = evidence.order.firstIndex(of: Int32(a)), let y = evidence.order.firstIndex(of: Int32(b)) else { return nil }
        for p in 0..<people.count where people[p].contains(Int32(x)) { if people[p].contains(Int32(y)) { return nil } }
        var result = ExplainedSeparation()
        let others = Set(evidence.nodesOf[y])
        for node in evidence.nodesOf[x].filter(others.contains).sorted(by: { (nodes.rank($0), $0) < (nodes.rank($1), $1) }) {
            result.barriers.append(
                .init(kind: evidence.kind(of: node), value: evidence.values.text(of: node), reason: reason(node, Int32(x), Int32(y))))
        }
        let entity = { (record: Int) in (0..<entities.count).first { entities[$0].contains(Int32(record)) } }
        if let one = entity(x), let other = entity(y), one != other {
            let weight = model.weight(min(one, other), max(one, other), table)
            result.weight = one < other ? weight : weight.exchanged
        }
        return result
    }

    private func reason(_ node: Int32, _ x: Int32, _ y: Int32) -> ExplainedSeparation.Reason {
        if nodes.isGeneric(node) { return .crowd }
        if !nodes.connects(node) { return .kind }
        return nodes.groups(of: node).contains { $0.contains(x) && $0.contains(y) } ? .limit : .severalPeople
    }
}
