import AttuneConnectors

/// A webhook source: one account of a platform that posts to us.
public struct SourceConfiguration: Sendable {
    /// One of `WebhookEndpoint.all`.
    public var connector: String
    /// What its deliveries are checked with.
    public var credentials: WebhookCredentials
    /// Passed to the connector: zone, agent names, …
    public var options: ConnectorConfiguration

    public init(connector: String, credentials: WebhookCredentials, options: ConnectorConfiguration = ConnectorConfiguration()) {
        self.connector = connector
        self.credentials = credentials
        self.options = options
    }
}
