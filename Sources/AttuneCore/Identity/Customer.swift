/// Names a resolved person: `cus_` and 20 hexadecimal digits, derived from the message that was first known of them.
public struct CustomerID: RawRepresentable, Hashable, Comparable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public init(firstMessageID: String) {
        var id = firstMessageID
        self = id.withUTF8 { CustomerID(firstMessageID: $0) }
    }

    /// - Parameter id: UTF-8 of the message's id.
    public init(firstMessageID id: UnsafeBufferPointer<UInt8>) {
        let kind: StaticString = "customer\u{1F}"
        let count = kind.utf8CodeUnitCount + id.count
        rawValue = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count + SHA256.byteCount) { memory in
            let message = UnsafeMutableBufferPointer(rebasing: memory[..<count])
            let digest = UnsafeMutableBufferPointer(rebasing: memory[count...])
            kind.withUTF8Buffer { _ = UnsafeMutableBufferPointer(rebasing: message[..<$0.count]).update(fromContentsOf: $0) }
            _ = UnsafeMutableBufferPointer(rebasing: message[kind.utf8CodeUnitCount...]).update(fromContentsOf: id)
            SHA256.digest(of: UnsafeBufferPointer(message), into: digest)
            return "cus_" + Hex.encode(UnsafeBufferPointer(rebasing: digest[..<10]))
        }
    }

    public static func < (a: CustomerID, b: CustomerID) -> Bool { a.rawValue < b.rawValue }
}

/// The resolved person behind messages.
public struct Customer: Hashable, Sendable {
    public var id: CustomerID
    /// Earliest message of the customer.
    public var firstSeen: Timestamp
    public var displayName: String?
    /// Nil where more than identifiers decides: then the evidence has to be looked at.
    public var outline: CustomerOutline?

    public init(id: CustomerID, firstSeen: Timestamp, displayName: String? = nil, outline: CustomerOutline? = nil) {
        self.id = id
        self.firstSeen = firstSeen
        self.displayName = displayName
        self.outline = outline
    }

    /// - Parameters:
    ///   - evidence: all that is theirs.
    ///   - generic: identifiers among it that join nobody.
    init?(id: CustomerID, _ evidence: [Evidence], without generic: Set<IdentifierKey>, policy: IdentityPolicy) {
        guard let first = evidence.min(by: { $0.precedes($1) }) else { return nil }
        outline = evidence.contains(where: \.isGuarded) ? nil : CustomerOutline(of: evidence, without: generic, policy: policy)
        let named = outline == nil ? evidence.filter { $0.about.name != nil }.min { $0.precedes($1) } : nil
        self.id = id
        firstSeen = first.firstSeen
        displayName = outline?.displayName ?? named?.about.name
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
