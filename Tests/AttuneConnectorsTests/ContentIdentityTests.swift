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
}
