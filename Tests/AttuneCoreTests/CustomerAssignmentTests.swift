import Testing

@testable import AttuneCore

@Suite struct CustomerAssignmentTests {
    /// Evidence first seen at `n`, now at `customer`, going back to `home`.
    private func item(_ n: Int, _ customer: String? = nil, home: String? = nil, messages: Int = 1, keys: String = "") -> CustomerAssignment.Item {
        let evidence = Evidence(
            claim: KeyHash(of: "e\(n)"), keys: keys.split(separator: " ").map { IdentifierKey(kind: .email, hash: KeyHash(of: $0)) },
            firstSeen: Timestamp(nanoseconds: Int64(n)), firstMessageID: "m\(n)", messageCount: messages)
        let counts = { (id: String?) in id.map { [CustomerID(rawValue: $0): messages] } ?? [:] }
        return .init(evidence: evidence, previous: counts(customer), homes: counts(home ?? customer))
    }

    private func id(_ text: String) -> CustomerID { CustomerID(rawValue: text) }

    private func owners(_ outcome: CustomerAssignment.Outcome) -> [String: String] {
        Dictionary(uniqueKeysWithValues: outcome.evidence.map { ("e" + $0.firstMessageID.dropFirst(), $0.customerID?.rawValue ?? "") })
    }

    @Test func theOldestCustomerSurvivesAMerge() {
        var assignment = CustomerAssignment([[item(5, "new", keys: "a"), item(2, "old", keys: "b"), item(9, keys: "a b")]])
        let outcome = assignment.outcome()
        #expect(Set(owners(outcome).values) == ["old"])
        #expect(outcome.changes == [.merged(survivor: id("old"), absorbed: [id("new")], key: IdentifierKey(kind: .email, hash: KeyHash(of: "a")))])
        // Who was somebody before goes on knowing it.
        #expect(outcome.evidence.first { $0.claim == KeyHash(of: "e5") }?.homeID == id("new"))
    }

    @Test func onASplitTheLargestPartKeepsTheID() {
        var assignment = CustomerAssignment([[item(1, "x", messages: 2)], [item(2, "x", messages: 9)]])
        let outcome = assignment.outcome()
        let new = CustomerID(firstMessageID: "m1")
        #expect(owners(outcome) == ["e1": new.rawValue, "e2": "x"])
        #expect(outcome.changes == [.created(new), .split(from: id("x"), into: [new])])
    }

    @Test func whoWasACustomerBeforeAMergeIsOneAgain() {
        var assignment = CustomerAssignment([[item(1, "old", messages: 1)], [item(2, "old", home: "young", messages: 9)]])
        let outcome = assignment.outcome()
        #expect(owners(outcome) == ["e1": "old", "e2": "young"])
        #expect(outcome.changes == [.split(from: id("old"), into: [id("young")])])
    }

    @Test func aNewPartNeverTakesTheIDOfTheOneItLeft() {
        let founder = CustomerID(firstMessageID: "m1")
        var assignment = CustomerAssignment([[item(1, founder.rawValue)], [item(2, founder.rawValue, messages: 5)]])
        let owners = owners(assignment.outcome())
        #expect(Set(owners.values).count == 2)
        #expect(owners["e2"] == founder.rawValue)
    }

    @Test func nobodyGoesBackToWhoGoesOnElsewhere() {
        // Founded `home`, was somebody else's, and is alone now; `home` has other evidence that is not looked at.
        let clusters = [[item(1, "other", home: "home")], [item(2, "other", messages: 9)]]
        var free = CustomerAssignment(clusters)
        #expect(owners(free.outcome()) == ["e1": "home", "e2": "other"])
        var inUse = CustomerAssignment(clusters)
        let (plain, next) = (CustomerID(firstMessageID: "m1"), CustomerID(firstMessageID: "m1\u{1F}1"))
        #expect(owners(inUse.outcome { $0 == id("home") }) == ["e1": plain.rawValue, "e2": "other"])
        var founded = CustomerAssignment(clusters)
        #expect(owners(founded.outcome { $0 == id("home") || $0 == plain }) == ["e1": next.rawValue, "e2": "other"])
    }

    @Test func whoGoesOnElsewhereIsNotAbsorbed() {
        let clusters = [[item(1, "old"), item(2, "young")]]
        var all = CustomerAssignment(clusters)
        #expect(all.outcome().changes == [.merged(survivor: id("old"), absorbed: [id("young")], key: nil)])
        var some = CustomerAssignment(clusters, elsewhere: [id("young")])
        let outcome = some.outcome()
        #expect(outcome.changes == [.split(from: id("young"), into: [id("old")])])
        #expect(Set(owners(outcome).values) == ["old"])
    }

    @Test func assigningTheResultAgainChangesNothing() {
        var first = CustomerAssignment([[item(1), item(2)], [item(3)]])
        let once = first.outcome()
        let again = once.evidence.map { evidence in
            CustomerAssignment.Item(
                evidence: evidence, previous: evidence.customerID.map { [$0: 1] } ?? [:], homes: evidence.homeID.map { [$0: 1] } ?? [:])
        }
        var second = CustomerAssignment([Array(again.prefix(2)), Array(again.suffix(1))])
        let twice = second.outcome()
        #expect(twice.changes.isEmpty)
        #expect(twice.evidence == once.evidence)
    }
}
