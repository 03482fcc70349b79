import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct GoogleSpeechTests {
    @Test func readsChannelsAndSpeakers() throws {
        let configuration = #"{"callStart":"2026-02-03T09:00:00Z","channelRoles":{"1":"agent"}}"#
        let operations = try decode("google-speech", Files.fixture("google-speech.json"), configuration, fileName: "call-7.json")
        #expect(outline(operations) == ["message", "message", "ignored:partial", "ignored:empty", "rejected:6", "message", "message"])
        let read = messages(operations)
        #expect(read.map(\.text) == ["hello there", "still waiting", "hello", "still waiting"])
        #expect(read.map(\.author.role) == [.agent, .customer, .agent, .customer] && read.allSatisfy { $0.conversationID == "call-7" })
        // A result without word times begins where the one before ended.
        #expect(
            read.map { RFC3339.format($0.sentAt) } == [
                "2026-02-03T09:00:01.3Z", "2026-02-03T09:00:02.1Z", "2026-02-03T09:00:00.1Z", "2026-02-03T09:00:01Z",
            ])
        #expect(read[0].language == "en-GB" && read[3].author.displayName == "speaker 2")
    }

    /// Only a last result that repeats all words stands for them all.
    @Test func speakersPerResultAreKept() throws {
        func result(_ word: String, _ start: Int, _ tag: Int) -> String {
            #"{"alternatives":[{"transcript":"\#(word)","words":[{"word":"\#(word)","startTime":"\#(start)s","speakerTag":\#(tag)}]}]}"#
        }
        let read = messages(try decode("google-speech", "{\"results\":[\(result("one", 1, 1)),\(result("two", 2, 2))]}"))
        #expect(read.map(\.text) == ["one", "two"])
    }

    @Test(arguments: [
        (#"{"name":"operations/7","done":true,"response":{"results":[{"alternatives":[{"transcript":"a"}]}]}}"#, ["message"]),
        // What a stream may still change has a stability, and no isFinal when that is false.
        (#"{"results":[{"alternatives":[{"transcript":"par"}],"stability":0.9,"resultEndTime":"1s"}]}"#, ["ignored:partial"]),
        (#"{"results":[{"alternatives":[{"transcript":"a"}],"stability":0.9,"isFinal":true}]}"#, ["message"]),
        (#"{"results":[]}"#, ["ignored:empty"]), (#"{"done":true}"#, ["ignored:empty"]), ("{}", ["rejected:1"]),
        (
            #"{"results":[{"is_final":true,"alternatives":[{"transcript":"a","words":[{"word":"a","start_time":"0s","speaker_tag":2}]}]}]}"#,
            ["message"]
        ),
    ])
    func otherAnswers(text: String, expected: [String]) throws { #expect(outline(try decode("google-speech", text)) == expected) }

    /// The last result of each channel repeats that channel's words, and only those.
    @Test func channelsWithSpeakersAreReadOnce() throws {
        func result(_ word: String, _ start: Int, channel: Int, tag: String, language: String = "") -> String {
            let text = tag.isEmpty ? "\"transcript\":\"\(word)\"," : ""
            return #"{"alternatives":[{\#(text)"words":[{"word":"\#(word)","startTime":"\#(start)s"\#(tag)}]}],"channelTag":\#(channel)\#(language)}"#
        }
        let english = #","languageCode":"en-US""#
        let results = [
            result("Hello", 0, channel: 1, tag: "", language: english), result("Horrible", 1, channel: 2, tag: "", language: english),
            result("Hello", 0, channel: 1, tag: #","speakerTag":1"#), result("Horrible", 1, channel: 2, tag: #","speakerTag":1"#),
        ]
        let read = messages(try decode("google-speech", "{\"results\":[\(results.joined(separator: ","))]}", #"{"channelRoles":{"1":"agent"}}"#))
        #expect(read.map(\.text) == ["Hello", "Horrible"] && read.map(\.author.role) == [.agent, .customer])
        #expect(read.map(\.author.displayName) == ["channel 1, speaker 1", "channel 2, speaker 1"])
        #expect(read.allSatisfy { $0.language?.lowercased() == "en-us" } && Set(read.map(\.id)).count == 2)
    }

    /// Recordings of a batch are told apart by their whole addresses where the last parts of these are equal.
    @Test func recordingsOfEqualNames() throws {
        func file(_ path: String) -> String { #""gs://b/\#(path)":{"transcript":{"results":[{"alternatives":[{"transcript":"hello"}]}]}}"# }
        let text = "{\"results\":{\(["1/a.wav", "2/a.wav", "2/b.wav"].map(file).joined(separator: ","))}}"
        let read = messages(try decode("google-speech", text))
        #expect(read.map(\.conversationID) == ["gs://b/1/a.wav", "gs://b/2/a.wav", "b.wav"] && Set(read.map(\.id)).count == 3)
    }

    /// The results of a stream come one a line, and count from its beginning.
    @Test func linesOfAStreamGoOn() throws {
        func line(_ text: String, _ end: String, _ more: String) -> String {
            #"{"results":[{"alternatives":[{"transcript":"\#(text)"}],"resultEndTime":"\#(end)"\#(more)}]}"#
        }
        let (final, partial) = (#","isFinal":true"#, #","stability":0.1"#)
        let lines = [
            line("a", "2.5s", final), line("b", "3s", partial), line("b c", "4s", final), line("again", "1s", final), line("x", "2s", final),
        ]
        let start = Timestamp(nanoseconds: 1_770_000_000_000_000_000)
        let read = messages(try decode("google-speech", lines.joined(separator: "\n")))
        #expect(read.map { ($0.sentAt.nanoseconds - start.nanoseconds) / 1_000_000 } == [0, 2_500, 0, 1_000])
        // Answers that are whole count each from its own beginning.
        let whole = messages(try decode("google-speech", [line("a", "2s", ""), line("b", "4s", "")].joined(separator: "\n")))
        #expect(whole.map(\.sentAt) == [start, start])
    }
}
