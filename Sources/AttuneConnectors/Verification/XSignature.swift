import AttuneCore

/// X: `x-twitter-webhooks-signature: sha256=<base64>` is the HMAC-SHA-256 of the raw body under the app's consumer secret.
public struct XSignature: WebhookScheme {
    public static let header = "x-twitter-webhooks-signature"

    private let secrets: SharedSecrets

    /// - Parameter secrets: consumer secrets.
    public init(secrets: [String]) { self.secrets = SharedSecrets(secrets) }

    public func check(_ delivery: WebhookDelivery, now: Timestamp) -> SignatureCheck {
        guard let signature = delivery.header(Self.header) else { return .missing(header: Self.header) }
        guard let given = DigestText.base64(signature, prefix: "sha256=", count: 32) else { return .malformed(header: Self.header) }
        return secrets.signed([delivery.body], .sha256, as: given) ? .valid : .wrong
    }

    /// The answer to the challenge-response check, `GET ?crc_token=…`, which X repeats hourly: the token's keyed hash under the
    /// first secret. Nil without a token or a secret.
    public func answer(_ query: [(name: String, value: String)]) -> JSONValue? {
        guard let token = query.first(where: { $0.name == "crc_token" })?.value, !token.isEmpty, token.utf8.count <= Self.tokenLimit,
            let code = secrets.sign([Array(token.utf8)], .sha256)
        else { return nil }
        return .object(["response_token": .string("sha256=" + DigestText.base64(code))])
    }

    /// Tokens have some forty characters; we do not sign longer texts for everybody who asks.
    private static let tokenLimit = 256
}
