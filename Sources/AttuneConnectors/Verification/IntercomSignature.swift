import AttuneCore

/// Intercom: `X-Hub-Signature: sha1=<hex>` is the HMAC-SHA-1 of the raw body under the app's client secret. The same header's name
/// as Meta's legacy one, another key.
public struct IntercomSignature: WebhookScheme {
    public static let header = "X-Hub-Signature"

    private let secrets: SharedSecrets

    /// - Parameter secrets: client secrets.
    public init(secrets: [String]) { self.secrets = SharedSecrets(secrets) }

    public func check(_ delivery: WebhookDelivery, now: Timestamp) -> SignatureCheck {
        guard let signature = delivery.header(Self.header) else { return .missing(header: Self.header) }
        guard let given = DigestText.hex(signature, prefix: "sha1=", count: 20) else { return .malformed(header: Self.header) }
        return secrets.signed([delivery.body], .sha1, as: given) ? .valid : .wrong
    }
}
