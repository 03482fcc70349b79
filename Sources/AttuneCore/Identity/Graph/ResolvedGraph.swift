/// Sightings with the people they were found to be, and everything the decision was made of, so that each link can be proven.
///
///     let graph = EvidenceGraph(policy: policy).resolved(sightings)
///     graph.clusters                      // [[Int]], as `EvidenceGraph.clusters`
///     graph.path(from: 3, to: 17)         // [ExplainedLink], nil when they are two people
///
/// A caller that keeps the evidence of one component only (all sightings that share identifiers, directly or over others) may
/// resolve that; but the weights of comparisons are learned from all sightings given.
public struct ResolvedGraph: Sendable {
    /// Records by person, people by their earliest.
    let people: Lists
    let evidence: PreparedEvidence
    let nodes: SplitNodes
    /// Records by what identifiers alone join, and decisions that come before them.
    let identified: Lists
    /// Records by what identifiers and aliases alone make out as one person.
    let entities: Lists
    let table: RecordTable
    let model: MatchModel
    /// Links beside those of identifiers: of records, not of sightings.
    let decided: [(Int, Int)]
    let aliases: [Alias]
    let settled: [Settled]
    /// Records by person before decisions put some together; nil where none does.
    let unmerged: Lists?

    /// First records of two groups, and their names.
    struct Alias: Sendable {
        var alias: Int
        var person: Int
        var name: PersonName
        var personName: PersonName
    }

    /// A sighting that an identifier had left open, the identifier, and the sighting it joined.
    struct Settled: Sendable {
        var record: Int
        var node: Int32
        var to: Int
    }

    /// People as lists of places among the sightings; in each the earliest sighting comes first, and people come by their earliest.
    public var clusters: [[Int]] { places(people) }

    /// The person of each sighting, by its place: numbers from 0 on in the order of their earliest sightings.
    public var persons: [Int32] { owners(people) }

    func places(_ groups: Lists) -> [[Int]] { evidence.places(groups) }

    /// Of each sighting, by its place, the group of its record.
    func owners(_ groups: Lists) -> [Int32] {
        var result = [Int32](repeating: 0, count: evidence.count)
        for g in 0..<groups.count { for r in groups[g] { result[Int(evidence.order[Int(r)])] = Int32(g) } }
        return result
    }

    /// Place of the earliest sighting of each person.
    public var earliest: [Int32] { people.map { evidence.order[Int($0.first ?? 0)] } }

    /// What was learned about agreement and disagreement, for people to read.
    public var modelReport: String { model.report(table.columns) }

    /// The shortest chain of links from one sighting to another; empty for the same one, nil when they are not one person.
    ///
    /// Every link can be checked by itself: an identifier stands on both sightings, a comparison's terms add up to its total bit for
    /// bit (`PairWeight.rederived`), and each link begins where the one before it ends. Takes time with the number of sightings;
    /// of many pairs ask `paths(from:)`.
    public func path(from a: Int, to b: Int) -> [ExplainedLink]? {
        guard a >= 0, b >= 0, a < evidence.count, b < evidence.count else { return nil }
        if a == b { return [] }
        return search(a)?.path(from: a, to: b)
    }

    /// The shortest chain of links from one sighting to each other one of its person, by place.
    public func paths(from a: Int) -> [Int: [ExplainedLink]] {
        guard a >= 0, a < evidence.count, let search = search(a) else { return [:] }
        return search.paths(from: a)
    }

    private func search(_ a: Int) -> LinkSearch? {
        guard let record = evidence.order.firstIndex(of: Int32(a)) else { return nil }
        for p in 0..<people.count where people[p].contains(Int32(record)) { return LinkSearch(self, records: people[p]) }
        return nil
    }
}
