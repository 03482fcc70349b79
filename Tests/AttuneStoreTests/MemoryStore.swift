import AttuneCore
import AttuneEngine
import Foundation

/// A store of dictionaries: says in the plainest way what `SQLiteStore` has to do.
final class MemoryStore: Store {
    let identifierHashKey = [UInt8](repeating: 7, count: 32)
    // A lock rather than an actor, because `Store` is synchronous.
    private let content = LockedBox(MemoryContent())

    func checkWritable() {}
    func scrub() {}

    func transaction<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
        try content.withLock { content in
            let transaction = MemoryTransaction(content)
            let result = try body(transaction)
            content = transaction.content
            return result
        }
    }
}

/// A value behind a lock.
final class LockedBox<Value>: @unchecked Sendable {
    // Safe: `value` is only touched while the lock is held.
    private var value: Value
    private let lock = NSLock()
    init(_ value: Value) { self.value = value }
    func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}

struct MemoryContent {
    struct Kept {
        var record: MessageRecord
        var isDeleted = false
    }
    struct ConsentKey: Hashable {
        var key: IdentifierKey
        var purpose: String
    }
    var messages: [String: Kept] = [:]
    var pending: [String: PendingChange] = [:]
    var rejections: [String] = []
    var consents: [ConsentKey: Consent] = [:]
    var evidence: [EvidenceID: Evidence] = [:]
    var generic = Set<IdentifierKey>()
    var isUnsettled = false
    var postponed = Set<CustomerID>()
    var links = Set<IdentityLink>()
    var ledger: [String] = []
    var mergesAndSplits: [(entry: Int64, change: CustomerChange)] = []
    var values: [IdentifierKey: String] = [:]
    var customers: [CustomerID: Customer] = [:]
    var redirects: [CustomerID: CustomerID] = [:]
    var states: [CustomerID: CustomerState] = [:]
    var signals: [String: StoredSignal] = [:]
    var events: [Event] = []
    var checkpoints: [String: Checkpoint] = [:]
    var answers: [KeyHash: KeptAnswer] = [:]
}

private final class MemoryTransaction: StoreTransaction {
    var content: MemoryContent
    init(_ content: MemoryContent) { self.content = content }

    struct Contradiction: Error {}

    func versions(of ids: [String]) -> [String: StoredVersion] {
        ids.reduce(into: [:]) { versions, id in
            guard let kept = content.messages[id] else { return }
            versions[id] = StoredVersion(
                contentHash: kept.record.contentHash, sentAt: kept.record.message.sentAt, isEdited: kept.record.message.edited,
                isDeleted: kept.isDeleted)
        }
    }

    func message(_ id: String) -> Message? {
        guard let kept = content.messages[id], !kept.isDeleted else { return nil }
        var message = kept.record.message
        message.author.identifiers = []
        return message
    }

    func insert(_ record: MessageRecord) throws {
        guard content.messages[record.message.id] == nil else { throw Contradiction() }
        content.messages[record.message.id] = .init(record: record)
    }

    func replace(_ record: MessageRecord) throws {
        guard let kept = content.messages[record.message.id] else { throw Contradiction() }
        if kept.isDeleted { return }
        var record = record
        record.evidenceID = kept.record.evidenceID ?? record.evidenceID
        content.messages[record.message.id]?.record = record
    }

    func markDeleted(id: String) {
        content.messages[id]?.isDeleted = true
        content.messages[id]?.record.analysis = nil
        content.messages[id]?.record.message.text = ""
    }

    func messages(in conversations: Set<ConversationPlace>) -> [ConversationPlace: [String]] {
        content.messages.values.filter { !$0.isDeleted }.reduce(into: [:]) { found, kept in
            let message = kept.record.message
            let place = ConversationPlace(source: message.source, conversationID: message.conversationID)
            if conversations.contains(place) { found[place, default: []].append(message.id) }
        }
    }

