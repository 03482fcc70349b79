/// Names a resolved person: `cus_` and 20 hexadecimal digits, derived from the message that was first known of them.
public struct CustomerID: RawRepresentable, Hashable, Comparable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public init(firstMessageID: String) {
        rawValue = "cus_" + SHA256.hex(Array("customer\u{1F}".utf8) + Array(firstMessageID.utf8)).prefix(20)
    }

    public static func < (a: CustomerID, b: CustomerID) -> Bool { a.rawValue < b.rawValue }
}

/// The resolved person behind messages.
public struct Customer: Hashable, Sendable {
    public var id: CustomerID
    /// Earliest message of the customer.
    public var firstSeen: Timestamp
    public var displayName: String?

    public init(id: CustomerID, firstSeen: Timestamp, displayName: String? = nil) {
        self.id = id
        self.firstSeen = firstSeen
        self.displayName = displayName
    }
}

/// What a resolution changed, for the ledger and for events.
public enum CustomerChange: Hashable, Sendable {
    case created(CustomerID)
    /// `absorbed` redirects to `survivor` from now on.
    case merged(survivor: CustomerID, absorbed: [CustomerID], key: IdentifierKey?)
    /// Parts of `from` became customers of their own.
    case split(from: CustomerID, into: [CustomerID])
    /// Nothing is left of the customer: all their messages were erased.
    case erased(CustomerID)
}
