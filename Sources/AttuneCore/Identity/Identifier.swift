/// Something that names a person on a channel, as it arrived.
public struct Identifier: Hashable, Sendable {
    public var kind: Kind
    public var value: String
    /// The platform vouches for it; false for what somebody merely wrote.
    public var verified: Bool

    public init(kind: Kind, value: String, verified: Bool) {
        self.kind = kind
        self.value = value
        self.verified = verified
    }

    /// An open set: configuration may add kinds.
    public struct Kind: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        /// The business's own customer number: unique per customer.
        public static let userID = Kind(rawValue: "userID")
        public static let email = Kind(rawValue: "email")
        public static let phone = Kind(rawValue: "phone")
        /// `platform:name`, e.g. `instagram:priya.brews`.
        public static let handle = Kind(rawValue: "handle")
        /// A platform's id for the person, scoped by the connector: `whatsapp:GB.700123`.
        public static let externalID = Kind(rawValue: "externalID")
        public static let deviceID = Kind(rawValue: "deviceID")
        public static let cookie = Kind(rawValue: "cookie")
        public static let orderNumber = Kind(rawValue: "orderNumber")
    }
}
