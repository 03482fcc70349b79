import AsyncHTTPClient
import AttuneCore
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// Posts each event to a URL: a CloudEvent in structured mode, signed by Standard Webhooks. The event's id is the
/// `webhook-id`, the same on every attempt, so that receivers can tell a repeated delivery.
///
/// Only 2xx is success; redirects are failures, 410 disables the endpoint, `Retry-After` is obeyed. Events of one customer
/// follow each other, those of different customers are sent side by side.
///
/// Targets that are not public addresses are refused unless allowed: the host's addresses are all checked before each
/// attempt, and again the address that was really connected to, before anything is sent. What that does not cover: a public
/// address that forwards to a private network (a proxy, a port forwarding), and other hosts behind the same public address.
public struct WebhookSink: Sink, Discreet {
    /// What bounds a delivery; each with its reason.
    public struct Limits: Hashable, Sendable {
        /// Of one attempt, from resolving the name to the answer: Standard Webhooks asks for 15 to 30 s.
        public var timeout: Duration = .seconds(20)
        /// Bytes of the answer that are read: enough to keep the connection for the next event; the content is not used.
        public var answerBytes = 4 << 10
        /// Requests at the same time: a receiver that is slow for one customer still gets the others', and is not flooded.
        public var concurrency = 8

        public init() {}
    }

    public let name: String
    let url: String
    let host: String
    let signer: StandardWebhooks
    let allowPrivateTargets: Bool
    let limits: Limits
    let resolver: HostResolver
    let now: @Sendable () -> Timestamp
    let client: HTTPClient

    init(
        name: String, url: String, signer: StandardWebhooks, allowPrivateTargets: Bool = false, limits: Limits = Limits(),
        resolver: HostResolver = .system(), now: @escaping @Sendable () -> Timestamp = { .systemNow() }
    ) throws(ConfigurationError) {
        self.name = name
        self.url = url
        self.signer = signer
        self.allowPrivateTargets = allowPrivateTargets
        self.limits = limits
        self.resolver = resolver
        self.now = now
        host = try Self.host(of: url)
        if !allowPrivateTargets, let address = IPAddress(host), address.isPrivate {
            throw ConfigurationError(key: "url", "names an address of a private network (\(address)): set allowPrivateTargets if that is meant")
        }
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: Self.clientConfiguration(limits, allowPrivateTargets))
    }

    /// A URL may hold a key.
    public var description: String { "webhook sink \(name)" }

    /// Ends its connections; nothing may be written afterwards.
    public func close() async { try? await client.shutdown().get() }

    public func write(_ events: [OutboxEvent]) async -> [DeliveryOutcome] {
        var chains: [CustomerID: [Int]] = [:]
        for (index, event) in events.enumerated() { chains[event.subject, default: []].append(index) }
        let isGone = Flag()
        var outcomes = [DeliveryOutcome](repeating: .notAttempted, count: events.count)
        var waiting = chains.values.sorted { $0[0] < $1[0] }[...]
        await withTaskGroup(of: [(Int, DeliveryOutcome)].self) { group in
            func begin() {
                guard let chain = waiting.popFirst() else { return }
                group.addTask { await deliver(chain, of: events, isGone: isGone) }
            }
            for _ in 0..<limits.concurrency { begin() }
            while let done = await group.next() {
                for (index, outcome) in done { outcomes[index] = outcome }
                begin()
            }
        }
        return outcomes
    }

    /// One customer's events in order, until one fails.
    private func deliver(_ chain: [Int], of events: [OutboxEvent], isGone: Flag) async -> [(Int, DeliveryOutcome)] {
        var done = [(Int, DeliveryOutcome)]()
        for index in chain {
            if Task.isCancelled || isGone.isRaised { break }
            // Told to stop, the attempt under way is still brought to its end: a task of its own is not cancelled with ours.
            let outcome = await Task { await attempt(events[index]) }.value
            done.append((index, outcome))
            if case .disable = outcome { isGone.raise() }
            guard outcome == .delivered else { break }
        }
        return done
    }

    private func attempt(_ event: OutboxEvent) async -> DeliveryOutcome {
        do {
            return try await withTimeout(limits.timeout) {
                try await refusePrivateTarget()
                return try await post(event)
            }
        } catch {
            return .retry(reason: reason(error), after: nil)
        }
    }

    private func refusePrivateTarget() async throws {
        guard !allowPrivateTargets else { return }
        for address in try await resolver.addresses(of: host) where address.isPrivate { throw PrivateTarget(address: address) }
    }

    private func post(_ event: OutboxEvent) async throws -> DeliveryOutcome {
        let time = now()
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/cloudevents+json; charset=utf-8")
        request.headers.add(name: "user-agent", value: "attune")
        for (name, value) in signer.headers(id: event.id, at: time, body: event.body) { request.headers.add(name: name, value: value) }
        request.body = .bytes(ByteBuffer(bytes: event.body))
        let response = try await client.execute(request, deadline: .distantFuture)
        await readAnswer(response.body)
        return Self.outcome(of: response.status, headers: response.headers, now: time)
    }

    /// Reads to the end of a short answer, so that the connection can be used again; a long one costs the connection.
    private func readAnswer(_ body: HTTPClientResponse.Body) async {
        var rest = limits.answerBytes
        var parts = body.makeAsyncIterator()
        while rest > 0, let part = try? await parts.next() { rest -= part.readableBytes }
    }

    static func outcome(of status: HTTPResponseStatus, headers: HTTPHeaders, now: Timestamp) -> DeliveryOutcome {
        switch status.code {
        case 200..<300: return .delivered
        case 410: return .disable(reason: "HTTP 410: the receiver is gone")
        case 300..<400: return .retry(reason: "HTTP \(status.code): redirects are not followed, set the final URL", after: nil)
        case 429, 502, 503, 504:
            let wait = headers.first(name: "retry-after").flatMap { RetryAfter.parse($0, now: now) }
            return .retry(reason: "HTTP \(status.code)", after: wait)
        default: return .retry(reason: "HTTP \(status.code)", after: nil)
        }
    }

    private func reason(_ error: any Error) -> String {
        switch error {
        case let error as PrivateTarget: "\(error)"
        case let error as SinkError: "\(error)"
        case let error as TimedOut: "\(error)"
        // The client keeps the same limit, and may be the first to notice.
        case let error as HTTPClientError where [.readTimeout, .connectTimeout, .deadlineExceeded].contains(error):
            "\(TimedOut(limit: limits.timeout))"
        // Its descriptions name what happened, never what was sent.
        case let error as HTTPClientError: "the connection failed: \(error.shortDescription)"
        case let error as IOError: "the connection failed: \(String(cString: strerror(error.errnoCode)))"
        default: "the connection failed: \(type(of: error))"
        }
    }
}

