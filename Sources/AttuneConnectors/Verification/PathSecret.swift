import AttuneCore

/// For platforms that sign nothing: the last part of the URL that was entered there is a secret.
public struct PathSecret: WebhookScheme {
    private let secrets: SharedSecrets

    public init(secrets: [String]) { self.secrets = SharedSecrets(secrets) }

    public func check(_ delivery: WebhookDelivery, now: Timestamp) -> SignatureCheck {
        guard let given = delivery.pathSecret else { return .missing(header: "path") }
        return secrets.contains(given) ? .valid : .wrong
    }
}
