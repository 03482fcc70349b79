/// What decides whether identifiers alone may join somebody else to a customer: the names they go by, and identifiers of kinds of which
/// a customer has only so many. Small, however many messages there are.
public struct CustomerOutline: Hashable, Sendable {
    public struct Name: Hashable, Sendable {
        public var text: String
        public var firstSeen: Timestamp

        public init(_ text: String, firstSeen: Timestamp) {
            self.text = text
            self.firstSeen = firstSeen
        }

        func precedes(_ other: Name) -> Bool { (firstSeen, text) < (other.firstSeen, other.text) }
    }

    /// Names that all fit each other, the earliest first; of several ways to write one the first that was seen.
    public private(set) var names: [Name]
    /// Sorted.
    public private(set) var keys: [IdentifierKey]

    /// Names up to this many are compared with each other before everything a customer wrote is.
    static let nameLimit = 12

    public init(names: [Name] = [], keys: [IdentifierKey] = []) {
        self.names = names
        self.keys = keys
    }

    /// Nil when more than identifiers decides about this evidence: names that do not fit, more identifiers than one may have.
    init?(of evidence: some Sequence<Evidence>, without generic: Set<IdentifierKey>, policy: IdentityPolicy) {
        self.init()
        for item in evidence { guard add(item, without: generic, policy: policy) else { return nil } }
    }

    /// The name somebody is known by.
    var displayName: String? { names.first?.text }

    /// False when not everything fits any more; then this must not be used again.
    mutating func add(_ item: Evidence, without generic: Set<IdentifierKey>, policy: IdentityPolicy) -> Bool {
        for key in item.keys where policy.limit(of: key.kind) < .max && !generic.contains(key) { guard add(key, policy) else { return false } }
        return item.about.name.map { add(Name($0, firstSeen: item.firstSeen)) } ?? true
    }

    /// False when the two do not fit; then this must not be used again.
    mutating func formUnion(_ other: CustomerOutline, policy: IdentityPolicy) -> Bool {
        other.keys.allSatisfy { add($0, policy) } && other.names.allSatisfy { add($0) }
    }

    /// False when the customer has more identifiers of the kind than one may have; then this must not be used again.
    mutating func add(_ key: IdentifierKey, _ policy: IdentityPolicy) -> Bool {
        guard let place = keys.firstIndex(where: { !$0.precedes(key) }) else {
            keys.append(key)
            return isWithin(policy, key.kind)
        }
        if keys[place] == key { return true }
        keys.insert(key, at: place)
        return isWithin(policy, key.kind)
    }

    private func isWithin(_ policy: IdentityPolicy, _ kind: Identifier.Kind) -> Bool { keys.count { $0.kind == kind } <= policy.limit(of: kind) }

    /// False when the name does not fit; then this must not be used again.
    mutating func add(_ name: Name) -> Bool {
        var read = [PersonName?]()
        return add(name, read: &read)
    }

    /// - Parameter read: the names as they are read, for who adds several; empty as long as nobody asked.
    mutating func add(_ name: Name, read: inout [PersonName?]) -> Bool {
        if let place = names.firstIndex(where: { $0.text == name.text }) {
            if name.precedes(names[place]) { put(name, read.isEmpty ? nil : read[place], insteadOf: place, &read) }
            return true
        }
        guard !names.isEmpty else {
            names = [name]
            return true
        }
        if read.isEmpty { read = names.map { PersonName($0.text) } }
        // What is no person's name fits everybody, and one of that sort is enough to show.
        let own = PersonName(name.text)
        if let place = read.firstIndex(of: own) {
            if name.precedes(names[place]) { put(name, own, insteadOf: place, &read) }
            return true
        }
        for case let other? in read {
            if let own, !NameRelation(own, other, nicknames: .standard).isCompatible { return false }
        }
        put(name, own, insteadOf: nil, &read)
        return names.count <= Self.nameLimit
    }

    private mutating func put(_ name: Name, _ own: PersonName?, insteadOf place: Int?, _ read: inout [PersonName?]) {
        let isRead = !read.isEmpty
        if let place {
            names.remove(at: place)
            if isRead { read.remove(at: place) }
        }
        let next = names.firstIndex { name.precedes($0) } ?? names.count
        names.insert(name, at: next)
        if isRead { read.insert(own, at: next) }
    }
}
