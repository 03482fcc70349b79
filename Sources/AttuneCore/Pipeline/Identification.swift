/// Links the drafts of a batch to customers: loads the evidence that shares an identifier with them, resolves, writes back.
struct Identification {
    let resolver: Resolver

    /// Evidence that one batch may pull in. A component beyond it is a generic identifier that no rule has caught.
    static let evidenceLimit = 50_000

    func identify(_ drafts: [Draft], in transaction: any StoreTransaction) throws -> TouchedCustomers {
        var touched = TouchedCustomers()
        for draft in drafts where draft.isReplacement {
            if let customer = try transaction.customerID(ofMessage: draft.message.id) { touched.customers.insert(customer) }
        }
        let arrived = Self.evidence(of: drafts)
        guard !arrived.isEmpty else { return touched }
        let known = try closure(of: arrived.values.flatMap(\.keys), in: transaction)
        let before = Dictionary(known.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let all = before.merging(arrived) { old, new in old.adding(new) }

        let outcome = resolver.resolve(Array(all.values))
        try transaction.save(outcome.evidence.filter { before[$0.id] != $0 })
        try transaction.saveValues(drafts.reduce(into: [:]) { $0.merge($1.values) { first, _ in first } })
        try saveCustomers(outcome.evidence, before: before, arrived: arrived, names: Self.names(drafts), in: transaction, touched: &touched)
        touched.time = drafts.map(\.message.sentAt).max() ?? touched.time
        for change in outcome.changes {
            try transaction.record(change, at: touched.time)
            touched.note(change)
        }
        return touched
    }

    /// The batch's own evidence by id.
    private static func evidence(of drafts: [Draft]) -> [String: Evidence] {
        var result: [String: Evidence] = [:]
        for draft in drafts where !draft.isReplacement {
            guard let id = draft.evidenceID else { continue }
            let item = Evidence(
                id: id, keys: draft.keys, firstSeen: draft.message.sentAt, firstMessageID: draft.message.id, messageCount: 1)
            result[id] = result[id]?.adding(item) ?? item
        }
        return result
    }

    /// Everything that hangs together with these keys, over any number of steps.
    private func closure(of keys: [IdentifierKey], in transaction: any StoreTransaction) throws -> [Evidence] {
        var seen = Set(keys.filter { resolver.policy.rank(of: $0.kind) != nil })
        var frontier = Array(seen)
        var found: [String: Evidence] = [:]
        while !frontier.isEmpty, found.count < Self.evidenceLimit {
            var next = [IdentifierKey]()
            for item in try transaction.evidence(sharing: frontier) where found[item.id] == nil {
                found[item.id] = item
                for key in item.keys where resolver.policy.rank(of: key.kind) != nil && seen.insert(key).inserted { next.append(key) }
            }
            frontier = next
        }
        return Array(found.values)
    }

    /// Name of the author of each evidence's first message in the batch that has one.
    private static func names(_ drafts: [Draft]) -> [String: String] {
        var names: [String: String] = [:]
        for draft in drafts.sorted(by: { ($0.message.sentAt, $0.message.id) < ($1.message.sentAt, $1.message.id) }) {
            if let id = draft.evidenceID, let name = draft.message.author.displayName, names[id] == nil { names[id] = name }
        }
        return names
    }

    /// Writes the customers whose evidence this batch added to or moved.
    private func saveCustomers(
        _ evidence: [Evidence], before: [String: Evidence], arrived: [String: Evidence], names: [String: String],
        in transaction: any StoreTransaction,
        touched: inout TouchedCustomers
    ) throws {
        var members: [CustomerID: [Evidence]] = [:]
        for item in evidence { if let id = item.customerID { members[id, default: []].append(item) } }
        for (id, items) in members.sorted(by: { $0.key < $1.key })
        where items.contains(where: { arrived[$0.id] != nil || before[$0.id]?.customerID != id }) {
            touched.customers.insert(id)
            guard let firstSeen = items.map(\.firstSeen).min() else { continue }
            var customer = try transaction.customer(id) ?? Customer(id: id, firstSeen: firstSeen)
            customer.firstSeen = min(customer.firstSeen, firstSeen)
            if customer.displayName == nil { customer.displayName = items.lazy.compactMap { names[$0.id] }.first }
            try transaction.save(customer)
        }
    }
}

/// The customers whose timelines a batch changed, and how they changed themselves.
struct TouchedCustomers {
    var customers = Set<CustomerID>()
    var absorbed: [CustomerID: CustomerID] = [:]
    var changes: [CustomerChange] = []
    /// Of the batch's last message: when the changes became known.
    var time = Timestamp(nanoseconds: 0)

    mutating func note(_ change: CustomerChange) {
        changes.append(change)
        switch change {
        case .created(let id): customers.insert(id)
        case .merged(let survivor, let gone, _):
            customers.insert(survivor)
            for id in gone {
                absorbed[id] = survivor
                customers.remove(id)
            }
        case .split(let from, let into):
            customers.insert(from)
            customers.formUnion(into)
        }
    }
}

extension Evidence {
    /// Both sightings of one set of identifiers as one.
    fileprivate func adding(_ other: Evidence) -> Evidence {
        var sum = precedes(other) ? self : other
        sum.messageCount = messageCount + other.messageCount
        sum.customerID = customerID ?? other.customerID
        return sum
    }
}
