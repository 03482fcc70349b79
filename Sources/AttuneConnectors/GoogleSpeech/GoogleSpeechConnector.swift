import AttuneCore

/// Transcripts of Google Cloud Speech-to-Text.
public struct GoogleSpeechConnector: Connector {
    public let name = "google-speech"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Google Cloud Speech-to-Text answers (recognize, longrunningrecognize, streaming), with speakers or channels.",
            details: """
                Each result becomes a message. With speaker diarisation, whose last result repeats all words with their speakers, turns are \
                made of that result instead. Of a batch of v2 every recording is a conversation. Results that are not final are ignored. Who is the agent is never guessed: name the tags in \
                channelRoles, everybody else is a customer.
                """,
            options: [
                .init("callStart", "when the recording began, RFC 3339; otherwise the time of arrival"),
                .init("channelRoles", "roles of speaker or channel tags, e.g. {\"1\": \"agent\", \"2\": \"customer\"}"),
                .init("source", "name of the source; otherwise \"google-speech\""),
                .init("channel", "channel of the messages; otherwise \"voice\""),
            ],
            example: """
                {"results":[{"alternatives":[{"transcript":"still waiting","confidence":0.9,"words":[\
                {"word":"still","startTime":"1.300s","endTime":"1.600s"},{"word":"waiting","startTime":"1.600s","endTime":"2s"}]}],\
                "channelTag":2,"languageCode":"en-gb","resultEndTime":"2.100s"}]}
                """,
            setup: """
                Ask for enableWordTimeOffsets and either audioChannelCount with enableSeparateRecognitionPerChannel or a diarizationConfig, \
                and save the JSON of the answer or of the finished operation.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return nil }
        if marks.hasAny("speechEventType", "speech_event_type") { return Recognition(.certain, "it is an event of a Speech-to-Text stream") }
        let isUnfinished = marks.has("name", "metadata") && marks.says("@type", prefix: "type.googleapis.com/google.cloud.speech.")
        if isUnfinished || marks.has("totalBilledTime", "requestId") { return Recognition(.certain, "it is an answer of Speech-to-Text") }
        guard marks.hasAny("results", "response") else { return nil }
        // Deepgram has results and alternatives too, inside channels; Amazon has items.
        guard marks.mentions("alternatives"), marks.mentions("transcript"), !marks.mentions("channels"), !marks.mentions("utterances"),
            !marks.mentions("transcripts"), !marks.mentions("channel"), !marks.says("type", "pronunciation")
        else { return nil }
        return Recognition(.certain, "its results have alternatives with a transcript")
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        PayloadDecoder(read: GoogleSpeechReader(connector: name, configuration: configuration, context: context).operations)
    }
}
