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
}