    func isLinked(_ id: String) -> Bool { content.messages[id]?.record.evidenceID != nil }

    func customerID(ofMessage id: String) -> CustomerID? {
        content.messages[id]?.record.evidenceID.flatMap { content.evidence[$0]?.customerID }
    }

    func keepPending(_ change: PendingChange) { content.pending[change.target] = change }
    func takePending(_ ids: [String]) -> [String: PendingChange] {
        ids.reduce(into: [:]) { taken, id in if let change = content.pending.removeValue(forKey: id) { taken[id] = change } }
    }
    func reject(_ rejection: Rejection, source: String, batchPosition: Int64) { content.rejections.append(rejection.reason) }

    func hasConsents() -> Bool { !content.consents.isEmpty }
    func consents(_ keys: [IdentifierKey], purpose: String) -> [IdentifierKey: Consent] {
        keys.reduce(into: [:]) { $0[$1] = content.consents[.init(key: $1, purpose: purpose)] }
    }
    func setConsent(_ consent: Consent, for key: IdentifierKey) { content.consents[.init(key: key, purpose: consent.purpose)] = consent }

    func holders(of keys: [IdentifierKey]) -> [IdentifierKey: KeyHolder] {
        keys.reduce(into: [:]) { holders, key in
            let holder = content.evidence.values.first { $0.keys.contains(key) }
            holders[key] = holder.map { KeyHolder(customerID: $0.customerID, isGuarded: $0.isGuarded) }
        }
    }
    func evidence(of customer: CustomerID) -> [Evidence] { content.evidence.values.filter { $0.customerID == customer } }
    func evidenceCount(of customer: CustomerID) -> Int { evidence(of: customer).count }
    func move(allOf absorbed: CustomerID, to survivor: CustomerID) {
        for item in evidence(of: absorbed) { content.evidence[item.id]?.customerID = survivor }
    }
    func evidence(sharing keys: [IdentifierKey]) -> [Evidence] {
        content.evidence.values.filter { !Set($0.keys).isDisjoint(with: keys) }
    }
    func evidence(ofClaims claims: [KeyHash]) -> [Evidence] { content.evidence.values.filter { claims.contains($0.claim) } }
    func evidence(ofMessages ids: [String]) -> [String: Evidence] {
        ids.reduce(into: [:]) { $0[$1] = content.messages[$1]?.record.evidenceID.flatMap { content.evidence[$0] } }
    }
    func allEvidence() -> [Evidence] { Array(content.evidence.values) }
    func sightings(of evidence: [Evidence]) -> [MessageSighting] {
        let ids = Set(evidence.map(\.id))
        return allSightings().filter { ids.contains($0.evidenceID) }
    }
    func allSightings() -> [MessageSighting] {
        content.messages.values.compactMap { kept in
            let message = kept.record.message
            return kept.record.evidenceID.map { MessageSighting(messageID: message.id, sentAt: message.sentAt, evidenceID: $0) }
        }
    }
    func snapshot() -> EvidenceSnapshot {
        var snapshot = EvidenceSnapshot(phones: values(of: .phone), generic: content.generic)
        for (number, id) in numbers.enumerated() { if let item = content.evidence[id] { snapshot.add(item, number: Int64(number)) } }
        for message in allSightings() {
            guard let number = numbers.firstIndex(of: message.evidenceID) else { continue }
            Array(message.messageID.utf8).withUnsafeBufferPointer { snapshot.add(messageID: $0, sentAt: message.sentAt, evidence: Int64(number)) }
        }
        return snapshot
    }
    /// Evidence by its number: its place among all ids.
    private var numbers: [EvidenceID] { content.evidence.keys.sorted() }
    func evidence(numbers places: [Int64]) -> [Evidence] {
        let numbers = numbers
        return places.compactMap { numbers.indices.contains(Int($0)) ? content.evidence[numbers[Int($0)]] : nil }
    }
    func assign(_ assignments: [EvidenceAssignment]) {
        let numbers = numbers
        for item in assignments {
            let id = numbers[Int(item.number)]
            content.evidence[id]?.customerID = item.customerID
            content.evidence[id]?.homeID = item.customerID
            content.evidence[id]?.isGuarded = item.isGuarded
        }
    }
    func note(_ claims: [Evidence]) -> Set<CustomerID> {
        Set(
            claims.compactMap { item in
                content.evidence[item.id] = content.evidence[item.id]?.adding(item) ?? item
                return content.evidence[item.id]?.customerID
            })
    }
    func postpone(_ customers: Set<CustomerID>) { content.postponed.formUnion(customers) }
    func takePostponed() -> Set<CustomerID> {
        defer { content.postponed = [] }
        return Set(content.postponed.map { content.redirects[$0] ?? $0 })
    }
    func save(_ evidence: [Evidence]) { for item in evidence { content.evidence[item.id] = item } }
    func move(messages ids: [String], toEvidence id: EvidenceID) { for message in ids { content.messages[message]?.record.evidenceID = id } }
    func move(allOf part: EvidenceID, toEvidence id: EvidenceID) {
        for (message, kept) in content.messages where kept.record.evidenceID == part { content.messages[message]?.record.evidenceID = id }
    }
    func remove(evidence ids: [EvidenceID]) {
        let keys = Set(ids.flatMap { content.evidence.removeValue(forKey: $0)?.keys ?? [] })
        for key in keys.subtracting(content.evidence.values.flatMap(\.keys)) {
            content.values[key] = nil
            content.generic.remove(key)
        }
    }
    func genericKeys(among keys: [IdentifierKey]) -> Set<IdentifierKey> { content.generic.intersection(keys) }
    func setGeneric(_ isGeneric: Bool, _ keys: [IdentifierKey]) {
        if isGeneric { content.generic.formUnion(keys) } else { content.generic.subtract(keys) }
    }
    func links(ofClaims claims: [KeyHash]) -> [IdentityLink] {
        content.links.filter { link in
            [link.first, link.second].contains { id in evidence(ofMessages: [id]).values.contains { claims.contains($0.claim) } }
        }
    }
    func hasLinks() -> Bool { !content.links.isEmpty }
    func allLinks() -> [IdentityLink] { Array(content.links) }
    func add(_ links: [IdentityLink], claims: [String: KeyHash]) throws {
        for link in links where evidence(ofMessages: [link.first, link.second]).count < 2 { throw Contradiction() }
        content.links.formUnion(links)
    }
    func remove(_ links: [IdentityLink]) { content.links.subtract(links) }
    func isUnsettled() -> Bool { content.isUnsettled }
    func setUnsettled(_ isUnsettled: Bool) { content.isUnsettled = isUnsettled }
    func values(of kind: Identifier.Kind) -> [IdentifierKey: String] { content.values.filter { $0.key.kind == kind } }
    func values(of keys: [IdentifierKey]) -> [IdentifierKey: String] { content.values.filter { keys.contains($0.key) } }
    func mergesAndSplits() -> [(entry: Int64, change: CustomerChange)] { content.mergesAndSplits }
    func hasNationalNumbers() -> Bool { content.values.contains { $0.key.kind == .phone && !$0.value.hasPrefix("+") } }
    func saveValues(_ values: [(key: IdentifierKey, value: String)]) {
        for (key, value) in values.sorted(by: { $0.value > $1.value }) { content.values[key] = value }
    }
    func customer(_ id: CustomerID) -> Customer? { content.customers[id] }
    func save(_ customer: Customer) {
        content.customers[customer.id] = customer
        content.redirects[customer.id] = nil
    }
    func remove(_ customer: CustomerID) {
        content.customers[customer] = nil
        content.states[customer] = nil
        content.redirects = content.redirects.filter { $0.value != customer }
    }

