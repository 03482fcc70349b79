/// Sightings as numbers: identifiers, names, towns and dates normalised and interned, records in an order of content.
struct PreparedEvidence: Sendable {
    /// Place of each record among the sightings as given.
    let order: [Int32]
    /// Of the sightings as given; empty where no limit has a window.
    private let times: [Double]
    /// Nodes (distinct normalised identifiers) of each record, in the order in which it names them.
    private(set) var nodesOf = Lists()
    /// Records of each node, ascending.
    private(set) var recordsOf = Lists()
    /// Values of the nodes, tagged by the place of their kind; empty where nobody asks what they are.
    let values: ByteTable
    /// Place of each node's kind.
    let kindOf: [UInt8]
    /// Order by value of the nodes of which a sighting shows several of a kind, where the values are not kept.
    private let orderOfValues: [Int32: Int32]
    let kinds: [Identifier.Kind]
    /// Place in `partsOf`, `towns`, `birthDates` by record; -1 for none.
    private(set) var name: [Int32] = []
    private(set) var town = SparseColumn()
    private(set) var birthDate = SparseColumn()
    /// Parts of the names, and where each name's are.
    private(set) var parts = ByteTable()
    private(set) var partsOf: [Parts] = []
    private(set) var towns = ByteTable()
    private(set) var birthDates = ByteTable()
    /// Places of a name's parts; -1 for an empty one.
    struct Parts: Sendable {
        var given: Int32
        var surname: Int32
        /// Both are written out.
        var isFull: Bool
    }

    /// Completes further numbers; empty where the values are.
    let book: PhoneBook
    let normalizer: IdentifierNormalizer

    /// - Parameters:
    ///   - log: given up piece by piece as it is read, so that what was written and what is made of it do not fill memory both.
    ///   - keepsValues: somebody will ask what the identifiers are.
    init(_ log: consuming EvidenceLog, policy: IdentityPolicy, keepsValues: Bool = true) {
        order = log.order()
        times = policy.rules.contains { $0.limit < .max && $0.window.seconds != nil } ? log.times : []
        log.times = []
        normalizer = IdentifierNormalizer(policy: policy)
        var nodes = IdentifierNodes(&log, normalizer, policy, keepsValues: keepsValues)
        (kinds, kindOf, values, book, orderOfValues) = (log.kinds, nodes.kindOf, nodes.values, nodes.book, nodes.orderOfValues)
        swap(&nodesOf, &nodes.nodesOf)
        if !isInOrder { nodesOf = nodesOf.ordered(order) }
        readTexts(&log)
        recordsOf = Lists(count: kindOf.count) { put in
            for r in 0..<nodesOf.count { for i in nodesOf.range(r) { put(nodesOf.items[i], Int32(r)) } }
        }
    }

    /// Whether the records are in the order in which the sightings were given.
    private var isInOrder: Bool { order.indices.allSatisfy { order[$0] == $0 } }

    var count: Int { order.count }

    func kind(of node: Int32) -> Identifier.Kind { kinds[Int(kindOf[Int(node)])] }

    /// Whether the value of one node comes before that of another of its kind, both of which a record shows.
    func precedes(_ a: Int32, _ b: Int32) -> Bool {
        if let x = orderOfValues[a], let y = orderOfValues[b] { return x < y }
        return values.count > 0 && values.precedes(a, b)
    }

    func name(at place: Int32) -> PersonName {
        let written = partsOf[Int(place)]
        let bytes = { (part: Int32) in part < 0 ? [] : parts.bytes(of: part) }
        return PersonName(given: bytes(written.given), surname: bytes(written.surname))
    }

    /// Parts of the name that a record shows.
    func parts(of record: Int) -> Parts? { name[record] < 0 ? nil : partsOf[Int(name[record])] }

    /// Groups of records as places among the sightings as given.
    func places(_ groups: Lists) -> [[Int]] { groups.map { $0.map { Int(order[Int($0)]) } } }

    /// When the records were seen.
    func time(of record: Int32) -> Double { times[Int(order[Int(record)])] }

    /// Gives back the sightings of each identifier.
    mutating func releaseRecords() { recordsOf = Lists() }

    /// Gives back which identifiers the sightings show.
    mutating func releaseIdentifiers() { nodesOf = Lists() }

    private mutating func readTexts(_ log: inout EvidenceLog) {
        var index = ByteTable()
        // Of each text as written: its name, town or date.
        var read = [Int32]()
        read.reserveCapacity(log.texts.count)
        log.texts.withMemory { entries, bytes in
            var start = 0
            for entry in entries {
                let text = UnsafeBufferPointer(rebasing: bytes[start..<Int(entry.end)])
                start = Int(entry.end)
                switch entry.tag {
                case EvidenceLog.nameTag: read.append(PersonName(utf8: text).map { number($0, &index) } ?? -1)
                case EvidenceLog.townTag: read.append(Self.number(PlainText.letters(text), &towns))
                default: read.append(Self.number(BirthDate.normalize(text) ?? [], &birthDates))
                }
            }
        }
        log.texts = ByteTable()
        towns.releaseIndex()
        birthDates.releaseIndex()
        parts.releaseIndex()
        // In the memory of the places of the texts where the records are in order.
        swap(&name, &log.names)
        for i in name.indices where name[i] >= 0 { name[i] = read[Int(name[i])] }
        if !isInOrder { name = order.map { name[Int($0)] } }
        town = column(&log.towns, read)
        birthDate = column(&log.birthDates, read)
    }

    /// What was read out of the texts, by record.
    private func column(_ texts: inout SparseColumn, _ read: [Int32]) -> SparseColumn {
        var column = SparseColumn()
        swap(&column, &texts)
        column.replaceNumbers { read[Int($0)] }
        return isInOrder ? column : column.ordered(order)
    }

    private mutating func number(_ name: PersonName, _ index: inout ByteTable) -> Int32 {
        // A zero stands in no part of a name.
        guard let number = index.intern(name.given + [0] + name.surname) else { return -1 }
        guard Int(number) == partsOf.count else { return number }
        let isFull = name.given.count > 1 && name.surname.count > 1
        partsOf.append(Parts(given: Self.number(name.given, &parts), surname: Self.number(name.surname, &parts), isFull: isFull))
        return number
    }

    private static func number(_ bytes: [UInt8], _ table: inout ByteTable) -> Int32 { bytes.isEmpty ? -1 : table.intern(bytes) ?? -1 }
}
