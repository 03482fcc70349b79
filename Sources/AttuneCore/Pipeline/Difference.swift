/// What of a new partition of everything is not on file as it is: hardly anything, most of the time.
struct Difference {
    /// People who are not the customers there are; as places among the messages.
    private(set) var groups: [[Int]] = []
    /// Evidence of theirs, by id, and of the customers they were.
    private(set) var evidence: [String: Evidence] = [:]

    /// - Parameters:
    ///   - people: groups of places among the messages.
    ///   - messages: by time, then id.
    ///   - guarded: claims about which more than identifiers decides.
    ///   - grown: claims whose customers have to be looked at again.
    init(_ people: [[Int]], _ messages: [MessageSighting], _ all: [Evidence], guarded: Set<String>, grown: Set<String>) {
        let place = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1.id, $0) })
        let evidenceOf = messages.map { place[$0.evidenceID] ?? -1 }
        var pieces: [CustomerID: Int] = [:]
        for item in all { if let id = item.customerID { pieces[id, default: 0] += 1 } }
        let divided = Set(all.lazy.filter { $0.part > 0 }.map(\.claim))
        var isSettled = all.map { item in
            !divided.contains(item.claim) && item.isGuarded == guarded.contains(item.claim) && !grown.contains(item.claim)
        }
        var isFirst = [Bool](repeating: true, count: all.count)
        for (m, e) in evidenceOf.enumerated() where e >= 0 && isFirst[e] {
            isFirst[e] = false
            if (messages[m].sentAt, messages[m].messageID) != (all[e].firstSeen, all[e].firstMessageID) { isSettled[e] = false }
        }
        var seen = [Int](repeating: -1, count: all.count)
        var keeps = [Bool](repeating: false, count: people.count)
        for (p, person) in people.enumerated() {
            guard let first = person.first, evidenceOf[first] >= 0, let id = all[evidenceOf[first]].customerID else { continue }
            var (count, messages, isSame) = (0, 0, true)
            for m in person {
                let e = evidenceOf[m]
                guard e >= 0, seen[e] == p || seen[e] < 0 && isSettled[e] && all[e].customerID == id else {
                    isSame = false
                    break
                }
                guard seen[e] < 0 else { continue }
                seen[e] = p
                count += 1
                messages += all[e].messageCount
            }
            keeps[p] = isSame && messages == person.count && count == pieces[id]
        }
        var isKept = [Bool](repeating: false, count: all.count)
        for (p, person) in people.enumerated() where keeps[p] { for m in person { isKept[evidenceOf[m]] = true } }
        groups = people.enumerated().filter { !keeps[$0.offset] }.map(\.element)
        for (e, item) in all.enumerated() where !isKept[e] { evidence[item.id] = item }
    }
}
