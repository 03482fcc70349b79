import AttuneCore
import AttuneEngine
import AttuneStore
import Foundation
import Testing

@Suite struct OutboxTests {
    private let directory: TemporaryDirectory
    private let store: SQLiteStore
    private let now = Samples.time(0)
    private let schedule = RetrySchedule()

    init() throws {
        directory = try TemporaryDirectory()
        store = try SQLiteStore.open(path: directory.store, create: true, eventSource: "/shop")
    }

    private func at(_ seconds: Double) -> Timestamp { Samples.time(seconds) }

    private func append(_ causes: [String], of customer: String = "a") throws {
        try store.transaction { transaction in
            _ = try transaction.append(causes.map { Samples.event($0, of: Samples.customer(customer)) })
        }
    }

    private func due(_ sink: String = "s", at seconds: Double, limit: Int = 100) throws -> [String] {
        try store.due(for: sink, now: at(seconds), limit: limit).map(cause)
    }

    private func cause(_ event: OutboxEvent) throws -> String {
        try JSONParser.parse(event.body).at("data", "cause")?.string ?? "?"
    }

    private func record(_ outcomes: [String: DeliveryOutcome], at seconds: Double, sink: String = "s") throws {
        let events = try store.due(for: sink, now: at(seconds), limit: 100)
        let pairs = try events.compactMap { event in try outcomes[cause(event)].map { (event: event, outcome: $0) } }
        #expect(pairs.count == outcomes.count)
        try store.record(pairs, for: sink, now: at(seconds), schedule: schedule)
    }

    private static let again = DeliveryOutcome.retry(reason: "503", after: nil)

    @Test func aSinkGetsWhatComesAfterItsRegistration() throws {
        try append(["1"])
        try store.register(sink: "s", fromBeginning: false)
        try store.register(sink: "all", fromBeginning: true)
        try append(["2"])
        try store.register(sink: "s", fromBeginning: true)
        #expect(try due(at: 0) == ["2"])
        #expect(try due("all", at: 0) == ["1", "2"])
        #expect(try due("unknown", at: 0).isEmpty)
        #expect(try store.nextDue(for: "unknown") == nil)
        #expect(throws: StoreError.unknownSink("unknown")) { try store.record([], for: "unknown", now: now, schedule: schedule) }
        #expect(try store.sinks().map(\.position) == [0, 1])
    }

    @Test func anEventIsACloudEvent() throws {
        try store.register(sink: "s", fromBeginning: true)
        try append(["1"])
        let event = try #require(try store.due(for: "s", now: now, limit: 1).first)
        let expected = Samples.event("1")
        #expect(event.body == JSONWriter.bytes(expected.cloudEvent(source: "/shop")))
        #expect((event.id, event.type, event.subject) == (expected.id, expected.type, expected.subject))
        #expect(event.attempts == 0)
    }

    @Test func deliveredEventsAreGone() throws {
        try store.register(sink: "s", fromBeginning: true)
        try append(["1", "2", "3"])
        #expect(try due(at: 0, limit: 2) == ["1", "2"])
        let events = try store.due(for: "s", now: now, limit: 2)
        for _ in 0..<2 {
            // Recorded twice, counted once.
            try store.record(events.map { (event: $0, outcome: .delivered) }, for: "s", now: now, schedule: schedule)
        }
        #expect(try due(at: 0) == ["3"])
        let status = try #require(try store.sinks().first)
        #expect((status.waiting, status.delivered, status.dead) == (1, 2, 0))
        // Appended again after a crash of the source: still delivered.
        try append(["1", "2", "3"])
        #expect(try due(at: 0) == ["3"])
    }

    @Test func aFailureHoldsBackItsCustomerOnly() throws {
        try store.register(sink: "s", fromBeginning: true)
        try append(["a1", "a2"])
        try append(["b1"], of: "b")
        try record(["a1": Self.again, "a2": Self.again, "b1": .delivered], at: 0)
        #expect(try due(at: 3).isEmpty)
        try append(["a3"])
        try append(["b2"], of: "b")
        #expect(try due(at: 3) == ["b2"])
        try record(["b2": .delivered], at: 3)
        let next = try #require(try store.nextDue(for: "s"))
        #expect(next >= at(4) && next <= at(6))
        #expect(try due(at: 6) == ["a1", "a2", "a3"])
        // Only the first failure of the customer was an attempt.
        #expect(try store.due(for: "s", now: at(6), limit: 9).map(\.attempts) == [1, 0, 0])
        try record(["a1": .delivered, "a2": Self.again, "a3": Self.again], at: 6)
        #expect(try due(at: 6).isEmpty)
        #expect(try due(at: 13) == ["a2", "a3"])
    }

    @Test func retriesFollowTheSchedule() throws {
        try store.register(sink: "s", fromBeginning: true)
        try append(["1"])
        var time = at(0)
        for (attempt, delay) in schedule.delays.dropFirst().enumerated() {
            let events = try store.due(for: "s", now: time, limit: 1)
            #expect(events.map(\.attempts) == [attempt])
            try store.record([(event: events[0], outcome: Self.again)], for: "s", now: time, schedule: schedule)
            let next = try #require(try store.nextDue(for: "s"))
            #expect(next >= time.advanced(by: delay * 0.8) && next <= time.advanced(by: delay * 1.2))
            #expect(try store.due(for: "s", now: Timestamp(nanoseconds: next.nanoseconds - 1), limit: 1).isEmpty)
            time = next
        }
        let last = try store.due(for: "s", now: time, limit: 1)
        try store.record([(event: last[0], outcome: Self.again)], for: "s", now: time, schedule: schedule)
        #expect(try store.nextDue(for: "s") == nil)
        let dead = try store.deadLetters(limit: 9)
        #expect(dead.map(\.attempts) == [10])
        #expect(dead.map(\.reason) == ["503"])
        #expect(dead.map(\.sink) == ["s"])
    }

