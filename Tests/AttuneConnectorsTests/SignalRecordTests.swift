import AttuneCore
import Testing

@testable import AttuneConnectors

/// The other file that signal-export writes of a chat.
@Suite struct SignalRecordTests {
    private static func line(
        _ sender: String, _ body: String, _ more: String = #""sticker":null,"attachments":[],"deleted":false,"call":false"#
    ) -> String {
        #"{"date":"2026-02-03T09:14:07.123000","sender":"\#(sender)","body":"\#(body)","quote":"> not hers\n","reactions":[["Tom","👎"]],\#(more)}"#
            + "\n"
    }

    private static let file =
        line("Priya", "late again") + line("Me", "sorry") + line("Priya", "", #""sticker":{"emoji":"😡"},"attachments":[]"#)
        + line("Priya", "", #""sticker":null,"attachments":[{"name":"a","path":"media/a%20b.jpg"},{"name":"b","path":"media/b.pdf"}]"#)
        + line("Priya", "", #""sticker":null,"attachments":[],"deleted":true"#)
        + line("Priya", "Incoming voice call", #""sticker":null,"attachments":[],"call":true"#) + line("No-Sender", "Group was updated")
        + line("Priya", "") + "{\"body\":\"x\"}\n"

    @Test(arguments: [1, 4_096])
    func readsAChat(pieces: Int) throws {
        let read = try decode("signal-export", Array(Self.file.utf8), fileName: "out/Priya/data.json", pieces: pieces)
        #expect(
            outline(read) == [
                "message", "message", "attachment", "attachment", "delete", "ignored:call", "ignored:system", "ignored:empty", "rejected:9",
            ])
        let found = messages(read)
        #expect(found.map(\.text) == ["late again", "sorry", "", ""] && found.map(\.author.role) == [.customer, .agent, .customer, .customer])
        #expect(found.allSatisfy { $0.conversationID == "Priya" } && RFC3339.format(found[0].sentAt) == "2026-02-03T09:14:07Z")
        #expect(found.map(\.attachments).dropFirst(2).flatMap { $0 }.map(\.name) == [nil, "a b.jpg", "b.pdf"])
    }

    /// Messages have the ids that they have in chat.md.
    @Test func sameIdsAsTheText() throws {
        let text = "[2026-02-03 09:14:07] Priya: > not hers\nlate again\n(- Tom: 👎 -)\n[2026-02-03 09:14:07] Me: sorry\n"
        let read = messages(try decode("signal-export", text, fileName: "out/Priya/chat.md"))
        let records = messages(try decode("signal-export", Self.file, fileName: "out/Priya/data.json"))
        #expect(read.map(\.id) == Array(records.map(\.id).prefix(2)) && read.count == 2)
    }

    @Test func isRecognised() throws {
        let found = try ConnectorRegistry.standard.recognise(head: Array(Self.file.utf8)[...], fileName: "data.json")
        #expect(found.connector.name == "signal-export" && found.recognition.certainty == .certain)
        let other = Array(#"{"date":"2026-02-03","sender":"a","body":"b"}"#.utf8)
        #expect(try ConnectorRegistry.standard.recognise(head: other[...], fileName: "data.json").connector.name == "jsonl")
    }
}
