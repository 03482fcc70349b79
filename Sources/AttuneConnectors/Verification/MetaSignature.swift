import AttuneCore

/// Meta's webhook signature: `X-Hub-Signature-256: sha256=<hex>` is the HMAC-SHA-256 of the raw body under the app secret. The
/// bytes must be those that were received: Meta escapes `é` and `/`, so a body that was parsed and written again fails. The older
/// `X-Hub-Signature: sha1=` beside it is not looked at.
public struct MetaSignature: WebhookScheme {
    public static let header = "X-Hub-Signature-256"

    private let secrets: SharedSecrets

    /// - Parameter secrets: app secrets.
    public init(secrets: [String]) { self.secrets = SharedSecrets(secrets) }

    public func check(_ delivery: WebhookDelivery, now: Timestamp) -> SignatureCheck {
        check(delivery.body, signature: delivery.header(Self.header))
    }

    /// - Parameter signature: value of the header, or nil when the request has none.
    public func check(_ body: [UInt8], signature: String?) -> SignatureCheck {
        guard let signature else { return .missing(header: Self.header) }
        guard let given = DigestText.hex(signature, prefix: "sha256=", count: 32) else { return .malformed(header: Self.header) }
        return secrets.signed([body], .sha256, as: given) ? .valid : .wrong
    }

    /// The header's value for a body, for tests and test deliveries. Nil without a secret.
    public func sign(_ body: [UInt8]) -> String? { secrets.sign([body], .sha256).map { "sha256=" + DigestText.hex($0) } }
}