extension WebhookSink: ClosableSink {
    init(_ configuration: SinkConfiguration) throws {
        guard let url = configuration.url, !url.isEmpty else { throw ConfigurationError(key: "url", "is missing: name the receiver's URL") }
        guard !configuration.secrets.isEmpty else {
            throw ConfigurationError(key: "secrets", "is empty: give at least one \"whsec_…\" that the receiver checks signatures with")
        }
        let signer: StandardWebhooks
        do throws(ConfigurationError) { signer = try StandardWebhooks(secrets: configuration.secrets) } catch {
            throw ConfigurationError(key: "secrets", error.reason)
        }
        try self.init(name: configuration.name, url: url, signer: signer, allowPrivateTargets: configuration.allowPrivateTargets)
    }
}

extension WebhookSink {
    fileprivate static func host(of url: String) throws(ConfigurationError) -> String {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = parts.host, !host.isEmpty
        else { throw ConfigurationError(key: "url", "must be an http or https URL with a host") }
        guard parts.user == nil, parts.password == nil else {
            throw ConfigurationError(key: "url", "must not hold a user name: deliveries are signed instead")
        }
        // An IPv6 address stands in brackets in a URL.
        return host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    }

    fileprivate static func clientConfiguration(_ limits: Limits, _ allowPrivateTargets: Bool) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .nanoseconds(limits.timeout.nanoseconds), read: .nanoseconds(limits.timeout.nanoseconds))
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = limits.concurrency
        // A refused connection is an outcome that the schedule of the outbox deals with.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        guard !allowPrivateTargets else { return configuration }
        // The name may resolve to another address than it did a moment ago (DNS rebinding): the address that was connected to decides.
        configuration.http1_1ConnectionDebugInitializer = { channel in
            guard let address = channel.remoteAddress?.ipAddress.flatMap({ IPAddress($0) }), !address.isPrivate else {
                channel.close(promise: nil)
                return channel.eventLoop.makeFailedFuture(PrivateTarget(address: channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) }))
            }
            return channel.eventLoop.makeSucceededVoidFuture()
        }
        return configuration
    }
}

/// The target's address is not a public one.
struct PrivateTarget: Error, Hashable, CustomStringConvertible {
    var address: IPAddress?
    var description: String {
        "the target's address\(address.map { " \($0)" } ?? "") is in a private network: set allowPrivateTargets if that is meant"
    }
}

struct TimedOut: Error, Hashable, CustomStringConvertible {
    var limit: Duration
    var description: String { "no answer within \(limit.components.seconds) s" }
}

/// Runs `body` and cancels it when it takes longer than `limit`.
private func withTimeout<Value: Sendable>(_ limit: Duration, _ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask(operation: body)
        group.addTask {
            try await Task.sleep(for: limit)
            throw TimedOut(limit: limit)
        }
        defer { group.cancelAll() }
        guard let first = try await group.next() else { throw TimedOut(limit: limit) }
        return first
    }
}

/// Raised once, seen by all who hold it.
private final class Flag: Sendable {
    private let value = Mutex(false)
    var isRaised: Bool { value.withLock { $0 } }
    func raise() { value.withLock { $0 = true } }
}

extension Duration {
    fileprivate var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
