import AttuneEngine
import Testing

@testable import AttuneCore

@Suite struct DigestBatchTests {
    /// Messages of all lengths up to some blocks, in an order in which most find another one of their length.
    @Test func aBatchGivesTheDigestsOfItsMessages() {
        var generator = SplitMix64(seed: 3)
        var batch = DigestBatch()
        var digests = [ContentDigest]()
        for size in [0, 1, 2, 7, 64, 700] {
            let messages = (0..<size).map { i in
                (0..<(size == 700 ? i : Int.random(in: 0...300, using: &generator))).map { _ in UInt8.random(in: 0...255, using: &generator) }
            }
            for message in messages {
                let start = batch.begin(room: message.count)
                start.update(from: message, count: message.count)
                batch.end(at: start + message.count)
            }
            #expect(batch.count == size)
            batch.hash(into: &digests)
            #expect(digests.map(\.hex) == messages.map { SHA256.hex($0) })
            #expect(digests == messages.map { message in message.withUnsafeBufferPointer { ContentDigest(of: $0) } })
            for (i, message) in messages.enumerated() { #expect(Array(batch.message(i)) == message) }
            batch.removeAll()
        }
    }
}
