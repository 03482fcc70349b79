import Testing

@testable import AttuneCore

@Suite struct ResolverTests {
    private let resolver = Resolver(policy: .standard)

    /// Evidence from `email:a phone:1`; the number is its time and its message's id.
    private func evidence(_ n: Int, _ keys: String, customer: String? = nil, messages: Int = 1) -> Evidence {
        let keys = keys.split(separator: " ").map { part in
            let halves = part.split(separator: ":")
            return IdentifierKey(kind: .init(rawValue: String(halves[0])), hash: String(halves[1]))
        }
        return Evidence(
            id: "e\(n)", keys: keys, firstSeen: Timestamp(nanoseconds: Int64(n)), firstMessageID: "m\(n)", messageCount: messages,
            customerID: customer.map(CustomerID.init(rawValue:)))
    }

    private func groups(_ evidence: [Evidence]) -> Set<Set<String>> {
        let outcome = resolver.resolve(evidence)
        return Set(Dictionary(grouping: outcome.evidence, by: \.customerID).values.map { Set($0.map(\.id)) })
    }

    @Test func sharedIdentifiersJoinOverSteps() {
        #expect(
            groups([evidence(1, "email:a"), evidence(2, "email:a phone:1"), evidence(3, "phone:1"), evidence(4, "phone:2")]) == [
                ["e1", "e2", "e3"], ["e4"],
            ])
    }

    @Test func differentUserIDsNeverMerge() {
        #expect(groups([evidence(1, "userID:a phone:1"), evidence(2, "userID:b phone:1")]) == [["e1"], ["e2"]])
    }

    @Test func aValueSharedByTwoCustomersJoinsNobodyElse() {
        // A landline of two people with customer numbers: a third sighting without one belongs to neither.
        let landline = [evidence(1, "userID:a phone:1"), evidence(2, "userID:b phone:1"), evidence(3, "phone:1 handle:h")]
        #expect(groups(landline) == [["e1"], ["e2"], ["e3"]])
    }

    @Test func aCustomerHasAtMostFiveEmails() {
        let many = (1...9).map { evidence($0, "phone:1 email:\($0)") }
        #expect(groups(many).map(\.count).sorted() == [1, 1, 1, 1, 5])
    }

    @Test func orderNumbersAndUnknownKindsDoNotJoin() {
        #expect(groups([evidence(1, "orderNumber:1 cookie:a"), evidence(2, "orderNumber:1 cookie:b")]).count == 2)
        #expect(groups([evidence(1, "shoeSize:42 cookie:a"), evidence(2, "shoeSize:42 cookie:b")]).count == 2)
    }

    @Test func anyOrderGivesTheSamePartition() {
        var generator = SeededGenerator(seed: 7)
        for round in 0..<200 {
            let items = (0..<40).map { n in
                let kinds = ["userID", "email", "phone", "handle", "cookie"]
                let keys = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
                    "\(kinds[Int.random(in: 0..<5, using: &generator)]):\(Int.random(in: 0..<12, using: &generator))"
                }
                return evidence(n, Set(keys).sorted().joined(separator: " "))
            }
            let expected = groups(items)
            #expect(groups(items.shuffled(using: &generator)) == expected, "round \(round)")
        }
    }

    @Test func theOldestCustomerSurvivesAMerge() {
        let outcome = resolver.resolve([
            evidence(5, "email:a", customer: "cus_new"), evidence(2, "phone:1", customer: "cus_old"), evidence(9, "email:a phone:1"),
        ])
        #expect(Set(outcome.evidence.compactMap(\.customerID?.rawValue)) == ["cus_old"])
        let key = IdentifierKey(kind: .phone, hash: "1")
        #expect(outcome.changes == [.merged(survivor: .init(rawValue: "cus_old"), absorbed: [.init(rawValue: "cus_new")], key: key)])
    }

    @Test func onASplitTheLargestPartKeepsTheID() {
        let outcome = resolver.resolve([
            evidence(1, "userID:a", customer: "cus_x", messages: 2), evidence(2, "userID:b", customer: "cus_x", messages: 9),
        ])
        let ids = Dictionary(uniqueKeysWithValues: outcome.evidence.map { ($0.id, $0.customerID) })
        let new = CustomerID(firstMessageID: "m1")
        #expect(ids == ["e1": new, "e2": .init(rawValue: "cus_x")])
        #expect(outcome.changes == [.created(new), .split(from: .init(rawValue: "cus_x"), into: [new])])
    }

    @Test func aNewPartNeverTakesTheIDOfTheOneItLeft() {
        let founder = CustomerID(firstMessageID: "m1")
        let outcome = resolver.resolve([
            evidence(1, "userID:a", customer: founder.rawValue), evidence(2, "userID:b", customer: founder.rawValue, messages: 5),
        ])
        #expect(Set(outcome.evidence.compactMap(\.customerID)).count == 2)
        #expect(outcome.evidence.first { $0.id == "e2" }?.customerID == founder)
    }

    @Test func resolvingTheResultAgainChangesNothing() {
        let first = resolver.resolve([evidence(1, "email:a"), evidence(2, "email:a phone:1"), evidence(3, "cookie:z")])
        let second = resolver.resolve(first.evidence)
        #expect(second.changes.isEmpty)
        #expect(second.evidence == first.evidence)
    }
}
