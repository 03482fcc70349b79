import AttuneCore

/// Transcripts of Deepgram.
public struct DeepgramConnector: Connector {
    public let name = "deepgram"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Deepgram answers for recordings, with utterances, speakers or channels, and final results of its live stream.",
            details: """
                Each utterance becomes a message; without utterances, words are joined to turns wherever the speaker or the channel changes. \
                Interim results are ignored. Who is the agent is never guessed: name speakers or channels in channelRoles, everybody else \
                is a customer. Deepgram's sentiment is not read.
                """,
            options: [
                .init("callStart", "when the recording began, RFC 3339; otherwise when it was transcribed"),
                .init("channelRoles", "roles of speakers or channels, e.g. {\"0\": \"agent\", \"1\": \"customer\"}"),
                .init("source", "name of the source; otherwise \"deepgram\""),
                .init("channel", "channel of the messages; otherwise \"voice\""),
            ],
            example: """
                {"metadata":{"request_id":"r-7","created":"2026-02-03T10:00:00.000Z","channels":1},"results":{"channels":[{"alternatives":[\
                {"transcript":"still waiting","confidence":0.99,"words":[]}]}],"utterances":[{"start":1.3,"end":2.0,"confidence":0.99,\
                "channel":0,"transcript":"Still waiting.","speaker":1,"id":"u1","words":[]}]}}
                """,
            setup: "Ask /v1/listen with punctuate, diarize (or multichannel) and utterances, and save the JSON of the answer.")
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return nil }
        // A stream may begin with what it says of itself.
        let isNews = marks.has("type") && ["Metadata", "SpeechStarted", "UtteranceEnd"].contains { marks.says("type", $0) }
        if marks.has("channel_index", "channel") || isNews && marks.mentions("channel_index"), marks.mentions("alternatives") {
            return Recognition(.certain, "it is a result of Deepgram's live stream")
        }
        guard marks.has("results"), marks.mentions("channels") || marks.mentions("utterances"), marks.mentions("transcript"),
            !marks.mentions("transcripts")
        else { return nil }
        return Recognition(.certain, "its results have channels with alternatives")
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        PayloadDecoder(read: DeepgramReader(connector: name, configuration: configuration, context: context).operations)
    }
}
