import AttuneConnectors
import AttuneCore
import AttuneEngine
import AttuneStore
import Dispatch
import Foundation
import Logging
import Synchronization

/// Makes many small requests durable together: a bounded queue in front of one writing thread, which takes all that waits as one
/// batch, runs the pipeline once, and only then lets the requests answer.
///
/// The writer has a thread of its own because SQLite blocks until the disk has the bytes; the engine's scratch memory lives there too.
final class GroupCommitter: Sendable {
    /// Text and language in, analysis out. Made on the writing thread and used there only.
    typealias MakeAnalyzer = @Sendable () -> (_ text: String, _ language: String?) -> Analysis

    private struct Job: Sendable {
        var operations: [AttuneCore.Operation]
        /// Nil for a request that names itself by no key.
        var repeatable: RepeatableJob?
        var answer: CheckedContinuation<Result<RepeatableOutcome, IngestError>, Never>
    }

    private struct State {
        var waiting: [Job] = []
        var waitingOperations = 0
        /// Keys of requests that wait or are being carried out.
        var keysInUse = Set<KeyHash>()
        var isClosed = false
        var isWriterRunning = false
        var lastBatchFailed = false
        /// Messages came since all customers were last looked at together.
        var isUnsettled = false
        /// Who waits for the writer's end.
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private let store: any Store
    private let pipeline: Pipeline
    private let limits: IngestLimits
    private let metrics: Metrics
    private let logger: Logger
    private let now: @Sendable () -> Timestamp
    /// Called after a commit that made events.
    private let onEvents: @Sendable () -> Void
    private let state = Mutex(State())
    private let work = DispatchSemaphore(value: 0)

    init(
        store: any Store, pipeline: Pipeline = Pipeline(), limits: IngestLimits = IngestLimits(), metrics: Metrics, logger: Logger,
        now: @escaping @Sendable () -> Timestamp = { .systemNow() }, onEvents: @escaping @Sendable () -> Void = {}
    ) {
        self.store = store
        self.pipeline = pipeline
        self.limits = limits
        self.metrics = metrics
        self.logger = logger
        self.now = now
        self.onEvents = onEvents
    }