    func record(_ change: CustomerChange, at: Timestamp) -> Int64 {
        switch change {
        case .created(let id): content.redirects[id] = nil
        case .merged(let survivor, let absorbed, _):
            content.redirects[survivor] = nil
            for id in absorbed {
                content.redirects[id] = survivor
                content.customers[id] = nil
            }
        case .split(_, let parts): for id in parts { content.redirects[id] = nil }
        case .erased: break
        }
        switch change {
        case .merged, .split: content.mergesAndSplits.append((Int64(content.ledger.count + 1), change))
        case .created, .erased: break
        }
        content.ledger.append("\(change)")
        return Int64(content.ledger.count)
    }

    func record(_ decision: IdentityLink, isUndone: Bool, at: Timestamp) { content.ledger.append("\(decision.kind) \(isUndone)") }

    func replies(leftWithout ids: [String]) -> [String] {
        let others = content.messages.values.map(\.record.message).filter { !ids.contains($0.id) }
        return others.filter { reply in
            ids.contains { content.messages[$0].map { $0.record.message.isBeside(reply) } ?? false }
                && !others.contains { $0.author.role == .customer && $0.isBeside(reply) }
        }.map(\.id).sorted()
    }

    func erase(messages ids: [String]) -> [StoredSignal] {
        content.answers = [:]
        for id in ids {
            markDeleted(id: id)
            content.messages[id]?.record.evidenceID = nil
            content.messages[id]?.record.message.conversationID = ""
            content.pending[id] = nil
        }
        content.links = content.links.filter { !ids.contains($0.first) && !ids.contains($0.second) }
        content.events.removeAll { event in ids.contains(event.data["messageID"]?.string ?? "") }
        let gone = content.signals.values.filter { !Set($0.signal.evidenceMessageIDs + [$0.signal.causeMessageID]).isDisjoint(with: ids) }
        for stored in gone { content.signals[stored.signal.id] = nil }
        return gone
    }

