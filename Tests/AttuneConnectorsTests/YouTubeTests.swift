import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct YouTubeTests {
    @Test func readsThreadsAndReplies() throws {
        let operations = try decode("youtube", Files.fixture("youtube.json"))
        #expect(
            outline(operations) == [
                "message", "message", "message", "message", "rejected:6", "ignored:youtube#video", "rejected:7", "message",
            ])
        let read = messages(operations)
        #expect(
            read[0]
                == Message(
                    id: "youtube:Ug1", nativeID: "Ug1", channel: .social, source: "youtube", conversationID: "Ug1",
                    author: Author(
                        role: .customer, displayName: "@priya",
                        identifiers: [
                            Identifier(kind: .externalID, value: "youtube:UCpri", verified: true),
                            Identifier(kind: .handle, value: "youtube:priya", verified: true),
                        ]),
                    sentAt: try #require(RFC3339.parse("2026-02-03T09:14:07Z")), text: "Lot's of noise\nat the shop", edited: true
                ).edited(at: RFC3339.parse("2026-02-04T10:00:00Z")))
        // The channel answers for itself; its text is not HTML when it is what was typed.
        #expect(read[1].author.role == .agent && read[1].text == "sorry <3 &" && read[1].inReplyTo == "youtube:Ug1" && !read[1].edited)
        #expect(read[2].author.identifiers.map(\.value) == ["youtube:UCtom"] && read[2].inReplyTo == "youtube:Ug1")
        #expect(read[3].author.identifiers.isEmpty && read[3].author.displayName == "Gone")
        // A reply that comes alone belongs to its thread all the same.
        #expect(read[4].conversationID == "Ug1" && read[4].inReplyTo == "youtube:Ug1")
    }

    @Test func anotherETagIsNoOtherContent() throws {
        let text = try String(decoding: Files.fixture("youtube.json"), as: UTF8.self)
        #expect(
            try decode("youtube", text)
                == decode("youtube", text.replacing("\"e2\"", with: "\"e9\"").replacing("\"likeCount\":1", with: "\"likeCount\":2")))
    }

    @Test(arguments: [
        (#"{"error":{"code":403}}"#, "ignored:error"), (#"{"kind":"youtube#commentListResponse","items":[]}"#, "ignored:empty"),
        (#"{"kind":"youtube#comment","id":"a","snippet":{"textDisplay":"b"}}"#, "message"),
        (#"{"kind":"youtube#comment","snippet":{"textDisplay":"b"}}"#, "rejected:1"),
    ])
    func otherAnswers(body: String, expected: String) throws { #expect(outline(try decode("youtube", body)) == [expected]) }
}
