import AttuneEngine
import Testing

@testable import AttuneCore

@Suite struct EvidenceGraphTests {
    /// `12 email:ann@web.de phone:+49… | Ann Lee | Leeds`; the number is time and id.
    private func sighting(_ line: String) -> Sighting {
        let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { String($0).split(separator: " ").joined(separator: " ") }
        let words = cells[0].split(separator: " ")
        let identifiers = words.dropFirst().map { word in
            let halves = word.split(separator: ":", maxSplits: 1)
            return Identifier(kind: .init(rawValue: String(halves[0])), value: String(halves[1]), verified: true)
        }
        let name = cells.count > 1 && !cells[1].isEmpty ? cells[1] : nil
        return Sighting(
            id: String(words[0]), time: Double(words[0]) ?? 0, identifiers: identifiers, name: name, town: cells.count > 2 ? cells[2] : nil)
    }

    private func groups(_ lines: [String]) -> Set<Set<String>> {
        let sightings = lines.map { sighting($0) }
        return Set(EvidenceGraph().clusters(sightings).map { Set($0.map { sightings[$0].id }) })
    }

    @Test func oneNameJoinsOverSteps() {
        #expect(
            groups(["1 email:ann@web.de|Ann Lee", "2 email:ANN+x@web.de phone:+491511234567|A. Lee", "3 phone:00491511234567"]) == [["1", "2", "3"]])
        #expect(groups(["1 email:ann@web.de phone:+491511234567|Ann Lee", "2 phone:01511234567"]) == [["1", "2"]])
    }

    @Test func aFamilysAddressJoinsEachMemberAlone() {
        let found = groups([
            "1 email:lees@web.de cookie:a|Ann Lee", "2 email:lees@web.de cookie:b|Robert Lee", "3 cookie:a|Ann", "4 cookie:b|Bob Lee",
            "5 email:lees@web.de|Ann Lee", "6 email:lees@web.de|R. Lee",
        ])
        #expect(found == [["1", "3", "5"], ["2", "4", "6"]])
    }

    @Test func aSwitchboardJoinsNobody() {
        let names = ["Ann Lee", "Robert Xu", "Maria Gomez", "Peter Hall", "Zoe Park", "Ivan Petrov", "Lina Kern", "Omar Haddad", "Sue Ray"]
        let lines = names.enumerated().map { i, name in "\(i + 1) phone:+4930123456 email:p\(i)@web.de|\(name)" }
        #expect(groups(lines).count == names.count)
        // Not even those who gave no name.
        #expect(groups(lines + ["20 phone:+4930123456", "21 phone:+4930123456"]).count == names.count + 2)
    }

    @Test func aRecycledNumberSplitsInTime() {
        let found = groups([
            "1 phone:+491511234567|Jared Evans", "2 phone:+491511234567", "3 phone:+491511234567|J. Evans", "4 phone:+491511234567|Shannon Cole",
            "5 phone:+491511234567", "6 phone:+491511234567|S. Cole",
        ])
        #expect(found == [["1", "2", "3"], ["4", "5", "6"]])
    }

    @Test func junkJoinsNobody() {
        #expect(groups(["1 email:none@none.com cookie:undefined|Ann Lee", "2 email:none@none.com cookie:undefined|Ann Lee Ray"]).count == 2)
    }

    @Test func aNamelessSightingFollowsItsOtherIdentifier() {
        // A kiosk's cookie: the second writes without a name, but the address is somebody else's.
        let found = groups([
            "1 cookie:k|Ann Lee", "2 cookie:k|Ann Lee", "3 cookie:k email:rob@web.de", "4 email:rob@web.de|Robert Xu", "5 email:rob@web.de|Robert Xu",
        ])
        #expect(found == [["1", "2"], ["3", "4", "5"]])
    }

    @Test func aNameSeenOnlyOnSomebodysAccountsIsAnAlias() {
        let found = groups([
            "1 cookie:a email:pp@web.de|Paul Piazza", "2 cookie:a email:pp@web.de|Paul Piazza", "3 email:pp@web.de|Paul Piazza",
            "4 cookie:a email:pp@web.de|Zelda Piazza", "5 cookie:a|Paul Piazza",
        ])
        #expect(found.count == 1)
    }

    @Test func anyOrderGivesTheSamePartition() {
        var generator = SplitMix64(seed: 3)
        let names = ["Ann Lee", "A. Lee", "Robert Xu", "Bob Xu", "Maria Gomez", "", "Ann Gomez", "Peter Hall", "Pete", ""]
        for round in 0..<10 {
            let lines = (0..<120).map { n in
                let keys = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                    [
                        "email:a\(Int.random(in: 0..<30, using: &generator))@web.de", "cookie:c\(Int.random(in: 0..<30, using: &generator))",
                        "phone:+4915112345\(Int.random(in: 10..<50, using: &generator))", "orderNumber:A\(Int.random(in: 0..<40, using: &generator))",
                    ]
                    .randomElement(using: &generator) ?? ""
                }
                return "\(n) \(keys.joined(separator: " "))|\(names.randomElement(using: &generator) ?? "")|Town\(n % 7)"
            }
            let expected = groups(lines)
            #expect(expected.reduce(0) { $0 + $1.count } == lines.count)
            for _ in 0..<2 { #expect(groups(lines.shuffled(using: &generator)) == expected, "round \(round)") }
        }
    }

    @Test func nothingIsStillAnAnswer() { #expect(EvidenceGraph().clusters([]).isEmpty) }
}
