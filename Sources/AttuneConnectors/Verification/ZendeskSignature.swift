import AttuneCore

/// Zendesk: `X-Zendesk-Webhook-Signature` is the base64 of the HMAC-SHA-256 of the timestamp header's text and the raw body, one
/// behind the other, under the webhook's signing secret. The body may be empty.
public struct ZendeskSignature: WebhookScheme {
    public static let header = "X-Zendesk-Webhook-Signature"
    public static let timestampHeader = "X-Zendesk-Webhook-Signature-Timestamp"

    private let secrets: SharedSecrets

    /// - Parameter secrets: signing secrets.
    public init(secrets: [String]) { self.secrets = SharedSecrets(secrets) }

    public func check(_ delivery: WebhookDelivery, now: Timestamp) -> SignatureCheck {
        guard let time = delivery.header(Self.timestampHeader) else { return .missing(header: Self.timestampHeader) }
        guard let signature = delivery.header(Self.header) else { return .missing(header: Self.header) }
        guard let at = RFC3339.parse(time) else { return .malformed(header: Self.timestampHeader) }
        guard let given = DigestText.base64(signature, count: 32) else { return .malformed(header: Self.header) }
        guard ReplayWindow.holds(at, now: now) else { return .stale }
        return secrets.signed([Array(time.utf8), delivery.body], .sha256, as: given) ? .valid : .wrong
    }
}
