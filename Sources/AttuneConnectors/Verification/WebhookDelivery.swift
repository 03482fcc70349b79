/// A request as a platform made it: what signatures are made of.
public struct WebhookDelivery: Sendable, Discreet {
    /// The body's bytes as they were received. A body that was parsed and written again has other ones.
    public var body: [UInt8]
    /// In the order received; names in any case.
    public var headers: [(name: String, value: String)]
    /// Path and query as they stand in the request line, percent-encoded.
    public var target: String
    /// The last part of the path where it is a secret.
    public var pathSecret: String?

    public init(body: [UInt8], headers: [(name: String, value: String)], target: String = "", pathSecret: String? = nil) {
        self.body = body
        self.headers = headers
        self.target = target
        self.pathSecret = pathSecret
    }

    /// The first header of that name, in any case.
    public func header(_ name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.name.lowercased() == name }?.value
    }
}
