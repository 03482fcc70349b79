import Crypto

/// The outcome of checking a delivery's signature. The description says what to do; it never shows a secret or a digest.
public enum SignatureCheck: Hashable, Sendable {
    case valid
    case missing(header: String)
    /// Not of the form the scheme demands.
    case malformed(header: String)
    case wrong
    /// Signed too long ago or too far ahead.
    case stale
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

extension HMAC<SHA256> {
    static func bytes(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        Array(authenticationCode(for: message, using: SymmetricKey(data: key)))
    }
}
