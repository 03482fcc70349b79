import AttuneCore

/// A header that holds the secret itself: Sunshine Conversations' `X-API-Key`, Telegram's `X-Telegram-Bot-Api-Secret-Token`.
public struct HeaderSecret: WebhookScheme {
    private let header: String
    private let secrets: SharedSecrets

    public init(header: String, secrets: [String]) {
        self.header = header
        self.secrets = SharedSecrets(secrets)
    }

    public static func sunshine(secrets: [String]) -> HeaderSecret { HeaderSecret(header: "X-API-Key", secrets: secrets) }

    public static func telegram(secrets: [String]) -> HeaderSecret { HeaderSecret(header: "X-Telegram-Bot-Api-Secret-Token", secrets: secrets) }

    public func check(_ delivery: WebhookDelivery, now: Timestamp) -> SignatureCheck {
        guard let given = delivery.header(header) else { return .missing(header: header) }
        return secrets.contains(given) ? .valid : .wrong
    }
}
