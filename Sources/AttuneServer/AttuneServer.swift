import AttuneConnectors
import AttuneCore
import AttuneEngine
import AttuneStore
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// Serves until SIGTERM or SIGINT: takes webhooks and messages in, forwards events.
///
/// On a signal it stops accepting, answers the requests under way, commits what waits, finishes the delivery attempts under way, and
/// returns. A second signal does not hurry it; `limits.shutdownSeconds` does.
/// - Parameters:
///   - configuration: checked already; its `storePath` is the caller's business.
///   - store: opened for writing with the configuration's `eventSource`; stays open.
///   - makeAnalyzer: makes the engine on the writing thread, where alone it is used.
/// - Throws: when the address can't be bound, a sink can't be set up, or the shutdown took too long.
public func runServer(
    _ configuration: ServerConfiguration, store: SQLiteStore, logger: Logger,
    makeAnalyzer: @escaping @Sendable () -> (_ text: String, _ language: String?) -> Analysis
) async throws {
    let server = try AttuneServer(configuration, store: store, outbox: store, logger: logger, makeAnalyzer: makeAnalyzer)
    if try store.transaction({ try $0.isUnsettled() }) { server.committer.resumeSettling() }
    for sink in try store.sinks() where configuration.sinks.contains(where: { $0.name == sink.name }) {
        guard let reason = sink.disabledReason else { continue }
        logger.warning("sink is disabled, its events wait", metadata: ["sink": "\(sink.name)", "reason": "\(reason)", "waiting": "\(sink.waiting)"])
    }
    try await server.run(signals: [.sigterm, .sigint])
}

/// The parts of a server, put together.
struct AttuneServer: Sendable {
    let configuration: ServerConfiguration
    let metrics = Metrics()
    let committer: GroupCommitter
    let dispatcher: Dispatcher
    let sinks: SinkRegistry
    let logger: Logger
    private let makeAnalyzer: GroupCommitter.MakeAnalyzer
    private let now: @Sendable () -> Timestamp

    init(
        _ configuration: ServerConfiguration, store: any Store, outbox: any Outbox, logger: Logger, clock: DispatcherClock = .system,
        makeAnalyzer: @escaping GroupCommitter.MakeAnalyzer
    ) throws {
        self.configuration = configuration
        self.logger = logger
        self.makeAnalyzer = makeAnalyzer
        now = clock.now
        let sinks = try SinkRegistry(configuration.sinks)
        let metrics = self.metrics
        let dispatcher = Dispatcher(outbox: outbox, sinks: sinks.sinks, clock: clock) { notice in
            Self.note(notice, metrics: metrics, logger: logger)
        }
        self.sinks = sinks
        self.dispatcher = dispatcher
        committer = GroupCommitter(
            store: store, limits: configuration.limits.ingest, metrics: metrics, logger: logger, now: clock.now,
            onEvents: { dispatcher.wake() })
    }

    /// - Parameter onRunning: called with the port once the server listens.
    func run(signals: [UnixSignal], onRunning: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        do {
            try await serviceGroup(signals: signals, onRunning: onRunning).run()
        } catch {
            await sinks.close()
            throw error
        }
    }

    /// Started in this order, ended in the reverse one: first no more requests, then no more commits, then no more deliveries.
    func serviceGroup(signals: [UnixSignal], onRunning: @escaping @Sendable (Int) async -> Void) throws -> ServiceGroup {
        // Before the first commit, or its events would not wait for the sinks.
        try dispatcher.register()
        committer.start(makeAnalyzer: makeAnalyzer)
        var group = ServiceGroupConfiguration(
            services: [DispatcherService(dispatcher: dispatcher, sinks: sinks), CommitterService(committer: committer), application(onRunning)],
            gracefulShutdownSignals: signals, logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(configuration.limits.shutdownSeconds)
        return ServiceGroup(configuration: group)
    }

    private func application(_ onRunning: @escaping @Sendable (Int) async -> Void) -> some ApplicationProtocol {
        let limits = configuration.limits
        let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes, maxHeaderFieldCount: limits.headerFields)
        return Application(
            router: router(),
            server: .http1(
                configuration: .init(idleTimeout: .seconds(Int64(limits.readSeconds)), httpDecoderConfiguration: decoder)),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), serverName: "attune",
                availableConnectionsDelegate: .maximum(limits.connections, logger: logger)),
            onServerRunning: { [logger, configuration] channel in
                let port = channel.localAddress?.port ?? configuration.port
                logger.info("listening", metadata: ["host": "\(configuration.host)", "port": "\(port)"])
                await onRunning(port)
            },
            logger: logger)
    }

    private func router() -> Router<BasicRequestContext> {
        let router = Router(options: .autoGenerateHeadEndpoints)
        router.middlewares.add(ObservingMiddleware(metrics: metrics, logger: logger))
        let bodies = BodyReader(limit: configuration.limits.bodyBytes, timeout: .seconds(configuration.limits.readSeconds))
        let tokens = BearerTokens(hashes: configuration.tokens, allowsAnonymous: configuration.listensOnLoopbackOnly)
        WebhookRoutes(
            sources: configuration.sources, registry: .standard, committer: committer, metrics: metrics, bodies: bodies, now: now,
            endpoints: WebhookEndpoint.all
        ).add(to: router)
        MessageRoutes(tokens: tokens, registry: .standard, committer: committer, metrics: metrics, bodies: bodies, now: now).add(to: router)
        StatusRoutes(committer: committer, metrics: metrics).add(to: router)
        return router
    }

    private static func note(_ notice: Dispatcher.Notice, metrics: Metrics, logger: Logger) {
        switch notice {
        case .attempted(let sink, .delivered): metrics.add(to: .deliveryAttempts, sink, "delivered")
        case .attempted(let sink, .retry(let reason, _)):
            metrics.add(to: .deliveryAttempts, sink, "retry")
            logger.notice("delivery failed, it is tried again", metadata: ["sink": "\(sink)", "reason": "\(reason)"])
        case .attempted(let sink, .disable(let reason)):
            metrics.add(to: .deliveryAttempts, sink, "disabled")
            logger.warning("sink disabled", metadata: ["sink": "\(sink)", "reason": "\(reason)"])
        case .attempted(let sink, .deadLetter(let reason)):
            metrics.add(to: .deliveryAttempts, sink, "dead")
            logger.warning("event became a dead letter", metadata: ["sink": "\(sink)", "reason": "\(reason)"])
        case .storageFailed(let sink, let error):
            let reason = (error as? StoreError).map { "\($0)" } ?? "\(type(of: error))"
            logger.error("the outbox failed", metadata: ["sink": "\(sink)", "error": "\(reason)"])
        }
    }
}
