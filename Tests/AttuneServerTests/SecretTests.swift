import AttuneCore
import AttuneStore
import Logging
import Synchronization
import Testing

@testable import AttuneConnectors
@testable import AttuneServer

/// What holds secrets does not print them, whoever prints it.
@Suite struct SecretTests {
    private static let key = Array("SUPERSECRETKEYSUPERSECRETKEY1234".utf8)
    private static var signing: String { "whsec_" + DigestText.base64(key) }
    private static let url = "https://crm.example.com/in?key=URLKEY"
    /// As they are configured, and as reflection would show their bytes.
    private static let traces =
        ["URLKEY", "APPSECRET", "VERIFYTOKEN", "LOGINPASS", "PATHSECRET", "MESSAGETEXT", DigestText.base64(key), DigestText.hex(key), "SUPERSECRET"]
        + ["APPSECRET", "SUPERSECRET", "VERIFYTOKEN", "LOGINPASS", "PATHSECRET"].map { text in text.utf8.map { "\($0)" }.joined(separator: ", ") }

    private static func configuration() -> ServerConfiguration {
        var configuration = testConfiguration()
        configuration.tokens = [TokenHash(hex: DigestText.hex(SHA256.digest("APITOKEN".utf8)))].compactMap { $0 }
        configuration.sinks = [
            SinkConfiguration(name: "crm", type: "webhook", url: url, secrets: [signing]),
            SinkConfiguration(name: "log", type: "file", path: "/dev/null"),
        ]
        configuration.sources["shop"] = SourceConfiguration(
            connector: "whatsapp-cloud", credentials: WebhookCredentials(["appSecrets": ["APPSECRET"], "verifyToken": ["VERIFYTOKEN"]]))
        configuration.sources["reviews"] = SourceConfiguration(
            connector: "trustpilot", credentials: WebhookCredentials(["pathSecrets": ["PATHSECRET"], "logins": ["shop:LOGINPASS"]]))
        return configuration
    }

    @Test func theLogOfAServerHoldsNone() async throws {
        let log = CapturedLog()
        var logger = Logger(label: "test") { _ in log }
        logger.logLevel = .trace
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(path: directory + "/store.sqlite", create: true)
            try await withServer(Self.configuration(), store: store, outbox: store, logger: logger) { (server) async throws in
                #expect(try await server.post("/v1/hooks/trustpilot/reviews/PATHSECRET", Array("{}".utf8)).status == 401)
                let headers = [("content-type", "application/json"), ("authorization", "Bearer APITOKEN")]
                let record = Array(#"{"id":"1","text":"MESSAGETEXT, I cancel"}"#.utf8)
                #expect(try await server.post("/v1/messages", record, headers: headers).status == 200)
                #expect(try await server.get("/v1/hooks/whatsapp-cloud/shop?hub.verify_token=VERIFYTOKEN").status == 403)
            }
            try store.close()
        }
        let text = log.text
        #expect(text.contains("forwarding to crm, log"), "services are logged by ServiceLifecycle")
        for trace in Self.traces + ["APITOKEN"] { #expect(!text.contains(trace), "\(trace)") }
    }

    @Test func nothingThatHoldsOnePrintsIt() throws {
        let configuration = Self.configuration()
        let sinks = try SinkRegistry(configuration.sinks)
        let holders: [Any] = [
            configuration, configuration.sinks, configuration.sources, sinks, sinks.sinks[0], try StandardWebhooks(secrets: [Self.signing]),
            SharedSecrets(["APPSECRET"]), MetaHandshake(tokens: ["VERIFYTOKEN"]), PathSecret(secrets: ["PATHSECRET"]),
            BasicAuthentication(pairs: ["shop:LOGINPASS"]), WebhookCredentials(["appSecrets": ["APPSECRET"]]),
            WebhookDelivery(body: Array("MESSAGETEXT".utf8), headers: [("Authorization", "LOGINPASS")], target: Self.url, pathSecret: "PATHSECRET"),
        ]
        for holder in holders {
            var dumped = ""
            dump(holder, to: &dumped)
            for text in ["\(holder)", String(reflecting: holder), dumped] {
                for trace in Self.traces { #expect(!text.contains(trace), "\(type(of: holder)): \(trace)") }
            }
        }
        Task { await sinks.close() }
    }
}

/// Keeps all that is logged.
struct CapturedLog: LogHandler {
    private final class Lines: Sendable {
        let text = Mutex("")
    }

    private let lines = Lines()
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    var text: String { lines.text.withLock { $0 } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        lines.text.withLock { $0 += "\(event.level) \(event.message) \(all)\n" }
    }
}
