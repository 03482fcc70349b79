/// Distinct normalised identifiers, made out of what was written and in its memory.
struct IdentifierNodes {
    /// Values of the nodes, tagged by the place of their kind; empty where they are not kept.
    private(set) var values = ByteTable()
    /// Place of each node's kind.
    private(set) var kindOf: [UInt8] = []
    /// Nodes of each sighting, as given, in the order in which it names them.
    var nodesOf = Lists()
    /// Order by value of the nodes of which a sighting shows several of a kind; empty where the values are kept.
    private(set) var orderOfValues: [Int32: Int32] = [:]
    /// Completes further numbers; empty where the values are not kept.
    private(set) var book = PhoneBook()

    /// - Parameter log: its identifiers are given up.
    init(_ log: inout EvidenceLog, _ normalizer: IdentifierNormalizer, _ policy: IdentityPolicy, keepsValues: Bool) {
        swap(&nodesOf, &log.formsOf)
        swap(&values, &log.forms)
        if let phone = log.kinds.firstIndex(of: .phone) { noteNumbers(phone) }
        normalize(log.kinds, normalizer)
        kindOf = (0..<Int32(values.count)).map { UInt8(truncatingIfNeeded: values.tag(of: $0)) }
        guard !keepsValues else { return }
        sortNeighbours(joining: log.kinds.map { policy.rank(of: $0) != nil })
        (values, book) = (ByteTable(), PhoneBook())
    }

    /// - Parameter kind: place of the kind of phone numbers.
    private mutating func noteNumbers(_ kind: Int) {
        values.withMemory { entries, bytes in
            var start = 0
            for entry in entries {
                let text = UnsafeBufferPointer(rebasing: bytes[start..<Int(entry.end)])
                start = Int(entry.end)
                if EvidenceLog.kind(ofTag: entry.tag) == kind, let number = PhoneNumber(utf8: Array(text)) { book.note(number) }
            }
        }
        book.close()
    }

    /// Forms become nodes.
    private mutating func normalize(_ kinds: [Identifier.Kind], _ normalizer: IdentifierNormalizer) {
        let rules = kinds.map { IdentifierNormalizer.Rule($0) }
        let book = book
        let nodes = values.replaceAll { text, tag, value in
            let kind = EvidenceLog.kind(ofTag: tag)
            let rule = rules[Int(kind)]
            if !EvidenceLog.isNormalized(tag: tag) {
                let complete = { book.complete($0, region: EvidenceLog.region(ofTag: tag)) }
                guard let normal = normalizer.normalize(text, kinds[Int(kind)], rule, phone: complete) else { return nil }
                value = normal
            } else if rule == .phone {
                value = book.completed(Array(text))
            } else {
                value.append(contentsOf: text)
            }
            return UInt32(kind)
        }
        values.releaseIndex()
        nodesOf.replaceItems { nodes[Int($0)] }
    }

    /// Puts those in order whose values decide which of them comes first: all others are told apart by who shows them first.
    ///
    /// - Parameter joining: whether identifiers of a kind join sightings, by its place.
    private mutating func sortNeighbours(joining: [Bool]) {
        var neighbours = Set<Int32>()
        for s in 0..<nodesOf.count where nodesOf.size(s) > 1 {
            let nodes = nodesOf[s]
            for (i, n) in zip(nodes.indices, nodes) where joining[Int(kindOf[Int(n)])] {
                for other in nodes[(i + 1)...] where kindOf[Int(other)] == kindOf[Int(n)] {
                    neighbours.insert(n)
                    neighbours.insert(other)
                }
            }
        }
        for (place, n) in neighbours.sorted(by: { values.precedes($0, $1) }).enumerated() { orderOfValues[n] = Int32(place) }
    }
}
