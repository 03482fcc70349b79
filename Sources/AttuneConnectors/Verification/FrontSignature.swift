import AttuneCore

/// Front signs in two ways under one header, `X-Front-Signature`, base64 both times. Deliveries of an application have
/// `X-Front-Request-Timestamp` (milliseconds) and are signed by HMAC-SHA-256 of `timestamp:body` under the app's secret; those of a
/// rule have none and are signed by HMAC-SHA-1 of the body under the API secret.
public struct FrontSignature: WebhookScheme {
    public static let header = "X-Front-Signature"
    public static let timestampHeader = "X-Front-Request-Timestamp"

    private let ruleSecrets: SharedSecrets
    private let applicationSecrets: SharedSecrets

    /// Either may be empty: deliveries of that way are refused then.
    public init(ruleSecrets: [String], applicationSecrets: [String]) {
        self.ruleSecrets = SharedSecrets(ruleSecrets)
        self.applicationSecrets = SharedSecrets(applicationSecrets)
    }

    public func check(_ delivery: WebhookDelivery, now: Timestamp) -> SignatureCheck {
        guard let signature = delivery.header(Self.header) else { return .missing(header: Self.header) }
        guard let time = delivery.header(Self.timestampHeader) else {
            guard let given = DigestText.base64(signature, count: 20) else { return .malformed(header: Self.header) }
            return ruleSecrets.signed([delivery.body], .sha1, as: given) ? .valid : .wrong
        }
        guard let milliseconds = Int64(time),
            let at = Timestamp(seconds: milliseconds / 1_000, nanoseconds: milliseconds % 1_000 * 1_000_000)
        else { return .malformed(header: Self.timestampHeader) }
        guard let given = DigestText.base64(signature, count: 32) else { return .malformed(header: Self.header) }
        guard ReplayWindow.holds(at, now: now) else { return .stale }
        return applicationSecrets.signed([Array("\(time):".utf8), delivery.body], .sha256, as: given) ? .valid : .wrong
    }
}
