/// A look at everything: the partition of all live evidence, exactly as `EvidenceGraph` finds it in one go.
///
/// What names and other attributes make probable depends on all customers (how frequent a name is, how often people of one household
/// share a number), so it is found here, and kept as links that the batches in between follow. Most people come out as they were, or are
/// new: those are settled in flat memory. Only of the others the evidence is read as a whole, and the difference written.
struct Relinking {
    let graph: EvidenceGraph

    func relink(in transaction: any StoreTransaction, touched: inout TouchedCustomers) throws {
        let snapshot = try transaction.snapshot()
        let links = try transaction.allLinks()
        let postponed = try transaction.takePostponed()
        touched.customers.formUnion(postponed)
        touched.time = snapshot.times.reduce(touched.time) { max($0, $1) }
        let found = graph.resolved(snapshot.log, links: links.filter { $0.kind != .probable })
        let decided = Set(links.lazy.filter { $0.kind != .probable }.flatMap { [$0.first, $0.second] })
        let verdicts = EvidenceVerdicts(snapshot, found, decided: decided, policy: graph.policy)
        try transaction.setGeneric(false, Array(snapshot.generic.subtracting(verdicts.generic)))
        try transaction.setGeneric(true, Array(verdicts.generic.subtracting(snapshot.generic)))

        let settlement = Settlement(snapshot, found, verdicts, again: postponed)
        try write(settlement, snapshot, verdicts, in: transaction, touched: &touched)
        try reassign(settlement, snapshot, verdicts, again: postponed, in: transaction, touched: &touched)
        var claims: [String: KeyHash] = [:]
        let probable = Set(Self.links(snapshot, found, &claims))
        let old = Set(links.filter { $0.kind == .probable })
        try transaction.remove(Array(old.subtracting(probable)))
        try transaction.add(Array(probable.subtracting(old)), claims: claims)
        try transaction.setUnsettled(false)
    }

    /// People who are new, and customers who only grew.
    private func write(
        _ settlement: Settlement, _ snapshot: EvidenceSnapshot, _ verdicts: EvidenceVerdicts, in transaction: any StoreTransaction,
        touched: inout TouchedCustomers
    ) throws {
        var assigned = [EvidenceAssignment]()
        var created = [Customer]()
        created.reserveCapacity(settlement.people.count)
        touched.customers.reserveCapacity(touched.customers.count + settlement.people.count)
        for person in settlement.people {
            let customer = verdicts.customer(person.id, of: person.evidence, snapshot)
            if person.isNew {
                created.append(customer)
            } else {
                touched.customers.insert(person.id)
                if try transaction.customer(person.id) != customer { try transaction.save(customer) }
            }
            for e in person.evidence where snapshot.customerOf[Int(e)] < 0 {
                assigned.append(.init(number: snapshot.numbers[Int(e)], customerID: person.id, isGuarded: verdicts.isGuarded[Int(e)]))
            }
        }
        for (customer, entry) in zip(created, try transaction.create(created, at: touched.time)) { touched.note(.created(customer.id), entry: entry) }
        assigned.sort { $0.number < $1.number }
        try transaction.assign(assigned)
    }

    /// People who are not the customers there are.
    private func reassign(
        _ settlement: Settlement, _ snapshot: EvidenceSnapshot, _ verdicts: EvidenceVerdicts, again: Set<CustomerID>,
        in transaction: any StoreTransaction, touched: inout TouchedCustomers
    ) throws {
        guard !settlement.evidence.isEmpty else { return }
        let items = try transaction.evidence(numbers: settlement.evidence.map { snapshot.numbers[Int($0)] })
        let groups = settlement.groups.map { group in
            group.map { place in
                MessageSighting(
                    messageID: snapshot.messageID(place), sentAt: snapshot.times[place], evidenceID: snapshot.evidenceID(snapshot.evidenceOf[place]))
            }
        }
        let claims = { (places: [Int32]) in Set(places.map { snapshot.claimOf[Int($0)] }) }
        let guarded = claims(settlement.evidence.filter { verdicts.isGuarded[Int($0)] })
        // What was loaded onto evidence stands there already: nothing else tells that its customer has to be written again.
        let customers = Set(again.compactMap { snapshot.customer($0) })
        let grown = claims(settlement.evidence.filter { verdicts.isFlipped[Int($0)] || customers.contains(snapshot.customerOf[Int($0)]) })
        let partition = Partition(
            groups: groups, evidence: Dictionary(items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }), generic: [],
            isGuarded: { guarded.contains($0.claim) })
        try Reassignment(before: items, grown: grown, partition: partition, generic: verdicts.generic, policy: graph.policy).write(
            to: transaction, touched: &touched)
    }

    /// Pairs of messages that hold together what identifiers alone do not.
    /// - Parameter claims: gets what they claim, by message.
    private static func links(_ snapshot: EvidenceSnapshot, _ found: ResolvedGraph, _ claims: inout [String: KeyHash]) -> [IdentityLink] {
        var part = [Int32](repeating: -1, count: found.evidence.count)
        for p in 0..<found.identified.count { for r in found.identified[p] { part[Int(r)] = Int32(p) } }
        var isSeen = [Bool](repeating: false, count: found.identified.count)
        var links = [IdentityLink]()
        let order = found.evidence.order
        // What decisions put together is not told by links as well: they may be taken back.
        for person in found.unmerged ?? found.people {
            guard let first = person.first else { continue }
            for r in person {
                let place = Int(order[Int(r)])
                let isNew = !isSeen[Int(part[Int(r)])]
                isSeen[Int(part[Int(r)])] = true
                // A number that only all the evidence completes is no shared identifier to those who look at less.
                guard r != first, isNew || snapshot.isNational[Int(snapshot.evidenceOf[place])] else { continue }
                let ends = [Int(order[Int(first)]), place].map { end in
                    let id = snapshot.messageID(end)
                    claims[id] = snapshot.claimOf[Int(snapshot.evidenceOf[end])]
                    return id
                }
                links.append(IdentityLink(.probable, ends[0], ends[1]))
            }
        }
        return links
    }
}
