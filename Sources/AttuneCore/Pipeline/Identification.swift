/// Links the drafts of a batch to customers.
///
/// Most messages claim what one has claimed before: they follow it. Where a claim is new, or more than identifiers decides, the
/// people are found again from the stored evidence of what hangs together, and the difference is written.
struct Identification {
    let graph: EvidenceGraph

    /// Messages behind a component that are looked at between two looks at everything: above, a claim keeps the customer it has.
    static let sightingLimit = 20_000

    /// The drafts' messages are on file already.
    func identify(_ drafts: [Draft], in transaction: any StoreTransaction) throws -> TouchedCustomers {
        var touched = TouchedCustomers()
        touched.time = drafts.map(\.message.sentAt).max() ?? touched.time
        for draft in drafts where draft.isReplacement {
            if let customer = try transaction.customerID(ofMessage: draft.message.id) { touched.customers.insert(customer) }
        }
        var arrived = Self.evidence(of: drafts)
        guard !arrived.isEmpty else { return touched }
        try transaction.setUnsettled(true)
        try transaction.saveValues(drafts.reduce(into: [:]) { $0.merge($1.values) { first, _ in first } })
        try follow(&arrived, in: transaction, touched: &touched)
        guard !arrived.isEmpty else { return touched }
        var neighbourhood = Neighbourhood(policy: graph.policy, transaction: transaction)
        let components = try neighbourhood.components(around: arrived)
        try resolve(components, grown: Set(arrived.keys), in: transaction, touched: &touched)
        return touched
    }

    /// What the batch claims, by claim.
    private static func evidence(of drafts: [Draft]) -> [String: Evidence] {
        var result: [String: Evidence] = [:]
        for draft in drafts where !draft.isReplacement {
            guard let id = draft.evidenceID else { continue }
            let item = Evidence(
                claim: id, keys: draft.keys, about: draft.about, firstSeen: draft.message.sentAt, firstMessageID: draft.message.id, messageCount: 1)
            result[id] = result[id]?.adding(item) ?? item
        }
        return result
    }

    /// The fast path: who claims again what decided without a doubt before is the same customer.
    private func follow(_ arrived: inout [String: Evidence], in transaction: any StoreTransaction, touched: inout TouchedCustomers) throws {
        var known = [Evidence]()
        for item in try transaction.evidence(ofClaims: Array(arrived.keys)) where item.part == 0 && !item.isGuarded {
            guard let customer = item.customerID, let new = arrived.removeValue(forKey: item.claim) else { continue }
            known.append(item.adding(new))
            touched.customers.insert(customer)
            if new.firstSeen < item.firstSeen, var owner = try transaction.customer(customer), new.firstSeen < owner.firstSeen {
                owner.firstSeen = new.firstSeen
                try transaction.save(owner)
            }
        }
        try transaction.save(known)
    }

    /// Finds the people of components again, and writes the difference at once: a customer may leave one for another.
    /// - Parameter grown: claims whose count on file lacks what the batch brought.
    func resolve(_ components: [Component], grown: Set<String>, in transaction: any StoreTransaction, touched: inout TouchedCustomers) throws {
        var partition = Partition()
        for component in components {
            let count = component.evidence.reduce(0) { $0 + $1.messageCount }
            let isTooLarge = count > Self.sightingLimit && !component.isPlain(graph.policy)
            partition.formUnion(
                isTooLarge ? Partition(unchanged: component.evidence) : try component.people(graph) { try transaction.sightings(of: $0) })
        }
        try Reassignment(before: components.flatMap(\.evidence), grown: grown, partition: partition).write(to: transaction, touched: &touched)
    }
}

/// Writes what a new partition changes.
struct Reassignment {
    let before: [Evidence]
    /// Claims that are on file with fewer messages than `before` says.
    let grown: Set<String>
    let partition: Partition

    func write(to transaction: any StoreTransaction, touched: inout TouchedCustomers) throws {
        var assignment = CustomerAssignment(partition.clusters)
        let outcome = assignment.outcome()
        let old = Dictionary(before.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        try transaction.save(outcome.evidence.filter { isChanged($0, old) })
        for (id, messages) in partition.moves.sorted(by: { $0.key < $1.key }) { try transaction.move(messages: messages, toEvidence: id) }
        for (part, whole) in partition.rejoined { try transaction.move(allOf: part, toEvidence: whole) }
        try transaction.remove(evidence: partition.emptied)
        let generic = partition.frequentGeneric
        if !generic.isEmpty { try transaction.setGeneric(true, Array(generic)) }
        try saveCustomers(outcome.evidence, old, in: transaction, touched: &touched)
        for change in outcome.changes { touched.note(change, entry: try transaction.record(change, at: touched.time)) }
        let left = Set(outcome.evidence.compactMap(\.customerID))
        for id in Set(old.values.compactMap(\.customerID)).subtracting(left).sorted() where touched.absorbed[id] == nil {
            try transaction.remove(id)
            touched.note(.erased(id), entry: try transaction.record(.erased(id), at: touched.time))
        }
    }

    private func isChanged(_ item: Evidence, _ old: [String: Evidence]) -> Bool { old[item.id] != item || grown.contains(item.claim) }

    private func saveCustomers(
        _ evidence: [Evidence], _ old: [String: Evidence], in transaction: any StoreTransaction, touched: inout TouchedCustomers
    ) throws {
        var members: [CustomerID: [Evidence]] = [:]
        for item in evidence { if let id = item.customerID { members[id, default: []].append(item) } }
        for (id, items) in members.sorted(by: { $0.key < $1.key }) where items.contains(where: { isChanged($0, old) }) {
            touched.customers.insert(id)
            for item in items { if let former = old[item.id]?.customerID { touched.customers.insert(former) } }
            let sorted = items.sorted { $0.precedes($1) }
            let customer = Customer(id: id, firstSeen: sorted[0].firstSeen, displayName: sorted.lazy.compactMap(\.about.name).first)
            if try transaction.customer(id) != customer { try transaction.save(customer) }
        }
    }
}

/// The customers whose timelines a batch changed, and how they changed themselves.
struct TouchedCustomers {
    var customers = Set<CustomerID>()
    var absorbed: [CustomerID: CustomerID] = [:]
    /// Signals that are gone with the messages they rested on.
    var erased: [StoredSignal] = []
    private(set) var changes: [(change: CustomerChange, entry: Int64)] = []
    /// Of the batch's last message: when the changes became known.
    var time = Timestamp(nanoseconds: 0)

    mutating func note(_ change: CustomerChange, entry: Int64) {
        changes.append((change, entry))
        switch change {
        case .created(let id): customers.insert(id)
        case .merged(let survivor, let gone, _):
            customers.insert(survivor)
            for id in gone {
                absorbed[id] = survivor
                customers.remove(id)
            }
        case .split(let from, let into):
            if absorbed[from] == nil { customers.insert(from) }
            customers.formUnion(into)
        case .erased(let id): customers.remove(id)
        }
    }
}
