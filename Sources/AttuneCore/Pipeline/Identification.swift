/// Links the drafts of a batch to customers.
///
/// Most messages claim what one has claimed before: they follow it. Where a claim is new and identifiers alone decide, customers grow by
/// it. Where more than identifiers decides, the people are found again from the stored evidence of what hangs together, and the
/// difference is written.
struct Identification {
    let graph: EvidenceGraph
    private(set) var touched = TouchedCustomers()
    /// What is not settled yet.
    private var arrived: [KeyHash: Evidence] = [:]

    /// Messages behind a component that are looked at between two looks at everything: above, a claim keeps the customer it has.
    static let sightingLimit = 20_000

    init(graph: EvidenceGraph) { self.graph = graph }

    /// What needs no look at messages: called before the drafts are on file, so that they find their evidence there.
    mutating func follow(_ admitted: Intake.Admitted, in transaction: any StoreTransaction) throws {
        let drafts = admitted.drafts
        touched.time = drafts.map(\.message.sentAt).max() ?? touched.time
        for i in drafts.indices where drafts[i].isReplacement {
            if let customer = try transaction.customerID(ofMessage: drafts[i].message.id) { touched.customers.insert(customer) }
        }
        arrived = Dictionary(Self.claims(of: drafts).map { ($0.claim, $0) }, uniquingKeysWith: { first, _ in first })
        guard !arrived.isEmpty else { return }
        try transaction.setUnsettled(true)
        try transaction.saveValues(admitted.values)
        try Growth(policy: graph.policy).follow(&arrived, in: transaction, touched: &touched)
    }

    /// Instead of both: notes what the drafts claim, and leaves all else to the next look at everything.
    mutating func note(_ admitted: Intake.Admitted, in transaction: any StoreTransaction) throws {
        let drafts = admitted.drafts
        for i in drafts.indices where drafts[i].isReplacement {
            if let customer = try transaction.customerID(ofMessage: drafts[i].message.id) { touched.customers.insert(customer) }
        }
        // In the order of the messages, which is that of their rows.
        let claims = Self.claims(of: drafts)
        guard !claims.isEmpty else { return }
        try transaction.saveValues(admitted.values)
        touched.customers.formUnion(try transaction.note(claims))
    }

    /// The rest, once the drafts are on file.
    mutating func resolve(in transaction: any StoreTransaction) throws {
        guard !arrived.isEmpty else { return }
        var neighbourhood = Neighbourhood(policy: graph.policy, transaction: transaction)
        let components = try neighbourhood.components(around: arrived)
        try graph.resolve(components, grown: Set(arrived.keys), in: transaction, touched: &touched)
    }

    /// What the batch claims, each claim once, in the order in which it came.
    private static func claims(of drafts: [Draft]) -> [Evidence] {
        var claims = [Evidence]()
        claims.reserveCapacity(drafts.count)
        var places = [KeyHash: Int](minimumCapacity: drafts.count)
        for i in drafts.indices where !drafts[i].isReplacement || drafts[i].isUnlinked {
            guard let id = drafts[i].evidenceID?.claim else { continue }
            let message = drafts[i].message
            let item = Evidence(
                claim: id, keys: drafts[i].keys, about: drafts[i].about, firstSeen: message.sentAt, firstMessageID: message.id, messageCount: 1)
            if let place = places.updateValue(claims.count, forKey: id) {
                places[id] = place
                claims[place] = claims[place].adding(item)
            } else {
                claims.append(item)
            }
        }
        return claims
    }
}

extension EvidenceGraph {
    /// Finds the people of components again, and writes the difference at once: a customer may leave one for another.
    /// - Parameters:
    ///   - grown: claims whose count on file lacks what the batch brought.
    ///   - past: of the customers, where a decision is taken back.
    func resolve(
        _ components: [Component], grown: Set<KeyHash>, past: CustomerPast = CustomerPast(), in transaction: any StoreTransaction,
        touched: inout TouchedCustomers
    ) throws {
        var partition = Partition()
        var generic = Set<IdentifierKey>()
        for component in components {
            let count = component.evidence.reduce(0) { $0 + $1.messageCount }
            let isTooLarge = count > Identification.sightingLimit && !component.isPlain(policy)
            partition.formUnion(
                isTooLarge ? Partition(unchanged: component.evidence) : try component.people(self) { try transaction.sightings(of: $0) })
            generic.formUnion(component.generic)
        }
        let before = components.flatMap(\.evidence)
        try Reassignment(before: before, grown: grown, partition: partition, generic: generic, policy: policy, past: past)
            .write(to: transaction, touched: &touched)
    }
}
