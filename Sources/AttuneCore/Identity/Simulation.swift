/// What other rules would make of the same history.
public struct Simulation: Sendable {
    /// Customers who would become one, and those who would become several; by id.
    public struct Merge: Hashable, Sendable {
        public var customers: [CustomerID]
        public var messages: Int
    }

    public struct Split: Hashable, Sendable {
        public var customer: CustomerID
        /// Messages of each part, the largest first.
        public var parts: [Int]
    }

    public private(set) var merges: [Merge] = []
    public private(set) var splits: [Split] = []
    public private(set) var customersBefore = 0
    public private(set) var customersAfter = 0

    public init(_ all: IdentityEvidence, policy: IdentityPolicy) {
        let groups = EvidenceGraph(policy: policy).resolve(all.sightings(), links: all.decisions).groups
        var parts: [CustomerID: [Int]] = [:]
        for group in groups {
            var owners: [CustomerID: Int] = [:]
            for m in group { if let id = all.evidence(ofMessage: m)?.customerID { owners[id, default: 0] += 1 } }
            for (id, count) in owners { parts[id, default: []].append(count) }
            if owners.count > 1 { merges.append(Merge(customers: owners.keys.sorted(), messages: group.count)) }
        }
        for (id, counts) in parts where counts.count > 1 { splits.append(Split(customer: id, parts: counts.sorted(by: >))) }
        merges.sort { $0.customers.lexicographicallyPrecedes($1.customers) }
        splits.sort { $0.customer < $1.customer }
        (customersBefore, customersAfter) = (parts.count, groups.count)
    }
}
