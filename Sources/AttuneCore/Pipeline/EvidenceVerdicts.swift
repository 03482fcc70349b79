/// What a look at everything finds about each piece of evidence, beside whose it is.
struct EvidenceVerdicts {
    /// More than identifiers decides about the people it hangs together with.
    private(set) var isGuarded: [Bool]
    /// An identifier of it began or ceased to join.
    private(set) var isFlipped: [Bool]
    /// Identifiers that join nobody, and are noted as such: see `Partition.frequentClaims`.
    let generic: Set<IdentifierKey>
    private let isGeneric: [Bool]
    private let policy: IdentityPolicy
    /// Priority of each kind, and how many identifiers of it a customer may have.
    private let joins: [Bool]
    private let limits: [Int]
    /// Identifiers of all limited kinds together that a customer may have.
    private let limitOfAll: Int
    /// By evidence: where several names made it necessary to look, what was found about all that hangs together with it.
    private var outlineOf: [Int32]
    private var outlines: [CustomerOutline] = []

    /// - Parameter decided: messages about which somebody decided.
    init(_ snapshot: EvidenceSnapshot, _ found: ResolvedGraph, decided: Set<String>, policy: IdentityPolicy) {
        self.policy = policy
        joins = snapshot.log.kinds.map { policy.rank(of: $0) != nil }
        limits = snapshot.log.kinds.map { policy.limit(of: $0) }
        limitOfAll = limits.filter { $0 < .max }.reduce(0, +)
        let forms = Self.frequent(snapshot, found)
        generic = Set(forms.map { snapshot.key(ofForm: $0) })
        var isGeneric = [Bool](repeating: false, count: snapshot.log.forms.count)
        for form in forms { isGeneric[Int(form)] = true }
        self.isGeneric = isGeneric
        isFlipped = [Bool](repeating: false, count: snapshot.count)
        isGuarded = isFlipped
        outlineOf = [Int32](repeating: -1, count: snapshot.count)
        let flipped = snapshot.forms(of: snapshot.generic).symmetricDifference(forms)
        if !flipped.isEmpty { for e in 0..<snapshot.count where snapshot.keysOf[e].contains(where: flipped.contains) { isFlipped[e] = true } }
        guardComponents(snapshot, decided)
    }

    /// Forms of identifiers that join nobody, and are many people's.
    private static func frequent(_ snapshot: EvidenceSnapshot, _ found: ResolvedGraph) -> Set<Int32> {
        var counts = [Int32](repeating: 0, count: snapshot.log.forms.count)
        for form in snapshot.keysOf.items { counts[Int(form)] += 1 }
        var forms = Set<Int32>()
        for n in 0..<Int32(found.evidence.values.count) where found.nodes.isGeneric(n) {
            let tag = found.evidence.values.tag(of: n) | EvidenceLog.normalizedTag
            let form = found.evidence.values.withBytes(of: n) { snapshot.log.forms.find($0, tag: tag) }
            if let form, counts[Int(form)] > Partition.frequentClaims { forms.insert(form) }
        }
        return forms
    }

    private mutating func guardComponents(_ snapshot: EvidenceSnapshot, _ decided: Set<String>) {
        var isDecided = [Bool](repeating: false, count: decided.isEmpty ? 0 : snapshot.count)
        if !decided.isEmpty {
            for (m, e) in snapshot.evidenceOf.enumerated() where decided.contains(snapshot.messageID(m)) { isDecided[Int(e)] = true }
        }
        var forest = DisjointSets(count: snapshot.count)
        var placeOfForm = [Int32](repeating: -1, count: snapshot.log.forms.count)
        var placeOfClaim: [KeyHash: Int32] = [:]
        let isDivided = !snapshot.divided.isEmpty
        let join = { (e: Int, last: inout Int32, forest: inout DisjointSets) in
            if last >= 0 { forest.join(e, Int(last)) }
            last = Int32(e)
        }
        for e in 0..<snapshot.count {
            let claim = snapshot.claimOf[e]
            if isDivided, snapshot.divided.contains(claim) { join(e, &placeOfClaim[claim, default: -1], &forest) }
            for i in snapshot.keysOf.range(e) {
                let form = Int(snapshot.keysOf.items[i])
                if joins[snapshot.kind(ofForm: Int32(form))], !isGeneric[form] { join(e, &placeOfForm[form], &forest) }
            }
        }
        let components = forest.groups()
        for c in 0..<components.count {
            let component = components[c]
            let isOpen = !decided.isEmpty && component.contains { isDecided[Int($0)] }
            if isOpen || !isPlain(component, snapshot) { for e in component { isGuarded[Int(e)] = true } }
        }
    }

