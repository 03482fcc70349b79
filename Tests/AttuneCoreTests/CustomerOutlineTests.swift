import AttuneEngine
import Testing

@testable import AttuneCore

/// What fits one customer by identifiers and names alone.
@Suite struct CustomerOutlineTests {
    private func evidence(_ n: Int, _ name: String?, _ keys: [(Identifier.Kind, String)]) -> Evidence {
        Evidence(
            claim: KeyHash(of: "e\(n)"), keys: keys.map { IdentifierKey(kind: $0.0, hash: KeyHash(of: $0.1)) }.sorted { $0.precedes($1) },
            about: PersonalDetails(name: name),
            firstSeen: Timestamp(nanoseconds: Int64(n)), firstMessageID: "m\(n)", messageCount: 1)
    }

    private func outline(_ evidence: [Evidence]) -> CustomerOutline? { CustomerOutline(of: evidence, without: [], policy: .standard) }

    @Test func namesThatFitEachOtherAreOneCustomers() {
        let cases: [(names: [String?], fits: Bool)] = [
            (["Ann Lee", "Lee, Ann", "A. Lee", nil], true), (["Ann Lee", "Robert Xu"], false), (["Ann Lee", "ann_77"], true),
            (["ann_77", "xx99", "Ann Lee"], true), (["Ann", "Ann Lee", "Ann Xu"], false), ([], true),
        ]
        for (names, fits) in cases {
            let items = names.enumerated().map { evidence($0, $1, [(.email, "a")]) }
            #expect((outline(items) != nil) == fits, "\(names)")
        }
    }

    @Test func aLimitIsKeptOnBothSides() {
        let five = (0..<5).map { evidence($0, nil, [(.email, "\($0)"), (.cookie, "c")]) }
        #expect(outline(five)?.keys.count == 6)
        #expect(outline(five + [evidence(9, nil, [(.email, "x")])]) == nil)
        #expect(outline([evidence(1, nil, [(.userID, "a")]), evidence(2, nil, [(.userID, "b")])]) == nil)
        // What joins nobody, and a name within a conversation, counts for nothing.
        let generic: Set = [IdentifierKey(kind: .email, hash: KeyHash(of: "x"))]
        #expect(CustomerOutline(of: five + [evidence(9, nil, [(.email, "x")])], without: generic, policy: .standard)?.keys.count == 6)
        let many = (0..<40).map { evidence($0, nil, [(IdentityPolicy.participant, "\($0)")]) }
        #expect(outline(many)?.keys.isEmpty == true)
    }

    @Test func anyOrderAndAnyPartsGiveOneOutline() throws {
        let names = ["Ann Lee", "Lee, Ann", "ANN LEE", "A. Lee", nil, "annlee5", "x_y", "Ann Lee"]
        let items = names.enumerated().map { evidence($0, $1, [(.email, "\($0 % 3)"), (.phone, "p")]) }
        let whole = try #require(outline(items))
        #expect(whole.displayName == "Ann Lee")
        #expect(whole.names.map(\.text) == ["Ann Lee", "A. Lee", "annlee5"])
        var generator = SplitMix64(seed: 7)
        for cut in 0..<items.count {
            let shuffled = items.shuffled(using: &generator)
            var (first, second) = (try #require(outline(Array(shuffled[..<cut]))), try #require(outline(Array(shuffled[cut...]))))
            #expect(first.formUnion(second, policy: .standard) && first == whole)
            #expect(second.formUnion(first, policy: .standard) && second == whole)
        }
    }
}
