/// A look at everything: the partition of all live evidence, exactly as `EvidenceGraph` finds it in one go.
///
/// What names and other attributes make probable depends on all customers (how frequent a name is, how often people of one household
/// share a number), so it is found here, and kept as links that the batches in between follow.
struct Relinking {
    let graph: EvidenceGraph

    func relink(in transaction: any StoreTransaction, touched: inout TouchedCustomers) throws {
        let all = try IdentityEvidence(transaction)
        let (known, messages) = (all.evidence, all.messages)
        touched.time = max(touched.time, messages.last?.sentAt ?? touched.time)
        let found = graph.resolve(all.sightings(), links: all.decisions)
        let evidence = Array(known.values)
        let decided = Set(all.links.filter { $0.kind != .probable }.flatMap { [$0.first, $0.second] })
        let joinsNobody = all.keys(found.generic)
        let generic = frequent(joinsNobody, evidence)
        let guarded = guardedClaims(
            evidence, generic, Set(messages.filter { decided.contains($0.messageID) }.compactMap { known[$0.evidenceID]?.claim }))
        let former = try transaction.genericKeys(among: Array(Set(evidence.lazy.flatMap(\.keys))))
        let flipped = former.symmetricDifference(generic)
        let grown = flipped.isEmpty ? [] : Set(evidence.lazy.filter { !flipped.isDisjoint(with: $0.keys) }.map(\.claim))
        try transaction.setGeneric(false, Array(former.subtracting(generic)))
        try transaction.setGeneric(true, Array(generic.subtracting(former)))

        let difference = Difference(found.groups, messages, evidence, guarded: guarded, grown: grown)
        let partition = Partition(
            groups: difference.groups.map { $0.map { messages[$0] } }, evidence: difference.evidence, generic: [],
            isGuarded: { guarded.contains($0.claim) })
        try Reassignment(before: Array(difference.evidence.values), grown: grown, partition: partition, generic: generic, policy: graph.policy)
            .write(to: transaction, touched: &touched)
        let national = Set(all.phones.filter { !$0.value.hasPrefix("+") }.map(\.key))
        let probable = Self.links(found) { all.evidence(ofMessage: $0)?.keys.contains(where: national.contains) ?? false }
            .map { IdentityLink(.probable, messages[$0.0].messageID, messages[$0.1].messageID) }
        let old = Set(all.links.filter { $0.kind == .probable })
        try transaction.remove(Array(old.subtracting(probable)))
        try transaction.add(Array(Set(probable).subtracting(old)))
        try transaction.setUnsettled(false)
    }

    /// Identifiers that join nobody, and are noted as such: see `Partition.frequentClaims`.
    private func frequent(_ generic: Set<IdentifierKey>, _ evidence: [Evidence]) -> Set<IdentifierKey> {
        var counts: [IdentifierKey: Int] = [:]
        for item in evidence { for key in item.keys where generic.contains(key) { counts[key, default: 0] += 1 } }
        return generic.filter { counts[$0] ?? 0 > Partition.frequentClaims }
    }

    /// Claims about which more than identifiers decides.
    private func guardedClaims(_ evidence: [Evidence], _ generic: Set<IdentifierKey>, _ decided: Set<String>) -> Set<String> {
        var forest = DisjointSets(count: evidence.count)
        var places: [IdentifierKey: Int] = [:]
        var claims: [String: Int] = [:]
        for (i, item) in evidence.enumerated() {
            forest.join(i, claims[item.claim] ?? i)
            claims[item.claim] = i
            for key in item.keys where graph.policy.rank(of: key.kind) != nil && !generic.contains(key) {
                forest.join(i, places[key] ?? i)
                places[key] = i
            }
        }
        var result = Set<String>()
        for group in forest.groups() {
            let items = group.map { evidence[Int($0)] }
            let isDecided = items.contains { decided.contains($0.claim) }
            if isDecided || !Component(evidence: items, links: [], generic: generic).isPlain(graph.policy) { result.formUnion(items.map(\.claim)) }
        }
        return result
    }

    /// Pairs of places that hold together what identifiers alone do not.
    /// - Parameter isCompleted: whether a sighting has a number that only all the evidence completes.
    private static func links(_ found: EvidenceGraph.Resolution, isCompleted: (Int) -> Bool) -> [(Int, Int)] {
        var part: [Int: Int] = [:]
        for (p, group) in found.identified.enumerated() { for i in group { part[i] = p } }
        return found.groups.flatMap { group in
            var seen = Set<Int>()
            return group.compactMap { i -> (Int, Int)? in
                let isNew = part[i].map { seen.insert($0).inserted } ?? false
                return (isNew || isCompleted(i)) && i != group[0] ? (group[0], i) : nil
            }
        }
    }
}