    /// Starts the writing thread.
    func start(makeAnalyzer: @escaping MakeAnalyzer) {
        state.withLock { $0.isWriterRunning = true }
        let thread = Thread { self.write(makeAnalyzer) }
        thread.name = "attune.writer"
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Before the start: an earlier process ended before it looked at all customers together.
    func resumeSettling() { state.withLock { $0.isUnsettled = true } }

    /// `Store.identifierHashKey`
    var hashKey: [UInt8] { store.identifierHashKey }

    /// Returns when the operations are durable.
    func submit(_ operations: [AttuneCore.Operation]) async throws(IngestError) -> IngestOutcome {
        if operations.isEmpty { return IngestOutcome() }
        // Without a key nothing is kept.
        guard case .done(let outcome) = try await enqueue(operations).get() else { return IngestOutcome() }
        return outcome
    }

    /// Returns when the operations and the answer to them are durable, or at once with the answer that was kept.
    func submit(_ operations: [AttuneCore.Operation], as job: RepeatableJob) async throws(IngestError) -> RepeatableOutcome {
        try await enqueue(operations, as: job).get()
    }

    /// Whether requests would be taken now: there is room, and the store can be written. After a failure it is tried, so that
    /// a server without traffic notices that the disk has room again.
    func isReady() async -> Bool {
        let (isFull, lastBatchFailed) = state.withLock { state in
            (state.isClosed || !state.isWriterRunning || state.waitingOperations >= limits.queueOperations, state.lastBatchFailed)
        }
        if isFull { return false }
        guard lastBatchFailed else { return true }
        if case .success = await enqueue([]) { return true }
        return false
    }

    /// Takes nothing more, commits what waits, ends the thread.
    func close() async {
        await withCheckedContinuation { (closer: CheckedContinuation<Void, Never>) in
            let isOver = state.withLock { state in
                state.isClosed = true
                if state.isWriterRunning { state.closers.append(closer) }
                return !state.isWriterRunning
            }
            if isOver { closer.resume() } else { work.signal() }
        }
    }

    private func enqueue(_ operations: [AttuneCore.Operation], as job: RepeatableJob? = nil) async -> Result<RepeatableOutcome, IngestError> {
        await withCheckedContinuation { answer in
            let refusal = state.withLock { state -> IngestError? in
                if state.isClosed { return .stopping }
                if operations.count > limits.queueOperations { return .tooMany(limit: limits.queueOperations) }
                if state.waitingOperations + operations.count > limits.queueOperations { return .queueFull }
                if let job, !state.keysInUse.insert(job.request.key).inserted { return .keyInUse }
                state.waiting.append(Job(operations: operations, repeatable: job, answer: answer))
                state.waitingOperations += operations.count
                metrics.set(.queueDepth, to: state.waitingOperations)
                return nil
            }
            if let refusal { answer.resume(returning: .failure(refusal)) } else { work.signal() }
        }
    }

    // MARK: The writing thread

    private func write(_ makeAnalyzer: MakeAnalyzer) {
        let analyze = makeAnalyzer()
        while let jobs = nextJobs() { commit(jobs, analyze) }
        let closers = state.withLock { state in
            state.isWriterRunning = false
            return state.closers
        }
        for closer in closers { closer.resume() }
    }

    /// Blocks until something waits; nil when the queue is closed and empty.
    private func nextJobs() -> [Job]? {
        while true {
            let (jobs, isClosed) = state.withLock { state in (takeJobs(&state), state.isClosed) }
            if !jobs.isEmpty { return jobs }
            if isClosed { return nil }
            if !state.withLock({ $0.isUnsettled }) {
                work.wait()
            } else if work.wait(timeout: .now() + .seconds(limits.quietSeconds)) == .timedOut {
                settle()
            }
        }
    }

    /// Nothing came for a while: time for the look at everything that finds who is one person by name and attributes.
    private func settle() {
        state.withLock { $0.isUnsettled = false }
        do {
            if try pipeline.relink(store).events > 0 { onEvents() }
        } catch {
            let reason = (error as? StoreError).map { "\($0)" } ?? "\(type(of: error))"
            logger.error("customers could not be looked at again", metadata: ["error": "\(reason)"])
        }
    }

    /// The oldest requests up to the batch limit; a request is never divided.
    private func takeJobs(_ state: inout State) -> [Job] {
        var operations = 0
        let fitting = state.waiting.prefix { job in
            defer { operations += job.operations.count }
            return operations == 0 || operations + job.operations.count <= limits.batchOperations
        }
        let jobs = Array(fitting)
        state.waiting.removeFirst(jobs.count)
        state.waitingOperations -= jobs.reduce(0) { $0 + $1.operations.count }
        metrics.set(.queueDepth, to: state.waitingOperations)
        return jobs
    }

    private func commit(_ jobs: [Job], _ analyze: (String, String?) -> Analysis) {
        let jobs = answerKept(jobs)
        if jobs.isEmpty { return }
        let batch = Batch(operations: jobs.flatMap(\.operations), receivedAt: now())
        let start = ContinuousClock.now
        var inferences = [Double]()
        let wasFailing = state.withLock { $0.lastBatchFailed }
        let result = Result {
            // A batch of copies, or none, writes nothing, and would pass on a disk that is still full.
            if wasFailing { try store.checkWritable() }
            return try pipeline.process(
                batch, into: store,
                analyze: { text, language in
                    let begin = ContinuousClock.now
                    defer { inferences.append((ContinuousClock.now - begin) / .seconds(1)) }
                    return analyze(text, language)
                }, answer: { report, transaction in try keepAnswers(to: jobs, report, at: batch.receivedAt, in: transaction) })
        }
        metrics.observe((ContinuousClock.now - start) / .seconds(1), in: .commitDuration)
        metrics.observe(Double(batch.operations.count), in: .batchSize)
        metrics.observe(inferences, in: .inferenceDuration)
        switch result {
        case .success(let report):
            state.withLock { state in
                state.lastBatchFailed = false
                if report.stored > 0 { state.isUnsettled = true }
            }
            for (job, outcome) in Self.outcomes(of: jobs, report) { answer(job, .success(.done(outcome))) }
            if report.events > 0 { onEvents() }
        case .failure(let error): fail(jobs, error)
        }
    }

    private func fail(_ jobs: [Job], _ error: any Error) {
        state.withLock { $0.lastBatchFailed = true }
        // The store's own errors hold no message text; another's might, so only its type is logged.
        let reason = (error as? StoreError).map { "\($0)" } ?? "\(type(of: error))"
        let operations = jobs.reduce(0) { $0 + $1.operations.count }
        logger.error("commit failed, nothing acknowledged", metadata: ["operations": "\(operations)", "error": "\(reason)"])
        for job in jobs { answer(job, .failure(.storage)) }
    }

    private static func outcomes(of jobs: [Job], _ report: BatchReport) -> [(Job, IngestOutcome)] {
        var first = 0
        return jobs.map { job in
            let range = first..<first + job.operations.count
            first = range.upperBound
            return (job, IngestOutcome(report, range: range))
        }
    }

    private func answer(_ job: Job, _ result: Result<RepeatableOutcome, IngestError>) {
        if let key = job.repeatable?.request.key { _ = state.withLock { $0.keysInUse.remove(key) } }
        job.answer.resume(returning: result)
    }
}

// MARK: Requests that come again

extension GroupCommitter {
    /// Answers those that were carried out before; the others are left. Only the writing thread keeps answers, so none comes in between.
    private func answerKept(_ jobs: [Job]) -> [Job] {
        guard jobs.contains(where: { $0.repeatable != nil }) else { return jobs }
        do {
            let begin = KeptAnswer.begin(at: now())
            let kept = try store.transaction { transaction in
                try jobs.map { job in try job.repeatable.flatMap { try transaction.answer(for: $0.request.key, since: begin) } }
            }
            return zip(jobs, kept).compactMap { job, kept in
                guard let kept else { return job }
                let isSame = kept.request == job.repeatable?.request
                answer(job, isSame ? .success(.kept(kept.body)) : .failure(.keyOfAnother))
                return nil
            }
        } catch {
            fail(jobs, error)
            return []
        }
    }

    private func keepAnswers(to jobs: [Job], _ report: BatchReport, at time: Timestamp, in transaction: any StoreTransaction) throws {
        for (job, outcome) in Self.outcomes(of: jobs, report) {
            guard let repeatable = job.repeatable else { continue }
            try transaction.keep(KeptAnswer(to: repeatable.request, at: time, body: repeatable.body(outcome)))
        }
    }
}
