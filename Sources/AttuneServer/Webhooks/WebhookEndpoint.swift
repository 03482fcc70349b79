import AttuneConnectors
import HTTPTypes

/// A platform's way of calling us: how a delivery proves where it comes from, and how the platform checks the URL when it is set up.
/// What the body means is the connector's business.
struct WebhookEndpoint: Sendable {
    /// Name of the connector; also stands in the URL, `/v1/hooks/<connector>/<source>`.
    let connector: String
    /// Whether the raw body was sent by who knows one of the source's secrets.
    let isAuthentic: @Sendable (_ body: [UInt8], _ headers: HTTPFields, _ source: SourceConfiguration) -> Bool
    /// The bare answer to the platform's question when the URL is entered there, or nil when the question is wrong; the
    /// endpoint has no handshake when this is nil. Query names and values come percent-decoded.
    let handshake: (@Sendable (_ query: [(name: String, value: String)], _ source: SourceConfiguration) -> String?)?

    /// Every webhook that is understood has its line here.
    static let all: [WebhookEndpoint] = [
        .meta(connector: "whatsapp-cloud")
    ]

    /// Meta's scheme, shared by WhatsApp, Messenger and Instagram.
    static func meta(connector: String) -> WebhookEndpoint {
        WebhookEndpoint(
            connector: connector,
            isAuthentic: { body, headers, source in
                let signature = HTTPField.Name(MetaSignature.header).flatMap { headers[$0] }
                return MetaSignature(secrets: source.appSecrets).check(body, signature: signature) == .valid
            },
            handshake: { query, source in
                switch MetaHandshake(tokens: source.verifyToken.map { [$0] } ?? []).answer(query) {
                case .challenge(let text): text
                case .refused: nil
                }
            })
    }
}
