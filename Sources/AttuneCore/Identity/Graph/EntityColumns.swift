/// What is known of the people that identifiers alone make out, as columns to compare them by.
enum EntityColumns {
    /// Values of a field that are compared, the most frequent ones.
    static let valueLimit = 4
    /// Sightings that make a spelling one's own: slips are not made thrice alike.
    private static let settledCount = 3

    /// What people show: orders, numbers, addresses, accounts.
    /// - Parameter keepsValues: identifiers can be shown in explanations.
    static func identifiers(_ groups: Lists, _ evidence: PreparedEvidence, _ nodes: SplitNodes, keepsValues: Bool) -> [FieldColumn] {
        let number = { (kind: FieldColumn.Kind, name: String) in
            keepsValues
                ? FieldColumn.Builder(name: name, kind: kind, of: evidence.values)
                : FieldColumn.Builder(name: name, kind: kind, numbers: nodes.kindOf.count)
        }
        var (orders, users) = (number(.mention, "order"), number(.unique, "customer number"))
        // Households share addresses and numbers, hardly ever accounts and devices: the data tells how often.
        var (contacts, accounts) = (number(.overlap, "contacts"), number(.overlap, "accounts"))
        let unique = evidence.normalizer.policy.uniqueKind
        let roles = evidence.kinds.map { $0 == unique ? .user : Role($0) }
        var scratch = [Int32]()
        for g in 0..<groups.count {
            scratch.removeAll(keepingCapacity: true)
            for i in groups.range(g) {
                for j in evidence.nodesOf.range(Int(groups.items[i])) { scratch.append(evidence.nodesOf.items[j]) }
            }
            if scratch.count > 1 { scratch.sort() }
            var last: Int32 = -1
            for n in scratch where n != last {
                last = n
                switch roles[Int(nodes.kindOf[Int(n)])] {
                case .order: if !nodes.isGeneric(n) { orders.append(n) }
                case .user:
                    if !nodes.isGeneric(n) { users.append(n) }
                    if nodes.joins(n) { accounts.append(n) }
                // Identifiers that several of these people may show.
                case .contact: if nodes.joins(n) { contacts.append(n) }
                case .account: if nodes.joins(n) { accounts.append(n) }
                }
            }
            orders.endRecord()
            users.endRecord()
            contacts.endRecord()
            accounts.endRecord()
        }
        return [orders.finished(), users.finished(), contacts.finished(), accounts.finished()]
    }

    /// What people are called, where they live and when they were born.
    static func names(_ groups: Lists, _ evidence: PreparedEvidence) -> [FieldColumn] {
        var given = FieldColumn.Builder(name: "given name", kind: .givenName, of: evidence.parts)
        var surname = FieldColumn.Builder(name: "surname", kind: .surname, isShared: true, of: evidence.parts)
        var town = FieldColumn.Builder(name: "town", kind: .town, isShared: true, of: evidence.towns)
        var birthDate = FieldColumn.Builder(name: "birth date", kind: .date, of: evidence.birthDates)
        var scratch = [Int32]()
        for g in 0..<groups.count {
            let sightings = frequent(groups[g], of: evidence.parts, &scratch, &given) { evidence.parts(of: $0)?.given ?? -1 }
            given.endRecord(isSettled: sightings >= settledCount)
            frequent(groups[g], of: evidence.parts, &scratch, &surname) { evidence.parts(of: $0)?.surname ?? -1 }
            surname.endRecord()
            frequent(groups[g], of: evidence.towns, &scratch, &town) { evidence.town[$0] }
            town.endRecord()
            frequent(groups[g], of: evidence.birthDates, &scratch, &birthDate) { evidence.birthDate[$0] }
            birthDate.endRecord()
        }
        return [given.finished(), surname.finished(), town.finished(), birthDate.finished()]
    }

    private enum Role {
        /// `user` is the kind of which a customer has one value.
        case order, user, contact, account

        init(_ kind: Identifier.Kind) {
            switch kind {
            case .orderNumber: self = .order
            case .email, .phone: self = .contact
            default: self = .account
            }
        }
    }

    /// Appends the values seen most often, written out ones before initials.
    /// - Returns: how often the first of them was seen.
    @inline(__always) @discardableResult
    private static func frequent(
        _ group: ArraySlice<Int32>, of table: ByteTable, _ scratch: inout [Int32], _ values: inout FieldColumn.Builder,
        _ value: (_ record: Int) -> Int32
    ) -> Int {
        scratch.removeAll(keepingCapacity: true)
        for r in group {
            let value = value(Int(r))
            if value >= 0 { scratch.append(value) }
        }
        guard let first = scratch.first else { return 0 }
        // One value all over needs no counting.
        if scratch.allSatisfy({ $0 == first }) {
            values.append(first)
            return scratch.count
        }
        return ranked(&scratch, table, &values)
    }

    private static func ranked(_ seen: inout [Int32], _ table: ByteTable, _ values: inout FieldColumn.Builder) -> Int {
        seen.sort()
        var counts = [(value: Int32, count: Int)]()
        for value in seen {
            if counts.last?.value == value { counts[counts.count - 1].count += 1 } else { counts.append((value, 1)) }
        }
        let isWritten = { (value: Int32) in table.withBytes(of: value) { $0.count > 1 } }
        if counts.contains(where: { isWritten($0.value) }) { counts = counts.filter { isWritten($0.value) } }
        let most = counts.reduce(0) { max($0, $1.count) }
        let best = counts.filter { $0.count * 10 >= most }.sorted { $0.count != $1.count ? $0.count > $1.count : table.precedes($0.value, $1.value) }
        for item in best.prefix(valueLimit) { values.append(item.value) }
        return most
    }
}
