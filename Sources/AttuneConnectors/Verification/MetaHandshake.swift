/// Meta's subscription handshake: `GET ?hub.mode=subscribe&hub.verify_token=…&hub.challenge=…`.
public struct MetaHandshake: Sendable, Discreet {
    private let tokens: [String]

    /// - Parameter tokens: accepted verify tokens; empty ones never match.
    public init(tokens: [String]) { self.tokens = tokens.filter { !$0.isEmpty } }

    public enum Answer: Hashable, Sendable {
        /// 200 with this as the bare text body.
        case challenge(String)
        /// 403.
        case refused
    }

    /// - Parameter query: the query's decoded parameters; the names contain dots.
    public func answer(_ query: [(name: String, value: String)]) -> Answer {
        func value(_ name: String) -> String? { query.first { $0.name == name }?.value }
        guard value("hub.mode") == "subscribe", let given = value("hub.verify_token"), let challenge = value("hub.challenge"),
            challenge.utf8.count <= Self.challengeLimit
        else { return .refused }
        var isKnown = false
        for token in tokens where ConstantTime.equal(token.utf8, given.utf8) { isKnown = true }
        return isKnown ? .challenge(challenge) : .refused
    }

    /// Meta sends some ten digits; echoing more would lend our name to other people's text.
    private static let challengeLimit = 256
}
