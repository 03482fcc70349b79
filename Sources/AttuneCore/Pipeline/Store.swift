import AttuneEngine

/// Where everything is kept. One implementation writes SQLite, one (in the tests) memory; both pass `checkStore(_:)`.
public protocol Store: Sendable {
    /// Runs `body` in one write transaction. When it returns, everything it wrote is durable; when it throws, nothing is.
    /// Called once a batch, never concurrently.
    func transaction<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result

    /// Proves that there is room for more: writes some bytes and takes them back, durably both. Throws when that fails. Not within a transaction.
    func checkWritable() throws

    /// Sees to it that no file of the store holds bytes of what was erased. Not within a transaction.
    func scrub() throws

    /// Secret of this store for `IdentifierKey.hash`; the same for its whole life.
    var identifierHashKey: [UInt8] { get }
}

/// A conversation within its source.
public struct ConversationPlace: Hashable, Sendable {
    public var source: String
    public var conversationID: String

    public init(source: String, conversationID: String) {
        self.source = source
        self.conversationID = conversationID
    }
}

/// What the pipeline reads and writes within one transaction. Reads see the transaction's own writes.
/// Everything that throws is an error of storage: the batch is given back, the source will offer it again.
public protocol StoreTransaction {
    // Messages
    /// The versions kept of these messages; ids not known are absent.
    func versions(of ids: [String]) throws -> [String: StoredVersion]
    /// A message as it is kept, without its author's identifiers; nil for unknown and deleted ones.
    func message(_ id: String) throws -> Message?
    /// A new message. `record.message.id` is not known yet.
    func insert(_ record: MessageRecord) throws
    /// New content for a known message; its evidence stays, or is the record's where it had none.
    func replace(_ record: MessageRecord) throws
    /// Removes the text and the analysis, keeps the id so that the message does not come back.
    func markDeleted(id: String) throws
    /// Ids of what is kept, and not deleted, of these conversations; those without any are absent.
    func messages(in conversations: Set<ConversationPlace>) throws -> [ConversationPlace: [String]]
    /// Whether a message counts as evidence of somebody.
    func isLinked(_ id: String) throws -> Bool
    /// The customer who wrote the message, or nil for agents and unknown ids.
    func customerID(ofMessage id: String) throws -> CustomerID?
    /// Keeps an edit or a deletion whose message has not arrived; a later one for the same id replaces it.
    func keepPending(_ change: PendingChange) throws
    /// Returns and forgets what waits for these ids.
    func takePending(_ ids: [String]) throws -> [String: PendingChange]
    /// A record that could not be read, or was refused: kept with its reason, so nothing is lost silently.
    func reject(_ rejection: Rejection, source: String, batchPosition: Int64) throws

    // Consent
    func hasConsents() throws -> Bool
    /// Consents on file for `purpose`, by identifier; absent where there is none.
    func consents(_ keys: [IdentifierKey], purpose: String) throws -> [IdentifierKey: Consent]
    func setConsent(_ consent: Consent, for key: IdentifierKey) throws

