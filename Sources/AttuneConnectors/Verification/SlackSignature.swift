import AttuneCore

/// Slack: `X-Slack-Signature: v0=<hex>` is the HMAC-SHA-256 of `v0:timestamp:body` under the app's signing secret, the time in
/// `X-Slack-Request-Timestamp` in seconds.
public struct SlackSignature: WebhookScheme {
    public static let header = "X-Slack-Signature"
    public static let timestampHeader = "X-Slack-Request-Timestamp"

    private let secrets: SharedSecrets

    /// - Parameter secrets: signing secrets.
    public init(secrets: [String]) { self.secrets = SharedSecrets(secrets) }

    public func check(_ delivery: WebhookDelivery, now: Timestamp) -> SignatureCheck {
        guard let time = delivery.header(Self.timestampHeader) else { return .missing(header: Self.timestampHeader) }
        guard let signature = delivery.header(Self.header) else { return .missing(header: Self.header) }
        guard let at = Int64(time).flatMap({ Timestamp(seconds: $0) }) else { return .malformed(header: Self.timestampHeader) }
        guard let given = DigestText.hex(signature, prefix: "v0=", count: 32) else { return .malformed(header: Self.header) }
        guard ReplayWindow.holds(at, now: now) else { return .stale }
        return secrets.signed([Array("v0:\(time):".utf8), delivery.body], .sha256, as: given) ? .valid : .wrong
    }
}
