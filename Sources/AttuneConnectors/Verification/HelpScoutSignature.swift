import AttuneCore

/// Help Scout: `X-HelpScout-Signature` is the base64 of the HMAC-SHA-1 of the raw body under the webhook's secret key.
public struct HelpScoutSignature: WebhookScheme {
    public static let header = "X-HelpScout-Signature"

    private let secrets: SharedSecrets

    /// - Parameter secrets: secret keys of the webhook.
    public init(secrets: [String]) { self.secrets = SharedSecrets(secrets) }

    public func check(_ delivery: WebhookDelivery, now: Timestamp) -> SignatureCheck {
        guard let signature = delivery.header(Self.header) else { return .missing(header: Self.header) }
        guard let given = DigestText.base64(signature, count: 20) else { return .malformed(header: Self.header) }
        return secrets.signed([delivery.body], .sha1, as: given) ? .valid : .wrong
    }
}
