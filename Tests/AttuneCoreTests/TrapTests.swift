import AttuneEngine
import Testing

@testable import AttuneCore

/// What many people show, or what names nobody: it must never make one customer of two.
@Suite struct TrapTests {
    private static let surnames = [
        "Allenby", "Brunner", "Castellan", "Dombrowski", "Eriksen", "Fairweather", "Grabowski", "Hollister", "Ivanenko", "Jankowitz", "Kowalczyk",
        "Lindqvist", "Marchetti", "Nakamoto", "Oyelaran", "Petrosyan",
    ]
    private static let givenNames = ["Robert", "Margaret", "Elizabeth", "Anthony", "Susan", "Omar", "Ingrid", "Yusuf"]

    private func sighting(_ n: Int, _ name: String?, town: String? = nil, _ identifiers: [(Identifier.Kind, String)]) -> Sighting {
        Sighting(
            id: "\(n)", time: Double(n) * 3600, identifiers: identifiers.map { Identifier(kind: $0.0, value: $0.1, verified: true) }, name: name,
            town: town)
    }

    private func people(_ sightings: [Sighting]) -> Set<Set<Int>> {
        Set(EvidenceGraph().clusters(sightings).map { Set($0.compactMap { Int(sightings[$0].id) }) })
    }

    private func name(_ n: Int) -> String { "\(Self.givenNames[n % Self.givenNames.count]) \(Self.surnames[n % Self.surnames.count])" }

