import AttuneEngine
import Testing

@testable import AttuneCore

@Suite struct TextBytesTests {
    /// Well-formed and not, of lengths around the fifteen bytes that fit into a string itself.
    @Test func copiedBytesAreTheTextThatTheStandardLibraryMakes() {
        var generator = SplitMix64(seed: 7)
        let pieces: [[UInt8]] =
            ["a", "Zz9", "\n", "é", "€", "😀", ""].map { Array($0.utf8) } + [[0x80], [0xC3], [0xE2, 0x82], [0xF0, 0x9F], [0xFF], [0]]
        for _ in 0..<20_000 {
            var bytes = [UInt8]()
            for _ in 0..<generator.next() % 12 { bytes += pieces[Int(generator.next() % UInt64(pieces.count))] }
            let copied = bytes.withUnsafeBufferPointer { String(copying: $0) }
            #expect(Array(copied.utf8) == Array(String(decoding: bytes, as: UTF8.self).utf8), "\(bytes)")
        }
    }
}

@Suite struct MessageTests {
    private let message = Message(
        id: "a:1", nativeID: "1", channel: .chat, source: "a", conversationID: "c", author: Author(role: .customer, displayName: "Ann"),
        sentAt: Timestamp(nanoseconds: 1), text: "late again")

    @Test func aFieldThatIsSetLeavesCopiesAlone() {
        var other = message
        #expect(other == message && Set([other, message]).count == 1)
        other.text = ""
        other.author.role = .agent
        other.attachments.append(Attachment(kind: "image"))
        #expect(message.text == "late again" && message.author.role == .customer && message.attachments.isEmpty)
        #expect(other.text.isEmpty && other.author == Author(role: .agent, displayName: "Ann") && other.attachments.count == 1)
        #expect(other.id == message.id && other.sentAt == message.sentAt && other != message)
        (other.text, other.author, other.attachments) = (message.text, message.author, message.attachments)
        #expect(other == message && Set([other, message]).count == 1)
    }

    /// Operations are moved from array to array by the million.
    @Test func anOperationIsAsLargeAsAReference() {
        #expect(MemoryLayout<Operation>.size <= MemoryLayout<AnyObject>.size)
        #expect(MemoryLayout<Message>.size == MemoryLayout<AnyObject>.size)
    }
}
