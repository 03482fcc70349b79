import AttuneCore
import Foundation

/// For platforms that sign nothing: user and password of the URL that was entered there, `Authorization: Basic` (RFC 7617).
public struct BasicAuthentication: WebhookScheme {
    public static let header = "Authorization"

    private let pairs: SharedSecrets

    /// - Parameter pairs: `user:password`.
    public init(pairs: [String]) { self.pairs = SharedSecrets(pairs) }

    public func check(_ delivery: WebhookDelivery, now: Timestamp) -> SignatureCheck {
        guard let value = delivery.header(Self.header) else { return .missing(header: Self.header) }
        guard value.utf8.count <= 1_024, value.lowercased().hasPrefix("basic "), let data = Data(base64Encoded: String(value.dropFirst(6))),
            let pair = String(validating: data, as: UTF8.self), pair.contains(":")
        else { return .malformed(header: Self.header) }
        return pairs.contains(pair) ? .valid : .wrong
    }
}
