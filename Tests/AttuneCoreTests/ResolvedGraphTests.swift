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
        var rules = Set<IdentityLink.IdentifierRule>()
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

    @Test func twoPeopleHaveNoPath() {
        let (_, graph) = resolved(seed: 9)
        #expect(graph.path(from: graph.clusters[0][0], to: graph.clusters[1][0]) == nil)
        #expect(graph.path(from: 0, to: 0)?.isEmpty == true)
        #expect(graph.path(from: -1, to: 0) == nil && graph.path(from: 0, to: 1_000_000) == nil)
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
