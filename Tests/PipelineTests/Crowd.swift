import AttuneCore
import AttuneEngine
import AttuneStore

/// People who write over several channels, with what makes them hard to tell apart: families, a switchboard, a shared tablet, a
/// number that changes hands, junk, somebody else's order.
struct Crowd {
    private(set) var messages: [Message] = []
    /// Person by message id.
    private(set) var truth: [String: Int] = [:]

    /// What tells the country of a number that is written without one.
    private let language: String?

    init(seed: UInt64, people: Int, language: String? = "de-DE") {
        self.language = language
        var generator = SplitMix64(seed: seed)
        let given = ["Ann", "Robert", "Maria", "Peter", "Zoe", "Ivan", "Lina", "Omar", "Sue", "Jared", "Priya", "Tom"]
        let surnames = ["Lee", "Xu", "Gomez", "Hall", "Park", "Petrov", "Kern", "Haddad", "Ray", "Evans", "Nair", "Okafor"]
        for person in 0..<people {
            let name = (given[person % given.count], surnames[(person / 2 + person) % surnames.count])
            let town = ["Leeds", "Bonn", "Porto", "Lyon"][person % 4]
            for n in 0..<Int.random(in: 2...6, using: &generator) {
                var identifiers = [Identifier]()
                func show(_ kind: Identifier.Kind, _ value: String) { identifiers.append(Identifier(kind: kind, value: value, verified: true)) }
                switch Int.random(in: 0..<12, using: &generator) {
                case 0...2: show(.email, "p\(person)@mail.example")
                case 3:
                    show(.email, "P\(person)+x@mail.example")
                    show(.phone, "+4915112345\(100 + person)")
                case 4: show(.phone, "0151 12345\(100 + person)")
                case 5: show(.cookie, "cookie\(person)")
                case 6:
                    show(.cookie, "cookie\(person)")
                    show(.email, "p\(person)@mail.example")
                case 7: show(.email, "family\(person / 3)@mail.example")
                case 8: show(.phone, "+4930123456")
                case 9: show(.deviceID, "tablet\(person / 15)")
                case 10:
                    show(.email, "noreply@mail.example")
                    show(.orderNumber, "A\(Int.random(in: 0..<people, using: &generator))")
                default:
                    show(.userID, "u\(person)")
                    show(.phone, "+4915199999\(100 + person / 2)")
                }
                let written = ["\(name.0) \(name.1)", "\(name.0.prefix(1)). \(name.1)", name.0, nil, nil, "\(name.1), \(name.0)"]
                add(person, n, written[Int.random(in: 0..<6, using: &generator)], n % 2 == 0 ? town : nil, identifiers, &generator)
            }
        }
    }

    private mutating func add(
        _ person: Int, _ n: Int, _ name: String?, _ town: String?, _ identifiers: [Identifier], _ generator: inout SplitMix64
    ) {
        let id = "t:\(person)-\(n)"
        let seconds = Int64.random(in: 0..<40_000_000, using: &generator)
        messages.append(
            Message(
                id: id, channel: .chat, source: "t", conversationID: id,
                author: Author(role: .customer, displayName: name, identifiers: identifiers, town: town),
                sentAt: Timestamp(nanoseconds: seconds * 1_000_000_000), text: "v:0.1 words", language: language))
        truth[id] = person
    }

    /// - Parameter isLoading: tells of each batch by its number whether it is only loaded.
    func feed(_ world: World, _ messages: [Message], batch: Int, relink: Bool = true, isLoading: (Int) -> Bool = { _ in false }) throws {
        var rest = messages[...]
        var number = 0
        while !rest.isEmpty {
            try world.process(rest.prefix(batch).map { .message($0) }, isLoading: isLoading(number))
            number += 1
            rest = rest.dropFirst(batch)
        }
        if relink { try world.pipeline.relink(world.store) }
    }

    /// What `attune resolve` makes of the same messages.
    func batchPartition() -> Set<Set<String>> {
        let sightings = messages.map(\.sighting)
        return Set(EvidenceGraph().clusters(sightings).map { Set($0.map { sightings[$0].id }) })
    }

    func owners(_ world: World) throws -> [String: CustomerID] {
        let evidence = try world.store.transaction { try $0.evidence(ofMessages: messages.map(\.id)) }
        return evidence.compactMapValues(\.customerID)
    }

    /// Messages by customer.
    static func partition(_ owners: [String: CustomerID]) -> Set<Set<String>> {
        Set(Dictionary(grouping: owners, by: \.value).values.map { Set($0.map(\.key)) })
    }

    func partition(_ world: World) throws -> Set<Set<String>> {
        Self.partition(try owners(world))
    }
}

extension Message {
    /// The message as a record of `attune resolve`.
    var sighting: Sighting {
        Sighting(
            id: id, time: Double(sentAt.nanoseconds) / 1e9, identifiers: author.identifiers, name: author.displayName, town: author.town,
            birthDate: author.birthDate, region: language.map { String($0.suffix(2)) })
    }
}
