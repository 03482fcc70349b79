import AsyncHTTPClient
import AttuneCore
import AttuneStore
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import Synchronization

@testable import AttuneConnectors
@testable import AttuneEngine
@testable import AttuneServer

/// A fixed answer for every text: angry, and about to leave.
func stubAnalysis() -> Analysis {
    Analysis(
        language: nil, sentiment: Sentiment(label: .negative, valence: -0.6, confidence: 0.9, negative: 0.9, neutral: 0.08, positive: 0.02),
        emotions: [EmotionScore(emotion: .anger, score: 0.8, intensity: 4)], intents: [LabelScore(label: "cancel", confidence: 0.9)], topics: [],
        urgency: 0.5, effort: nil, toxicity: 0, sensitive: [], skipped: nil, receipt: nil)
}

/// A directory that is gone after the test.
func withTemporaryDirectory<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    let directory = FileManager.default.temporaryDirectory.appending(path: "attune-server-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    return try await body(directory.path)
}

/// A quiet logger.
func quietLogger() -> Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

/// A server on a free port of this computer.
struct RunningServer: Sendable {
    let server: AttuneServer
    let port: Int
    let group: ServiceGroup
    let client: HTTPClient

    struct Answer: Sendable {
        var status: Int
        var headers: HTTPHeaders
        var body: String
        var json: JSONValue? { try? JSONParser.parse(Array(body.utf8)) }
    }

    func get(_ path: String) async throws -> Answer { try await send(HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")) }

    func ask(_ method: HTTPMethod, _ path: String, headers: [(String, String)] = []) async throws -> Answer {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = method
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        return try await send(request)
    }

    func post(_ path: String, _ body: [UInt8], headers: [(String, String)] = []) async throws -> Answer {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = .POST
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        request.body = .bytes(ByteBuffer(bytes: body))
        return try await send(request)
    }

    func postSigned(_ body: [UInt8], source: String = "shop", secret: String = WhatsApp.secret) async throws -> Answer {
        let signature = MetaSignature(secrets: [secret]).sign(body) ?? ""
        return try await post("/v1/hooks/whatsapp-cloud/\(source)", body, headers: [("X-Hub-Signature-256", signature)])
    }

    private func send(_ request: HTTPClientRequest) async throws -> Answer {
        let response = try await client.execute(request, deadline: .now() + .seconds(60))
        let body = try await response.body.collect(upTo: 16 << 20)
        return Answer(status: Int(response.status.code), headers: response.headers, body: String(buffer: body))
    }
}

/// A configuration with one WhatsApp source that listens on any free port.
func testConfiguration() -> ServerConfiguration {
    var configuration = ServerConfiguration()
    configuration.port = 0
    configuration.sources["shop"] = SourceConfiguration(
        connector: "whatsapp-cloud", credentials: WebhookCredentials(["appSecrets": [WhatsApp.secret], "verifyToken": ["let-me-in"]]))
    return configuration
}

/// Runs a server while `body` runs, then shuts it down as SIGTERM would and waits for its end.
func withServer<Value: Sendable>(
    _ configuration: ServerConfiguration = testConfiguration(), store: any Store, outbox: any Outbox, clock: DispatcherClock = .system,
    logger: Logger = quietLogger(), _ body: (RunningServer) async throws -> Value
) async throws -> Value {
    let server = try AttuneServer(configuration, store: store, outbox: outbox, logger: logger, clock: clock) { { _, _ in stubAnalysis() } }
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    let group = try server.serviceGroup(signals: []) { port.yield($0) }
    let run = Task {
        defer { port.finish() }
        try await group.run()
    }
    guard let number = await ports.first(where: { _ in true }) else {
        try await run.value
        throw ServerDidNotStart()
    }
    var settings = HTTPClient.Configuration(redirectConfiguration: .disallow)
    // Tests hold many requests at once.
    settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
    let result: Result<Value, any Error>
    do {
        result = .success(try await body(RunningServer(server: server, port: number, group: group, client: client)))
    } catch {
        result = .failure(error)
    }
    try await client.shutdown()
    await group.triggerGracefulShutdown()
    try await run.value
    return try result.get()
}

struct ServerDidNotStart: Error {}

/// Runs a server with a store of its own.
func withServer<Value: Sendable>(
    _ configuration: ServerConfiguration = testConfiguration(), _ body: (RunningServer, SQLiteStore) async throws -> Value
) async throws -> Value {
    try await withTemporaryDirectory { directory in
        let store = try SQLiteStore.open(path: directory + "/store.sqlite", create: true)
        let value = try await withServer(configuration, store: store, outbox: store) { try await body($0, store) }
        try store.close()
        return value
    }
}

/// Payloads as WhatsApp sends them.
enum WhatsApp {
    static let secret = "app-secret"

    /// One text message.
    static func message(_ id: String, from: String = "447700900123", text: String = "still waiting", at: Int = 1_770_109_747) -> String {
        #"{"from":"\#(from)","id":"\#(id)","timestamp":"\#(at)","type":"text","text":{"body":"\#(text)"}}"#
    }

    static func payload(_ messages: [String], from: String = "447700900123") -> [UInt8] {
        Array(
            (#"{"object":"whatsapp_business_account","entry":[{"id":"WABA","changes":[{"field":"messages","value":{"#
                + #""messaging_product":"whatsapp","metadata":{"display_phone_number":"15550100200","phone_number_id":"900100"},"#
                + #""contacts":[{"profile":{"name":"Priya"},"wa_id":"\#(from)"}],"messages":[\#(messages.joined(separator: ","))]}}]}]}"#).utf8)
    }

    static func payload(_ id: String) -> [UInt8] { payload([message(id)]) }
}

/// Closed until it is opened. Blocks threads, for the store's calls.
final class ThreadGate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    func open() { semaphore.signal() }
    func pass() {
        semaphore.wait()
        semaphore.signal()
    }
}

/// A store whose transactions wait at a gate, or fail, and which counts them.
final class GuardedStore: Store {
    struct Broken: Error {}

    private let store: SQLiteStore
    private let gate = Mutex<ThreadGate?>(nil)
    private let state = Mutex((entered: 0, failures: 0))

    init(_ store: SQLiteStore) { self.store = store }

    var identifierHashKey: [UInt8] { store.identifierHashKey }
    var transactions: Int { state.withLock { $0.entered } }
    func block() -> ThreadGate {
        let gate = ThreadGate()
        self.gate.withLock { $0 = gate }
        return gate
    }
    func failNext(_ count: Int) { state.withLock { $0.failures = count } }
    /// So that a test that failed at a closed gate still ends.
    func unblock() { gate.withLock { $0 }?.open() }

    func checkWritable() throws { try transaction { _ in } }
    func scrub() throws { try store.scrub() }

    func transaction<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
        let fails = state.withLock { state in
            state.entered += 1
            defer { state.failures = max(0, state.failures - 1) }
            return state.failures > 0
        }
        gate.withLock { $0 }?.pass()
        if fails { throw Broken() }
        return try store.transaction(body)
    }
}

/// Returns when `condition` holds. Gives up only after so many looks that the slowest machine would have got there.
func eventually(_ condition: () async throws -> Bool) async throws {
    for _ in 0..<20_000 {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(2))
    }
    throw DidNotHappen()
}

struct DidNotHappen: Error {}
