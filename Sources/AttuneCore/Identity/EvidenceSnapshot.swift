/// All live evidence of a store in flat memory, for a look at everything: a store fills it, `Relinking` reads it.
///
///     var snapshot = EvidenceSnapshot(phones: phones, generic: generic)
///     snapshot.add(item, number: 1)                                        // every piece of evidence
///     snapshot.add(messageID: bytes, sentAt: time, evidence: 1)            // then every message that shows one
public struct EvidenceSnapshot: Sendable {
    /// A sighting for each message.
    private(set) var log = EvidenceLog()
    /// By place of the evidence: the store's number of it; its claim, part, forms of its keys in `log`, and name in `names`; -1 for none.
    private(set) var numbers: [Int64] = []
    private(set) var claimOf: [Int32] = []
    private(set) var parts: [Int32] = []
    private(set) var keysOf = Lists()
    private(set) var nameOf: [Int32] = []
    /// When each was first seen, and in which message, as it is on file.
    private(set) var firstSeen: [Timestamp] = []
    private(set) var firstMessages = ByteTable()
    private(set) var firstMessageOf: [Int32] = []
    private(set) var messageCounts: [Int32] = []
    /// Customers by number, and those that evidence belongs and goes back to; -1 for none.
    private(set) var customers = ByteTable()
    private(set) var customerOf: [Int32] = []
    private(set) var homeOf: [Int32] = []
    private(set) var isGuarded: [Bool] = []
    /// It shows a number that only all the evidence completes.
    private(set) var isNational: [Bool] = []
    private(set) var claims = ByteTable()
    private(set) var names = ByteTable()
    /// By message.
    private(set) var evidenceOf: [Int32] = []
    private(set) var times: [Timestamp] = []
    /// Identifiers that join nobody, as noted.
    let generic: Set<IdentifierKey>

    private let phones: [IdentifierKey: String]
    private var phoneKeys: [Int32: IdentifierKey] = [:]
    /// What the log knows of the evidence beside identifiers.
    private var details: [(name: Int32, town: Int32, birthDate: Int32)] = []
    private var places: [Int64: Int32] = [:]

    /// - Parameters:
    ///   - phones: clear values of phone numbers: national ones are completed out of all the evidence.
    ///   - generic: identifiers that join nobody.
    public init(phones: [IdentifierKey: String], generic: Set<IdentifierKey>) {
        self.phones = phones
        self.generic = generic
    }

    public mutating func add(_ item: Evidence, number: Int64) {
        places[number] = Int32(numbers.count)
        numbers.append(number)
        claimOf.append(claims.intern(item.claim) ?? -1)
        parts.append(Int32(item.part))
        firstSeen.append(item.firstSeen)
        firstMessageOf.append(firstMessages.intern(item.firstMessageID) ?? -1)
        messageCounts.append(Int32(clamping: item.messageCount))
        customerOf.append(item.customerID.flatMap { customers.intern($0.rawValue) } ?? -1)
        homeOf.append(item.homeID.flatMap { customers.intern($0.rawValue) } ?? -1)
        isGuarded.append(item.isGuarded)
        var hasNational = false
        for key in item.keys {
            guard let form = form(of: key) else { continue }
            keysOf.append(form)
            if let value = phones[key], !value.hasPrefix("+") { hasNational = true }
        }
        keysOf.endList()
        isNational.append(hasNational)
        nameOf.append(item.about.name.flatMap { names.intern($0) } ?? -1)
        let text = { (text: String?, tag: UInt32, log: inout EvidenceLog) -> Int32 in
            guard var text else { return -1 }
            return text.withUTF8 { log.text($0, tag) }
        }
        details.append(
            (
                text(item.about.name, EvidenceLog.nameTag, &log), text(item.about.town, EvidenceLog.townTag, &log),
                text(item.about.birthDate, EvidenceLog.birthDateTag, &log)
            ))
    }

    /// A message of evidence that was added; of any other it is left out.
    public mutating func add(messageID: UnsafeBufferPointer<UInt8>, sentAt: Timestamp, evidence number: Int64) {
        guard let place = places[number] else { return }
        let known = details[Int(place)]
        evidenceOf.append(place)
        times.append(sentAt)
        log.appendForms(keysOf[Int(place)])
        log.names.append(known.name)
        log.towns.append(known.town)
        log.birthDates.append(known.birthDate)
        log.close(id: messageID, time: Double(sentAt.nanoseconds) / 1e9)
    }

    /// The store's numbers of the evidence, in the order in which it was added.
    public var evidenceNumbers: [Int64] { numbers }

    var count: Int { numbers.count }

    /// The number of a customer that evidence belongs or goes back to.
    func customer(_ id: CustomerID) -> Int32? {
        var text = id.rawValue
        return text.withUTF8 { customers.find($0) }
    }

    func messageID(_ place: Int) -> String { log.id(of: place) }

    func evidenceID(_ place: Int32) -> String {
        let claim = claims.text(of: claimOf[Int(place)])
        return parts[Int(place)] == 0 ? claim : "\(claim)/\(parts[Int(place)])"
    }

    /// Place of the kind of an identifier among `log.kinds`.
    func kind(ofForm form: Int32) -> Int { Int(EvidenceLog.kind(ofTag: log.forms.tag(of: form))) }

    /// The identifier behind a form.
    func key(ofForm form: Int32) -> IdentifierKey {
        phoneKeys[form] ?? IdentifierKey(kind: log.kinds[kind(ofForm: form)], hash: String(log.forms.text(of: form).dropFirst()))
    }

    /// Identifiers are named by their hashes with a mark, so that none is taken for a number; phone numbers by themselves.
    private mutating func form(of key: IdentifierKey) -> Int32? {
        let tag = UInt32(log.kind(key.kind)) | EvidenceLog.normalizedTag
        guard let value = key.kind == .phone ? phones[key] : nil else { return log.forms.intern("#" + key.hash, tag: tag) }
        guard let form = log.forms.intern(value, tag: tag) else { return nil }
        phoneKeys[form] = key
        return form
    }

    /// Forms of identifiers that are among the evidence.
    func forms(of keys: Set<IdentifierKey>) -> Set<Int32> {
        Set(
            keys.compactMap { key in
                guard let kind = log.kinds.firstIndex(of: key.kind) else { return nil }
                var text = (key.kind == .phone ? phones[key] : nil) ?? "#" + key.hash
                return text.withUTF8 { log.forms.find($0, tag: UInt32(kind) | EvidenceLog.normalizedTag) }
            })
    }
}

extension EvidenceLog {
    /// Adds forms that are known, and distinct, to the sighting that is being written.
    mutating func appendForms(_ forms: ArraySlice<Int32>) { for form in forms { formsOf.append(form) } }
}
