import AttuneCore

/// What became of one request's operations; they are durable.
struct IngestOutcome: Hashable, Sendable {
    var operations: Int
    /// Operations that brought nothing new.
    var duplicates = 0
    /// Rejected operations, by index into the request's operations, with reasons.
    var refusals: [BatchReport.Refusal] = []

    /// Taken in: everything but duplicates and refusals.
    var accepted: Int { operations - duplicates - refusals.count }

    /// The part of a batch's report that is about the operations in `range`.
    init(_ report: BatchReport, range: Range<Int>) {
        operations = range.count
        duplicates = report.duplicateIndexes.count { range.contains($0) }
        refusals = report.refusals.filter { range.contains($0.index) }
        for i in refusals.indices { refusals[i].index -= range.lowerBound }
    }

    init() { operations = 0 }
}

/// Why operations were not taken.
enum IngestError: Error, Hashable, Sendable {
    /// Come again in a second.
    case queueFull
    /// More operations in one request than the queue can ever hold.
    case tooMany(limit: Int)
    case stopping
    /// The store failed; nothing of the batch was kept.
    case storage
    /// A request with the same key waits or is being carried out.
    case keyInUse
    /// A request with the same key asked for something else.
    case keyOfAnother
}

/// A request that its sender repeats when no answer came: carried out once, answered as often as asked.
struct RepeatableJob: Sendable {
    var request: RepeatableRequest
    /// The answer's body, which is kept in the same transaction as what was asked for.
    var body: @Sendable (IngestOutcome) -> [UInt8]
}

/// What a request that may be repeated is answered with.
enum RepeatableOutcome: Sendable {
    case done(IngestOutcome)
    /// It came before: the body of its answer.
    case kept([UInt8])
}
