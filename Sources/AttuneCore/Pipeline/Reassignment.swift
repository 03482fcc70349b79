/// Writes what a new partition changes.
struct Reassignment {
    let before: [Evidence]
    /// Claims that are on file with fewer messages than `before` says, or whose customers have to be looked at again.
    let grown: Set<KeyHash>
    let partition: Partition
    /// Identifiers that join nobody.
    let generic: Set<IdentifierKey>
    let policy: IdentityPolicy
    var past = CustomerPast()

    func write(to transaction: any StoreTransaction, touched: inout TouchedCustomers) throws {
        let old = Dictionary(before.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let elsewhere = try customersElsewhere(in: transaction)
        var assignment = CustomerAssignment(partition.clusters, elsewhere: elsewhere, past: past)
        let outcome = try assignment.outcome { try transaction.evidenceCount(of: $0) > 0 }
        try transaction.save(outcome.evidence.filter { isChanged($0, old) })
        for (id, messages) in partition.moves.sorted(by: { $0.key < $1.key }) { try transaction.move(messages: messages, toEvidence: id) }
        for (part, whole) in partition.rejoined { try transaction.move(allOf: part, toEvidence: whole) }
        try transaction.remove(evidence: partition.emptied)
        let frequent = partition.frequentGeneric
        if !frequent.isEmpty { try transaction.setGeneric(true, Array(frequent)) }
        try saveCustomers(outcome.evidence, old, elsewhere, in: transaction, touched: &touched)
        for change in outcome.changes { touched.note(change, entry: try transaction.record(change, at: touched.time)) }
        let left = Set(outcome.evidence.compactMap(\.customerID)).union(elsewhere)
        for id in Set(old.values.compactMap(\.customerID)).subtracting(left).sorted() where touched.absorbed[id] == nil {
            try transaction.remove(id)
            touched.note(.erased(id), entry: try transaction.record(.erased(id), at: touched.time))
        }
    }

    /// Customers of whom there is more than this is about: whatever becomes of what is here, they go on.
    private func customersElsewhere(in transaction: any StoreTransaction) throws -> Set<CustomerID> {
        var counts: [CustomerID: Int] = [:]
        for item in before { if let id = item.customerID { counts[id, default: 0] += 1 } }
        return try Set(counts.filter { try transaction.evidenceCount(of: $0.key) > $0.value }.keys)
    }

    private func isChanged(_ item: Evidence, _ old: [EvidenceID: Evidence]) -> Bool { old[item.id] != item || grown.contains(item.claim) }

    private func saveCustomers(
        _ evidence: [Evidence], _ old: [EvidenceID: Evidence], _ elsewhere: Set<CustomerID>, in transaction: any StoreTransaction,
        touched: inout TouchedCustomers
    ) throws {
        var members: [CustomerID: [Evidence]] = [:]
        for item in evidence { if let id = item.customerID { members[id, default: []].append(item) } }
        // Who lost something shows less: a name may have stood there only.
        let lost = Set(partition.emptied.compactMap { old[$0]?.customerID })
        for id in lost { touched.customers.insert(id) }
        let generic = generic.union(partition.generic)
        for id in elsewhere where members[id] == nil { members[id] = [] }
        for (id, items) in members.sorted(by: { $0.key < $1.key })
        where items.isEmpty || lost.contains(id) || items.contains(where: { isChanged($0, old) }) {
            touched.customers.insert(id)
            for item in items { if let former = old[item.id]?.customerID { touched.customers.insert(former) } }
            let all = elsewhere.contains(id) ? try transaction.evidence(of: id) : items
            guard let customer = Customer(id: id, all, without: generic, policy: policy) else { continue }
            if try transaction.customer(id) != customer { try transaction.save(customer) }
        }
    }
}
