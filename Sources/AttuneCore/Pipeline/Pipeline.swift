import AttuneEngine

/// The straight line every message takes, whether it comes from a file, a webhook or a topic:
/// decoded operations in, one transaction, done.
public struct Pipeline: Sendable {
    /// Text and the platform's language hint in, analysis out. A function so that the caller keeps the engine's scratch memory.
    public typealias Analyze = (_ text: String, _ language: String?) -> Analysis

    /// Messages that are analysed before they are written: one by one the engine's tables and the store's pages push each other out of the
    /// processor's caches, and all of a batch would only pass through memory.
    private static let recordsAtOnce = 256

    public var normalizer: IdentifierNormalizer
    public var graph: EvidenceGraph
    public var signals: SignalEngine

    public init(policy: IdentityPolicy = .standard, signals: SignalEngine = SignalEngine()) {
        normalizer = IdentifierNormalizer(policy: policy)
        graph = EvidenceGraph(policy: policy)
        self.signals = signals
    }

    /// Takes one batch through all the rooms and commits it with its checkpoint. When it returns, the source may forget the batch.
    /// Throws what the store throws; then nothing of the batch was kept.
    ///
    /// - Parameter isLoading: who the customers are, their states and signals are left to the next look at everything (`relink`): for many
    ///   batches with nothing else between them. The outcome is the same.
    /// - Parameter answer: called last within the transaction: what it keeps is committed with the batch.
    public func process(
        _ batch: Batch, into store: some Store, isLoading: Bool = false, analyze: Analyze,
        answer: (BatchReport, any StoreTransaction) throws -> Void = { _, _ in }
    ) throws -> BatchReport {
        try store.transaction { transaction in
            let report = try process(batch, isLoading: isLoading, analyze, store.identifierHashKey, in: transaction)
            try answer(report, transaction)
            return report
        }
    }

    private func process(
        _ batch: Batch, isLoading: Bool, _ analyze: Analyze, _ hashKey: [UInt8], in transaction: any StoreTransaction
    ) throws -> BatchReport {
        var intake = Intake(batch: batch)
        try intake.sort(transaction, normalizer: normalizer, hashKey: hashKey)
        let admitted = try intake.admit(transaction, normalizer: normalizer, hashKey: hashKey)
        let work = admitted.drafts
        var identification = Identification(graph: graph)
        var arrived = [MessageRecord]()
        if isLoading { try identification.note(admitted, in: transaction) } else { try identification.follow(admitted, in: transaction) }
        for start in stride(from: 0, to: work.count, by: Self.recordsAtOnce) {
            // By their places, as are other loops over drafts: handing one on counts a dozen references.
            let places = start..<min(start + Self.recordsAtOnce, work.count)
            let records = places.map { work[$0].record(analyze) }
            for place in places { try work[place].write(records[place - start], to: transaction) }
            if !isLoading { arrived += records }
        }
        if !isLoading { try identification.resolve(in: transaction) }
        let erased = try intake.applyDeletions(transaction)
        if let checkpoint = batch.checkpoint { try transaction.save(checkpoint) }
        if isLoading {
            try transaction.postpone(identification.touched.customers.union(erased))
            if !work.isEmpty || !erased.isEmpty { try transaction.setUnsettled(true) }
            return intake.report
        }
        let events = try Observation(engine: signals, arrived: arrived).observe(
            identification.touched, erased: erased, in: transaction)
        intake.report.signals += events.signals
        intake.report.events += try transaction.append(events.events)
        return intake.report
    }
}