    func timelines(of customers: [CustomerID], limit: Int, _ body: (CustomerID, [TimelineEntry]) throws -> Void) rethrows {
        for customer in customers { try body(customer, timeline(of: customer, limit: limit)) }
    }

    func timeline(of customer: CustomerID, limit: Int) -> [TimelineEntry] {
        content.messages.values.compactMap { kept -> TimelineEntry? in
            guard let analysis = kept.record.analysis, customerID(ofMessage: kept.record.message.id) == customer else { return nil }
            return TimelineEntry(kept.record.message, analysis)
        }.sorted { $0.precedes($1) }.suffix(limit)
    }

    func save(_ state: CustomerState?, of customer: CustomerID) { content.states[customer] = state }
    func signals(of customers: [CustomerID]) -> [StoredSignal] { content.signals.values.filter { customers.contains($0.customerID) } }
    func save(_ signals: [StoredSignal]) { for signal in signals { content.signals[signal.signal.id] = signal } }

    func append(_ events: [Event]) -> Int {
        let count = content.events.count
        for event in events where !content.events.contains(where: { $0.id == event.id }) { content.events.append(event) }
        return content.events.count - count
    }
    func checkpoint(of source: String) -> Checkpoint? { content.checkpoints[source] }
    func save(_ checkpoint: Checkpoint) { content.checkpoints[checkpoint.source] = checkpoint }
    func answer(for key: KeyHash, since begin: Timestamp) -> KeptAnswer? { content.answers[key].flatMap { $0.at < begin ? nil : $0 } }
    func keep(_ answer: KeptAnswer) {
        content.answers = content.answers.filter { $0.value.at >= KeptAnswer.begin(at: answer.at) }
        content.answers[answer.request.key] = answer
    }
}

extension Message {
    fileprivate func isBeside(_ other: Message) -> Bool {
        conversationID == other.conversationID && source == other.source && !conversationID.isEmpty
    }
}
