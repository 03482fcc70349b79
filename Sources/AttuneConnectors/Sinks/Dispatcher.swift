import AttuneCore
import Synchronization

/// Carries events from the outbox to the sinks, at least once, each customer's in order.
///
/// Every sink has a line of its own, so a slow one holds up no other. An outcome is recorded after the write; a crash in between
/// writes the event again, which its id tells the receiver.
public final class Dispatcher: Sendable {
    /// Events taken from the outbox at a time: enough to fill the sink's connections, few enough to be recorded often.
    public static let batchLimit = 100
    /// Longest sleep: the outbox is looked at again even when no signal came (another process may have added events).
    public static let longestSleep = Duration.seconds(60)
    /// Pause after the store failed.
    public static let storagePause = Duration.seconds(5)

    /// What the dispatcher tells its owner, for metrics and logs.
    public enum Notice: Sendable {
        case attempted(sink: String, outcome: DeliveryOutcome)
        /// The outbox could not be read or written; it is tried again.
        case storageFailed(sink: String, error: any Error)
    }

    /// What `drain` left.
    public struct Report: Hashable, Sendable {
        public var delivered = 0
        /// Attempts that failed and are tried again later.
        public var failed = 0
        public var deadLetters = 0
        /// Names of sinks that answered that they are gone.
        public var disabled: [String] = []
    }

    private let outbox: any Outbox
    private let lanes: [Lane]
    private let schedule: RetrySchedule
    private let clock: DispatcherClock
    private let notify: @Sendable (Notice) -> Void
    private let state = Mutex(State())

    private struct State {
        var isStopping = false
        /// Writes under way, by sink.
        var writes: [String: Task<[DeliveryOutcome], Never>] = [:]
    }

    /// One sink with its signal. The queue is for the store's blocking calls.
    private struct Lane: Sendable {
        let sink: any Sink
        let signal = WakeSignal()
        let queue: BlockingQueue

        init(_ sink: any Sink) {
            self.sink = sink
            queue = BlockingQueue("attune.dispatcher.\(sink.name)")
        }
    }

    public init(
        outbox: any Outbox, sinks: [any Sink], schedule: RetrySchedule = RetrySchedule(), clock: DispatcherClock = .system,
        notify: @escaping @Sendable (Notice) -> Void = { _ in }
    ) {
        self.outbox = outbox
        lanes = sinks.map(Lane.init)
        self.schedule = schedule
        self.clock = clock
        self.notify = notify
    }

    /// Makes the sinks known to the outbox: call it before events are appended that they should get.
    public func register(fromBeginning: Bool = false) throws {
        for lane in lanes { try outbox.register(sink: lane.sink.name, fromBeginning: fromBeginning) }
    }

    /// Tells that events were appended. Cheap; may be called from any thread.
    public func wake() {
        for lane in lanes { lane.signal.raise() }
    }

    /// Delivers until `stop`.
    public func run() async {
        await withDiscardingTaskGroup { group in
            for lane in lanes { group.addTask { await self.run(lane) } }
        }
    }

    /// Ends `run` after the attempts under way. What was not attempted stays in the outbox.
    public func stop() {
        state.withLock { state in
            state.isStopping = true
            for write in state.writes.values { write.cancel() }
        }
        wake()
    }

    /// Delivers everything that is due now, and returns. Failed deliveries wait in the outbox for the next run.
    public func drain() async throws -> Report {
        try await withThrowingTaskGroup(of: Report.self) { group in
            for lane in lanes {
                group.addTask {
                    var report = Report()
                    while let outcomes = try await self.deliverOnce(lane) { report.add(outcomes, sink: lane.sink.name) }
                    return report
                }
            }
            return try await group.reduce(into: Report()) { $0 += $1 }
        }
    }

    private func run(_ lane: Lane) async {
        while !state.withLock({ $0.isStopping }) {
            do {
                if try await deliverOnce(lane) == nil { try await sleepUntilDue(lane) }
            } catch {
                notify(.storageFailed(sink: lane.sink.name, error: error))
                await sleep(lane, Self.storagePause)
            }
        }
    }

    /// Writes what is due and records the outcomes; nil when nothing was due.
    private func deliverOnce(_ lane: Lane) async throws -> [DeliveryOutcome]? {
        let name = lane.sink.name
        let now = clock.now()
        let events = try await lane.queue.run { [outbox] in try outbox.due(for: name, now: now, limit: Self.batchLimit) }
        if events.isEmpty { return nil }
        let outcomes = await write(events, to: lane.sink)
        let attempted = zip(events, outcomes).filter { $0.1 != .notAttempted }.map { (event: $0.0, outcome: $0.1) }
        let finished = clock.now()
        try await lane.queue.run { [outbox, schedule] in try outbox.record(attempted, for: name, now: finished, schedule: schedule) }
        for (_, outcome) in attempted { notify(.attempted(sink: name, outcome: outcome)) }
        // A sink that tried nothing would be asked at once again, for ever.
        return attempted.isEmpty ? nil : attempted.map(\.outcome)
    }

    /// A sink is told to stop by cancelling its task; it then brings the attempts under way to their end.
    private func write(_ events: [OutboxEvent], to sink: any Sink) async -> [DeliveryOutcome] {
        let task = Task { await sink.write(events) }
        state.withLock { state in
            state.writes[sink.name] = task
            if state.isStopping { task.cancel() }
        }
        let outcomes = await task.value
        state.withLock { $0.writes[sink.name] = nil }
        precondition(outcomes.count == events.count, "sink \(sink.name) answered for \(outcomes.count) of \(events.count) events")
        return outcomes
    }

    private func sleepUntilDue(_ lane: Lane) async throws {
        let name = lane.sink.name
        let next = try await lane.queue.run { [outbox] in try outbox.nextDue(for: name) }
        let wait = next.map { max(.milliseconds(10), $0.since(clock.now())) } ?? Self.longestSleep
        await sleep(lane, min(wait, Self.longestSleep))
    }

    /// Sleeps until the signal, but not longer than `limit`.
    private func sleep(_ lane: Lane, _ limit: Duration) async {
        let timer = Task { [clock] in
            // Cancelled: somebody else woke the lane.
            guard (try? await clock.sleep(limit)) != nil else { return }
            lane.signal.raise()
        }
        await lane.signal.wait()
        timer.cancel()
    }
}

extension Dispatcher.Report {
    fileprivate mutating func add(_ outcomes: [DeliveryOutcome], sink: String) {
        for outcome in outcomes {
            switch outcome {
            case .delivered: delivered += 1
            case .retry: failed += 1
            case .deadLetter: deadLetters += 1
            case .disable: disabled.append(sink)
            }
        }
    }

    fileprivate static func += (a: inout Self, b: Self) {
        a.delivered += b.delivered
        a.failed += b.failed
        a.deadLetters += b.deadLetters
        a.disabled += b.disabled
    }
}
