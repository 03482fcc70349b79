/// Names a resolved person: `cus_` and 20 hexadecimal digits, derived from the message that was first known of them.
public struct CustomerID: RawRepresentable, Hashable, Comparable, Sendable {
    private let name: Name

    /// The ten bytes behind the digits, because ids are sorted and looked up by the hundred thousand; and whatever else was given.
    private enum Name: Hashable, Sendable {
        case digest(high: UInt64, low: UInt16)
        case text(String)

        func hash(into hasher: inout Hasher) {
            switch self {
            case .digest(let high, _): hasher.combine(high)
            case .text(let text): hasher.combine(text)
            }
        }
    }

    private static let prefix = "cus_"
    private static let digestBytes = 10

    public init(rawValue: String) { name = Self.digest(rawValue) ?? .text(rawValue) }

    public var rawValue: String {
        switch name {
        case .text(let text): text
        case .digest(let high, let low):
            withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { bytes in
                bytes.withMemoryRebound(to: UInt8.self) { Self.prefix + Hex.encode(UnsafeBufferPointer(rebasing: $0.prefix(Self.digestBytes))) }
            }
        }
    }

    /// `rawValue` in UTF-8, without a text made of it.
    public func withUTF8<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        switch name {
        case .text(var text): text.withUTF8(body)
        case .digest(let high, let low):
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.prefix.utf8.count + 2 * Self.digestBytes) { out in
                let digits = out.update(fromContentsOf: Self.prefix.utf8)
                for i in 0..<16 { out[digits + i] = Hex.digit(high &>> UInt64(60 - 4 * i)) }
                for i in 0..<4 { out[digits + 16 + i] = Hex.digit(UInt64(low) &>> UInt64(12 - 4 * i)) }
                return body(UnsafeBufferPointer(out))
            }
        }
    }

    public init(firstMessageID: String) {
        var id = firstMessageID
        self = id.withUTF8 { CustomerID(firstMessageID: $0) }
    }

    /// - Parameter id: UTF-8 of the message's id.
    public init(firstMessageID id: UnsafeBufferPointer<UInt8>) {
        let kind: StaticString = "customer\u{1F}"
        let count = kind.utf8CodeUnitCount + id.count
        name = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count + SHA256.byteCount) { memory in
            let message = UnsafeMutableBufferPointer(rebasing: memory[..<count])
            let digest = UnsafeMutableBufferPointer(rebasing: memory[count...])
            kind.withUTF8Buffer { _ = UnsafeMutableBufferPointer(rebasing: message[..<$0.count]).update(fromContentsOf: $0) }
            _ = UnsafeMutableBufferPointer(rebasing: message[kind.utf8CodeUnitCount...]).update(fromContentsOf: id)
            SHA256.digest(of: UnsafeBufferPointer(message), into: digest)
            let bytes = digest.prefix(Self.digestBytes)
            return .digest(high: bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }, low: bytes.suffix(2).reduce(0) { $0 << 8 | UInt16($1) })
        }
    }

    private static func digest(_ text: String) -> Name? {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count == prefix.utf8.count + 2 * digestBytes, bytes.starts(with: prefix.utf8) else { return nil }
            var (high, low) = (UInt64(0), UInt16(0))
            for (i, byte) in bytes.dropFirst(prefix.utf8.count).enumerated() {
                let value: UInt8
                switch byte {
                case 48...57: value = byte - 48
                case 97...102: value = byte - 87
                default: return nil
                }
                if i < 16 { high = high << 4 | UInt64(value) } else { low = low << 4 | UInt16(value) }
            }
            return .digest(high: high, low: low)
        }
    }

    /// As their texts.
    public static func < (a: CustomerID, b: CustomerID) -> Bool {
        switch (a.name, b.name) {
        case (.digest(let high, let low), .digest(let otherHigh, let otherLow)): high != otherHigh ? high < otherHigh : low < otherLow
        default: a.rawValue < b.rawValue
        }
    }
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
