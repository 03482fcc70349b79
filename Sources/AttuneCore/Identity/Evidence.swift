/// An identifier after normalisation, as the graph knows it: its kind and a keyed hash of its value.
public struct IdentifierKey: Hashable, Sendable {
    public var kind: Identifier.Kind
    public var hash: KeyHash

    public init(kind: Identifier.Kind, hash: KeyHash) {
        self.kind = kind
        self.hash = hash
    }

    /// By kind, then hash.
    public func precedes(_ other: IdentifierKey) -> Bool {
        kind == other.kind ? hash < other.hash : kind.rawValue < other.kind.rawValue
    }

    /// The hash is of the kind as well.
    public func hash(into hasher: inout Hasher) { hasher.combine(hash.low) }
}

/// What messages claim about who wrote them: identifiers that occurred together, with a name, a town, a birth date.
///
/// Messages that claim the same share it. A claim whose messages turned out to be several people's (a number before and after it
/// changed hands) is kept in parts, one for each of them. Evidence is append-only: only erasure takes away.
public struct Evidence: Hashable, Sendable {
    /// Keyed hash over keys and attributes.
    public var claim: KeyHash
    /// 0, unless the claim's messages belong to several customers.
    public var part: Int
    /// Sorted by kind and hash.
    public var keys: [IdentifierKey]
    public var about: PersonalDetails
    /// Earliest message that claimed it, and its id: what ties are decided by.
    public var firstSeen: Timestamp
    public var firstMessageID: String
    public var messageCount: Int
    /// The customer it belongs to; nil until it was resolved for the first time.
    public var customerID: CustomerID?
    /// The customer it last was or founded before a merge: the id it goes back to when the merge turns out wrong.
    public var homeID: CustomerID?
    /// Something else than shared identifiers decides about the people it hangs together with: names that do not fit, limits.
    public var isGuarded: Bool

    public init(
        claim: KeyHash, part: Int = 0, keys: [IdentifierKey], about: PersonalDetails = PersonalDetails(), firstSeen: Timestamp,
        firstMessageID: String, messageCount: Int, customerID: CustomerID? = nil, homeID: CustomerID? = nil, isGuarded: Bool = false
    ) {
        self.claim = claim
        self.part = part
        self.keys = keys
        self.about = about
        self.firstSeen = firstSeen
        self.firstMessageID = firstMessageID
        self.messageCount = messageCount
        self.customerID = customerID
        self.homeID = homeID
        self.isGuarded = isGuarded
    }

    /// The hash that names a claim. Keyed like the identifiers: the plain hash of a name would give it away.
    public static func claim(_ keys: [IdentifierKey], _ about: PersonalDetails, hash: HMAC) -> KeyHash {
        var message = [UInt8]()
        message.reserveCapacity(48 * keys.count + 64)
        for (i, key) in keys.enumerated() {
            if i > 0 { message.append(0x1F) }
            message.append(contentsOf: key.kind.rawValue.utf8)
            message.append(UInt8(ascii: ":"))
            key.hash.appendDigits(to: &message)
        }
        for detail in [about.name, about.town, about.birthDate] {
            message.append(0x1F)
            guard let detail else { continue }
            message.append(UInt8(ascii: "="))
            message.append(contentsOf: detail.utf8)
        }
        return message.withUnsafeBufferPointer { hash.keyHash(of: $0) }
    }

    /// Names the part among all evidence.
    public var id: EvidenceID { EvidenceID(claim: claim, part: part) }

    /// Whether it was seen before `other`; ties by message id, which is content.
    public func precedes(_ other: Evidence) -> Bool { (firstSeen, firstMessageID, id) < (other.firstSeen, other.firstMessageID, other.id) }

    /// Both sightings of one claim as one.
    public func adding(_ other: Evidence) -> Evidence {
        var sum = self
        if (other.firstSeen, other.firstMessageID) < (firstSeen, firstMessageID) {
            (sum.firstSeen, sum.firstMessageID) = (other.firstSeen, other.firstMessageID)
        }
        sum.messageCount += other.messageCount
        sum.customerID = customerID ?? other.customerID
        sum.homeID = homeID ?? other.homeID
        return sum
    }
}

/// Names a piece of evidence: a claim, or a part of one.
public struct EvidenceID: Hashable, Comparable, Sendable {
    public var claim: KeyHash
    /// `Evidence.part`
    public var part: Int

    public init(claim: KeyHash, part: Int = 0) {
        self.claim = claim
        self.part = part
    }

    /// Few claims are in parts.
    public func hash(into hasher: inout Hasher) { hasher.combine(claim) }

    public static func < (a: EvidenceID, b: EvidenceID) -> Bool { a.claim == b.claim ? a.part < b.part : a.claim < b.claim }
}

/// What a message says of its author beside identifiers, as written.
public struct PersonalDetails: Hashable, Sendable {
    public var name: String?
    public var town: String?
    public var birthDate: String?

    public init(name: String? = nil, town: String? = nil, birthDate: String? = nil) {
        self.name = name
        self.town = town
        self.birthDate = birthDate
    }
}

/// When which message showed a piece of evidence.
public struct MessageSighting: Hashable, Sendable {
    public var messageID: String
    public var sentAt: Timestamp
    /// `Evidence.id`
    public var evidenceID: EvidenceID

    public init(messageID: String, sentAt: Timestamp, evidenceID: EvidenceID) {
        self.messageID = messageID
        self.sentAt = sentAt
        self.evidenceID = evidenceID
    }
}
