import AttuneCore
import Synchronization
import Testing

@testable import AttuneConnectors

@Suite struct SinksDispatcherTests {
    @Test func drainDeliversEverythingInOrder() async throws {
        let outbox = MemoryOutbox()
        let sink = ScriptedSink(name: "a")
        let dispatcher = Dispatcher(outbox: outbox, sinks: [sink], clock: ManualClock().clock)
        try dispatcher.register()
        let events = (1...250).map { outboxEvent(Int64($0), of: "cus_\($0 % 7)") }
        outbox.append(events)
        #expect(try await dispatcher.drain().delivered == 250)
        #expect(sink.written.map(\.sequence) == events.map(\.sequence))
        #expect(sink.largestBatch == Dispatcher.batchLimit)
        #expect(try await dispatcher.drain() == Dispatcher.Report())
    }

    @Test func aSinkSeesOnlyWhatCameAfterItWasRegistered() async throws {
        let outbox = MemoryOutbox()
        let sink = ScriptedSink(name: "a")
        outbox.append([outboxEvent(1, of: "cus_a")])
        let dispatcher = Dispatcher(outbox: outbox, sinks: [sink], clock: ManualClock().clock)
        try dispatcher.register()
        outbox.append([outboxEvent(2, of: "cus_a")])
        _ = try await dispatcher.drain()
        #expect(sink.written.map(\.sequence) == [2])
    }

    @Test func theScheduleIsFollowedToTheDeadLetter() async throws {
        let outbox = MemoryOutbox()
        let time = ManualClock()
        let sink = ScriptedSink(name: "a") { _ in .retry(reason: "HTTP 500", after: nil) }
        let schedule = RetrySchedule()
        let dispatcher = Dispatcher(outbox: outbox, sinks: [sink], schedule: schedule, clock: time.clock)
        try dispatcher.register()
        outbox.append([outboxEvent(1, of: "cus_a"), outboxEvent(2, of: "cus_a"), outboxEvent(3, of: "cus_b")])
        for attempt in 1..<schedule.delays.count {
            #expect(try await dispatcher.drain().failed == 2, "the first event of each customer, attempt \(attempt)")
            #expect(try await dispatcher.drain() == Dispatcher.Report(), "not before its time")
            let next = try #require(try outbox.nextDue(for: "a"))
            #expect(next.since(time.now) == schedule.delays[attempt])
            time.advance(next.since(time.now))
        }
        #expect(sink.written.contains { $0.sequence == 2 } == false, "held back behind the first")
        #expect(try await dispatcher.drain().failed == 3, "the second is free when the first is a dead letter")
        #expect(outbox.dead(for: "a") == [1, 3])
        #expect(sink.written.last?.sequence == 2)
    }

    @Test func aSlowSinkHoldsUpNoOther() async throws {
        let outbox = MemoryOutbox()
        let gate = Gate()
        let slow = ScriptedSink(name: "slow", gate: gate)
        let fast = ScriptedSink(name: "fast")
        let delivered = Gate()
        let dispatcher = Dispatcher(outbox: outbox, sinks: [slow, fast]) { notice in
            if case .attempted("fast", .delivered) = notice { delivered.open() }
        }
        try dispatcher.register()
        outbox.append([outboxEvent(1, of: "cus_a")])
        let run = Task { await dispatcher.run() }
        await delivered.wait()
        #expect(slow.written.isEmpty)
        gate.open()
        dispatcher.stop()
        await run.value
        #expect(slow.written.count == 1, "the attempt under way was finished")
    }

    @Test func runWakesForNewEventsAndForRetries() async throws {
        let outbox = MemoryOutbox()
        let time = ManualClock()
        let done = Gate()
        let sink = ScriptedSink(name: "a", time: time) { $0.attempts == 0 ? .retry(reason: "HTTP 503", after: .seconds(40)) : .delivered }
        let dispatcher = Dispatcher(outbox: outbox, sinks: [sink], clock: time.clock) { notice in
            if case .attempted(_, .delivered) = notice { done.open() }
        }
        try dispatcher.register()
        let run = Task { await dispatcher.run() }
        outbox.append([outboxEvent(1, of: "cus_a")])
        dispatcher.wake()
        // The manual clock lets each sleep end at once and moves on by it, so the retry comes without waiting.
        await done.wait()
        #expect(sink.attempts.count == 2)
        #expect(sink.attempts[1].since(sink.attempts[0]) >= .seconds(40))
        dispatcher.stop()
        await run.value
    }

    @Test func aFailureOfTheStoreIsToldAndTriedAgain() async throws {
        let outbox = MemoryOutbox()
        let sink = ScriptedSink(name: "a")
        let told = Gate()
        let done = Gate()
        let dispatcher = Dispatcher(outbox: outbox, sinks: [sink], clock: ManualClock().clock) { notice in
            switch notice {
            case .storageFailed: told.open()
            case .attempted: done.open()
            }
        }
        try dispatcher.register()
        outbox.append([outboxEvent(1, of: "cus_a")])
        outbox.failNext(3)
        let run = Task { await dispatcher.run() }
        await told.wait()
        await done.wait()
        dispatcher.stop()
        await run.value
        #expect(sink.written.map(\.sequence) == [1])
    }
}

/// Time that moves only when somebody sleeps.
final class ManualClock: Sendable {
    private let time = Mutex(Timestamp(nanoseconds: 1_770_000_000_000_000_000))
    var now: Timestamp { time.withLock { $0 } }
    func advance(_ duration: Duration) { time.withLock { $0 = $0.advanced(by: duration) } }
    var clock: DispatcherClock {
        DispatcherClock(
            now: { self.now },
            sleep: { duration in
                await Task.yield()
                try Task.checkCancellation()
                self.advance(duration)
            })
    }
}

/// Closed until it is opened.
final class Gate: Sendable {
    private let signal = WakeSignal()
    private let isOpen = Mutex(false)
    func open() {
        isOpen.withLock { $0 = true }
        signal.raise()
    }
    func wait() async { while !isOpen.withLock({ $0 }) { await signal.wait() } }
}

final class ScriptedSink: Sink {
    let name: String
    private let gate: Gate?
    private let time: ManualClock?
    private let answer: @Sendable (OutboxEvent) -> DeliveryOutcome
    private let log = Mutex<(events: [OutboxEvent], largest: Int, times: [Timestamp])>(([], 0, []))

    init(
        name: String, gate: Gate? = nil, time: ManualClock? = nil,
        answer: @escaping @Sendable (OutboxEvent) -> DeliveryOutcome = { _ in .delivered }
    ) {
        self.name = name
        self.gate = gate
        self.time = time
        self.answer = answer
    }

    var written: [OutboxEvent] { log.withLock { $0.events } }
    var largestBatch: Int { log.withLock { $0.largest } }
    var attempts: [Timestamp] { log.withLock { $0.times } }

    func write(_ events: [OutboxEvent]) async -> [DeliveryOutcome] {
        await gate?.wait()
        var stopped = Set<CustomerID>()
        log.withLock { $0.largest = max($0.largest, events.count) }
        return events.map { event in
            if stopped.contains(event.subject) { return .notAttempted }
            log.withLock { log in
                log.events.append(event)
                log.times.append(time?.now ?? Timestamp(nanoseconds: 0))
            }
            let outcome = answer(event)
            if outcome != .delivered { stopped.insert(event.subject) }
            return outcome
        }
    }
}
