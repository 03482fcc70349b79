import AttuneConnectors
import AttuneCore

extension SourceConfiguration {
    init(_ settings: Settings) throws(ConfigurationError) {
        try settings.allow(["connector", "appSecrets", "verifyToken", "options"])
        guard let connector = try settings.text("connector") else { throw settings.error("connector", "is missing") }
        guard WebhookEndpoint.all.contains(where: { $0.connector == connector }) else {
            let known = WebhookEndpoint.all.map(\.connector).joined(separator: ", ")
            throw settings.error("connector", "is \"\(connector)\", which has no webhook: known are \(known)")
        }
        guard let secrets = try settings.secrets("appSecrets"), !secrets.isEmpty else {
            throw settings.error("appSecrets", "is missing: deliveries are only taken with a signature")
        }
        var options = ConnectorConfiguration()
        if let value = settings.value("options") {
            do throws(ConfigurationError) { options = try ConnectorConfiguration(json: value) } catch {
                throw settings.error(error.key.map { "options.\($0)" } ?? "options", error.reason)
            }
        }
        self.init(connector: connector, appSecrets: secrets, verifyToken: try settings.secret("verifyToken"), options: options)
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
