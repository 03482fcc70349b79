import AttuneCore
import AttuneEngine
import Testing

@testable import AttuneConnectors

@Suite struct ContentIdentityTests {
    /// Records of which many say the same, by themselves and in batches of any size: the same ids.
    @Test func batchesGiveTheIdsOfSingleRecords() {
        var generator = SplitMix64(seed: 4)
        var (single, batched) = (ContentIdentity(connector: "test"), ContentIdentity(connector: "test"))
        batched.reserve(1_000)
        let head = batched.head(conversation: "c")
        var batch = DigestBatch()
        var digests = [ContentDigest]()
        var expected = [ContentDigest]()
        var number = 0
        for _ in 0..<60 {
            let first = number
            for _ in 0..<Int.random(in: 0...40, using: &generator) {
                number += 1
                let date = CivilDate(year: 2026, month: 2, day: 3, hour: 9, minute: Int.random(in: 0...3, using: &generator))
                let author = ["Ana", "Bo"].randomElement(using: &generator) ?? ""
                let text = ["ok", "né", "e\u{301}"].randomElement(using: &generator) ?? ""
                expected.append(
                    single.digest(conversation: "c", wallClock: RFC3339.wallClock(date), author: author, text: text, number: number))
                var composed = ContentIdentity.composed(text)
                composed.withUTF8 { batched.add(to: &batch, head: head, wallClock: date, author: Array(author.utf8), text: $0) }
            }
            batched.settle(&batch, into: &digests) { first + 1 + $0 }
            #expect(digests[...] == expected[first...])
            batch.removeAll()
        }
        #expect(Set(expected.map(\.hex)).count == expected.count)
    }

    /// The turn of a call is a record whose conversation is told with its source, and whose clock are its milliseconds.
    @Test(arguments: [0, 1, 999, 3_600_000, -5, .max, .min] as [Int64])
    func aTurnHasTheIdOfARecord(milliseconds: Int64) {
        for clock in [nil, "00:00:01.5"] {
            var (turns, records) = (ContentIdentity(connector: "test"), ContentIdentity(connector: "test"))
            for number in 1...3 {
                let turn = turns.digest(
                    source: "test:a", conversation: "a call with a long name", clock: clock, milliseconds: milliseconds, author: "speaker 0",
                    text: "né", number: number)
                let record = records.id(
                    conversation: "test:a\u{1E}a call with a long name", wallClock: clock ?? String(milliseconds), author: "speaker 0", text: "né",
                    number: number)
                #expect(turn.hex == record)
            }
        }
    }

    /// Few or many, with room made before or not.
    @Test func whatWasSeenIsCounted() {
        var generator = SplitMix64(seed: 8)
        for distinct in [1, 3, 4, 5, 6, 40, 1_000] {
            for room in [0, 4, 8, 100] {
                var (counts, expected) = (TupleCounts(), [UInt64: UInt32]())
                counts.reserve(room)
                for _ in 0..<3 * distinct {
                    let key = UInt64.random(in: 0..<UInt64(distinct), using: &generator) &* 0x9E37_79B9_7F4A_7C15
                    counts.ask(for: key)
                    #expect(counts.count(key) == expected[key, default: 0])
                    expected[key, default: 0] += 1
                }
            }
        }
    }
}
