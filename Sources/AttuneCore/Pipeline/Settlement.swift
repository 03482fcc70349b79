/// What of a new partition of everything can be written at once, and what has to be looked at closer: hardly anything, most of the time.
struct Settlement {
    /// People who are new, or a customer with new evidence.
    struct Person {
        var id: CustomerID
        var isNew: Bool
        /// Places in the snapshot.
        var evidence: [Int32]
    }

    /// By their earliest message.
    private(set) var people: [Person] = []
    /// People who are not one customer that there is: places among the messages.
    private(set) var groups: [[Int]] = []
    /// Evidence of theirs, and of the customers they were.
    private(set) var evidence: [Int32] = []

    private let snapshot: EvidenceSnapshot
    /// Stands on file as it is: its messages are all there, and nothing about it flipped.
    private var isSettled: [Bool]
    /// Pieces of evidence by customer.
    private var pieces: [Int32]
    /// Messages by evidence.
    private var messages: [Int32]

    /// - Parameter again: customers who have to be written again, whether they changed or not.
    init(_ snapshot: EvidenceSnapshot, _ found: ResolvedGraph, _ verdicts: EvidenceVerdicts, again: Set<CustomerID>) {
        self.snapshot = snapshot
        pieces = [Int32](repeating: 0, count: snapshot.customers.count)
        messages = [Int32](repeating: 0, count: snapshot.count)
        isSettled = [Bool](repeating: false, count: snapshot.count)
        for customer in snapshot.customerOf where customer >= 0 { pieces[Int(customer)] += 1 }
        for e in snapshot.evidenceOf { messages[Int(e)] += 1 }
        settle(found, verdicts)
        let again = Set(again.compactMap { snapshot.customer($0) })
        var seen = [Int32](repeating: -1, count: snapshot.count)
        var isDone = [Bool](repeating: false, count: snapshot.count)
        for p in 0..<found.people.count {
            let records = found.people[p]
            guard let shown = whole(p, records, found, &seen), let person = person(shown, records, found, again) else {
                groups.append(records.map { Int(found.evidence.order[Int($0)]) })
                continue
            }
            for e in shown { isDone[Int(e)] = true }
            if let person { people.append(person) }
        }
        evidence = (0..<Int32(snapshot.count)).filter { !isDone[Int($0)] }
    }

    /// Marks what stands on file as it was found.
    private mutating func settle(_ found: ResolvedGraph, _ verdicts: EvidenceVerdicts) {
        var isSeen = isSettled
        for place in found.evidence.order.lazy.map(Int.init) {
            let e = Int(snapshot.evidenceOf[place])
            if isSeen[e] { continue }
            isSeen[e] = true
            let isFirst =
                snapshot.times[place] == snapshot.firstSeen[e]
                && snapshot.firstMessages[e].elementsEqual(snapshot.log.ids[place])
            isSettled[e] =
                isFirst && messages[e] == snapshot.messageCounts[e] && (snapshot.divided.isEmpty || !snapshot.divided.contains(snapshot.claimOf[e]))
                && (snapshot.customerOf[e] < 0 ? snapshot.homeOf[e] < 0 : snapshot.isGuarded[e] == verdicts.isGuarded[e] && !verdicts.isFlipped[e])
        }
    }

    /// A person's evidence, when all of it is settled and nobody else's.
    private func whole(_ p: Int, _ records: ArraySlice<Int32>, _ found: ResolvedGraph, _ seen: inout [Int32]) -> [Int32]? {
        var shown = [Int32]()
        var count = 0
        for r in records {
            let e = snapshot.evidenceOf[Int(found.evidence.order[Int(r)])]
            if seen[Int(e)] == p { continue }
            guard seen[Int(e)] < 0, isSettled[Int(e)] else { return nil }
            seen[Int(e)] = Int32(p)
            shown.append(e)
            count += Int(messages[Int(e)])
        }
        return count == records.count ? shown : nil
    }

    /// Who the person is: nil when more has to be known, a nil inside when nothing changed.
    private func person(_ shown: [Int32], _ records: ArraySlice<Int32>, _ found: ResolvedGraph, _ again: Set<Int32>) -> Person?? {
        var (customer, owned, isHome) = (Int32(-1), Int32(0), true)
        for e in shown where snapshot.customerOf[Int(e)] >= 0 {
            if customer >= 0, customer != snapshot.customerOf[Int(e)] { return nil }
            customer = snapshot.customerOf[Int(e)]
            owned += 1
            if snapshot.homeOf[Int(e)] != customer { isHome = false }
        }
        guard customer >= 0 else {
            guard let first = records.first else { return nil }
            let id = CustomerID(firstMessageID: snapshot.messageID(Int(found.evidence.order[Int(first)])))
            // Somebody else's already: after a split the id stays with the larger part.
            return snapshot.customer(id) != nil ? nil : .some(Person(id: id, isNew: true, evidence: shown))
        }
        guard owned == pieces[Int(customer)] else { return nil }
        if owned == shown.count, !again.contains(customer) { return .some(nil) }
        guard isHome || owned == shown.count else { return nil }
        return .some(Person(id: CustomerID(rawValue: snapshot.customers.text(of: customer)), isNew: false, evidence: shown))
    }
}