    @Test func aCrowdIsKnownBeforeAllOfItWasSeen() {
        // Seven sightings of five names are a crowd, of which two called Robert Brunner need not be one.
        let resellers = [
            "Robert Brunner", "Ingrid Eriksen", "Omar Haddad", "Robert Brunner", "Susan Allenby", "Yusuf Petrosyan", "Anthony Grabowski",
        ]
        let lines = resellers.enumerated().map { sighting($0, $1, [(.email, "orders@reseller.net")]) }
        #expect(people(lines).count == lines.count)
        // Not even where further ones tell no name.
        #expect(
            people(lines + [sighting(7, nil, [(.email, "orders@reseller.net")]), sighting(8, nil, [(.email, "orders@reseller.net")])]).count == 9)
    }

    @Test func aFamilyIsNoCrowd() {
        // Three members, of whom each comes back.
        let lines = (0..<12).map { sighting($0, ["Ann Lee", "Robert Lee", "Mary Lee"][$0 % 3], [(.email, "lees@web.de")]) }
        let members: Set<Set<Int>> = [[0, 3, 6, 9], [1, 4, 7, 10], [2, 5, 8, 11]]
        #expect(people(lines) == members)
        // One person under many names (short, typed wrong, married) beside the usual one.
        let names = ["Eleanor Markert", "E. Markert", "Lenora Markert", "Nellie Markert", "Eleanor Stone", "Eleonor Markert"]
        let one = (0..<20).map { sighting($0, names[max(0, $0 - 14)], [(.email, "eleanorm@proton.me")]) }
        let largest = people(one).map(\.count).max() ?? 0
        #expect(largest >= 17)
    }

    @Test func aHotelsCookieJoinsNobody() {
        // Guests without names, each with an address of their own.
        let guests = (0..<30).map { sighting($0, nil, [(.cookie, "hotel"), (.email, "guest\($0)@web.de")]) }
        #expect(people(guests).allSatisfy { $0.count == 1 })
        // With names on the addresses elsewhere.
        let named = (0..<30).map { sighting(100 + $0, name($0), [(.email, "guest\($0)@web.de")]) }
        let pairs = Set((0..<30).map { Set([$0, 100 + $0]) })
        #expect(people(guests + named) == pairs)
    }

    @Test func anAgencysAddressJoinsNobody() {
        // Customer numbers tell its customers apart, whatever the names are.
        let lines = (0..<6).map { sighting($0, "Service Team", [(.userID, "C\(1000 + $0)"), (.email, "office@agency.net")]) }
        #expect(people(lines).count == lines.count)
    }

    @Test func aFamilysPhoneJoinsEachMemberAlone() {
        let lines = [
            sighting(0, "Ann Lee", [(.phone, "+493055512345")]), sighting(1, "Robert Lee", [(.phone, "030 555 12345")]),
            sighting(2, "Ann Lee", [(.phone, "0049 30 555 12345")]), sighting(3, "Bob Lee", [(.phone, "+493055512345")]),
        ]
        #expect(people(lines) == [[0, 2], [1, 3]])
    }

    @Test func aFamilysAddressLeavesToOtherIdentifiersWhoWroteWithoutAName() {
        // Dave's device shows no name, but his own address; between two messages of Kathy's it writes from the family's.
        let lines = [
            sighting(0, "Dave Bowers", [(.email, "dave@web.de")]), sighting(1, nil, [(.cookie, "dave"), (.email, "dave@web.de")]),
            sighting(2, "Kathy Bowers", [(.cookie, "kathy"), (.email, "bowers@web.de")]),
            sighting(3, nil, [(.cookie, "dave"), (.email, "bowers@web.de")]),
            sighting(4, "Kathy Bowers", [(.cookie, "kathy"), (.email, "bowers@web.de")]), sighting(5, "Dave Bowers", [(.email, "bowers@web.de")]),
            sighting(6, "Kathy Bowers", [(.email, "bowers@web.de")]),
        ]
        #expect(people(lines).contains { $0.isSuperset(of: [0, 1, 3]) && $0.isDisjoint(with: [2, 4, 6]) })
    }

    @Test(arguments: ["C. Deloney", "Deloney"]) func whatFitsTwoOfAFamilyIsToldByItsOtherIdentifiers(name: String) {
        var lines = (0..<6).map { sighting($0, $0 % 3 == 0 ? "Connie Deloney" : "Cedric Deloney", [(.email, "deloneys@web.de")]) }
        lines += (6..<9).map { sighting($0, "Connie Deloney", [(.phone, "+447998932385")]) }
        lines.append(sighting(9, name, [(.phone, "+447998932385"), (.email, "deloneys@web.de")]))
        #expect(people(lines) == [[0, 3, 6, 7, 8, 9], [1, 2, 4, 5]])
    }

    @Test func aRecycledNumberHasTwoOwners() {
        let lines = (0..<10).map { n in
            let owner = n < 5 ? "Jared Evans" : "Shannon Cole"
            return sighting(n, n % 3 == 2 && n != 5 ? nil : owner, [(.phone, "+491511234567")])
        }
        let owners: Set<Set<Int>> = [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]
        #expect(people(lines) == owners)
    }

    @Test(arguments: [
        (Identifier.Kind.phone, "000000"), (.phone, "0000000000"), (.phone, "+10000000000"), (.phone, "1234567"), (.phone, "+99 99999999"),
        (.email, "test@test.com"), (.email, "noreply@shop.net"), (.email, "Do-Not-Reply@shop.net"), (.email, "none@none.com"), (.email, "n/a"),
        (.email, "foo@bar.invalid"), (.cookie, "undefined"), (.cookie, "00000000-0000-0000-0000-000000000000"), (.userID, "0"), (.deviceID, "null"),
    ])
    func placeholdersJoinNobody(kind: Identifier.Kind, value: String) {
        let lines = (0..<4).map { sighting($0, "Ann Lee", town: "Town\($0)", [(kind, value)]) }
        #expect(people(lines).count == 4)
    }

    @Test func aNameThatFortyPeopleHaveMakesNobodyOne() {
        // Forty called Maria Garcia, with two messages each from an address; and a hundred others.
        var dice = SplitMix64(seed: 12)
        var lines = (0..<80).map { sighting($0, "Maria Garcia", town: "Town\($0 / 2 % 5)", [(.email, "mg\($0 / 2)@web.de")]) }
        for p in 100..<200 {
            let name = "\(Self.givenNames.randomElement(using: &dice) ?? "") \(Self.surnames.randomElement(using: &dice) ?? "")"
            let town = "Town\(Int.random(in: 0..<5, using: &dice))"
            for n in [2 * p, 2 * p + 1] { lines.append(sighting(n, name, town: town, [(.email, "p\(p)@web.de")])) }
        }
        let namesakes = people(lines).filter { person in person.contains { $0 < 80 } }
        let each = Set((0..<40).map { Set([2 * $0, 2 * $0 + 1]) })
        #expect(namesakes == each)
    }
}