    @Test func retryAfterIsObeyed() throws {
        try store.register(sink: "s", fromBeginning: true)
        try append(["1"])
        try record(["1": .retry(reason: "429", after: .seconds(600))], at: 0)
        #expect(try store.nextDue(for: "s") == at(600))
    }

    @Test func aDeadLetterLetsTheNextOnesGo() throws {
        try store.register(sink: "s", fromBeginning: true)
        try append(["1", "2"])
        try record(["1": .deadLetter(reason: "413: too large")], at: 0)
        #expect(try due(at: 0) == ["2"])
        #expect(try store.deadLetters(sink: "s", limit: 9).map(\.reason) == ["413: too large"])
        #expect(try store.deadLetters(sink: "other", limit: 9).isEmpty)
    }

    @Test func aDisabledSinkGetsNothingUntilItIsEnabled() throws {
        try store.register(sink: "s", fromBeginning: true)
        try append(["1"])
        try record(["1": .disable(reason: "410")], at: 0)
        try append(["2"])
        #expect(try due(at: 1_000_000).isEmpty)
        #expect(try store.nextDue(for: "s") == nil)
        #expect(try store.sinks().map(\.disabledReason) == ["410"])
        try store.enable(sink: "s", now: at(5))
        #expect(try due(at: 5) == ["1", "2"])
        #expect(throws: StoreError.unknownSink("x")) { try store.enable(sink: "x", now: now) }
    }

    @Test(arguments: [(4.9, false), (5.1, true)]) func fiveDaysOfFailureDisable(days: Double, disabled: Bool) throws {
        try store.register(sink: "s", fromBeginning: true)
        try append(["1"])
        try record(["1": Self.again], at: 0)
        try record(["1": Self.again], at: days * 86_400)
        #expect(try (store.sinks().first?.disabledAt != nil) == disabled)
    }

    @Test func aSuccessEndsAFailure() throws {
        try store.register(sink: "s", fromBeginning: true)
        try append(["1"])
        try append(["2"], of: "b")
        try record(["1": Self.again, "2": .delivered], at: 0)
        #expect(try store.sinks().map(\.failingSince) == [nil])
    }

    @Test func aRangeIsReplayed() throws {
        try store.register(sink: "s", fromBeginning: true)
        try append(["1", "2", "3", "4"])
        try record(["1": .delivered, "2": .delivered, "3": .deadLetter(reason: "no"), "4": .delivered], at: 0)
        #expect(try store.replay(.sequences(2...3), to: "s") == 2)
        #expect(try due(at: 0) == ["2", "3"])
        let status = try #require(try store.sinks().first)
        #expect((status.waiting, status.delivered, status.dead) == (2, 2, 0))
        #expect(try store.replay(.times(at(0)...at(1)), to: "s") == 4)
        #expect(try due(at: 0) == ["1", "2", "3", "4"])
        #expect(try store.replay(.times(at(2)...at(3)), to: "s") == 0)
    }

    @Test func aReplayOvertakesNobody() throws {
        try store.register(sink: "s", fromBeginning: true)
        try append(["1", "2", "3"])
        try record(["2": .deadLetter(reason: "no")], at: 0)
        try record(["1": Self.again], at: 0)
        _ = try store.replay(.sequences(2...2), to: "s")
        #expect(try due(at: 1).isEmpty)
        #expect(try due(at: 9) == ["1", "2", "3"])
    }

    /// Whatever fails: per customer, events reach the sink in order, each at least once, and nothing waits for ever.
    @Test(arguments: 0..<8) func orderHoldsUnderRandomFailures(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        try store.register(sink: "s", fromBeginning: true)
        var (written, received): ([String: [String]], [String: [String]]) = ([:], [:])
        var time = now
        for round in 0..<60 {
            if round < 30 {
                for _ in 0..<3 {
                    let customer = "c\(random.next() % 4)"
                    let name = "\(customer)-\(written[customer, default: []].count)"
                    written[customer, default: []].append(name)
                    try append([name], of: customer)
                }
            } else if let next = try store.nextDue(for: "s") {
                time = max(time, next)
            }
            var failed = Set<CustomerID>()
            let outcomes = try store.due(for: "s", now: time, limit: 5).map { event -> (event: OutboxEvent, outcome: DeliveryOutcome) in
                if failed.contains(event.subject) || (round < 40 && random.next() % 3 == 0) {
                    failed.insert(event.subject)
                    return (event, Self.again)
                }
                let name = try cause(event)
                received[String(name.prefix(2)), default: []].append(name)
                return (event, .delivered)
            }
            try store.record(outcomes, for: "s", now: time, schedule: schedule)
            time = time.advanced(by: .seconds(Int64(random.next() % 4)))
        }
        #expect(received == written)
        #expect(try store.nextDue(for: "s") == nil)
    }
}
