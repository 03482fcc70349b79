import AttuneConnectors
import AttuneStore

/// Forwards a store's events to a file while a command works on it.
struct EventForwarding {
    private let dispatcher: Dispatcher

    /// - Parameter path: NDJSON file, appended to; `-` is standard output.
    init(path: String, store: SQLiteStore) throws {
        do {
            // The name keeps the place in the outbox: the same file goes on where it was.
            let sink = try FileSink(name: "file:\(path)", path: path)
            dispatcher = Dispatcher(outbox: store, sinks: [sink])
            try dispatcher.register(fromBeginning: true)
        } catch let error as SinkError {
            throw CommandFailure("--events: \(error)")
        }
    }

    /// Writes everything that waits; returns how many events were written.
    @discardableResult
    func drain() async throws -> Int {
        let report = try await dispatcher.drain()
        if report.failed > 0 { throw CommandFailure("\(report.failed) events could not be written and stay in the outbox: run the command again") }
        return report.delivered
    }
}
