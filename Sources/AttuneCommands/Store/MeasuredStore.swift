import AttuneCore

/// A store whose every call is timed: for `bench-import`.
struct MeasuredStore<Base: Store>: Store, @unchecked Sendable {
    // Unchecked for the clock's sake: it is used from the one thread that runs the benchmark.
    let base: Base
    let clock: PartClock

    var identifierHashKey: [UInt8] { base.identifierHashKey }

    func transaction<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
        try clock.time(.commit) {
            try base.transaction { transaction in
                let result = try clock.timeInShares(.pipeline) { try body(MeasuredTransaction(base: transaction, clock: clock)) }
                try clock.time(.messages) { try transaction.flushMessages() }
                return result
            }
        }
    }

    func checkWritable() throws { try base.checkWritable() }
    func scrub() throws { try base.scrub() }
}

private struct MeasuredTransaction: StoreTransaction {
    let base: any StoreTransaction
    let clock: PartClock

    // Messages
    func versions(of ids: [String]) throws -> [String: StoredVersion] { try clock.share(.messages) { try base.versions(of: ids) } }
    func message(_ id: String) throws -> Message? { try clock.share(.messages) { try base.message(id) } }
    func insert(_ record: MessageRecord) throws { try clock.share(.messages) { try base.insert(record) } }
    func replace(_ record: MessageRecord) throws { try clock.share(.messages) { try base.replace(record) } }
    func markDeleted(id: String) throws { try clock.share(.messages) { try base.markDeleted(id: id) } }
    func messages(in conversations: Set<ConversationPlace>) throws -> [ConversationPlace: [String]] {
        try clock.share(.messages) { try base.messages(in: conversations) }
    }
    func isLinked(_ id: String) throws -> Bool { try clock.share(.messages) { try base.isLinked(id) } }
    func customerID(ofMessage id: String) throws -> CustomerID? { try clock.share(.messages) { try base.customerID(ofMessage: id) } }
    func keepPending(_ change: PendingChange) throws { try clock.share(.messages) { try base.keepPending(change) } }
    func takePending(_ ids: [String]) throws -> [String: PendingChange] { try clock.share(.messages) { try base.takePending(ids) } }
    func reject(_ rejection: Rejection, source: String, batchPosition: Int64) throws {
        try clock.share(.messages) { try base.reject(rejection, source: source, batchPosition: batchPosition) }
    }
    // Consent
    func hasConsents() throws -> Bool { try clock.share(.identity) { try base.hasConsents() } }
    func consents(_ keys: [IdentifierKey], purpose: String) throws -> [IdentifierKey: Consent] {
        try clock.share(.identity) { try base.consents(keys, purpose: purpose) }
    }
    func setConsent(_ consent: Consent, for key: IdentifierKey) throws { try clock.share(.identity) { try base.setConsent(consent, for: key) } }
    // Identity
    func evidence(sharing keys: [IdentifierKey]) throws -> [Evidence] { try clock.share(.identity) { try base.evidence(sharing: keys) } }
    func evidence(ofClaims claims: [KeyHash]) throws -> [Evidence] { try clock.share(.identity) { try base.evidence(ofClaims: claims) } }
    func evidence(ofMessages ids: [String]) throws -> [String: Evidence] { try clock.share(.identity) { try base.evidence(ofMessages: ids) } }
    func holders(of keys: [IdentifierKey]) throws -> [IdentifierKey: KeyHolder] { try clock.share(.identity) { try base.holders(of: keys) } }
    func evidence(of customer: CustomerID) throws -> [Evidence] { try clock.share(.identity) { try base.evidence(of: customer) } }
    func evidenceCount(of customer: CustomerID) throws -> Int { try clock.share(.identity) { try base.evidenceCount(of: customer) } }
    func allEvidence() throws -> [Evidence] { try clock.share(.identity) { try base.allEvidence() } }
    func sightings(of evidence: [Evidence]) throws -> [MessageSighting] { try clock.share(.identity) { try base.sightings(of: evidence) } }
    func allSightings() throws -> [MessageSighting] { try clock.share(.identity) { try base.allSightings() } }
    func snapshot() throws -> EvidenceSnapshot { try clock.share(.identity) { try base.snapshot() } }
    func evidence(numbers: [Int64]) throws -> [Evidence] { try clock.share(.identity) { try base.evidence(numbers: numbers) } }
    func assign(_ assignments: [EvidenceAssignment]) throws { try clock.share(.identity) { try base.assign(assignments) } }
    func note(_ claims: [Evidence]) throws -> Set<CustomerID> { try clock.share(.identity) { try base.note(claims) } }
    func postpone(_ customers: Set<CustomerID>) throws { try clock.share(.identity) { try base.postpone(customers) } }
    func takePostponed() throws -> Set<CustomerID> { try clock.share(.identity) { try base.takePostponed() } }
    func save(_ evidence: [Evidence]) throws { try clock.share(.identity) { try base.save(evidence) } }
    func move(messages ids: [String], toEvidence id: EvidenceID) throws {
        try clock.share(.identity) { try base.move(messages: ids, toEvidence: id) }
    }
    func move(allOf part: EvidenceID, toEvidence id: EvidenceID) throws { try clock.share(.identity) { try base.move(allOf: part, toEvidence: id) } }
    func move(allOf absorbed: CustomerID, to survivor: CustomerID) throws {
        try clock.share(.identity) { try base.move(allOf: absorbed, to: survivor) }
    }
    func remove(evidence ids: [EvidenceID]) throws { try clock.share(.identity) { try base.remove(evidence: ids) } }
    func genericKeys(among keys: [IdentifierKey]) throws -> Set<IdentifierKey> { try clock.share(.identity) { try base.genericKeys(among: keys) } }
    func setGeneric(_ isGeneric: Bool, _ keys: [IdentifierKey]) throws { try clock.share(.identity) { try base.setGeneric(isGeneric, keys) } }
    func links(ofClaims claims: [KeyHash]) throws -> [IdentityLink] { try clock.share(.identity) { try base.links(ofClaims: claims) } }
    func hasLinks() throws -> Bool { try clock.share(.identity) { try base.hasLinks() } }
    func allLinks() throws -> [IdentityLink] { try clock.share(.identity) { try base.allLinks() } }
    func add(_ links: [IdentityLink], claims: [String: KeyHash]) throws { try clock.share(.identity) { try base.add(links, claims: claims) } }
    func remove(_ links: [IdentityLink]) throws { try clock.share(.identity) { try base.remove(links) } }
    func isUnsettled() throws -> Bool { try clock.share(.identity) { try base.isUnsettled() } }
    func setUnsettled(_ isUnsettled: Bool) throws { try clock.share(.identity) { try base.setUnsettled(isUnsettled) } }
    func values(of kind: Identifier.Kind) throws -> [IdentifierKey: String] { try clock.share(.identity) { try base.values(of: kind) } }
    func values(of keys: [IdentifierKey]) throws -> [IdentifierKey: String] { try clock.share(.identity) { try base.values(of: keys) } }
    func mergesAndSplits() throws -> [(entry: Int64, change: CustomerChange)] { try clock.share(.identity) { try base.mergesAndSplits() } }
    func hasNationalNumbers() throws -> Bool { try clock.share(.identity) { try base.hasNationalNumbers() } }
    func saveValues(_ values: [(key: IdentifierKey, value: String)]) throws { try clock.share(.identity) { try base.saveValues(values) } }
    func customer(_ id: CustomerID) throws -> Customer? { try clock.share(.identity) { try base.customer(id) } }
    func save(_ customer: Customer) throws { try clock.share(.identity) { try base.save(customer) } }
    func create(_ customers: [Customer], at: Timestamp) throws -> [Int64] { try clock.share(.identity) { try base.create(customers, at: at) } }
    func remove(_ customer: CustomerID) throws { try clock.share(.identity) { try base.remove(customer) } }
    @discardableResult func record(_ change: CustomerChange, at: Timestamp) throws -> Int64 {
        try clock.share(.identity) { try base.record(change, at: at) }
    }
    // Erasure
    func replies(leftWithout ids: [String]) throws -> [String] { try clock.share(.identity) { try base.replies(leftWithout: ids) } }
    func erase(messages ids: [String]) throws -> [StoredSignal] { try clock.share(.messages) { try base.erase(messages: ids) } }
    func record(_ decision: IdentityLink, isUndone: Bool, at: Timestamp) throws {
        try clock.share(.messages) { try base.record(decision, isUndone: isUndone, at: at) }
    }
    // State and signals
    func timeline(of customer: CustomerID, limit: Int) throws -> [TimelineEntry] {
        try clock.share(.states) { try base.timeline(of: customer, limit: limit) }
    }
    func timelines(of customers: [CustomerID], limit: Int, _ body: (CustomerID, [TimelineEntry]) throws -> Void) throws {
        try clock.share(.states) {
            try base.timelines(of: customers, limit: limit) { customer, timeline in try clock.share(.folding) { try body(customer, timeline) } }
        }
    }
    func save(_ state: CustomerState?, of customer: CustomerID) throws { try clock.share(.states) { try base.save(state, of: customer) } }
    func signals(of customers: [CustomerID]) throws -> [StoredSignal] { try clock.share(.states) { try base.signals(of: customers) } }
    func save(_ signals: [StoredSignal]) throws { try clock.share(.states) { try base.save(signals) } }
    // Events and checkpoints
    func append(_ events: [Event]) throws -> Int { try clock.share(.outbox) { try base.append(events) } }
    func checkpoint(of source: String) throws -> Checkpoint? { try clock.share(.outbox) { try base.checkpoint(of: source) } }
    func save(_ checkpoint: Checkpoint) throws { try clock.share(.outbox) { try base.save(checkpoint) } }
    func answer(for key: KeyHash, since begin: Timestamp) throws -> KeptAnswer? {
        try clock.share(.outbox) { try base.answer(for: key, since: begin) }
    }
    func keep(_ answer: KeptAnswer) throws { try clock.share(.outbox) { try base.keep(answer) } }
}
