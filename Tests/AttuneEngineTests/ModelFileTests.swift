import Testing

@testable import AttuneEngine

@Suite struct ModelFileTests {
    private let file = ModelFile(
        groups: [
            smallHeads(), smallHeads(name: "plain", labels: ["x", "y"], seed: 9, dense: false),
            smallHeads(name: "fine", labels: ["x", "y", "z"], seed: 4, fineBits: 6),
        ], card: "a card")

    @Test func fileReadsBackAsItWasWritten() throws {
        let bytes = file.serialized()
        let copy = try ModelFile(bytes: bytes)
        #expect(copy.serialized() == bytes)
        #expect(copy.card == "a card")
        #expect(copy.hash == file.hash)
        let group = try #require(copy.group("small"))
        #expect(group.labels == ["a", "b", "c"] && group.link == .exclusive && group.lanes == 16)
        #expect(group.reject == .init(label: "c", minimumProbability: 0.25))
        #expect(copy.group("absent") == nil)
    }

    @Test(arguments: [false, true], [false, true]) func whichNGramsCountReadsBack(_ symbols: Bool, _ distinct: Bool) throws {
        let configuration = FeatureConfiguration(tableBits: 4, symbols: symbols, dense: false, pairDistance: 8, distinct: distinct)
        let heads = LinearHeads.quantized(
            name: "x", labels: ["a"], link: .independent, configuration: configuration,
            heads: [HeadWeights(rows: .init(repeating: 1, count: 16), dense: [], bias: 0)], calibration: [.identity], threshold: [0])
        let copy = try ModelFile(bytes: ModelFile(groups: [heads], card: "").serialized())
        #expect(copy.group("x")?.configuration == configuration)
    }

    @Test func readHeadsScoreLikeTheOnesWritten() throws {
        let copy = try ModelFile(bytes: file.serialized())
        let text = rows("some words, and more", smallHeads().configuration)
        let dense = (0..<DenseFeature.count).map { Float($0) / 40 }
        for (one, other) in zip(file.groups, copy.groups) {
            #expect(logOdds(one, text, dense) == logOdds(other, text, dense))
        }
    }

    /// Rows that fall together in the shared table are told apart in the fine one, and what reads single weights finds those that were added.
    @Test func fineHeadsLookAtMoreRows() {
        let heads = smallHeads(labels: ["x", "y", "z"], seed: 4, fineBits: 6)
        for row in UInt32(0)..<64 {
            var sums: [Int32] = []
            heads.addRows([row, row + 64, row], into: &sums)
            for head in 0..<3 {
                #expect(sums[head] == 3 * Int32(heads.weight(row: row, head)))
                #expect(head < 2 || heads.weight(row: row, head) == heads.weight(row: row + 16, head))
            }
        }
        #expect((0..<16).contains { heads.weight(row: $0, 0) != heads.weight(row: $0 + 16, 0) })
        #expect(!FeatureConfiguration(tableBits: 6, fineBits: 4).isValid && FeatureConfiguration(tableBits: 4, fineBits: 6).isValid)
    }

    private func logOdds(_ heads: LinearHeads, _ rows: [UInt32], _ dense: [Float]) -> [Double] {
        var scratch = HeadScratch()
        heads.addRows(rows, into: &scratch.sums)
        heads.logOdds(sums: scratch.sums, featureCount: rows.count, dense: Column(dense), into: &scratch.logOdds)
        return scratch.logOdds
    }

    @Test func everyFlippedByteIsRefused() {
        let bytes = file.serialized()
        for index in bytes.indices {
            for flip in [UInt8(0x01), 0x80, 0xFF] {
                var damaged = bytes
                damaged[index] ^= flip
                #expect(throws: ModelError.self, "byte \(index)") { try ModelFile(bytes: damaged) }
            }
        }
    }

    @Test func everyShorterOrLongerFileIsRefused() {
        let bytes = file.serialized()
        for count in stride(from: 0, to: bytes.count, by: 7) {
            #expect(throws: ModelError.self) { try ModelFile(bytes: Array(bytes[..<count])) }
        }
        #expect(throws: ModelError.length(found: bytes.count + 1, expected: bytes.count)) { try ModelFile(bytes: bytes + [0]) }
    }

    @Test func refusalSaysWhy() {
        #expect(throws: ModelError.foreign) { try ModelFile(bytes: Array("SQLite format 3 and so on, longer than a header".utf8)) }
        var older = file.serialized()
        older[8] = 9
        #expect(throws: ModelError.version(found: 9, expected: 1)) { try ModelFile(bytes: older) }
        var damaged = file.serialized()
        damaged[100] ^= 1
        #expect(throws: ModelError.corrupt) { try ModelFile(bytes: damaged) }
    }

    /// Random content under a right checksum: the reader must refuse or read, never trap.
    @Test func resealedDamageNeverTraps() {
        var generator = SplitMix64(seed: 5)
        let bytes = file.serialized()
        var refused = 0
        for _ in 0..<3000 {
            var damaged = bytes
            for _ in 0...generator.index(below: 4) {
                damaged[24 + generator.index(below: bytes.count - 24)] = UInt8(truncatingIfNeeded: generator.next())
            }
            let sum = damaged.withUnsafeBytes { ModelFile.checksum($0) }
            for shift in 0..<8 { damaged[24 + shift] = UInt8(truncatingIfNeeded: sum >> UInt64(8 * shift)) }
            do { _ = try ModelFile(bytes: damaged) } catch { refused += 1 }
        }
        #expect(refused > 100)
    }
}
