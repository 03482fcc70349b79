/// What is known of the people that identifiers alone make out, as columns to compare them by.
struct EntityTable {
    private(set) var columns: [FieldColumn] = []

    /// Values of a field that are compared, the most frequent ones.
    static let valueLimit = 4

    private struct Fields {
        var given = Lists(), surname = Lists(), town = Lists(), birthDate = Lists()
        var orders = Lists(), users = Lists(), contacts = Lists(), accounts = Lists()
    }

    init(_ groups: Lists, evidence: PreparedEvidence, nodes: SplitNodes) {
        var fields = Fields()
        let roles = evidence.kinds.map(Role.init)
        var scratch = [Int32]()
        for g in 0..<groups.count {
            let group = groups[g]
            Self.frequent(group, evidence.name, of: evidence.parts, &scratch, &fields.given) { evidence.partsOf[Int($0)].given }
            Self.frequent(group, evidence.name, of: evidence.parts, &scratch, &fields.surname) { evidence.partsOf[Int($0)].surname }
            Self.frequent(group, evidence.town, of: evidence.towns, &scratch, &fields.town) { $0 }
            Self.frequent(group, evidence.birthDate, of: evidence.birthDates, &scratch, &fields.birthDate) { $0 }
            scratch.removeAll(keepingCapacity: true)
            for r in group { for i in evidence.nodesOf.range(Int(r)) { scratch.append(evidence.nodesOf.items[i]) } }
            if scratch.count > 1 { scratch.sort() }
            var last: Int32 = -1
            for n in scratch where n != last {
                last = n
                switch roles[Int(evidence.values.tag(of: n))] {
                case .order: if !nodes.isGeneric(n) { fields.orders.append(n) }
                case .user:
                    if !nodes.isGeneric(n) { fields.users.append(n) }
                    if nodes.joins(n) { fields.accounts.append(n) }
                // Identifiers that several of these people may show.
                case .contact: if nodes.joins(n) { fields.contacts.append(n) }
                case .account: if nodes.joins(n) { fields.accounts.append(n) }
                }
            }
            fields.orders.endList()
            fields.users.endList()
            fields.contacts.endList()
            fields.accounts.endList()
        }
        columns = [
            FieldColumn(name: "given name", kind: .givenName, records: fields.given, of: evidence.parts),
            FieldColumn(name: "surname", kind: .surname, isShared: true, records: fields.surname, of: evidence.parts),
            FieldColumn(name: "town", kind: .town, isShared: true, records: fields.town, of: evidence.towns),
            FieldColumn(name: "birth date", kind: .date, records: fields.birthDate, of: evidence.birthDates),
            FieldColumn(name: "order", kind: .mention, records: fields.orders, of: evidence.values),
            FieldColumn(name: "customer number", kind: .unique, records: fields.users, of: evidence.values),
            // Households share addresses and numbers, hardly ever accounts and devices: the data tells how often.
            FieldColumn(name: "contacts", kind: .overlap, records: fields.contacts, of: evidence.values),
            FieldColumn(name: "accounts", kind: .overlap, records: fields.accounts, of: evidence.values),
        ].filter { $0.distinct > 1 }
    }

    private enum Role {
        case order, user, contact, account

        init(_ kind: Identifier.Kind) {
            switch kind {
            case .orderNumber: self = .order
            case .userID: self = .user
            case .email, .phone: self = .contact
            default: self = .account
            }
        }
    }

    /// Appends the values seen most often, written out ones before initials.
    @inline(__always)
    private static func frequent(
        _ group: ArraySlice<Int32>, _ column: [Int32], of table: ByteTable, _ scratch: inout [Int32], _ lists: inout Lists,
        _ value: (Int32) -> Int32
    ) {
        scratch.removeAll(keepingCapacity: true)
        for r in group where column[Int(r)] >= 0 {
            let value = value(column[Int(r)])
            if value >= 0 { scratch.append(value) }
        }
        // One value all over needs no counting.
        if let first = scratch.first {
            if scratch.allSatisfy({ $0 == first }) { lists.append(first) } else { ranked(&scratch, table, &lists) }
        }
        lists.endList()
    }

    private static func ranked(_ values: inout [Int32], _ table: ByteTable, _ lists: inout Lists) {
        values.sort()
        var counts = [(value: Int32, count: Int)]()
        for value in values {
            if counts.last?.value == value { counts[counts.count - 1].count += 1 } else { counts.append((value, 1)) }
        }
        let isWritten = { (value: Int32) in table.withBytes(of: value) { $0.count > 1 } }
        if counts.contains(where: { isWritten($0.value) }) { counts = counts.filter { isWritten($0.value) } }
        let most = counts.reduce(0) { max($0, $1.count) }
        let best = counts.filter { $0.count * 10 >= most }.sorted { $0.count != $1.count ? $0.count > $1.count : table.precedes($0.value, $1.value) }
        for item in best.prefix(valueLimit) { lists.append(item.value) }
    }
}
