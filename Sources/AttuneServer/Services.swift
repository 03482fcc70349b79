import AttuneConnectors
import AttuneCore
import ServiceLifecycle

/// Commits what waits when the server ends, and then ends the writer.
struct CommitterService: Service, CustomStringConvertible {
    let committer: GroupCommitter
    /// Stands in the log.
    var description: String { "writing" }

    func run() async throws {
        // Ends by cancellation as well; either way what was taken in is committed.
        try? await gracefulShutdown()
        await committer.close()
    }
}

/// Delivers events until the server ends.
struct DispatcherService: Service, CustomStringConvertible {
    let dispatcher: Dispatcher
    let sinks: SinkRegistry
    /// Stands in the log.
    var description: String { "forwarding to " + (sinks.sinks.isEmpty ? "nobody" : sinks.sinks.map(\.name).joined(separator: ", ")) }

    func run() async throws {
        await withTaskCancellationOrGracefulShutdownHandler {
            await dispatcher.run()
        } onCancelOrGracefulShutdown: {
            dispatcher.stop()
        }
        // Without sinks there is nothing to run, but a service that returns would end the server.
        try? await gracefulShutdown()
        await sinks.close()
    }
}
