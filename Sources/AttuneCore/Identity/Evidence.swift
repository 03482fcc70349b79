/// An identifier after normalisation, as the graph knows it: its kind and a keyed hash of its value.
public struct IdentifierKey: Hashable, Sendable {
    public var kind: Identifier.Kind
    /// First 16 bytes of HMAC-SHA-256(store key, kind ‖ normalised value), hexadecimal.
    public var hash: String

    public init(kind: Identifier.Kind, hash: String) {
        self.kind = kind
        self.hash = hash
    }
}

/// One distinct set of identifiers that occurred together on a message. Messages with the same set share it.
///
/// Evidence is append-only: new messages add rows or raise counts, only erasure takes away.
public struct Evidence: Hashable, Sendable {
    /// Hash of the sorted keys.
    public var id: String
    /// Never empty; sorted by kind and hash.
    public var keys: [IdentifierKey]
    /// Earliest message that showed this set, and its id: what ties are decided by.
    public var firstSeen: Timestamp
    public var firstMessageID: String
    public var messageCount: Int
    /// The customer it belongs to; nil until it was resolved for the first time.
    public var customerID: CustomerID?

    public init(
        id: String, keys: [IdentifierKey], firstSeen: Timestamp, firstMessageID: String, messageCount: Int, customerID: CustomerID? = nil
    ) {
        self.id = id
        self.keys = keys
        self.firstSeen = firstSeen
        self.firstMessageID = firstMessageID
        self.messageCount = messageCount
        self.customerID = customerID
    }

    /// Whether it was seen before `other`; ties by message id, which is content.
    public func precedes(_ other: Evidence) -> Bool { (firstSeen, firstMessageID, id) < (other.firstSeen, other.firstMessageID, other.id) }
}