    // Identity
    /// Evidence that carries at least one of the keys.
    func evidence(sharing keys: [IdentifierKey]) throws -> [Evidence]
    /// All parts of these claims; those not known are absent.
    func evidence(ofClaims claims: [KeyHash]) throws -> [Evidence]
    /// The evidence of these messages, by message; agents' and unknown ones are absent.
    func evidence(ofMessages ids: [String]) throws -> [String: Evidence]
    /// Of each key somebody who shows it; keys that nobody shows are absent. Whoever else shows it is the same customer unless `isGuarded`.
    func holders(of keys: [IdentifierKey]) throws -> [IdentifierKey: KeyHolder]
    /// All that is a customer's.
    func evidence(of customer: CustomerID) throws -> [Evidence]
    /// How many pieces of evidence are a customer's.
    func evidenceCount(of customer: CustomerID) throws -> Int
    /// Everything, in any order.
    func allEvidence() throws -> [Evidence]
    /// The messages behind evidence, in any order; those that were erased are absent.
    func sightings(of evidence: [Evidence]) throws -> [MessageSighting]
    /// Everything, in any order.
    func allSightings() throws -> [MessageSighting]
    /// All evidence and the messages behind it, for a look at everything.
    func snapshot() throws -> EvidenceSnapshot
    /// Evidence by the numbers that `snapshot` gave it; those not known are absent.
    func evidence(numbers: [Int64]) throws -> [Evidence]
    /// Evidence that was nobody's becomes somebody's, who is also the customer it goes back to.
    func assign(_ assignments: [EvidenceAssignment]) throws
    /// Inserts or updates by `id`.
    func save(_ evidence: [Evidence]) throws
    /// Adds what messages claim, as nobody's where it is new; its first part where it is known. Answers with the customers whose it is.
    func note(_ claims: [Evidence]) throws -> Set<CustomerID>
    /// Makes these messages show another part of their claim, which is on file.
    func move(messages ids: [String], toEvidence id: EvidenceID) throws
    func move(allOf part: EvidenceID, toEvidence id: EvidenceID) throws
    /// Evidence of one customer becomes another's; where it goes back to stays.
    func move(allOf absorbed: CustomerID, to survivor: CustomerID) throws
    /// Evidence that no message shows any more, by id.
    func remove(evidence ids: [EvidenceID]) throws
    /// Which of these join nobody.
    func genericKeys(among keys: [IdentifierKey]) throws -> Set<IdentifierKey>
    func setGeneric(_ isGeneric: Bool, _ keys: [IdentifierKey]) throws
    /// Links that have a message of one of these claims at either end.
    func links(ofClaims claims: [KeyHash]) throws -> [IdentityLink]
    func hasLinks() throws -> Bool
    func allLinks() throws -> [IdentityLink]
    /// Both ends are messages on file.
    /// - Parameter claims: what these messages claim, as far as it is known; the others' is looked up.
    func add(_ links: [IdentityLink], claims: [String: KeyHash]) throws
    func remove(_ links: [IdentityLink]) throws
    /// Whether evidence came since everything was last looked at together.
    func isUnsettled() throws -> Bool
    func setUnsettled(_ isUnsettled: Bool) throws
    /// Keeps customers whose messages changed, and of whom nothing was derived of that yet.
    func postpone(_ customers: Set<CustomerID>) throws
    /// Returns and forgets the customers that were kept, as those they are now.
    func takePostponed() throws -> Set<CustomerID>
    /// Clear values of a kind that are not erased.
    func values(of kind: Identifier.Kind) throws -> [IdentifierKey: String]
    /// Clear values of these keys; those that are erased or were never kept are absent.
    func values(of keys: [IdentifierKey]) throws -> [IdentifierKey: String]
    /// Whether a phone number is on file that only others complete.
    func hasNationalNumbers() throws -> Bool
    /// The clear values behind keys, kept apart so that they can be erased: of several of one key the least.
    func saveValues(_ values: [(key: IdentifierKey, value: String)]) throws
    func customer(_ id: CustomerID) throws -> Customer?
    func save(_ customer: Customer) throws
    /// Saves customers who are new, and appends that to the ledger in their order, as `record` does of one. Answers with the entries' numbers.
    func create(_ customers: [Customer], at: Timestamp) throws -> [Int64]
    /// A customer of whom nothing is left; an absorbed one goes with `record`.
    func remove(_ customer: CustomerID) throws
    /// Appends to the ledger; a merge also redirects the absorbed ids. Answers with the entry's number, which only grows.
    @discardableResult
    func record(_ change: CustomerChange, at: Timestamp) throws -> Int64

    /// The merges and splits of the ledger with their entries' numbers, the oldest first; without the identifiers that joined.
    func mergesAndSplits() throws -> [(entry: Int64, change: CustomerChange)]

    // Erasure
    /// Who is left where a customer is gone: the messages of conversations in which, without `ids`, no customer's message is. Those of `ids`
    /// are not among them.
    func replies(leftWithout ids: [String]) throws -> [String]
    /// Forgets all that was kept of these messages: texts, names, what was derived of them, identifiers that no other message shows,
    /// links, events and answers that name them; at the end of the transaction also conversations' ids that hold an identifier which nobody
    /// shows any more. Only their ids stay, so that they do not come back. Answers with the signals that rested on them.
    func erase(messages ids: [String]) throws -> [StoredSignal]
    /// Who somebody decided belongs together or apart, for the ledger; `isUndone` takes it back.
    func record(_ decision: IdentityLink, isUndone: Bool, at: Timestamp) throws

    // State and signals
    /// The customer's analysed messages in timeline order, the last `limit` of them.
    func timeline(of customer: CustomerID, limit: Int) throws -> [TimelineEntry]
    /// The same of many customers, each given to `body` in the order of `customers`; at once, where looking one after the other would jump
    /// about in all messages.
    func timelines(of customers: [CustomerID], limit: Int, _ body: (CustomerID, [TimelineEntry]) throws -> Void) throws
    /// Nil removes it (a customer without analysed messages).
    func save(_ state: CustomerState?, of customer: CustomerID) throws
    /// Signals on file for these customers, retracted ones included.
    func signals(of customers: [CustomerID]) throws -> [StoredSignal]
    /// Inserts or updates by `signal.id`.
    func save(_ signals: [StoredSignal]) throws

