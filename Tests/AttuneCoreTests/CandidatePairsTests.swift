import AttuneEngine
import Testing

@testable import AttuneCore

@Suite struct CandidatePairsTests {
    private func blocks(_ lists: [[Int32]]) -> Lists {
        var result = Lists()
        for list in lists {
            result.append(contentsOf: list[...])
            result.endList()
        }
        return result
    }

    private func all(_ pairs: CandidatePairs) -> [[Int32]] {
        var result = [[Int32]]()
        pairs.forEachPiece { result += $0.map { [$0.first, $0.second] } }
        return result
    }

    @Test func pairsOfBlocksComeOnceAndInOrder() {
        let pairs = CandidatePairs(blocks: blocks([[1, 3, 4], [0, 3], [1, 3], [0, 1, 2, 3, 4]]), sizeLimit: 4, records: 5)
        #expect(all(pairs) == [[0, 3], [1, 3], [1, 4], [3, 4]])
        #expect(pairs.count == 4 && pairs.pairs { $0.second == 4 }.count == 2)
        #expect(all(CandidatePairs(allOf: 3)) == [[0, 1], [0, 2], [1, 2]])
        #expect(CandidatePairs(allOf: 0).count == 0 && CandidatePairs(allOf: 1).count == 0)
    }

    /// More records than a run has, against a set of pairs.
    @Test(arguments: 1...3) func runsFindWhatASetFinds(seed: UInt64) {
        var dice = SplitMix64(seed: seed)
        let records = 40_000
        let lists = (0..<3_000).map { _ in
            Set((0..<Int.random(in: 2...9, using: &dice)).map { _ in Int32.random(in: 0..<Int32(records), using: &dice) }).sorted()
        }
        var expected = Set<[Int32]>()
        for list in lists where list.count <= 7 {
            for i in list.indices { for j in list.indices where j > i { expected.insert([list[i], list[j]]) } }
        }
        let found = all(CandidatePairs(blocks: blocks(lists), sizeLimit: 7, records: records))
        #expect(found == expected.sorted { $0.lexicographicallyPrecedes($1) })
    }
}
