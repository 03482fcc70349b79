import AttuneConnectors
import ServiceLifecycle

/// Commits what waits when the server ends, and then ends the writer.
struct CommitterService: Service {
    let committer: GroupCommitter

    func run() async throws {
        // Ends by cancellation as well; either way what was taken in is committed.
        try? await gracefulShutdown()
        await committer.close()
    }
}

/// Delivers events until the server ends.
struct DispatcherService: Service {
    let dispatcher: Dispatcher
    let sinks: SinkRegistry

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
