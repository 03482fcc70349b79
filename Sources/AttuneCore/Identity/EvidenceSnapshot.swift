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
    private(set) var claimOf: [KeyHash] = []
    private(set) var parts: [Int32] = []
    private(set) var keysOf = Lists()
    private(set) var nameOf: [Int32] = []
    /// When each was first seen, and in which message, as it is on file.
    private(set) var firstSeen: [Timestamp] = []
    private(set) var firstMessages = RecordIDs()
    private(set) var messageCounts: [Int32] = []
    /// Customers by number, and those that evidence belongs and goes back to; -1 for none.
    private(set) var customers = ByteTable()
    private(set) var customerOf: [Int32] = []
    private(set) var homeOf: [Int32] = []
    private(set) var isGuarded: [Bool] = []
    /// It shows a number that only all the evidence completes.
    private(set) var isNational: [Bool] = []
    /// Claims that are several people's.
    private(set) var divided = Set<KeyHash>()
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
    /// By the store's number, which are about as many as there is evidence; -1 for others.
    private var places: [Int32] = []
    /// The evidence that is added next shows a number that only all the evidence completes.
    private var showsNational = false

    /// - Parameters:
    ///   - phones: clear values of phone numbers: national ones are completed out of all the evidence.
    ///   - generic: identifiers that join nobody.
    public init(phones: [IdentifierKey: String], generic: Set<IdentifierKey>) {
        self.phones = phones
        self.generic = generic
    }

    public typealias Bytes = UnsafeBufferPointer<UInt8>

    /// A piece of evidence but for its identifiers, as a store reads it: the bytes are looked at where they are.
    public struct Row {
        public var number: Int64
        public var claim: KeyHash
        public var part: Int
        public var name: Bytes?
        /// Empty for none, as are those below.
        public var town: Bytes
        public var birthDate: Bytes
        public var firstSeen: Timestamp
        public var firstMessageID: Bytes
        public var messageCount: Int
        public var customer: Bytes
        public var home: Bytes
        public var isGuarded: Bool

        public init(
            number: Int64, claim: KeyHash, part: Int, name: Bytes?, town: Bytes, birthDate: Bytes, firstSeen: Timestamp, firstMessageID: Bytes,
            messageCount: Int, customer: Bytes, home: Bytes, isGuarded: Bool
        ) {
            self.number = number
            self.claim = claim
            self.part = part
            self.name = name
            self.town = town
            self.birthDate = birthDate
            self.firstSeen = firstSeen
            self.firstMessageID = firstMessageID
            self.messageCount = messageCount
            self.customer = customer
            self.home = home
            self.isGuarded = isGuarded
        }
    }

    /// An identifier of the evidence that is added next.
    public mutating func show(_ key: IdentifierKey) {
        if let form = form(of: key) { keysOf.append(form) }
    }

    /// Adds a piece of evidence with the identifiers that `show` was given.
    public mutating func add(_ row: Row) {
        while places.count <= row.number { places.append(-1) }
        places[Int(row.number)] = Int32(numbers.count)
        numbers.append(row.number)
        claimOf.append(row.claim)
        parts.append(Int32(row.part))
        if row.part > 0 { divided.insert(row.claim) }
        firstSeen.append(row.firstSeen)
        firstMessages.append(row.firstMessageID)
        messageCounts.append(Int32(clamping: row.messageCount))
        customerOf.append(row.customer.isEmpty ? -1 : customers.intern(row.customer) ?? -1)
        homeOf.append(row.home.isEmpty ? -1 : customers.intern(row.home) ?? -1)
        isGuarded.append(row.isGuarded)
        keysOf.endList()
        isNational.append(showsNational)
        showsNational = false
        nameOf.append(row.name.flatMap { names.intern($0) } ?? -1)
        details.append(
            (
                row.name.map { log.text($0, EvidenceLog.nameTag) } ?? -1, log.text(row.town, EvidenceLog.townTag),
                log.text(row.birthDate, EvidenceLog.birthDateTag)
            ))
    }

    /// A piece of evidence as a value.
    public mutating func add(_ item: Evidence, number: Int64) {
        for key in item.keys { show(key) }
        // One after the other in one array of bytes.
        let about = item.about
        let texts = [about.name, about.town, about.birthDate, item.firstMessageID, item.customerID?.rawValue, item.homeID?.rawValue]
        var ends = [0]
        var bytes = [UInt8]()
        for text in texts {
            bytes.append(contentsOf: (text ?? "").utf8)
            ends.append(bytes.count)
        }
        bytes.withUnsafeBufferPointer { bytes in
            let part = { (i: Int) in Bytes(rebasing: bytes[ends[i]..<ends[i + 1]]) }
            add(
                Row(
                    number: number, claim: item.claim, part: item.part, name: about.name == nil ? nil : part(0), town: part(1), birthDate: part(2),
                    firstSeen: item.firstSeen, firstMessageID: part(3), messageCount: item.messageCount, customer: part(4), home: part(5),
                    isGuarded: item.isGuarded))
        }
    }

    /// A message of evidence that was added; of any other it is left out.
    public mutating func add(messageID: UnsafeBufferPointer<UInt8>, sentAt: Timestamp, evidence number: Int64) {
        guard number >= 0, number < places.count, places[Int(number)] >= 0 else { return }
        let place = places[Int(number)]
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

    func evidenceID(_ place: Int32) -> EvidenceID { EvidenceID(claim: claimOf[Int(place)], part: Int(parts[Int(place)])) }

    /// Place of the kind of an identifier among `log.kinds`.
    func kind(ofForm form: Int32) -> Int { Int(EvidenceLog.kind(ofTag: log.forms.tag(of: form))) }

    /// The identifier behind a form.
    func key(ofForm form: Int32) -> IdentifierKey {
        let kind = log.kinds[kind(ofForm: form)]
        if kind == .phone, let key = phoneKeys[form] { return key }
        let hash = log.forms.withBytes(of: form) { KeyHash(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer($0).suffix(KeyHash.byteCount))) }
        return IdentifierKey(kind: kind, hash: hash)
    }

    /// Identifiers are named by their hashes; phone numbers by themselves, or by the digits of the hash with a mark, so that none is taken
    /// for a number.
    private mutating func form(of key: IdentifierKey) -> Int32? {
        let tag = UInt32(log.kind(key.kind)) | EvidenceLog.normalizedTag
        guard key.kind == .phone else { return key.hash.withBytes { log.forms.intern($0, tag: tag) } }
        let value = phones[key]
        if let value, !value.hasPrefix("+") { showsNational = true }
        let form = value.map { log.forms.intern($0, tag: tag) } ?? key.hash.withMarkedDigits { log.forms.intern($0, tag: tag) }
        if let form { phoneKeys[form] = key }
        return form
    }

    /// Forms of identifiers that are among the evidence.
    func forms(of keys: Set<IdentifierKey>) -> Set<Int32> {
        Set(
            keys.compactMap { key in
                guard let kind = log.kinds.firstIndex(of: key.kind) else { return nil }
                let tag = UInt32(kind) | EvidenceLog.normalizedTag
                guard key.kind == .phone else { return key.hash.withBytes { log.forms.find($0, tag: tag) } }
                guard var value = phones[key] else { return key.hash.withMarkedDigits { log.forms.find($0, tag: tag) } }
                return value.withUTF8 { log.forms.find($0, tag: tag) }
            })
    }
}

extension EvidenceLog {
    /// Adds forms that are known, and distinct, to the sighting that is being written.
    mutating func appendForms(_ forms: ArraySlice<Int32>) {
        for form in forms { formsOf.append(form) }
    }
}
