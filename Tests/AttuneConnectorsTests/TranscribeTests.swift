import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct TranscribeTests {
    @Test func readsTurnsOfCallAnalytics() throws {
        let operations = try decode("transcribe-call-analytics", Files.fixture("call-analytics.json"), #"{"callStart":"2026-02-03T09:00:00Z"}"#)
        #expect(
            outline(operations) == ["message", "message", "message", "ignored:empty", "rejected:6", "rejected:7", "ignored:partial", "message"])
        let read = messages(operations)
        #expect(read.map(\.text) == ["Thanks for waiting.", "An hour, Mrs [PII].", "Press one.", "I am furious."])
        #expect(read.map(\.author.role) == [.agent, .customer, .system, .customer] && read.allSatisfy { $0.channel == .voice })
        #expect(RFC3339.format(read[0].sentAt) == "2026-02-03T09:00:02.46Z" && read.allSatisfy { $0.timeBasis == .exact && $0.rating == nil })
        #expect(read[0].id == "transcribe-call-analytics:1111:t1" && read[0].conversationID == "call-7" && read[0].language == "en-GB")
        #expect(read[3].nativeID == "u1")
    }

    /// Without a start the time of arrival stands in for it; the basis says that it is an offset.
    @Test func withoutAStartTheArrivalCounts() throws {
        let read = messages(try decode("transcribe-call-analytics", Files.fixture("call-analytics.json")))
        #expect(read[0].sentAt == Timestamp(nanoseconds: 1_770_000_000_000_000_000 + 2_460_000_000) && read[0].timeBasis == .offset)
    }

    @Test(arguments: [
        (#"{"Transcript":[]}"#, ["ignored:empty"]), (#"{"JobStatus":"FAILED"}"#, ["rejected:1"]),
        (#"{"CategoryEvent":{}}"#, ["ignored:CategoryEvent"]),
        (#"{"Transcript":[{"Content":"a","BeginOffsetMillis":1}]}"#, ["message"]),
    ])
    func otherAnalytics(text: String, expected: [String]) throws { #expect(outline(try decode("transcribe-call-analytics", text)) == expected) }

    @Test func buildsTurnsOfWords() throws {
        let configuration = #"{"callStart":"2026-02-03T09:00:00Z","channelRoles":{"spk_0":"agent"}}"#
        let read = messages(try decode("transcribe", Files.fixture("transcribe.json"), configuration))
        #expect(read.map(\.text) == ["Hello, Ana.", "Still waiting!"] && read.map(\.author.role) == [.agent, .customer])
        #expect(read.map { RFC3339.format($0.sentAt) } == ["2026-02-03T09:00:00.04Z", "2026-02-03T09:00:02.1Z"])
        #expect(read.map(\.author.displayName) == ["spk_0", "spk_1"] && read[0].source == "transcribe:1111" && read[0].conversationID == "call-7")
        // Roles come from the configuration only, and are no part of ids.
        let unknown = messages(try decode("transcribe", Files.fixture("transcribe.json")))
        #expect(unknown.allSatisfy { $0.author.role == .customer } && unknown.map(\.id) == read.map(\.id))
    }

    @Test func channelsAreInterleaved() throws {
        func word(_ text: String, _ start: String) -> String {
            #"{"start_time":"\#(start)","type":"pronunciation","alternatives":[{"content":"\#(text)"}]}"#
        }
        let mark = #"{"type":"punctuation","alternatives":[{"content":"?"}]}"#
        let text = """
            {"results":{"transcripts":[{"transcript":"x"}],"channel_labels":{"channels":[{"channel_label":"ch_0","items":[\(word("Hello", "0.1")),\
            \(mark),\(word("sorry", "5.0"))]},{"channel_label":"ch_1","items":[\(word("at", "1.0")),\(word("last", "1.2")),\(mark)]}]}}}
            """
        let read = messages(try decode("transcribe", text, #"{"channelRoles":{"0":"agent","ch_1":"customer"}}"#))
        #expect(read.map(\.text) == ["Hello?", "at last?", "sorry"] && read.map(\.author.role) == [.agent, .customer, .agent])
    }

    @Test(arguments: [
        (#"{"results":{"transcripts":[{"transcript":"all at once"}]}}"#, ["all at once"], "message"),
        (#"{"results":{"items":[]}}"#, [], "ignored:empty"),
        (#"{"results":[]}"#, [], "rejected:1"),
        (
            #"{"results":{"language_code":"ja-JP","items":[{"start_time":"0","alternatives":[{"content":"お"}]},{"start_time":"1","alternatives":[{"content":"茶"}]}]}}"#,
            ["お茶"], "message"
        ),
    ])
    func otherTranscripts(text: String, texts: [String], expected: String) throws {
        let operations = try decode("transcribe", text)
        #expect(messages(operations).map(\.text) == texts && outline(operations) == [expected])
    }

    /// What is said while the other side speaks stays in one piece, where the file says what the pieces are.
    @Test(arguments: [true, false])
    func sidesThatSpeakAtOnce(hasSegments: Bool) throws {
        func word(_ id: Int, _ text: String, _ start: String) -> String {
            #"{"id":\#(id),"start_time":"\#(start)","type":"pronunciation","alternatives":[{"content":"\#(text)"}]}"#
        }
        let mark = #"{"id":2,"type":"punctuation","alternatives":[{"content":"."}]}"#
        let channels =
            #"{"channel_label":"ch_0","items":[\#(word(0, "Good", "0.1")),\#(word(1, "day", "0.5")),\#(mark)]},"#
            + #"{"channel_label":"ch_1","items":[\#(word(3, "My", "0.3")),\#(word(4, "card", "0.7"))]}"#
        let segments =
            #","audio_segments":[{"id":1,"channel_label":"ch_1","start_time":"0.3","items":[3,4]},"#
            + #"{"id":0,"channel_label":"ch_0","start_time":"0.1","items":[0,1,2]}]"#
        let text = #"{"jobName":"j","results":{"channel_labels":{"channels":[\#(channels)]},"items":[]\#(hasSegments ? segments : "")}}"#
        let read = messages(try decode("transcribe", text))
        #expect(read.map(\.text) == (hasSegments ? ["Good day.", "My card"] : ["Good", "My", "day.", "card"]))
        #expect(
            read.prefix(2).map(\.author.displayName) == ["ch_0", "ch_1"] && read[1].sentAt.nanoseconds - read[0].sentAt.nanoseconds == 200_000_000)
    }
}
