import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct DeepgramTests {
    @Test func readsRecordingsAndTheLiveStream() throws {
        let operations = try decode("deepgram", Files.fixture("deepgram.json"), #"{"channelRoles":{"0":"agent"}}"#)
        #expect(
            outline(operations) == [
                "message", "message", "rejected:1", "message", "message", "message", "ignored:partial", "message", "ignored:Metadata",
            ])
        let read = messages(operations)
        #expect(read.map(\.text) == ["Hello.", "Still waiting.", "hi", "Hello.", "now", "still"])
        #expect(read.map(\.author.role) == [.agent, .customer, .customer, .agent, .customer, .customer])
        #expect(RFC3339.format(read[0].sentAt) == "2026-02-03T10:00:00.1Z" && read[0].timeBasis == .offset)
        #expect(read[0].id == "deepgram:u1" && read[0].conversationID == "r-7" && read[2].nativeID == nil && read[0].rating == nil)
    }

    /// Each channel counts its speakers from zero: the channel decides where there are several.
    @Test func channelsGoBeforeSpeakers() throws {
        let read = messages(try decode("deepgram", Files.fixture("deepgram.json"), #"{"channelRoles":{"0":"agent","1":"customer"}}"#))
        #expect(read.map(\.author.role) == [.agent, .customer, .customer, .agent, .customer, .customer])
    }

    @Test(arguments: [
        (#"{"results":{"channels":[]}}"#, ["ignored:empty"]), ("{}", ["rejected:1"]),
        (#"{"results":{"channels":[{"alternatives":[{"transcript":"a b"}]}]}}"#, ["message"]),
    ])
    func otherAnswers(text: String, expected: [String]) throws { #expect(outline(try decode("deepgram", text)) == expected) }

    /// A stream often begins with its metadata, or with speech that started.
    @Test(arguments: [#"{"type":"Metadata","request_id":"r","channels":1}"#, #"{"type":"SpeechStarted","channel":[0,1],"timestamp":1.2}"#])
    func aStreamIsRecognisedByItsResults(first: String) throws {
        let result =
            #"{"type":"Results","channel_index":[0,1],"start":0.0,"is_final":true,"channel":{"alternatives":[{"transcript":"late","words":[]}]}}"#
        let found = try ConnectorRegistry.standard.recognise(head: Array("\(first)\n\(result)\n".utf8)[...], fileName: "a.jsonl")
        #expect(found.connector.name == "deepgram" && found.recognition.certainty == .certain)
        let record = #"{"type":"Metadata","text":"alternatives"}"#
        let other = try ConnectorRegistry.standard.recognise(head: Array(record.utf8)[...], fileName: "a.jsonl")
        #expect(other.connector.name == "jsonl")
    }

    /// A call may be in several languages, and only what is in one is said to be.
    @Test(
        arguments: [
            (
                #"{"results":{"channels":[{"detected_language":"en","alternatives":[{"words":[{"word":"a","start":0.1}]}]},"#
                    + #"{"detected_language":"es","alternatives":[{"transcript":"b","words":[{"word":"b","start":1}]}]}]}}"#, ["en", "es"]
            ),
            (
                #"{"results":{"channels":[{"detected_language":"en"},{"detected_language":"es"}],"utterances":["#
                    + #"{"transcript":"a","start":0,"channel":0},{"transcript":"b","start":1,"channel":1},"#
                    + #"{"transcript":"c","start":2,"channel":0,"languages":["fr"]},{"transcript":"d","start":3,"channel":0,"languages":["fr","en"]}]}}"#,
                ["en", "es", "fr", nil]
            ),
            (
                #"{"results":{"channels":[{"alternatives":[{"languages":["en","es"],"words":[{"word":"a","start":0,"speaker":0,"language":"en"},"#
                    + #"{"word":"b","start":1,"speaker":1,"language":"es"},{"word":"c","start":2,"speaker":1,"language":"es"},"#
                    + #"{"word":"d","start":3,"speaker":0,"language":"en"},{"word":"e","start":4,"speaker":0,"language":"es"}]}]}]}}"#,
                ["en", "es", nil]
            ),
            (#"{"results":{"channels":[{"alternatives":[{"transcript":"a","languages":["en"]}]}]}}"#, ["en"]),
            (
                #"{"results":{"channels":[{"detected_language":"ja","alternatives":[{"words":[{"word":"a","start":0},{"word":"b","start":1}]}]}]}}"#,
                ["ja"]
            ),
        ] as [(String, [String?])])
    func languagesAreThoseOfTheTurns(text: String, expected: [String?]) throws {
        let read = messages(try decode("deepgram", text))
        #expect(read.map(\.language) == expected)
        #expect(read.last?.language != "ja" || read.last?.text == "ab")
    }

    @Test func aLiveResultMayHaveSeveralSpeakers() throws {
        func result(_ second: Int) -> String {
            #"{"type":"Results","channel_index":[0,1],"start":2.0,"is_final":true,"channel":{"alternatives":[{"transcript":"hm, why?","words":["#
                + #"{"word":"hm","start":2.5,"speaker":0,"punctuated_word":"Hm."},"#
                + #"{"word":"why","start":3,"speaker":\#(second),"punctuated_word":"Why?"}]}]}}"#
        }
        let two = messages(try decode("deepgram", result(1), #"{"callStart":"2026-02-03T09:00:00Z","channelRoles":{"0":"agent"}}"#))
        #expect(two.map(\.text) == ["Hm.", "Why?"] && two.map(\.author.role) == [.agent, .customer])
        #expect(two.map { RFC3339.format($0.sentAt) } == ["2026-02-03T09:00:02.5Z", "2026-02-03T09:00:03Z"])
        let one = messages(try decode("deepgram", result(0)))
        #expect(one.map(\.text) == ["hm, why?"] && one[0].author.displayName == "speaker 0")
    }
}
