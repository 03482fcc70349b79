import AttuneCore
import AttuneStore
import Hummingbird
import NIOCore
import ServiceLifecycle
import Synchronization
import Testing

@testable import AttuneConnectors
@testable import AttuneServer

/// A message in, a signed event out, over real HTTP on both sides.
@Suite struct ForwardingTests {
    private let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    @Test func aMessageBecomesASignedEvent() async throws {
        let received = Mutex<[(headers: [(name: String, value: String)], body: [UInt8])]>([])
        try await withReceiver { headers, body in
            received.withLock { $0.append((headers, body)) }
            return .ok
        } _: { url in
            var configuration = testConfiguration()
            configuration.sinks = [SinkConfiguration(name: "crm", type: "webhook", url: url, secrets: [secret], allowPrivateTargets: true)]
            try await withServer(configuration) { (server, _) async throws in
                #expect(try await server.postSigned(WhatsApp.payload("wamid.A")).status == 200)
                try await eventually { !received.withLock { $0.isEmpty } }
                #expect(try await server.postSigned(WhatsApp.payload("wamid.A")).status == 200, "the same again makes no new event")
            }
        }
        let deliveries = received.withLock { $0 }
        #expect(Set(deliveries.map(\.body)).count == deliveries.count)
        let delivery = try #require(deliveries.first)
        #expect(try StandardWebhooks(secrets: [secret]).check(headers: delivery.headers, body: delivery.body, now: .systemNow()) == .valid)
        let event = try JSONParser.parse(delivery.body)
        #expect(event["type"]?.string == "attune.signal.churn_risk.v1")
        #expect(event["specversion"]?.string == "1.0")
        #expect(event["id"]?.string == delivery.headers.first { $0.name.lowercased() == "webhook-id" }?.value)
    }

    @Test func aReceiverThatIsGoneIsLeftAlone() async throws {
        let count = Mutex(0)
        try await withReceiver { _, _ in
            count.withLock { $0 += 1 }
            return .gone
        } _: { url in
            var configuration = testConfiguration()
            configuration.sinks = [SinkConfiguration(name: "crm", type: "webhook", url: url, secrets: [secret], allowPrivateTargets: true)]
            try await withServer(configuration) { (server, store) async throws in
                #expect(try await server.postSigned(WhatsApp.payload("wamid.A")).status == 200)
                try await eventually { try await server.get("/metrics").body.contains(#"{sink="crm",outcome="disabled"} 1"#) }
                let other = WhatsApp.payload([WhatsApp.message("wamid.B", from: "447700900999")], from: "447700900999")
                #expect(try await server.postSigned(other).status == 200)
                #expect(try store.due(for: "crm", now: .systemNow(), limit: 10).isEmpty)
            }
        }
        #expect(count.withLock { $0 } == 1)
    }

    private func withReceiver(
        _ answer: @escaping @Sendable ([(name: String, value: String)], [UInt8]) -> HTTPResponse.Status, _ body: (String) async throws -> Void
    ) async throws {
        let router = Router()
        router.post("/hook") { request, _ in
            let bytes = try await request.body.collect(upTo: 1 << 20)
            return Response(status: answer(request.headers.map { ($0.name.rawName, $0.value) }, Array(bytes.readableBytesView)))
        }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: quietLogger())
        let group = ServiceGroup(services: [application], logger: quietLogger())
        let run = Task { try await group.run() }
        let number = try #require(await ports.first { _ in true })
        let result: Result<Void, any Error>
        do { result = .success(try await body("http://127.0.0.1:\(number)/hook")) } catch { result = .failure(error) }
        await group.triggerGracefulShutdown()
        try await run.value
        try result.get()
    }
}
