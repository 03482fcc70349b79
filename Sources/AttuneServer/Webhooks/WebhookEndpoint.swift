import AttuneConnectors
import AttuneCore

/// A platform's way of calling us: how a delivery proves where it comes from, how the platform checks the URL when it is set up, and
/// what it wants to hear. What the body means is the connector's business.
public struct WebhookEndpoint: Sendable {
    /// A key of a source's configuration, in the platform's own word.
    public struct Key: Sendable {
        public let name: String
        /// What to write there.
        public let meaning: String
        /// Several values, of which any does, so that one can be exchanged for another.
        let isList: Bool

        static func list(_ name: String, _ meaning: String) -> Key { Key(name: name, meaning: meaning, isList: true) }
        static func one(_ name: String, _ meaning: String) -> Key { Key(name: name, meaning: meaning, isList: false) }
    }

    /// Form of the bodies.
    enum Form {
        case json, form
        /// A document, or one a line.
        case jsonLines
        /// Forms; and JSON where the URL tells the body's hash, as Twilio does.
        case formOrHashedJSON
    }

    /// What the platform asks with GET: names and values come percent-decoded. Nil when the question is wrong.
    typealias Handshake = @Sendable (_ query: [(name: String, value: String)], _ credentials: WebhookCredentials) -> WebhookReply?

    /// Name of the connector; also stands in the URL, `/v1/hooks/<connector>/<source>`.
    public let connector: String
    public let keys: [Key]
    /// One of these keys must be there, or anybody could send.
    let required: [String]
    let scheme: @Sendable (WebhookCredentials) throws(ConfigurationError) -> any WebhookScheme
    /// The endpoint is not asked anything when this is nil.
    var handshake: Handshake?
    /// The answer to a question that comes as an authentic delivery; nil for a delivery.
    var challenge: @Sendable (WebhookDelivery) -> WebhookReply? = { _ in nil }
    /// What the platform hears when all is on disk.
    var accepted = WebhookReply()
    var form = Form.json
    /// Whether an authentic delivery may have no body, and tells nothing then.
    var mayBeEmpty = false
}

/// What a source's deliveries are checked with, by key.
public struct WebhookCredentials: Sendable, Discreet {
    private var values: [String: [String]]

    public init(_ values: [String: [String]] = [:]) { self.values = values }

    /// Values of a key, in order; none when it is missing.
    public subscript(_ key: String) -> [String] {
        get { values[key] ?? [] }
        set { values[key] = newValue }
    }
}

/// A short answer to a platform.
struct WebhookReply: Hashable, Sendable {
    var body = ""
    /// Nil with an empty body.
    var contentType: String?

    static func text(_ text: String) -> WebhookReply { WebhookReply(body: text, contentType: "text/plain") }
    static func json(_ value: JSONValue) -> WebhookReply { WebhookReply(body: JSONWriter.string(value), contentType: "application/json") }
}

/// What is configured of several proofs: all of it must hold.
struct ConfiguredProofs: WebhookScheme {
    let proofs: [any WebhookScheme]

    func check(_ delivery: WebhookDelivery, now: Timestamp) -> SignatureCheck {
        if proofs.isEmpty { return .wrong }
        for proof in proofs {
            let outcome = proof.check(delivery, now: now)
            if outcome != .valid { return outcome }
        }
        return .valid
    }
}
