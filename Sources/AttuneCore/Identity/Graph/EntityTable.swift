/// What is known of the people that identifiers alone make out, as columns to compare them by.
struct EntityTable {
    private(set) var columns: [FieldColumn]

    /// Values of a field that are compared, the most frequent ones.
    static let valueLimit = 4

    init(_ groups: [[Int]], evidence: PreparedEvidence, nodes: SplitNodes) {
        var given = [[[UInt8]]]()
        var surname = [[[UInt8]]]()
        var town = [[[UInt8]]]()
        var birth = [[[UInt8]]]()
        var orders = [[[UInt8]]]()
        var users = [[[UInt8]]]()
        var contacts = [[[UInt8]]]()
        var accounts = [[[UInt8]]]()
        for group in groups {
            let records = group.map { evidence.records[$0] }
            let names = records.compactMap { $0.name >= 0 ? evidence.names[Int($0.name)] : nil }
            given.append(Self.frequent(names.map(\.given)))
            surname.append(Self.frequent(names.map(\.surname)))
            town.append(Self.frequent(records.map(\.town)))
            birth.append(Self.frequent(records.map(\.birthDate)))
            let values = { (kind: Identifier.Kind) in
                Set(records.flatMap(\.nodes).filter { evidence.nodes[Int($0)].kind == kind && !nodes.nodes[Int($0)].isGeneric })
                    .map { Array(evidence.nodes[Int($0)].value.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
            }
            orders.append(values(.orderNumber))
            users.append(values(.userID))
            // Identifiers that several of these people may show.
            let own = Set(records.flatMap(\.nodes).filter { nodes.joins($0) }).sorted()
            let bytes = { (n: Int32) in (0..<4).map { UInt8(truncatingIfNeeded: n >> ($0 * 8)) } }
            let isContact = { (n: Int32) in [.email, .phone].contains(evidence.nodes[Int(n)].kind) }
            contacts.append(own.filter(isContact).map(bytes))
            accounts.append(own.filter { !isContact($0) }.map(bytes))
        }
        columns = [
            FieldColumn(name: "given name", kind: .givenName, records: given),
            FieldColumn(name: "surname", kind: .surname, isShared: true, records: surname),
            FieldColumn(name: "town", kind: .town, isShared: true, records: town),
            FieldColumn(name: "birth date", kind: .date, records: birth),
            FieldColumn(name: "order", kind: .mention, records: orders),
            FieldColumn(name: "customer number", kind: .unique, records: users),
            // Households share addresses and numbers, hardly ever accounts and devices: the data tells how often.
            FieldColumn(name: "contacts", kind: .overlap, records: contacts),
            FieldColumn(name: "accounts", kind: .overlap, records: accounts),
        ].filter { $0.distinct > 1 }
    }

    /// The values seen most often, written out ones before initials.
    private static func frequent(_ values: [[UInt8]]) -> [[UInt8]] {
        var counts: [[UInt8]: Int] = [:]
        for value in values where !value.isEmpty { counts[value, default: 0] += 1 }
        if counts.keys.contains(where: { $0.count > 1 }) { counts = counts.filter { $0.key.count > 1 } }
        let most = counts.values.max() ?? 0
        return counts.filter { $0.value * 10 >= most }
            .sorted { $0.value != $1.value ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key) }
            .prefix(valueLimit).map(\.key)
    }
}
