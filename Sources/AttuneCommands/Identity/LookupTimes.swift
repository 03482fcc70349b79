import AttuneCore

/// How long single look-ups in a resolved graph take, and what it holds: what `Benchmarks/identity` asks for.
struct LookupTimes {
    private let nanoseconds: [Int64]
    private let found: Int
    private let right: Int
    private let index: IdentityIndex

    /// Looks every record up again, one at a time.
    init(_ log: EvidenceLog, _ graph: ResolvedGraph, policy: IdentityPolicy) {
        index = IdentityIndex(graph, policy: policy)
        let persons = graph.persons
        let clock = ContinuousClock()
        var (nanoseconds, found, right) = ([Int64](), 0, 0)
        nanoseconds.reserveCapacity(log.count)
        for place in 0..<log.count {
            let sighting = log.sighting(at: place)
            let began = clock.now
            let person = index.person(of: sighting)
            let time = began.duration(to: clock.now)
            nanoseconds.append(time.components.seconds * 1_000_000_000 + time.components.attoseconds / 1_000_000_000)
            guard let person else { continue }
            found += 1
            if person == Int(persons[place]) { right += 1 }
        }
        (self.nanoseconds, self.found, self.right) = (nanoseconds.sorted(), found, right)
    }

    /// One line of JSON; times in nanoseconds, memory in bytes.
    var json: String {
        let part = { (share: Double) in nanoseconds.isEmpty ? 0 : nanoseconds[min(nanoseconds.count - 1, Int(Double(nanoseconds.count) * share))] }
        return "{\"lookups\":\(nanoseconds.count),\"found\":\(found),\"right\":\(right),\"p50\":\(part(0.5)),\"p99\":\(part(0.99)),"
            + "\"p999\":\(part(0.999)),\"max\":\(nanoseconds.last ?? 0),\"customers\":\(index.personCount),\"indexBytes\":\(index.footprint)}\n"
    }
}
