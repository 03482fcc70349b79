import AttuneCore
import Crypto
import Foundation

/// Signs and verifies deliveries as standardwebhooks.com specifies: HMAC-SHA-256 over `id.timestamp.body`, base64, `v1,` in front.
public struct StandardWebhooks: WebhookScheme, Discreet {
    public static let idHeader = "webhook-id"
    public static let timestampHeader = "webhook-timestamp"
    public static let signatureHeader = "webhook-signature"
    /// How far a delivery's time may be from ours, both ways.
    public static let tolerance = ReplayWindow.tolerance

    /// During a rotation the new secret stands before the old one; deliveries are signed with all.
    private let keys: [[UInt8]]

    /// - Parameter secrets: base64 with or without `whsec_` in front. Throws `ConfigurationError` for an empty or unreadable one.
    public init(secrets: [String]) throws(ConfigurationError) {
        if secrets.isEmpty { throw ConfigurationError(key: "secret", "is missing: write whsec_ and the base64 of 24 to 64 random bytes") }
        var keys = [[UInt8]]()
        for secret in secrets {
            let text = secret.hasPrefix("whsec_") ? String(secret.dropFirst(6)) : secret
            guard let key = Data(base64Encoded: text), !key.isEmpty else {
                throw ConfigurationError(key: "secret", "is not whsec_ and base64: write whsec_ and the base64 of 24 to 64 random bytes")
            }
            keys.append(Array(key))
        }
        self.keys = keys
    }

    /// Value of `webhook-signature`: one signature a secret.
    /// - Parameters:
    ///   - id: the event's id, the same on every attempt.
    ///   - at: the time of this attempt; only its whole seconds count.
    public func sign(id: String, at: Timestamp, body: [UInt8]) -> String {
        keys.map { "v1,\(signature(id: id, seconds: at.seconds, body: body, key: $0))" }.joined(separator: " ")
    }

    /// The three headers of a delivery.
    public func headers(id: String, at: Timestamp, body: [UInt8]) -> [(name: String, value: String)] {
        [(Self.idHeader, id), (Self.timestampHeader, String(at.seconds)), (Self.signatureHeader, sign(id: id, at: at, body: body))]
    }

    public func check(_ delivery: WebhookDelivery, now: Timestamp) -> SignatureCheck {
        check(headers: delivery.headers, body: delivery.body, now: now)
    }

    /// - Parameter headers: names in any case.
    public func check(headers: [(name: String, value: String)], body: [UInt8], now: Timestamp) -> SignatureCheck {
        func value(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }
        guard let id = value(Self.idHeader), !id.isEmpty else { return .missing(header: Self.idHeader) }
        guard let time = value(Self.timestampHeader) else { return .missing(header: Self.timestampHeader) }
        guard let list = value(Self.signatureHeader) else { return .missing(header: Self.signatureHeader) }
        guard let seconds = Int64(time), let at = Timestamp(seconds: seconds) else { return .malformed(header: Self.timestampHeader) }
        guard ReplayWindow.holds(at, now: now) else { return .stale }
        // Other versions, such as v1a, are somebody else's.
        let given = list.split(separator: " ").filter { $0.hasPrefix("v1,") }.map { $0.dropFirst(3) }
        var isValid = false
        for key in keys {
            let expected = signature(id: id, seconds: seconds, body: body, key: key)
            for candidate in given where ConstantTime.equal(candidate.utf8, expected.utf8) { isValid = true }
        }
        return isValid ? .valid : .wrong
    }

    private func signature(id: String, seconds: Int64, body: [UInt8], key: [UInt8]) -> String {
        Data(Crypto.HMAC<Crypto.SHA256>.bytes(Array("\(id).\(seconds).".utf8) + body, key: key)).base64EncodedString()
    }
}
