import Testing

@testable import AttuneCore

@Suite struct ByteBufferTests {
    @Test func whatIsAppendedIsThere() {
        var buffer = ByteBuffer()
        var expected = [UInt8]()
        for i in 0..<500 {
            buffer.append("text \(i) é")
            buffer.append(literal: ", ")
            buffer.append(UInt8(truncatingIfNeeded: i))
            buffer.append([] as [UInt8])
            expected += Array("text \(i) é, ".utf8) + [UInt8(truncatingIfNeeded: i)]
        }
        #expect(Array(buffer.bytes) == expected)
        buffer.removeFirst(100)
        buffer.truncate(to: 50)
        #expect(Array(buffer.bytes) == Array(expected[100..<150]))
    }

    @Test func roomIsWrittenThroughItsPointer() {
        var buffer = ByteBuffer()
        buffer.append("ab")
        let room = buffer.reserve(1_000)
        room[0] = 0x63
        room[1] = 0x78
        buffer.advance(to: room + 1)
        #expect(String(decoding: buffer.bytes, as: UTF8.self) == "abc")
        #expect(buffer.free.count >= 999)
    }

    @Test func memoryIsKeptUpToTheLimitOnly() {
        var buffer = ByteBuffer()
        _ = buffer.reserve(10_000)
        buffer.removeAll(keeping: 20_000)
        #expect(buffer.isEmpty && buffer.capacity >= 10_000)
        buffer.removeAll(keeping: 1_000)
        #expect(buffer.isEmpty && buffer.capacity == 1_000)
    }
}
