import Crypto

/// Meta's webhook signature: `X-Hub-Signature-256: sha256=<hex>` is the HMAC-SHA-256 of the raw body under the app secret. The
/// bytes must be those that were received: Meta escapes `é` and `/`, so a body that was parsed and written again fails.
public struct MetaSignature: Sendable {
    public static let header = "X-Hub-Signature-256"

    /// Accepted secrets: the current one, and during a rotation the old one too.
    private let secrets: [[UInt8]]

    public init(secrets: [String]) { self.secrets = secrets.filter { !$0.isEmpty }.map { Array($0.utf8) } }

    /// - Parameter signature: value of the header, or nil when the request has none.
    public func check(_ body: [UInt8], signature: String?) -> SignatureCheck {
        guard let signature else { return .missing(header: Self.header) }
        let prefix = "sha256="
        guard signature.lowercased().hasPrefix(prefix), let given = Self.bytes(hex: signature.utf8.dropFirst(prefix.utf8.count)), given.count == 32
        else { return .malformed(header: Self.header) }
        var isValid = false
        // Every secret is tried, so that the time does not tell which one fits.
        for secret in secrets where ConstantTime.equal(HMAC<SHA256>.bytes(body, key: secret), given) { isValid = true }
        return isValid ? .valid : .wrong
    }

    /// The header's value for a body, for tests and test deliveries. Nil without a secret.
    public func sign(_ body: [UInt8]) -> String? {
        guard let secret = secrets.first else { return nil }
        return "sha256=" + HMAC<SHA256>.bytes(body, key: secret).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func bytes(hex: Substring.UTF8View) -> [UInt8]? {
        var out = [UInt8]()
        var high: UInt8?
        for byte in hex {
            let digit: UInt8
            switch byte {
            case 48...57: digit = byte - 48
            case 65...70: digit = byte - 55
            case 97...102: digit = byte - 87
            default: return nil
            }
            if let first = high {
                out.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return high == nil ? out : nil
    }
}
