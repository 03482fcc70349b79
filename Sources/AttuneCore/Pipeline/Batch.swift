/// What a source hands over at once, and how far the source has been read when it is committed.
public struct Batch: Sendable {
    public var operations: [Operation]
    public var checkpoint: Checkpoint?
    /// Stands in for the time of records that have none.
    public var receivedAt: Timestamp
    /// Whether an id that comes again with other content is the same message, changed: a platform's own ids are. A table may number other
    /// messages alike, and then nothing may be written over.
    public var hasPlatformIDs: Bool

    public init(operations: [Operation], checkpoint: Checkpoint? = nil, receivedAt: Timestamp, hasPlatformIDs: Bool = false) {
        self.operations = operations
        self.checkpoint = checkpoint
        self.hasPlatformIDs = hasPlatformIDs
        self.receivedAt = receivedAt
    }
}

/// How far a source was read. Committed together with what was read.
public struct Checkpoint: Hashable, Sendable {
    /// Names the source, e.g. `file:/exports/reviews.csv`.
    public var source: String
    /// Operations consumed since the beginning.
    public var position: Int64
    /// Tells whether it is still the same source (for a file: hash of its first 64 KiB).
    public var fingerprint: String

    public init(source: String, position: Int64, fingerprint: String) {
        self.source = source
        self.position = position
        self.fingerprint = fingerprint
    }
}

/// What became of a batch's operations; the counts sum to the number of operations.
public struct BatchReport: Hashable, Sendable {
    /// New messages stored, scored or not.
    public var stored = 0
    /// Of those, how many were analysed.
    public var analysed = 0
    /// Messages that were there already, byte for byte.
    public var duplicates = 0
    public var edited = 0
    public var deleted = 0
    public var statuses = 0
    public var ignored = 0
    public var rejected = 0
    /// Dropped before anything was derived because the customer denied consent.
    public var denied = 0
    public var signals = 0
    public var events = 0
    /// Where in the batch the duplicates stand, ascending: who sent several requests as one batch is answered one by one.
    /// Like `refusals` it is about this batch, so `+=` leaves it alone.
    public var duplicateIndexes: [Int] = []
    /// The rejected operations with their reasons, ascending.
    public var refusals: [Refusal] = []

    public struct Refusal: Hashable, Sendable {
        /// Index into `Batch.operations`.
        public var index: Int
        public var reason: String
    }

    public init() {}

    /// Operations accounted for.
    public var total: Int { stored + duplicates + edited + deleted + statuses + ignored + rejected + denied }

    public static func += (a: inout BatchReport, b: BatchReport) {
        a.stored += b.stored
        a.analysed += b.analysed
        a.duplicates += b.duplicates
        a.edited += b.edited
        a.deleted += b.deleted
        a.statuses += b.statuses
        a.ignored += b.ignored
        a.rejected += b.rejected
        a.denied += b.denied
        a.signals += b.signals
        a.events += b.events
    }
}
