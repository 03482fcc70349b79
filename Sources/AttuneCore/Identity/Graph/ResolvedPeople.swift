/// Who the sightings are, without what it was decided by.
public struct ResolvedPeople: Sendable {
    /// The person of each sighting, by its place: numbers from 0 on in the order of their earliest sightings.
    public let persons: [Int32]
    /// Place of the earliest sighting of each person.
    public let earliest: [Int32]
    /// What was learned about agreement and disagreement, for people to read.
    public let modelReport: String

    /// - Parameters:
    ///   - places: of the sightings of each of those whom identifiers make out, the earliest first.
    ///   - people: which of these are one.
    init(_ places: Lists, _ people: Lists, _ outcome: Linkage.Outcome) {
        var persons = [Int32](repeating: 0, count: places.items.count)
        for p in 0..<people.count {
            for i in people.range(p) {
                for j in places.range(Int(people.items[i])) { persons[Int(places.items[j])] = Int32(p) }
            }
        }
        self.persons = persons
        earliest = people.map { places[Int($0.first ?? 0)].first ?? 0 }
        modelReport = outcome.model.report(outcome.table.columns)
    }
}