    /// Whether identifiers alone decide; see `Component.isPlain`. Nearly all show one name, which needs no look at names.
    private mutating func isPlain(_ evidence: ArraySlice<Int32>, _ snapshot: EvidenceSnapshot) -> Bool {
        var (name, hasSeveral) = (Int32(-1), false)
        var limited = [Int32]()
        for e in evidence {
            let other = snapshot.nameOf[Int(e)]
            if other >= 0 {
                if name >= 0, name != other { hasSeveral = true }
                name = other
            }
            for i in snapshot.keysOf.range(Int(e)) {
                let form = snapshot.keysOf.items[i]
                if limits[snapshot.kind(ofForm: form)] < .max, !isGeneric[Int(form)], !limited.contains(form) { limited.append(form) }
            }
            if limited.count > limitOfAll { return false }
        }
        if hasSeveral {
            guard let found = outline(of: evidence, snapshot) else { return false }
            for e in evidence { outlineOf[Int(e)] = Int32(outlines.count) }
            outlines.append(found)
            return true
        }
        return areWithinLimits(limited, snapshot)
    }

    private func outline(of evidence: some Collection<Int32>, _ snapshot: EvidenceSnapshot) -> CustomerOutline? {
        if evidence.count == 1, let only = evidence.first { return outline(ofOnly: Int(only), snapshot) }
        // Each once, though most are shown again and again: sorted, as a set for each of many people takes longer.
        var forms = [Int32]()
        var names = [(name: Int32, time: Timestamp)]()
        for e in evidence {
            for form in snapshot.keysOf[Int(e)] where limits[snapshot.kind(ofForm: form)] < .max && !isGeneric[Int(form)] && form != forms.last {
                forms.append(form)
            }
            let name = snapshot.nameOf[Int(e)]
            if name >= 0 { names.append((name, snapshot.firstSeen[Int(e)])) }
        }
        forms.sort()
        names.sort { $0 < $1 }
        let distinct = forms.indices.lazy.filter { $0 == 0 || forms[$0] != forms[$0 - 1] }.map { forms[$0] }
        guard let keys = keys(Array(distinct), snapshot) else { return nil }
        var outline = CustomerOutline(keys: keys)
        var read = [PersonName?]()
        for (place, item) in names.enumerated() where place == 0 || item.name != names[place - 1].name {
            let name = CustomerOutline.Name(snapshot.names.text(of: item.name), firstSeen: item.time)
            guard outline.add(name, read: &read) else { return nil }
        }
        return outline
    }

    /// Of one piece of evidence, which most people of a large store are: each of its identifiers is another.
    private func outline(ofOnly e: Int, _ snapshot: EvidenceSnapshot) -> CustomerOutline? {
        let forms = snapshot.keysOf[e].filter { limits[snapshot.kind(ofForm: $0)] < .max && !isGeneric[Int($0)] }
        guard let keys = keys(forms, snapshot) else { return nil }
        var outline = CustomerOutline(keys: keys)
        let name = snapshot.nameOf[e]
        let fits = name < 0 || outline.add(CustomerOutline.Name(snapshot.names.text(of: name), firstSeen: snapshot.firstSeen[e]))
        return fits ? outline : nil
    }

    /// The identifiers behind distinct forms, sorted; nil when they are more than one may have.
    private func keys(_ forms: [Int32], _ snapshot: EvidenceSnapshot) -> [IdentifierKey]? {
        guard areWithinLimits(forms, snapshot) else { return nil }
        var keys = forms.map { snapshot.key(ofForm: $0) }
        if keys.count > 1 { keys.sort { $0.precedes($1) } }
        return keys
    }

    private func areWithinLimits(_ forms: [Int32], _ snapshot: EvidenceSnapshot) -> Bool {
        limits.indices.allSatisfy { kind in
            forms.count <= limits[kind] || forms.count { snapshot.kind(ofForm: $0) == kind } <= limits[kind]
        }
    }

    /// What hangs together and is not guarded is one customer's, who may be more people than that.
    private func known(of evidence: [Int32]) -> CustomerOutline? {
        guard let first = evidence.first.map({ outlineOf[Int($0)] }), first >= 0, evidence.allSatisfy({ outlineOf[Int($0)] == first }) else {
            return nil
        }
        return outlines[Int(first)]
    }

    /// The customer whose evidence this is, all of it.
    func customer(_ id: CustomerID, of evidence: [Int32], _ snapshot: EvidenceSnapshot) -> Customer {
        let outline = evidence.contains { isGuarded[Int($0)] } ? nil : known(of: evidence) ?? outline(of: evidence, snapshot)
        let firstSeen = evidence.lazy.map { snapshot.firstSeen[Int($0)] }.min() ?? Timestamp(nanoseconds: 0)
        var name = outline?.displayName
        if outline == nil, let named = evidence.filter({ snapshot.nameOf[Int($0)] >= 0 }).min(by: { Self.precedes($0, $1, snapshot) }) {
            name = snapshot.names.text(of: snapshot.nameOf[Int(named)])
        }
        return Customer(id: id, firstSeen: firstSeen, displayName: name, outline: outline)
    }

    /// As `Evidence.precedes`.
    private static func precedes(_ a: Int32, _ b: Int32, _ snapshot: EvidenceSnapshot) -> Bool {
        let (x, y) = (snapshot.firstSeen[Int(a)], snapshot.firstSeen[Int(b)])
        if x != y { return x < y }
        let (first, other) = (snapshot.firstMessages[Int(a)], snapshot.firstMessages[Int(b)])
        return first.elementsEqual(other) ? snapshot.evidenceID(a) < snapshot.evidenceID(b) : first.lexicographicallyPrecedes(other)
    }
}
