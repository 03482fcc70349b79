/// Links the drafts of a batch to customers.
///
/// Most messages claim what one has claimed before: they follow it. Where a claim is new and identifiers alone decide, customers grow by
/// it. Where more than identifiers decides, the people are found again from the stored evidence of what hangs together, and the
/// difference is written.
struct Identification {
    let graph: EvidenceGraph
    private(set) var touched = TouchedCustomers()
    /// What is not settled yet.
    private var arrived: [String: Evidence] = [:]

    /// Messages behind a component that are looked at between two looks at everything: above, a claim keeps the customer it has.
    static let sightingLimit = 20_000

    init(graph: EvidenceGraph) { self.graph = graph }

    /// What needs no look at messages: called before the drafts are on file, so that they find their evidence there.
    mutating func follow(_ drafts: [Draft], in transaction: any StoreTransaction) throws {
        touched.time = drafts.map(\.message.sentAt).max() ?? touched.time
        for draft in drafts where draft.isReplacement {
            if let customer = try transaction.customerID(ofMessage: draft.message.id) { touched.customers.insert(customer) }
        }
        arrived = Self.evidence(of: drafts)
        guard !arrived.isEmpty else { return }
        try transaction.setUnsettled(true)
        try transaction.saveValues(Self.values(of: drafts))
        try Growth(policy: graph.policy).follow(&arrived, in: transaction, touched: &touched)
    }

    /// Instead of both: notes what the drafts claim, and leaves all else to the next look at everything.
    mutating func note(_ drafts: [Draft], in transaction: any StoreTransaction) throws {
        for draft in drafts where draft.isReplacement {
            if let customer = try transaction.customerID(ofMessage: draft.message.id) { touched.customers.insert(customer) }
        }
        let claims = Self.evidence(of: drafts)
        guard !claims.isEmpty else { return }
        try transaction.saveValues(Self.values(of: drafts))
        // In the order of the messages, which is nearly that of their rows.
        let ordered = claims.values.sorted { ($0.firstSeen, $0.firstMessageID) < ($1.firstSeen, $1.firstMessageID) }
        touched.customers.formUnion(try transaction.note(ordered))
    }

    /// The rest, once the drafts are on file.
    mutating func resolve(in transaction: any StoreTransaction) throws {
        guard !arrived.isEmpty else { return }
        var neighbourhood = Neighbourhood(policy: graph.policy, transaction: transaction)
        let components = try neighbourhood.components(around: arrived)
        try graph.resolve(components, grown: Set(arrived.keys), in: transaction, touched: &touched)
    }

    /// The clear values that the batch shows, each once: of several ways to write one the first.
    private static func values(of drafts: [Draft]) -> [(key: IdentifierKey, value: String)] {
        var values: [IdentifierKey: String] = [:]
        for (key, value) in drafts.lazy.flatMap(\.values) { values[key] = values[key].map { min($0, value) } ?? value }
        return values.map { (key: $0.key, value: $0.value) }
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
}

extension EvidenceGraph {
    /// Finds the people of components again, and writes the difference at once: a customer may leave one for another.
    /// - Parameter grown: claims whose count on file lacks what the batch brought.
    func resolve(_ components: [Component], grown: Set<String>, in transaction: any StoreTransaction, touched: inout TouchedCustomers) throws {
        var partition = Partition()
        var generic = Set<IdentifierKey>()
        for component in components {
            let count = component.evidence.reduce(0) { $0 + $1.messageCount }
            let isTooLarge = count > Identification.sightingLimit && !component.isPlain(policy)
            partition.formUnion(
                isTooLarge ? Partition(unchanged: component.evidence) : try component.people(self) { try transaction.sightings(of: $0) })
            generic.formUnion(component.generic)
        }
        try Reassignment(before: components.flatMap(\.evidence), grown: grown, partition: partition, generic: generic, policy: policy)
            .write(to: transaction, touched: &touched)
    }
}
