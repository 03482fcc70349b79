import Testing

@testable import AttuneCore

/// What keeps apart whom identifiers would join.
@Suite struct GuardsTests {
    /// `1 userID:a phone:+49…`; the number is id and day.
    private func groups(_ lines: [String], _ policy: IdentityPolicy = .standard, links: [IdentityLink] = []) -> Set<Set<String>> {
        let sightings = lines.map { line in
            let words = line.split(separator: " ")
            let identifiers = words.dropFirst().map { word in
                let halves = word.split(separator: ":", maxSplits: 1)
                return Identifier(kind: .init(rawValue: String(halves[0])), value: String(halves[1]), verified: true)
            }
            return Sighting(id: String(words[0]), time: (Double(words[0]) ?? 0) * 86_400, identifiers: identifiers)
        }
        return Set(EvidenceGraph(policy: policy).clusters(sightings, links: links).map { Set($0.map { sightings[$0].id }) })
    }

    @Test func differentCustomerNumbersNeverMerge() {
        #expect(groups(["1 userID:a phone:+491511234567", "2 userID:b phone:+491511234567"]) == [["1"], ["2"]])
        // A third sighting of what they share belongs to neither.
        #expect(
            groups(["1 userID:a phone:+491511234567", "2 userID:b phone:+491511234567", "3 phone:+491511234567 cookie:h"]) == [["1"], ["2"], ["3"]])
        // Over steps the stronger identifier decides.
        #expect(
            groups(["1 userID:a email:x@web.de", "2 email:x@web.de cookie:c", "3 cookie:c userID:b", "4 cookie:c"]) == [["1", "2", "4"], ["3"]])
    }

    @Test func aCustomerHasAtMostFiveAddresses() {
        let many = (1...9).map { "\($0) phone:+491511234567 email:p\($0)@web.de" }
        // Which five of nine were its owner's nobody can tell: a number beside nine addresses is nobody's.
        #expect(groups(many).count == 9)
        #expect(groups(Array(many.prefix(5))).count == 1)
        var policy = IdentityPolicy.standard
        policy.rules[1].limit = 9
        #expect(groups(many, policy).count == 1)
        // Nine in as many months are nine of one; so many within a week are not.
        policy.rules[1] = .init(.email, limit: 5, window: .weekly)
        #expect(groups((1...9).map { "\($0 * 30) phone:+491511234567 email:p\($0)@web.de" }, policy).count == 1)
        #expect(groups(many, policy).count == 9)
    }

    @Test func decisionsJoinAndPart() {
        let lines = ["1 email:a@web.de", "2 email:a@web.de", "3 phone:+491511234567"]
        #expect(groups(lines, links: [IdentityLink(.cannot, "1", "2")]) == [["1"], ["2"], ["3"]])
        #expect(groups(lines, links: [IdentityLink(.must, "3", "1")]) == [["1", "2", "3"]])
        #expect(groups(lines, links: [IdentityLink(.must, "2", "3"), IdentityLink(.cannot, "1", "3")]).contains(["2", "3"]))
        // A decision is about messages on file only.
        #expect(groups(lines, links: [IdentityLink(.must, "1", "9")]) == [["1", "2"], ["3"]])
    }

    @Test func whatSomebodyDecidedOutranksLimits() {
        let lines = ["1 userID:a", "2 userID:b", "3 userID:a cookie:c", "4 userID:b cookie:d"]
        #expect(groups(lines, links: [IdentityLink(.must, "1", "2")]) == [["1", "2", "3", "4"]])
    }
}
