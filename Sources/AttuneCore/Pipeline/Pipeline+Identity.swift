import AttuneEngine

/// What changes customers other than messages: a look at everything, erasure, decisions by hand. Each is one transaction, and its
/// consequences for states, signals and events are those of a batch.
extension Pipeline {
    /// What was done to whom.
    public struct IdentityReport: Hashable, Sendable {
        /// In the order in which they were recorded.
        public var changes: [CustomerChange] = []
        public var signals = 0
        public var events = 0
        /// Messages that were erased, the agents' among them included.
        public var erased = 0

        public init() {}
    }

    /// Finds the people in all live evidence anew, which also finds those whom only names and attributes make probable.
    /// The changes bear the time of the last message.
    @discardableResult
    public func relink(_ store: some Store) throws -> IdentityReport {
        try change(store, at: Timestamp(nanoseconds: 0)) { transaction, touched in
            try Relinking(graph: graph).relink(in: transaction, touched: &touched)
        }
    }

    /// Erases messages, and conversations whole in which no other customer wrote: the partition becomes what it is without them, and no byte
    /// of them is left in the store's files. Messages that are not on file are left out.
    @discardableResult
    public func erase(messages ids: [String], from store: some Store, at time: Timestamp) throws -> IdentityReport {
        let ids = Array(Set(ids)).sorted()
        var count = 0
        var report = try change(store, at: time) { transaction, touched in
            var known = try transaction.versions(of: ids).keys.sorted()
            // Agents address the customer by name and repeat what was said.
            known += try transaction.replies(leftWithout: known)
            count = known.count
            let signals = try transaction.erase(messages: known.sorted())
            touched.customers.formUnion(signals.map(\.customerID))
            touched.erased = signals.filter { !$0.isRetracted }
            try Relinking(graph: graph).relink(in: transaction, touched: &touched)
        }
        report.erased = count
        try store.scrub()
        return report
    }

    /// Records that two messages' authors belong together or apart, and follows it; `isUndone` takes that back.
    /// A decision replaces the opposite one about the same two messages. Throws what the store throws.
    @discardableResult
    public func decide(_ link: IdentityLink, isUndone: Bool = false, in store: some Store, at time: Timestamp) throws -> IdentityReport {
        try change(store, at: time) { transaction, touched in
            let opposite = IdentityLink(link.kind == .must ? .cannot : .must, link.first, link.second)
            // Read before: what the link held together hangs together only as long as it is there.
            var arrived: [KeyHash: Evidence] = [:]
            for item in try transaction.evidence(ofMessages: [link.first, link.second]).values {
                var seed = item
                (seed.part, seed.messageCount) = (0, 0)
                arrived[item.claim] = seed
            }
            // Whose number a national one is, all numbers there are tell.
            let phones = try transaction.hasNationalNumbers() ? WrittenPhones(transaction.values(of: .phone)) : WrittenPhones()
            var neighbourhood = Neighbourhood(policy: graph.policy, transaction: transaction, phones: phones)
            var seeds = try neighbourhood.components(around: arrived).flatMap(\.evidence)
            try transaction.remove([opposite])
            if isUndone { try transaction.remove([link]) } else { try transaction.add([link], claims: [:]) }
            try transaction.record(link, isUndone: isUndone, at: time)
            for i in seeds.indices { (seeds[i].part, seeds[i].messageCount) = (0, 0) }
            let around = Dictionary(seeds.map { ($0.claim, $0) }, uniquingKeysWith: { first, _ in first })
            var again = Neighbourhood(policy: graph.policy, transaction: transaction, phones: phones)
            let customers = Set(seeds.flatMap { [$0.customerID, $0.homeID] }.compactMap(\.self))
            let past = isUndone ? CustomerPast(of: customers, changes: try transaction.mergesAndSplits()) : CustomerPast()
            try graph.resolve(again.components(around: around), grown: [], past: past, in: transaction, touched: &touched)
        }
    }

    private func change(
        _ store: some Store, at time: Timestamp, _ body: (any StoreTransaction, inout TouchedCustomers) throws -> Void
    ) throws -> IdentityReport {
        try store.transaction { transaction in
            var touched = TouchedCustomers()
            touched.time = time
            try body(transaction, &touched)
            let events = try Observation(engine: signals).observe(touched, erased: [], in: transaction)
            var report = IdentityReport()
            report.changes = touched.changes.map(\.change)
            report.signals = events.signals
            report.events = try transaction.append(events.events)
            return report
        }
    }
}
