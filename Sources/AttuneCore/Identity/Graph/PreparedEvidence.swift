/// Sightings as numbers: identifiers, names, towns and dates normalised and interned, records in an order of content.
struct PreparedEvidence: Sendable {
    /// Place of each record among the sightings as given.
    let order: [Int32]
    private let times: [Double]
    /// Nodes (distinct normalised identifiers) of each record, in the order in which it names them.
    private(set) var nodesOf = Lists()
    /// Records of each node, ascending.
    private(set) var recordsOf = Lists()
    /// Values of the nodes, tagged by the place of their kind.
    private(set) var values = ByteTable()
    let kinds: [Identifier.Kind]
    /// Index into `names`, `towns`, `birthDates` by record; -1 for none.
    private(set) var name: [Int32] = []
    private(set) var town: [Int32] = []
    private(set) var birthDate: [Int32] = []
    private(set) var names: [PersonName] = []
    /// Parts of the names, and the places of each name's given name and surname among them; -1 for an empty one.
    private(set) var parts = ByteTable()
    private(set) var partsOf: [(given: Int32, surname: Int32)] = []
    private(set) var towns = ByteTable()
    private(set) var birthDates = ByteTable()
    let book: PhoneBook
    let normalizer: IdentifierNormalizer

    init(_ log: EvidenceLog, policy: IdentityPolicy) {
        order = log.order()
        times = log.times
        kinds = log.kinds
        normalizer = IdentifierNormalizer(policy: policy)
        book = Self.book(log)
        let nodeOfForm = intern(log)
        nodesOf = Self.nodes(log, order, nodeOfForm)
        recordsOf = Lists(count: values.count) { put in
            for r in 0..<nodesOf.count { for n in nodesOf[r] { put(n, Int32(r)) } }
        }
        readTexts(log)
    }

    var count: Int { order.count }

    func kind(of node: Int32) -> Identifier.Kind { kinds[Int(values.tag(of: node))] }

    /// Groups of records as places among the sightings as given.
    func places(_ groups: Lists) -> [[Int]] { groups.map { $0.map { Int(order[Int($0)]) } } }

    /// When the records were seen.
    func time(of record: Int32) -> Double { times[Int(order[Int(record)])] }

    private static func book(_ log: EvidenceLog) -> PhoneBook {
        var book = PhoneBook()
        for form in 0..<Int32(log.forms.count) where log.kinds[Int(log.kind(ofForm: form))] == .phone {
            if let number = PhoneNumber(utf8: log.forms.bytes(of: form)) { book.note(number) }
        }
        book.close()
        return book
    }

    /// Nodes by form; -1 for what names nobody.
    private mutating func intern(_ log: EvidenceLog) -> [Int32] {
        (0..<Int32(log.forms.count)).map { form in
            let (kind, bytes) = (log.kind(ofForm: form), log.forms.bytes(of: form))
            let value: [UInt8]? =
                if log.isNormalized(form: form) {
                    kinds[Int(kind)] == .phone ? book.completed(bytes) : bytes
                } else {
                    normalized(bytes, kinds[Int(kind)], region: log.region(ofForm: form))
                }
            return value.flatMap { values.intern($0, tag: UInt32(kind)) } ?? -1
        }
    }

    private func normalized(_ value: [UInt8], _ kind: Identifier.Kind, region: String?) -> [UInt8]? {
        normalizer.normalize(value, kind) { book.complete($0, region: region) }
    }

    /// The node of an identifier that is among the evidence.
    func node(of identifier: Identifier, region: String?) -> Int32? {
        guard let kind = kinds.firstIndex(of: identifier.kind), let value = normalized(Array(identifier.value.utf8), identifier.kind, region: region)
        else { return nil }
        return value.withUnsafeBufferPointer { values.find($0, tag: UInt32(kind)) }
    }

    private static func nodes(_ log: EvidenceLog, _ order: [Int32], _ nodeOfForm: [Int32]) -> Lists {
        var result = Lists()
        for place in order {
            for form in log.formsOf[Int(place)] {
                let node = nodeOfForm[Int(form)]
                if node >= 0, !result.endsWith(node) { result.append(node) }
            }
            result.endList()
        }
        return result
    }

    private mutating func readTexts(_ log: EvidenceLog) {
        var index: [PersonName: Int32] = [:]
        // Of each text as written: its name, town or date.
        let read: [Int32] = (0..<Int32(log.texts.count)).map { text in
            switch log.texts.tag(of: text) {
            case EvidenceLog.nameTag: PersonName(log.texts.text(of: text)).map { number($0, &index) } ?? -1
            case EvidenceLog.townTag: Self.number(PlainText.letters(log.texts.text(of: text)), &towns)
            default: Self.number(BirthDate.normalize(log.texts.text(of: text)) ?? [], &birthDates)
            }
        }
        name = column(log.names, read)
        town = column(log.towns, read)
        birthDate = column(log.birthDates, read)
    }

    /// What was read out of the texts, by record.
    private func column(_ texts: [Int32], _ read: [Int32]) -> [Int32] {
        order.map { place in
            let text = texts[Int(place)]
            return text < 0 ? -1 : read[Int(text)]
        }
    }

    private mutating func number(_ name: PersonName, _ index: inout [PersonName: Int32]) -> Int32 {
        if let old = index[name] { return old }
        let number = Int32(names.count)
        index[name] = number
        names.append(name)
        partsOf.append((Self.number(name.given, &parts), Self.number(name.surname, &parts)))
        return number
    }

    private static func number(_ bytes: [UInt8], _ table: inout ByteTable) -> Int32 { bytes.isEmpty ? -1 : table.intern(bytes) ?? -1 }
}
