import AttuneCore

/// Chatwoot: `X-Chatwoot-Signature: sha256=<hex>` is the HMAC-SHA-256 of `timestamp.body` under the webhook's secret, the time in
/// `X-Chatwoot-Timestamp` in seconds. Versions before 4 sign nothing.
public struct ChatwootSignature: WebhookScheme {
    public static let header = "X-Chatwoot-Signature"
    public static let timestampHeader = "X-Chatwoot-Timestamp"

    private let secrets: SharedSecrets

    public init(secrets: [String]) { self.secrets = SharedSecrets(secrets) }

    public func check(_ delivery: WebhookDelivery, now: Timestamp) -> SignatureCheck {
        guard let time = delivery.header(Self.timestampHeader) else { return .missing(header: Self.timestampHeader) }
        guard let signature = delivery.header(Self.header) else { return .missing(header: Self.header) }
        guard let at = Int64(time).flatMap({ Timestamp(seconds: $0) }) else { return .malformed(header: Self.timestampHeader) }
        guard let given = DigestText.hex(signature, prefix: "sha256=", count: 32) else { return .malformed(header: Self.header) }
        guard ReplayWindow.holds(at, now: now) else { return .stale }
        return secrets.signed([Array("\(time).".utf8), delivery.body], .sha256, as: given) ? .valid : .wrong
    }
}
