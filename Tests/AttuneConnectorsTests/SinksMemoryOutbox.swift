import AttuneCore
import Synchronization

/// An outbox in memory, as `Outbox` describes it, without jitter.
final class MemoryOutbox: Outbox {
    struct Failure: Error {}

    private struct Delivery {
        var event: OutboxEvent
        var dueAt: Timestamp?
        var isDead = false
    }

    private struct State {
        var sinks: [String: [Delivery]] = [:]
        var disabled: Set<String> = []
        var events: [OutboxEvent] = []
        var failures = 0

        mutating func failIfTold() throws {
            guard failures > 0 else { return }
            failures -= 1
            throw Failure()
        }
    }

    private let state = Mutex(State())

    func append(_ events: [OutboxEvent]) {
        state.withLock { state in
            state.events += events
            for sink in state.sinks.keys {
                state.sinks[sink, default: []] += events.map { Delivery(event: $0, dueAt: Timestamp(nanoseconds: 0)) }
            }
        }
    }

    /// The next calls throw.
    func failNext(_ count: Int) { state.withLock { $0.failures = count } }

    func dead(for sink: String) -> [Int64] { state.withLock { ($0.sinks[sink] ?? []).filter(\.isDead).map(\.event.sequence) } }

    func register(sink: String, fromBeginning: Bool) throws {
        state.withLock { state in
            guard state.sinks[sink] == nil else { return }
            state.sinks[sink] = fromBeginning ? state.events.map { Delivery(event: $0, dueAt: Timestamp(nanoseconds: 0)) } : []
        }
    }

    func due(for sink: String, now: Timestamp, limit: Int) throws -> [OutboxEvent] {
        try state.withLock { state in
            try state.failIfTold()
            if state.disabled.contains(sink) { return [] }
            var held = Set<CustomerID>()
            var due = [OutboxEvent]()
            for delivery in state.sinks[sink] ?? [] {
                guard let time = delivery.dueAt, !held.contains(delivery.event.subject) else { continue }
                if time <= now, due.count < limit { due.append(delivery.event) } else { held.insert(delivery.event.subject) }
            }
            return due
        }
    }

    func nextDue(for sink: String) throws -> Timestamp? {
        try state.withLock { state in
            try state.failIfTold()
            if state.disabled.contains(sink) { return nil }
            var first: [CustomerID: Timestamp] = [:]
            for delivery in state.sinks[sink] ?? [] {
                if let time = delivery.dueAt, first[delivery.event.subject] == nil { first[delivery.event.subject] = time }
            }
            return first.values.min()
        }
    }

    func record(
        _ outcomes: [(event: OutboxEvent, outcome: DeliveryOutcome)], for sink: String, now: Timestamp, schedule: RetrySchedule
    ) throws {
        try state.withLock { state in
            try state.failIfTold()
            for (event, outcome) in outcomes {
                guard let index = state.sinks[sink]?.firstIndex(where: { $0.event.sequence == event.sequence }),
                    var delivery = state.sinks[sink]?[index]
                else { continue }
                delivery.event.attempts += 1
                switch outcome {
                case .delivered: delivery.dueAt = nil
                case .deadLetter: (delivery.dueAt, delivery.isDead) = (nil, true)
                case .disable: state.disabled.insert(sink)
                case .retry(_, let after):
                    let delay = schedule.delay(afterAttempts: delivery.event.attempts, jitter: 0.5, retryAfter: after)
                    delivery.dueAt = delay.map { now.advanced(by: $0) }
                    delivery.isDead = delay == nil
                }
                state.sinks[sink]?[index] = delivery
            }
        }
    }
}
