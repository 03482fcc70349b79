import AttuneConnectors
import AttuneCore

extension WebhookEndpoint {
    /// Every webhook that is understood has its line here.
    public static let all: [WebhookEndpoint] = [
        .meta(connector: "whatsapp-cloud"),
        .meta(connector: "meta"),
        .twilio,
        .x,
        .signed(
            connector: "telegram-bot", key: .list("secretTokens", "the secret_token that setWebhook was called with"),
            scheme: HeaderSecret.telegram(secrets:)),
        .unsigned(connector: "google-business"),
        .unsigned(connector: "trustpilot"),
        .unsigned(connector: "yelp"),
        .signed(
            connector: "zendesk", key: .list("signingSecrets", "the webhook's signing secret"), scheme: ZendeskSignature.init(secrets:),
            mayBeEmpty: true),
        .signed(
            connector: "sunshine", key: .list("apiKeys", "the webhook's secret, which comes as X-API-Key"), scheme: HeaderSecret.sunshine(secrets:)),
        .signed(
            connector: "intercom", key: .list("clientSecrets", "the app's client secret"), scheme: IntercomSignature.init(secrets:)),
        .unsigned(connector: "freshdesk"),
        .signed(
            connector: "helpscout", key: .list("secretKeys", "the webhook's secret key"), scheme: HelpScoutSignature.init(secrets:)),
        .front,
        .chatwoot,
        .slack,
        .unsigned(connector: "salesforce"),
        .standard(connector: "jsonl"),
    ]

    static func named(_ connector: String) -> WebhookEndpoint? { all.first { $0.connector == connector } }

    /// A platform with one kind of secret.
    private static func signed(
        connector: String, key: Key, scheme: @escaping @Sendable ([String]) -> any WebhookScheme, mayBeEmpty: Bool = false
    ) -> WebhookEndpoint {
        WebhookEndpoint(
            connector: connector, keys: [key], required: [key.name], scheme: { credentials in scheme(credentials[key.name]) }, mayBeEmpty: mayBeEmpty)
    }

    private static let pathKey = Key.list(
        "pathSecrets", "a long random text that stands, percent-encoded, behind the source's name in the URL: /v1/hooks/CONNECTOR/SOURCE/SECRET")
    private static let loginKey = Key.list("logins", "user:password, which the platform sends as basic authentication")

    /// A platform that signs nothing: a secret in the URL, a login, or both.
    private static func unsigned(connector: String) -> WebhookEndpoint {
        WebhookEndpoint(
            connector: connector, keys: [pathKey, loginKey], required: [pathKey.name, loginKey.name],
            scheme: { ConfiguredProofs(proofs: unsignedProofs($0)) })
    }

    private static func unsignedProofs(_ credentials: WebhookCredentials) -> [any WebhookScheme] {
        var proofs = [any WebhookScheme]()
        if !credentials[pathKey.name].isEmpty { proofs.append(PathSecret(secrets: credentials[pathKey.name])) }
        if !credentials[loginKey.name].isEmpty { proofs.append(BasicAuthentication(pairs: credentials[loginKey.name])) }
        return proofs
    }

    /// Meta's scheme, shared by WhatsApp, Messenger and Instagram.
    private static func meta(connector: String) -> WebhookEndpoint {
        WebhookEndpoint(
            connector: connector,
            keys: [
                .list("appSecrets", "the Meta app's secret"),
                .one("verifyToken", "what you enter as verify token beside the callback URL"),
            ],
            required: ["appSecrets"],
            scheme: { MetaSignature(secrets: $0["appSecrets"]) },
            handshake: { query, credentials in
                switch MetaHandshake(tokens: credentials["verifyToken"]).answer(query) {
                case .challenge(let text): .text(text)
                case .refused: nil
                }
            })
    }

    private static let x = WebhookEndpoint(
        connector: "x", keys: [.list("consumerSecrets", "the app's consumer secret (API secret key); the first one answers X's check of the URL")],
        required: ["consumerSecrets"],
        scheme: { XSignature(secrets: $0["consumerSecrets"]) },
        handshake: { query, credentials in XSignature(secrets: credentials["consumerSecrets"]).answer(query).map(WebhookReply.json) })

    private static let twilio = WebhookEndpoint(
        connector: "twilio",
        keys: [
            .list("authTokens", "the account's auth token"),
            .one("publicURL", "scheme and host under which Twilio reaches the server, where a proxy does not tell it: https://hooks.example.com"),
        ],
        required: ["authTokens"],
        scheme: { TwilioSignature(secrets: $0["authTokens"], publicURL: $0["publicURL"].first) },
        // An answer that is no TwiML is logged as an error; an empty one sends nothing to the customer.
        accepted: WebhookReply(body: "<Response/>", contentType: "text/xml"), form: .formOrHashedJSON)

    private static let front = WebhookEndpoint(
        connector: "front",
        keys: [
            .list("ruleSecrets", "the API secret, which signs what rules send"),
            .list("applicationSecrets", "the application's signing key, which signs what application webhooks send"),
        ],
        required: ["ruleSecrets", "applicationSecrets"],
        scheme: { FrontSignature(ruleSecrets: $0["ruleSecrets"], applicationSecrets: $0["applicationSecrets"]) },
        challenge: { delivery in delivery.header("X-Front-Challenge").flatMap { $0.utf8.count <= challengeLimit ? .text($0) : nil } })

    private static let chatwoot = WebhookEndpoint(
        connector: "chatwoot", keys: [.list("secrets", "the webhook's secret; versions before 4 have none"), pathKey, loginKey],
        required: ["secrets", pathKey.name, loginKey.name],
        scheme: { credentials in
            let signature: [any WebhookScheme] = credentials["secrets"].isEmpty ? [] : [ChatwootSignature(secrets: credentials["secrets"])]
            return ConfiguredProofs(proofs: signature + unsignedProofs(credentials))
        })

    private static let slack = WebhookEndpoint(
        connector: "slack", keys: [.list("signingSecrets", "the app's signing secret")], required: ["signingSecrets"],
        scheme: { SlackSignature(secrets: $0["signingSecrets"]) },
        challenge: { delivery in
            var reader = JSONReader()
            guard let body = try? delivery.body.withUnsafeBufferPointer({ try reader.parse($0) }), body["type"]?.string == "url_verification",
                let text = body["challenge"]?.string, text.utf8.count <= challengeLimit
            else { return nil }
            return .text(text)
        })

    /// Records in our own form, or with a mapping, from whoever signs as standardwebhooks.com has it, or cannot sign: the rules of support desks
    /// send what was typed there.
    private static func standard(connector: String) -> WebhookEndpoint {
        WebhookEndpoint(
            connector: connector, keys: [.list("signingSecrets", "whsec_ and the base64 of 24 to 64 random bytes"), pathKey, loginKey],
            required: ["signingSecrets", pathKey.name, loginKey.name],
            scheme: { credentials throws(ConfigurationError) in
                let secrets = credentials["signingSecrets"]
                do throws(ConfigurationError) {
                    let signature: [any WebhookScheme] = secrets.isEmpty ? [] : [try StandardWebhooks(secrets: secrets)]
                    return ConfiguredProofs(proofs: signature + unsignedProofs(credentials))
                } catch {
                    throw ConfigurationError(key: "signingSecrets", error.reason)
                }
            }, form: .jsonLines)
    }

    /// Platforms send some forty characters; echoing more would lend our name to other people's text.
    private static let challengeLimit = 256
}
