import AttuneCore
import Crypto

/// The outcome of checking where a delivery comes from. It never shows a secret or a digest.
public enum SignatureCheck: Hashable, Sendable {
    case valid
    case missing(header: String)
    /// Not of the form the scheme demands.
    case malformed(header: String)
    case wrong
    /// Signed too long ago or too far ahead.
    case stale
}

/// How a platform proves that a delivery is its own: one file a scheme.
///
/// A scheme knows all secrets that are good now, so that one can be exchanged for another without a gap: any of them does.
public protocol WebhookScheme: Sendable {
    /// - Parameter now: against which signed times are held.
    func check(_ delivery: WebhookDelivery, now: Timestamp) -> SignatureCheck
}

enum ConstantTime {
    /// Whether two byte strings are equal, in a time that depends on their lengths only.
    static func equal(_ a: some Sequence<UInt8>, _ b: some Sequence<UInt8>) -> Bool {
        let (a, b) = (Array(a), Array(b))
        guard a.count == b.count else { return false }
        var difference: UInt8 = 0
        for i in a.indices { difference |= a[i] ^ b[i] }
        return difference == 0
    }
}

extension Crypto.HMAC<Crypto.SHA256> {
    static func bytes(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        Array(authenticationCode(for: message, using: SymmetricKey(data: key)))
    }
}

/// How far a signed time may be from ours, both ways: long enough for a retry of the network and clocks that are off, short
/// enough that a recorded delivery cannot be played again later.
enum ReplayWindow {
    static let tolerance = Duration.seconds(300)

    static func holds(_ at: Timestamp, now: Timestamp) -> Bool {
        let age = now.since(at)
        return age <= tolerance && age >= .zero - tolerance
    }
}
