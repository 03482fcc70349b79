import AttuneEngine
import Testing

@testable import AttuneCore

@Suite struct ResolvedGraphTests {
    /// Sightings of invented people with what makes resolving hard.
    private func resolved(seed: UInt64) -> (sightings: [Sighting], graph: ResolvedGraph) {
        let sightings = InventedPeople(seed: seed, people: 60).sightings.map(\.sighting)
        return (sightings, EvidenceGraph().resolved(sightings))
    }

    @Test func everyLinkIsExplainedAndAddsUp() throws {
        var comparisons = 0
        var rules = Set<ExplainedLink.IdentifierRule>()
        for seed in 1...6 as ClosedRange<UInt64> {
            let (sightings, graph) = resolved(seed: seed)
            let normalizer = Normalized(sightings)
            for cluster in graph.clusters {
                for b in cluster.dropFirst() {
                    let path = try #require(graph.path(from: cluster[0], to: b), "\(seed): \(cluster[0]) to \(b)")
                    #expect(path.first?.from == cluster[0] && path.last?.to == b)
                    for (link, next) in zip(path, path.dropFirst()) { #expect(link.to == next.from) }
                    for link in path {
                        switch link.basis {
                        case .identifier(let kind, let value, let rule):
                            rules.insert(rule)
                            #expect(normalizer.shows(link.from, kind, value) && normalizer.shows(link.to, kind, value))
                        case .comparison(let weight):
                            comparisons += 1
                            #expect(weight.rederived.bitPattern == weight.total.bitPattern && weight.total > 0 && weight.probability > 0.5)
                        case .alias(let name, let person): #expect(!name.isEmpty && !person.isEmpty)
                        case .mustLink: Issue.record("nobody said so")
                        }
                    }
                }
            }
        }
        // The proof means something only where there was something to prove.
        #expect(comparisons > 100 && rules.isSuperset(of: [.onePerson, .samePerson, .holder]), "\(comparisons) \(rules)")
    }

    @Test func twentyOrdersGiveOnePartition() {
        let sightings = InventedPeople(seed: 21, people: 120).sightings.map(\.sighting)
        let partition = { (sightings: [Sighting]) in Set(EvidenceGraph().clusters(sightings).map { Set($0.map { sightings[$0].id }) }) }
        let expected = partition(sightings)
        var generator = SplitMix64(seed: 22)
        for round in 0..<20 { #expect(partition(sightings.shuffled(using: &generator)) == expected, "order \(round)") }
        // Without any of the rows it is as if they had never been there, whatever the rest is interned beside.
        var log = EvidenceLog()
        for sighting in sightings.shuffled(using: &generator) where !sighting.id.hasSuffix("7") { log.append(sighting) }
        let left = EvidenceGraph().resolved(log).clusters.map { Set($0.map { log.id(of: $0) }) }
        #expect(Set(left) == partition(sightings.filter { !$0.id.hasSuffix("7") }))
    }

    @Test func nobodyIsJoinedThroughATrap() {
        for seed in 31...40 as ClosedRange<UInt64> {
            let items = InventedPeople(seed: seed, people: 100).sightings
            let graph = EvidenceGraph().resolved(items.map(\.sighting))
            let largest = Dictionary(grouping: items, by: \.person).values.map(\.count).max() ?? 0
            #expect(graph.clusters.allSatisfy { $0.count <= 2 * largest })
            let traps: Set<String> = ["+493012345678", "tablet", "orders@reseller-one.net", "none@none.com", "noreply@shop.net"]
            for cluster in graph.clusters {
                for b in cluster.dropFirst() {
                    for link in graph.path(from: cluster[0], to: b) ?? [] {
                        guard case .identifier(_, let value, _) = link.basis else { continue }
                        #expect(!traps.contains(value) || items[link.from].person == items[link.to].person, "\(seed): \(value)")
                    }
                }
            }
        }
    }

    @Test func whatIsNotComparedHasNoPositiveWeight() {
        for seed in 1...2 as ClosedRange<UInt64> {
            let (_, graph) = resolved(seed: seed)
            let (table, model, n) = (graph.table, graph.model, graph.table.count)
            let pairs = (0..<n).flatMap { a in (a + 1..<max(n, a + 1)).map { RecordPair(Int32(a), Int32($0)) } }
            let promising = PairScreen(table, model).promising(pairs)
            let (all, few) = (model.links(table.compare(pairs)), model.links(table.compare(promising)))
            let (expected, found) = (all.map { [Double($0.pair.first), $0.weight] }, few.map { [Double($0.pair.first), $0.weight] })
            #expect(found == expected)
            #expect(!all.isEmpty && promising.count < pairs.count)
        }
    }

    @Test func aFurtherMessageFindsItsPerson() {
        let items = InventedPeople(seed: 41, people: 80).sightings
        let graph = EvidenceGraph().resolved(items.map(\.sighting))
        let index = IdentityIndex(graph)
        var (found, right) = (0, 0)
        for (place, item) in items.enumerated() {
            guard let person = index.person(of: item.sighting) else { continue }
            found += 1
            if person == Int(graph.persons[place]) { right += 1 }
        }
        #expect(found * 10 > items.count * 7 && right * 100 >= found * 97, "\(right) of \(found) of \(items.count)")
        let stranger = Identifier(kind: .email, value: "nobody.here@web.de", verified: true)
        #expect(index.person(of: Sighting(id: "x", time: 0, identifiers: [stranger])) == nil)
        #expect(index.person(of: Sighting(id: "x", time: 0, identifiers: [])) == nil)
    }

    /// What gives up the evidence on its way finds the same people, in whatever order it came.
    @Test(arguments: [3, 11]) func thePeopleAloneAreTheSame(seed: UInt64) {
        var dice = SplitMix64(seed: seed)
        for sightings in [InventedPeople(seed: seed, people: 150).sightings.map(\.sighting)] {
            for given in [sightings, sightings.shuffled(using: &dice)] {
                let (graph, people) = (EvidenceGraph().resolved(given), EvidenceGraph().people(EvidenceLog(given)))
                #expect(people.persons == graph.persons && people.earliest == graph.earliest && people.modelReport == graph.modelReport)
            }
        }
        let nobody = EvidenceGraph().people(EvidenceLog())
        #expect(nobody.persons.isEmpty && nobody.earliest.isEmpty)
    }

    /// Where limits make it count which of two values of a kind joins first, also without the values.
    @Test func valuesThatAreGivenUpKeepTheirOrder() {
        var dice = SplitMix64(seed: 21)
        var contested = 0
        for round in 0..<300 {
            let sightings = (0..<8).map { n in
                let values = Set((0..<Int.random(in: 2...4, using: &dice)).map { _ in "v\(Int.random(in: 0..<9, using: &dice))" })
                let identifiers = values.shuffled(using: &dice).map { Identifier(kind: .externalID, value: $0, verified: true) }
                return Sighting(id: "\(n)", time: Double(n), identifiers: identifiers)
            }
            var policy = IdentityPolicy.standard
            policy.rules = [.init(.externalID, limit: 4)]
            let graph = EvidenceGraph(policy: policy)
            let (kept, given) = (graph.resolved(sightings), graph.people(EvidenceLog(sightings)))
            #expect(given.persons == kept.persons, "round \(round)")
            if (2..<8).contains(kept.people.count) { contested += 1 }
        }
        #expect(contested > 100)
    }

    /// People of whom some are `two`: of the same surname and town, with given names that look alike.
    private func people(two: [(email: String, name: String)]) -> [Sighting] {
        let names = ["Robert", "Rosa", "Jane", "James", "Mary", "Mike", "Ann", "Arno"]
        let others = (0..<400).flatMap { n in
            // Half of them write from two addresses, so that it can be learned what one person's messages have in common.
            (0...(n % 2)).map { address in
                (
                    email: "p\(n).\(address)@web.de", name: "\(names[n % 8]) Surname\(Character(Unicode.Scalar(UInt8(97 + n / 8 % 25))))xy",
                    town: "Town\(n % 20)"
                )
            }
        }
        return (others + two.map { (email: $0.email, name: $0.name, town: "Leeds") }).enumerated().map { place, shown in
            let email = Identifier(kind: .email, value: shown.email, verified: true)
            return Sighting(id: "\(place)", time: Double(place), identifiers: [email], name: shown.name, town: shown.town)
        }
    }

    /// A slip is made once; two spellings that are each written again and again are two names.
    @Test func settledNamesThatLookAlikeAreTwo() {
        let first = [(String, String)](repeating: ("a@web.de", "Corvela Sheemer"), count: 3)
        let slip = people(two: first + [("b@web.de", "Corvelia Sheemer")])
        #expect(EvidenceGraph().clusters(slip).contains { $0.contains(slip.count - 4) && $0.contains(slip.count - 1) })
        let settled = people(two: first + [(String, String)](repeating: ("b@web.de", "Corvelia Sheemer"), count: 3))
        let graph = EvidenceGraph().resolved(settled)
        let (a, b) = (settled.count - 6, settled.count - 1)
        #expect(!graph.clusters.contains { $0.contains(a) && $0.contains(b) })
        let weight = graph.separation(a, b)?.weight
        #expect(weight?.terms.first { $0.field == "given name" }?.level == "different" && weight?.rederived == weight?.total)
    }

    /// A caller on a switchboard who fits two customers equally well is neither of them; who fits one only, is that one.
    @Test func whoShowsNothingOfItsOwnJoinsWhomItFitsClearlyBest() {
        let caller = { (name: String, others: [(String, String)]) -> (clusters: [[Int]], place: Int) in
            var sightings = people(two: others.flatMap { [$0, $0, $0] }.map { (email: $0.0, name: $0.1) })
            let switchboard = Identifier(kind: .phone, value: "+441512345678", verified: true)
            let crowd = ["Ann Moor", "Bob Xu", "Cid Wolf", "Dan Hill", "Eve Park", "Fay Gold", "Gus Bird", "Hal Reed", "Ivy Snow"]
            for other in crowd { sightings.append(Sighting(id: other, time: 900, identifiers: [switchboard], name: other)) }
            sightings.append(Sighting(id: "caller", time: 901, identifiers: [switchboard], name: name, town: "Leeds"))
            return (EvidenceGraph().clusters(sightings), sightings.count - 1)
        }
        let twins = caller("C. Sheemer", [("a@web.de", "Corvela Sheemer"), ("b@web.de", "Clovis Sheemer")])
        #expect(twins.clusters.contains([twins.place]))
        let one = caller("C. Sheemer", [("a@web.de", "Corvela Sheemer"), ("b@web.de", "Dorvan Sheemer")])
        #expect(one.clusters.contains { $0.contains(one.place) && $0.count == 4 })
    }

    @Test func whatKeepsTwoApartIsTold() throws {
        let show = { (id: String, name: String?, identifiers: [(Identifier.Kind, String)]) in
            Sighting(
                id: id, time: Double(id) ?? 0, identifiers: identifiers.map { Identifier(kind: $0.0, value: $0.1, verified: true) }, name: name)
        }
        let crowd = ["Ann Lee", "Bob Xu", "Cid Moor", "Dan Hill", "Eve Park", "Fay Gold", "Gus Wolf", "Hal Reed", "Ivy Snow"]
        var sightings = crowd.enumerated().map { show("\($0 + 1)", $1, [(.phone, "+441512345678")]) }
        sightings += [show("20", "Ann Lee", [(.email, "family@web.de")]), show("21", "Rob Lee", [(.email, "family@web.de")])]
        sightings += [show("22", nil, [(.userID, "a"), (.cookie, "c")]), show("23", nil, [(.userID, "b"), (.cookie, "c")])]
        let graph = EvidenceGraph().resolved(sightings)
        let reasons = { (a: Int, b: Int) in graph.separation(a, b)?.barriers.map { "\($0.kind.rawValue) \($0.value) \($0.reason.rawValue)" } }
        #expect(reasons(0, 1) == ["phone +441512345678 crowd"])
        #expect(reasons(9, 10) == ["email family@web.de severalPeople"])
        #expect(reasons(11, 12) == ["cookie c limit"])
        #expect(reasons(0, 9) == nil || reasons(0, 9) == [])
        // Told from either side; nothing for one person, and for places that are none.
        let (there, back) = (try #require(graph.separation(0, 1)), try #require(graph.separation(1, 0)))
        #expect(there.barriers == back.barriers && there.weight == back.weight?.exchanged)
        #expect(graph.separation(3, 3) == nil && graph.separation(0, 99) == nil)
    }

    /// Two who are only known by an initial are not one by it: many names begin with a letter that few write alone.
    @Test func equalInitialsSayLittle() {
        let names = ["Robert", "Rosa", "Jane", "James", "Mary", "Mike", "Ann", "Arno"]
        var sightings = (0..<400).map { n in
            Sighting(
                id: "\(n)", time: Double(n), identifiers: [Identifier(kind: .email, value: "p\(n)@web.de", verified: true)],
                name: "\(names[n % 8]) Surname\(Character(Unicode.Scalar(UInt8(97 + n / 8 % 25))))xy")
        }
        for n in 400..<402 {
            let email = Identifier(kind: .email, value: "p\(n)@web.de", verified: true)
            sightings.append(Sighting(id: "\(n)", time: Double(n), identifiers: [email], name: "R. Sheemer"))
        }
        let clusters = EvidenceGraph().clusters(sightings)
        #expect(!clusters.contains { $0.contains(400) && $0.contains(401) })
    }

    @Test func aLogGivesItsSightingsBack() {
        let sightings = InventedPeople(seed: 51, people: 20).sightings.map(\.sighting)
        let log = EvidenceLog(sightings)
        #expect(log.count == sightings.count && log.footprint > 0)
        for (place, sighting) in sightings.enumerated() {
            let read = log.sighting(at: place)
            #expect(read.id == sighting.id && read.time == sighting.time && read.name == sighting.name && read.town == sighting.town)
            #expect(Set(read.identifiers) == Set(sighting.identifiers))
        }
    }

    @Test func twoPeopleHaveNoPath() {
        let (_, graph) = resolved(seed: 9)
        #expect(graph.path(from: graph.clusters[0][0], to: graph.clusters[1][0]) == nil)
        #expect(graph.path(from: 0, to: 0)?.isEmpty == true)
        #expect(graph.path(from: -1, to: 0) == nil && graph.path(from: 0, to: 1_000_000) == nil)
    }

    @Test func whatAGuardPartedHasNoPathAndADecisionIsOne() throws {
        let show = { (id: String, identifiers: [(Identifier.Kind, String)]) in
            Sighting(id: id, time: Double(id) ?? 0, identifiers: identifiers.map { Identifier(kind: $0.0, value: $0.1, verified: true) })
        }
        let sightings = [
            show("1", [(.userID, "a"), (.email, "x@web.de")]), show("2", [(.email, "x@web.de"), (.cookie, "c")]),
            show("3", [(.cookie, "c"), (.userID, "b")]), show("4", [(.cookie, "c")]), show("5", [(.phone, "+491511234567")]),
        ]
        let graph = EvidenceGraph().resolved(sightings, links: [IdentityLink(.must, "3", "5")])
        #expect(graph.clusters == [[0, 1, 3], [2, 4]])
        #expect(graph.path(from: 1, to: 3)?.map(\.basis) == [.identifier(.cookie, value: "c", rule: .onePerson)])
        #expect(graph.path(from: 2, to: 3) == nil)
        #expect(graph.path(from: 2, to: 4)?.map(\.basis) == [.mustLink])
        let index = IdentityIndex(graph)
        #expect(index.person(of: show("6", [(.cookie, "c")])) == nil && index.person(of: show("6", [(.userID, "b")])) == 1)
    }

    /// Identifiers by an independent reading: letters and digits alone, so that all formats of a number or address agree.
    private struct Normalized {
        let shown: [Set<String>]

        init(_ sightings: [Sighting]) {
            shown = sightings.map { sighting in Set(sighting.identifiers.map { Self.key($0.kind, $0.value) }) }
        }

        static func key(_ kind: Identifier.Kind, _ value: String) -> String {
            var text = value.lowercased()
            if kind == .email, let plus = text.firstIndex(of: "+"), let at = text.firstIndex(of: "@") { text.removeSubrange(plus..<at) }
            if kind == .phone { return kind.rawValue + String(text.filter(\.isNumber).suffix(9)) }
            return kind.rawValue + text.filter { $0.isLetter || $0.isNumber }
        }

        func shows(_ place: Int, _ kind: Identifier.Kind, _ value: String) -> Bool { shown[place].contains(Self.key(kind, value)) }
    }
}
