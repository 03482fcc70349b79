/// Tells at once whose a further message is, out of identifiers alone: a few look-ups in flat tables, whatever their number.
///
/// It answers from what was resolved; a message whose identifiers join people, or show one with a new name, changes the evidence, and
/// the graph has to be resolved anew for it.
public struct IdentityIndex: Sendable {
    /// Identifiers, tagged by the place of their kind.
    private var values: ByteTable
    private let kinds: [Identifier.Kind]
    private let book: PhoneBook
    private let normalizer: IdentifierNormalizer
    private let policy: IdentityPolicy
    /// By node: the person, or one of the two below.
    private var persons: [Int32]
    /// Identifiers of several people: the person and the names of each.
    private var several: [Int32: [Holder]] = [:]
    private let nicknames: Nicknames
    public let personCount: Int

    private static let nobody: Int32 = -1
    private static let shared: Int32 = -2

    private struct Holder: Sendable {
        var person: Int32
        var names: [PersonName]
        /// Latest sighting.
        var last: Int32
    }

    public init(_ graph: ResolvedGraph, policy: IdentityPolicy = .standard) {
        let evidence = graph.evidence
        values = evidence.values
        values.restoreIndex()
        (kinds, book, normalizer) = (evidence.kinds, evidence.book, evidence.normalizer)
        self.policy = policy
        nicknames = graph.table.nicknames
        personCount = graph.people.count
        var personOf = [Int32](repeating: 0, count: evidence.count)
        for p in 0..<graph.people.count { for r in graph.people[p] { personOf[Int(r)] = Int32(p) } }
        persons = [Int32](repeating: Self.nobody, count: values.count)
        for n in 0..<Int32(persons.count) where graph.nodes.joins(n) {
            if graph.nodes.split(of: n) == nil {
                persons[Int(n)] = Self.owner(evidence.recordsOf[Int(n)], personOf)
                continue
            }
            persons[Int(n)] = Self.shared
            several[n] = graph.nodes.groups(of: n).compactMap { group in
                let person = Self.owner(group, personOf)
                guard person >= 0, let last = group.last else { return nil }
                let names = Set(group.map { evidence.name[Int($0)] }.filter { $0 >= 0 })
                return Holder(person: person, names: names.sorted().map { evidence.name(at: $0) }, last: last)
            }
        }
    }

    /// Whose these records are; nobody's, where a guard parted them.
    private static func owner(_ records: ArraySlice<Int32>, _ personOf: [Int32]) -> Int32 {
        guard let first = records.first.map({ personOf[Int($0)] }), records.allSatisfy({ personOf[Int($0)] == first }) else { return nobody }
        return first
    }

    /// The number of the sighting's person among `ResolvedGraph.clusters`; nil when its identifiers are not known or name nobody.
    ///
    /// The identifier of the highest priority decides.
    public func person(of sighting: Sighting) -> Int? {
        var best: (rank: Int, person: Int32)?
        for identifier in sighting.identifiers {
            guard let rank = policy.rank(of: identifier.kind), rank < best?.rank ?? .max,
                let node = node(of: identifier, region: sighting.region)
            else { continue }
            let person = persons[Int(node)] == Self.shared ? holder(node, sighting.name) : persons[Int(node)]
            if person >= 0 { best = (rank, person) }
        }
        return best.map { Int($0.person) }
    }

    private func node(of identifier: Identifier, region: String?) -> Int32? {
        guard let kind = kinds.firstIndex(of: identifier.kind) else { return nil }
        var text = identifier.value
        let value = text.withUTF8 { normalizer.normalize($0, identifier.kind, .init(identifier.kind)) { book.complete($0, region: region) } }
        return value?.withUnsafeBufferPointer { values.find($0, tag: UInt32(kind)) }
    }

    /// Of several people the one whose name fits; without a name whoever showed the identifier last.
    private func holder(_ node: Int32, _ text: String?) -> Int32 {
        let holders = several[node] ?? []
        guard let name = text.flatMap({ PersonName($0) }) else { return holders.max { $0.last < $1.last }?.person ?? Self.nobody }
        let fitting = holders.filter { holder in
            holder.names.contains { NameRelation($0, name, nicknames: nicknames).isCompatible }
        }
        return fitting.count == 1 ? fitting[0].person : Self.nobody
    }

    /// Bytes of memory it holds, which is all that look-ups need: identifiers, their people, international numbers, and the names of those
    /// that several people show.
    public var footprint: Int {
        let holders = several.values.reduce(0) { sum, holders in
            sum + 80 + holders.reduce(0) { $0 + 48 + $1.names.reduce(0) { $0 + 80 + $1.given.count + $1.surname.count } }
        }
        return values.footprint + 4 * persons.capacity + book.footprint + holders
    }
}
