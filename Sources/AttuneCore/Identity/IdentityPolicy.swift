/// Which identifiers may join messages into one customer, and how far. Users change it for `resolve` and `customer simulate`; a store goes
/// by `standard`.
public struct IdentityPolicy: Sendable {
    public struct KindRule: Hashable, Sendable {
        public var kind: Identifier.Kind
        /// Distinct values one customer may have within `window`; a join that would exceed it does not happen.
        public var limit: Int
        public var window: Window
        /// Whether a value that no platform vouches for may join. Values typed into a text never reach here.
        public var acceptsUnverified: Bool

        public init(_ kind: Identifier.Kind, limit: Int = 5, window: Window = .ever, acceptsUnverified: Bool = true) {
            self.kind = kind
            self.limit = limit
            self.window = window
            self.acceptsUnverified = acceptsUnverified
        }
    }

    /// The time within which values of a kind are counted.
    public enum Window: String, Hashable, Sendable, CaseIterable {
        case ever, annually, weekly

        /// Nil without an end.
        var seconds: Double? {
            switch self {
            case .ever: nil
            case .annually: 365.25 * 86_400
            case .weekly: 7 * 86_400
            }
        }
    }

    /// A value that names nobody, beside those that no system means anybody by (`BlockedValues`).
    public struct BlockedValue: Hashable, Sendable {
        /// Nil for every kind.
        public var kind: Identifier.Kind?
        /// As people write it; `*` stands for any characters.
        public var pattern: String

        public init(kind: Identifier.Kind? = nil, _ pattern: String) {
            self.kind = kind
            self.pattern = pattern
        }
    }

    /// Highest priority first. A kind that is not listed never joins.
    public var rules: [KindRule]
    /// The business's own addresses, what its staff type where they know nothing.
    public var blocked: [BlockedValue] = []
    /// A value that stands beside more than this many distinct values of the first (unique) kind is a switchboard, a shared
    /// tablet, a reseller: it joins nobody.
    public var genericThreshold: Int
    /// Calling code for phone numbers without one, e.g. `44`; nil leaves them national.
    public var defaultCallingCode: String?

    public static let participant = Identifier.Kind(rawValue: "participant")

    public init(rules: [KindRule], genericThreshold: Int = 1, defaultCallingCode: String? = nil) {
        self.rules = rules
        self.genericThreshold = genericThreshold
        self.defaultCallingCode = defaultCallingCode
    }

    /// The order is how hard it is for two people to share a value. Order numbers do not join: people ask about others' orders.
    public static let standard = IdentityPolicy(rules: [
        KindRule(.userID, limit: 1),
        KindRule(.email),
        KindRule(.phone),
        KindRule(.externalID),
        KindRule(.handle),
        KindRule(.deviceID),
        KindRule(.cookie),
        // One author name within one conversation, of those who show the same identifiers or none: what is left when those join nobody.
        KindRule(participant, limit: .max),
    ])

    /// The kind of which a customer has one value, if any.
    var uniqueKind: Identifier.Kind? { rules.first { $0.limit == 1 }?.kind }

    func rank(of kind: Identifier.Kind) -> Int? { rules.firstIndex { $0.kind == kind } }

    /// Distinct values of a kind that one customer may have, at whatever times.
    func limit(of kind: Identifier.Kind) -> Int { rules.first { $0.kind == kind }?.limit ?? .max }
}
