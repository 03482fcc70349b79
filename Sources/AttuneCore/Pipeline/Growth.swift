/// The fast path: whom identifiers alone decide about, found by looking up what a batch brought and nothing else.
///
/// Evidence that is not guarded hangs together exactly as its customers do, so who shows an identifier stands for everybody who does; and a
/// customer's outline tells whether more fits. What does not is left to a look at all of it.
struct Growth {
    let policy: IdentityPolicy

    /// - Parameter arrived: what is settled is taken out.
    func follow(_ arrived: inout [KeyHash: Evidence], in transaction: any StoreTransaction, touched: inout TouchedCustomers) throws {
        var claims = arrived
        try repeatKnown(&arrived, &claims, in: transaction, touched: &touched)
        let new = claims.values.sorted { ($0.firstSeen, $0.firstMessageID) < ($1.firstSeen, $1.firstMessageID) }
        guard !new.isEmpty else { return }
        var meeting = try Meeting(new, policy: policy, in: transaction)
        var evidence = [Evidence]()
        for group in meeting.groups() {
            guard let joined = try join(group, meeting, in: transaction) else { continue }
            try write(joined, in: transaction, touched: &touched)
            for var item in joined.claims {
                arrived[item.claim] = nil
                if joined.customers.isEmpty { touched.fresh[item.claim] = joined.customer.id }
                (item.customerID, item.homeID) = (joined.customer.id, joined.customer.id)
                evidence.append(item)
            }
        }
        try transaction.save(evidence)
    }

    /// Who claims again what decided without a doubt before is the same customer.
    /// - Parameter new: what was never claimed is left in it.
    private func repeatKnown(
        _ arrived: inout [KeyHash: Evidence], _ new: inout [KeyHash: Evidence], in transaction: any StoreTransaction, touched: inout TouchedCustomers
    ) throws {
        var known = [Evidence]()
        for item in try transaction.evidence(ofClaims: arrived.keys.sorted()) {
            new[item.claim] = nil
            guard item.part == 0, !item.isGuarded, let customer = item.customerID, let again = arrived.removeValue(forKey: item.claim) else {
                continue
            }
            known.append(item.adding(again))
            touched.customers.insert(customer)
            guard again.firstSeen < item.firstSeen, var owner = try transaction.customer(customer) else { continue }
            let before = owner
            owner.firstSeen = min(again.firstSeen, owner.firstSeen)
            if let name = item.about.name, var outline = owner.outline {
                let fits = outline.formUnion(CustomerOutline(names: [.init(name, firstSeen: again.firstSeen)]), policy: policy)
                owner.outline = fits ? outline : nil
                owner.displayName = outline.displayName
            }
            if owner != before { try transaction.save(owner) }
        }
        try transaction.save(known)
    }

    /// Claims of one person and the customers they meet.
    private struct Joined {
        var claims: [Evidence]
        /// Those there were, the oldest first.
        var customers: [Customer]
        /// What becomes of them.
        var customer: Customer
        /// What joins each of those who are absorbed.
        var keys: [CustomerID: IdentifierKey]
    }

    /// Nil when more than identifiers decides.
    private func join(_ group: ArraySlice<Int32>, _ meeting: Meeting, in transaction: any StoreTransaction) throws -> Joined? {
        var outline = CustomerOutline()
        let claims = group.filter { Int($0) < meeting.claims.count }.map { meeting.claims[Int($0)] }
        guard let first = claims.first, !group.contains(where: { meeting.isGuarded[Int($0)] }) else { return nil }
        for item in claims { guard outline.add(item, without: meeting.generic, policy: policy) else { return nil } }
        var customers = [Customer]()
        for place in group where Int(place) >= meeting.claims.count {
            guard let customer = try transaction.customer(meeting.customers[Int(place) - meeting.claims.count]), let own = customer.outline,
                outline.formUnion(own, policy: policy)
            else { return nil }
            customers.append(customer)
        }
        customers.sort { ($0.firstSeen, $0.id) < ($1.firstSeen, $1.id) }
        var customer = customers.first ?? Customer(id: CustomerID(firstMessageID: first.firstMessageID), firstSeen: first.firstSeen)
        customer.firstSeen = min(customer.firstSeen, first.firstSeen)
        (customer.outline, customer.displayName) = (outline, outline.displayName)
        let keys = Dictionary(
            customers.dropFirst().compactMap { c in meeting.keys[c.id].map { (c.id, $0) } }, uniquingKeysWith: { first, _ in first })
        return Joined(claims: claims, customers: customers, customer: customer, keys: keys)
    }

    private func write(_ joined: Joined, in transaction: any StoreTransaction, touched: inout TouchedCustomers) throws {
        let id = joined.customer.id
        touched.customers.insert(id)
        if joined.customers.first != joined.customer { try transaction.save(joined.customer) }
        if joined.customers.isEmpty { touched.note(.created(id), entry: try transaction.record(.created(id), at: touched.time)) }
        for absorbed in joined.customers.dropFirst() {
            try transaction.move(allOf: absorbed.id, to: id)
            let change = CustomerChange.merged(survivor: id, absorbed: [absorbed.id], key: joined.keys[absorbed.id])
            touched.note(change, entry: try transaction.record(change, at: touched.time))
        }
    }
}

/// New claims and the customers whose identifiers they show, as sets of what hangs together.
private struct Meeting {
    /// By first sighting.
    let claims: [Evidence]
    private(set) var customers: [CustomerID] = []
    /// By place: the claims, then the customers.
    private(set) var isGuarded: [Bool]
    /// Identifiers among the claims that join nobody.
    let generic: Set<IdentifierKey>
    /// An identifier by which each customer was met.
    private(set) var keys: [CustomerID: IdentifierKey] = [:]
    private var forest = DisjointSets(count: 0)

    init(_ claims: [Evidence], policy: IdentityPolicy, in transaction: any StoreTransaction) throws {
        self.claims = claims
        isGuarded = [Bool](repeating: false, count: claims.count)
        var places: [IdentifierKey: Int] = [:]
        var joins: [(Int, Int)] = []
        for (i, item) in claims.enumerated() {
            for key in item.keys where policy.rank(of: key.kind) != nil { if let j = places[key] { joins.append((j, i)) } else { places[key] = i } }
        }
        let shown = places.keys.sorted { $0.precedes($1) }
        let generic = try transaction.genericKeys(among: shown)
        self.generic = generic
        let holders = try transaction.holders(of: generic.isEmpty ? shown : shown.filter { !generic.contains($0) })
        var placeOfCustomer: [CustomerID: Int] = [:]
        for key in shown {
            guard let holder = holders[key], let i = places[key] else { continue }
            guard let id = holder.customerID, !holder.isGuarded else {
                isGuarded[i] = true
                continue
            }
            if placeOfCustomer[id] == nil {
                placeOfCustomer[id] = claims.count + customers.count
                customers.append(id)
                isGuarded.append(false)
                keys[id] = key
            }
            if let place = placeOfCustomer[id] { joins.append((i, place)) }
        }
        forest = DisjointSets(count: claims.count + customers.count)
        for (i, j) in joins where generic.isEmpty || j >= claims.count || isShared(i, j, policy) { forest.join(i, j) }
    }

    /// Whether two claims have an identifier in common that joins.
    private func isShared(_ i: Int, _ j: Int, _ policy: IdentityPolicy) -> Bool {
        claims[i].keys.contains { policy.rank(of: $0.kind) != nil && !generic.contains($0) && claims[j].keys.contains($0) }
    }

    mutating func groups() -> Lists { forest.groups() }
}
