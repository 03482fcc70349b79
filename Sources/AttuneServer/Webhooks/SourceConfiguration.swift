import AttuneConnectors

/// A webhook source: one account of a platform that posts to us.
public struct SourceConfiguration: Sendable {
    /// One of `WebhookEndpoint.all`.
    public var connector: String
    /// Secrets that deliveries are signed with; several while one is exchanged.
    public var appSecrets: [String]
    /// What the platform repeats when the URL is entered there; nil refuses the handshake.
    public var verifyToken: String?
    /// Passed to the connector: zone, agent names, …
    public var options: ConnectorConfiguration

    public init(
        connector: String, appSecrets: [String], verifyToken: String? = nil, options: ConnectorConfiguration = ConnectorConfiguration()
    ) {
        self.connector = connector
        self.appSecrets = appSecrets
        self.verifyToken = verifyToken
        self.options = options
    }
}
