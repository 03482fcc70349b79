import AttuneConnectors
import AttuneCore

extension SourceConfiguration {
    init(_ settings: Settings) throws(ConfigurationError) {
        guard let connector = try settings.text("connector") else { throw settings.error("connector", "is missing") }
        guard let endpoint = WebhookEndpoint.named(connector) else {
            let known = WebhookEndpoint.all.map(\.connector).joined(separator: ", ")
            throw settings.error("connector", "is \"\(connector)\", which has no webhook: known are \(known)")
        }
        try settings.allow(["connector", "options"] + endpoint.keys.map(\.name))
        let credentials = try settings.credentials(endpoint)
        var options = ConnectorConfiguration()
        if let value = settings.value("options") {
            do throws(ConfigurationError) { options = try ConnectorConfiguration(json: value) } catch {
                throw settings.error(error.key.map { "options.\($0)" } ?? "options", error.reason)
            }
        }
        self.init(connector: connector, credentials: credentials, options: options)
    }
}

extension Settings {
    /// The values of an endpoint's keys; at least one that makes deliveries provable.
    fileprivate func credentials(_ endpoint: WebhookEndpoint) throws(ConfigurationError) -> WebhookCredentials {
        var credentials = WebhookCredentials()
        for key in endpoint.keys {
            credentials[key.name] = key.isList ? try secrets(key.name) ?? [] : try secret(key.name).map { [$0] } ?? []
        }
        guard endpoint.required.contains(where: { !credentials[$0].isEmpty }) else {
            let others = endpoint.required.dropFirst().map { "\"\($0)\"" }
            let choice = others.isEmpty ? "" : " (or give \(others.joined(separator: " or ")))"
            throw error(endpoint.required.first ?? "connector", "is missing\(choice): deliveries are only taken from who knows a secret")
        }
        if let url = credentials["publicURL"].first, !url.hasPrefix("https://"), !url.hasPrefix("http://") {
            throw error("publicURL", "must begin with https://")
        }
        if let index = credentials["logins"].firstIndex(where: { !$0.contains(":") }) {
            throw error("logins[\(index)]", "must be user:password")
        }
        if let index = credentials["logins"].firstIndex(where: { $0.allSatisfy { $0 == ":" || $0.isWhitespace } }) {
            throw error("logins[\(index)]", "has neither a user nor a password")
        }
        do throws(ConfigurationError) { _ = try endpoint.scheme(credentials) } catch { throw self.error(error.key ?? "connector", error.reason) }
        return credentials
    }
}

extension SinkConfiguration {
    init(_ settings: Settings) throws(ConfigurationError) {
        try settings.allow(["name", "type", "url", "path", "secrets", "allowPrivateTargets"])
        guard let name = try settings.text("name") else { throw settings.error("name", "is missing") }
        guard let type = try settings.text("type") else { throw settings.error("type", "is missing") }
        self.init(
            name: name, type: type, url: try settings.secret("url"), path: try settings.text("path"),
            secrets: try settings.secrets("secrets") ?? [], allowPrivateTargets: try settings.flag("allowPrivateTargets") ?? false)
    }
}

extension ServerLimits {
    init(_ settings: Settings) throws(ConfigurationError) {
        self.init()
        try settings.allow([
            "bodyBytes", "headerBytes", "headerFields", "connections", "readSeconds", "shutdownSeconds", "queueOperations", "batchOperations",
        ])
        bodyBytes = try settings.count("bodyBytes", in: 1...1 << 30) ?? bodyBytes
        headerBytes = try settings.count("headerBytes", in: 1_024...1 << 20) ?? headerBytes
        headerFields = try settings.count("headerFields", in: 10...10_000) ?? headerFields
        connections = try settings.count("connections", in: 1...100_000) ?? connections
        readSeconds = try settings.count("readSeconds", in: 1...3_600) ?? readSeconds
        shutdownSeconds = try settings.count("shutdownSeconds", in: 1...3_600) ?? shutdownSeconds
        ingest.queueOperations = try settings.count("queueOperations", in: 1...1_000_000) ?? ingest.queueOperations
        ingest.batchOperations = try settings.count("batchOperations", in: 1...100_000) ?? ingest.batchOperations
    }
}