    // Events and checkpoints
    /// Appends to the outbox in order; an event whose id is there already is not written again. Returns how many were new.
    func append(_ events: [Event]) throws -> Int
    func checkpoint(of source: String) throws -> Checkpoint?
    func save(_ checkpoint: Checkpoint) throws
    /// The answer kept for a request with this key, which is not older than `begin`; nil where there is none.
    func answer(for key: KeyHash, since begin: Timestamp) throws -> KeptAnswer?
    /// Keeps an answer, in the place of an older one with the same key, and forgets some of those older than `KeptAnswer.seconds` or beyond
    /// `KeptAnswer.countLimit`. Erasure forgets all of them.
    func keep(_ answer: KeptAnswer) throws

    /// Writes what a store gathers of messages until the end, counts and an index of words. It comes with the commit otherwise: this is for
    /// whoever wants to know what that takes.
    func flushMessages() throws
}

extension StoreTransaction {
    public func flushMessages() throws {}

    public func create(_ customers: [Customer], at time: Timestamp) throws -> [Int64] {
        try customers.map { customer in
            let entry = try record(.created(customer.id), at: time)
            try save(customer)
            return entry
        }
    }
}

/// Who shows an identifier.
public struct KeyHolder: Hashable, Sendable {
    /// Nil until it was resolved for the first time.
    public var customerID: CustomerID?
    /// `Evidence.isGuarded`
    public var isGuarded: Bool

    public init(customerID: CustomerID?, isGuarded: Bool) {
        self.customerID = customerID
        self.isGuarded = isGuarded
    }
}

/// A piece of evidence, by its number, and whose it is.
public struct EvidenceAssignment: Hashable, Sendable {
    public var number: Int64
    public var customerID: CustomerID
    /// `Evidence.isGuarded`
    public var isGuarded: Bool

    public init(number: Int64, customerID: CustomerID, isGuarded: Bool) {
        self.number = number
        self.customerID = customerID
        self.isGuarded = isGuarded
    }
}

/// What is kept of a message so that a second copy can be told from a change.
public struct StoredVersion: Hashable, Sendable {
    /// `MessageRecord.contentHash`
    public var contentHash: String
    public var sentAt: Timestamp
    /// The content kept is an edited one (`Message.edited`): a late copy of the original is no change.
    public var isEdited: Bool
    /// `Message.editedAt`
    public var editedAt: Timestamp?
    public var isDeleted: Bool

    public init(contentHash: String, sentAt: Timestamp, isEdited: Bool, editedAt: Timestamp? = nil, isDeleted: Bool) {
        self.contentHash = contentHash
        self.sentAt = sentAt
        self.isEdited = isEdited
        self.editedAt = editedAt
        self.isDeleted = isDeleted
    }
}

/// A message with what was derived from it.
public struct MessageRecord: Sendable {
    public var message: Message
    /// Nil when nothing was derived: agents, bots, private notes, attachments.
    public var analysis: Analysis?
    /// Nil for everybody but customers.
    public var evidenceID: EvidenceID?
    /// Hash over what a reader would call the message's content: text, author, time, rating.
    public var contentHash: String

    public init(message: Message, analysis: Analysis?, evidenceID: EvidenceID?, contentHash: String) {
        self.message = message
        self.analysis = analysis
        self.evidenceID = evidenceID
        self.contentHash = contentHash
    }
}

/// An edit or a deletion that came before its message.
public enum PendingChange: Hashable, Sendable {
    case edit(Message)
    case delete(target: String)

    public var target: String {
        switch self {
        case .edit(let message): message.id
        case .delete(let target): target
        }
    }
}

/// A signal as it is kept.
public struct StoredSignal: Hashable, Sendable {
    public var signal: Signal
    public var customerID: CustomerID
    /// True once the timeline no longer supports it (a late message, an edit, an erasure).
    public var isRetracted: Bool
    /// How many times it was detected; each detection and each retraction is an event of its own.
    public var generation: Int

    public init(signal: Signal, customerID: CustomerID, isRetracted: Bool = false, generation: Int = 1) {
        self.signal = signal
        self.customerID = customerID
        self.isRetracted = isRetracted
        self.generation = generation
    }
}
