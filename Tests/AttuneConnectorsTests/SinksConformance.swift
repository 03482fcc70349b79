import AttuneConnectors
import AttuneCore
import Testing

/// An event as the outbox hands it over.
func outboxEvent(_ sequence: Int64, of customer: String, attempts: Int = 0) -> OutboxEvent {
    let event = Event(
        type: "attune.signal.test.v1", subject: CustomerID(rawValue: customer), cause: "cause-\(sequence)",
        time: Timestamp(nanoseconds: sequence), data: .object(["n": .int(sequence)]))
    return OutboxEvent(
        sequence: sequence, id: event.id, type: event.type, subject: event.subject, body: JSONWriter.bytes(event.cloudEvent(source: "/test")),
        attempts: attempts)
}

/// What every sink must do. `received` gives the bodies that arrived, in order.
func checkSink(_ sink: any Sink, received: () throws -> [[UInt8]]) async throws {
    #expect(!sink.name.isEmpty)
    #expect(await sink.write([]) == [], "nothing to write is no error")

    let events = (1...30).map { outboxEvent(Int64($0), of: "cus_\($0 % 4)") }
    #expect(await sink.write(events) == events.map { _ in .delivered }, "one answer an event")
    let bodies = try received()
    #expect(Set(bodies) == Set(events.map(\.body)), "the bytes of the outbox arrive unchanged")
    #expect(bodies.count == events.count)
    for customer in Set(events.map(\.subject)) {
        let sent = events.filter { $0.subject == customer }.map(\.body)
        #expect(bodies.filter(sent.contains) == sent, "a customer's events keep their order")
    }

    #expect(await sink.write([events[0]]) == [.delivered], "a repeated event is written again: its id tells the receiver")
    #expect(try received().count == events.count + 1)
}
