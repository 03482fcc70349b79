/// Sightings with the people they were found to be, and everything the decision was made of, so that each link can be proven.
///
///     let graph = EvidenceGraph(policy: policy).resolved(sightings)
///     graph.clusters                      // [[Int]], as `EvidenceGraph.clusters`
///     graph.path(from: 3, to: 17)         // [IdentityLink], nil when they are two people
///
/// A caller that keeps the evidence of one component only (all sightings that share identifiers, directly or over others) may
/// resolve that; but the weights of comparisons are learned from all sightings given.
public struct ResolvedGraph: Sendable {
    /// People as lists of places among the sightings; in each the earliest sighting comes first, and people come by their earliest.
    public let clusters: [[Int]]
    let evidence: PreparedEvidence
    let nodes: SplitNodes
    /// Records by what identifiers and aliases alone make out as one person.
    let entities: [[Int]]
    let table: RecordTable
    let model: MatchModel
    /// Links beside those of identifiers: of records, not of sightings.
    let aliases: [Alias]
    let settled: [Settled]

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

    /// The shortest chain of links from one sighting to another; empty for the same one, nil when they are not one person.
    ///
    /// Every link can be checked by itself: an identifier stands on both sightings, a comparison's terms add up to its total bit for
    /// bit (`PairWeight.rederived`), and each link begins where the one before it ends.
    public func path(from a: Int, to b: Int) -> [IdentityLink]? {
        let count = evidence.records.count
        guard a >= 0, b >= 0, a < count, b < count else { return nil }
        if a == b { return [] }
        guard let members = clusters.first(where: { $0.contains(a) }), members.contains(b) else { return nil }
        return LinkSearch(self, members: members).path(from: a, to: b)
    }
}
