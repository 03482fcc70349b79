/// Sightings as numbers: identifiers, names, towns and dates interned, records in an order of content.
struct PreparedEvidence {
    struct Node {
        var kind: Identifier.Kind
        var value: String
        /// Records that show it, ascending.
        var records: [Int32] = []
    }

    struct Record {
        var time: Double
        var nodes: [Int32] = []
        /// Index into `names`; -1 without one.
        var name: Int32 = -1
        var town: [UInt8] = []
        var birthDate: [UInt8] = []
    }

    /// Place of each record among the sightings as given.
    private(set) var order: [Int] = []
    private(set) var records: [Record] = []
    private(set) var nodes: [Node] = []
    private(set) var names: [PersonName] = []
    private var nodeIndex: [Identifier: Int32] = [:]

    init(_ sightings: [Sighting], policy: IdentityPolicy) {
        order = sightings.indices.sorted { (sightings[$0].time, sightings[$0].id) < (sightings[$1].time, sightings[$1].id) }
        let book = PhoneBook(sightings)
        let normalizer = IdentifierNormalizer(policy: policy)
        var forms: [WrittenIdentifier: Int32] = [:]
        var nameIndex: [PersonName: Int32] = [:]
        var written: [String: Int32] = [:]
        records.reserveCapacity(sightings.count)
        for i in order {
            let sighting = sightings[i]
            var record = Record(time: sighting.time)
            for identifier in sighting.identifiers {
                let form = WrittenIdentifier(
                    kind: identifier.kind, value: identifier.value, region: identifier.kind == .phone ? sighting.region : nil)
                let node: Int32
                if let old = forms[form] {
                    node = old
                } else {
                    node = intern(normalizer.normalize(identifier, region: sighting.region, book: book), identifier.kind)
                    forms[form] = node
                }
                if node >= 0, !record.nodes.contains(node) {
                    record.nodes.append(node)
                    nodes[Int(node)].records.append(Int32(records.count))
                }
            }
            if let text = sighting.name {
                if let old = written[text] {
                    record.name = old
                } else if let name = PersonName(text) {
                    record.name = nameIndex[name] ?? Int32(names.count)
                    if record.name == names.count {
                        nameIndex[name] = record.name
                        names.append(name)
                    }
                    written[text] = record.name
                } else {
                    written[text] = -1
                }
            }
            record.town = sighting.town.map(PlainText.letters) ?? []
            record.birthDate = sighting.birthDate.flatMap { BirthDate.normalize($0) } ?? []
            records.append(record)
        }
    }

    /// The node of a value; -1 for none.
    private mutating func intern(_ value: String?, _ kind: Identifier.Kind) -> Int32 {
        guard let value else { return -1 }
        let key = Identifier(kind: kind, value: value, verified: true)
        if let old = nodeIndex[key] { return old }
        let node = Int32(nodes.count)
        nodeIndex[key] = node
        nodes.append(Node(kind: kind, value: value))
        return node
    }

    /// An identifier as it was written: most are written the same way again and again.
    private struct WrittenIdentifier: Hashable {
        var kind: Identifier.Kind
        var value: String
        var region: String?
    }
}

extension IdentifierNormalizer {
    /// With national numbers completed out of the evidence.
    fileprivate func normalize(_ identifier: Identifier, region: String?, book: PhoneBook) -> String? {
        guard let value = normalize(identifier) else { return nil }
        guard identifier.kind == .phone else { return value }
        return book.normalize(identifier.value, region: region)
    }
}
