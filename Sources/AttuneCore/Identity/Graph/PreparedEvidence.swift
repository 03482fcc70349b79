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

    init(_ sightings: [Sighting], policy: IdentityPolicy) {
        order = sightings.indices.sorted { (sightings[$0].time, sightings[$0].id) < (sightings[$1].time, sightings[$1].id) }
        let book = PhoneBook(sightings)
        let normalizer = IdentifierNormalizer(policy: policy)
        var nodeIndex: [String: Int32] = [:]
        var nameIndex: [PersonName: Int32] = [:]
        var written: [String: Int32] = [:]
        records.reserveCapacity(sightings.count)
        for i in order {
            let sighting = sightings[i]
            var record = Record(time: sighting.time)
            for identifier in sighting.identifiers {
                let value =
                    identifier.kind == .phone
                    ? (normalizer.normalize(identifier) == nil ? nil : book.normalize(identifier.value, region: sighting.region))
                    : normalizer.normalize(identifier)
                guard let value else { continue }
                let key = identifier.kind.rawValue + "\u{1F}" + value
                let node = nodeIndex[key] ?? Int32(nodes.count)
                if node == nodes.count {
                    nodeIndex[key] = node
                    nodes.append(Node(kind: identifier.kind, value: value))
                }
                if !record.nodes.contains(node) {
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
}
