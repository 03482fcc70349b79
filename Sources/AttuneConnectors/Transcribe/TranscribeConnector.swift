import AttuneCore

/// Transcripts of Amazon Transcribe (batch).
public struct TranscribeConnector: Connector {
    public let name = "transcribe"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Amazon Transcribe batch transcripts, with speaker labels or channels.",
            details: """
                Words are joined to turns wherever the speaker or the channel changes, of overlapping channels by their audio_segments; a transcript without labels is one turn. Who is the \
                agent is never guessed: name the labels in channelRoles, everybody else is a customer. Turns have no ids: they are made of \
                job, offset, speaker and text.
                """,
            options: [
                .init("callStart", "when the recording began, RFC 3339; otherwise the time of arrival"),
                .init("channelRoles", "roles of speakers or channels, e.g. {\"spk_0\": \"agent\"} or {\"ch_0\": \"agent\", \"ch_1\": \"customer\"}"),
                .init("source", "name of the source; otherwise \"transcribe:\" and the AWS account"),
                .init("channel", "channel of the messages; otherwise \"voice\""),
            ],
            example: """
                {"jobName":"call-7","accountId":"1111","status":"COMPLETED","results":{"transcripts":[{"transcript":"Hello. Still waiting."}],\
                "items":[{"start_time":"0.04","end_time":"0.5","type":"pronunciation","alternatives":[{"confidence":"0.99","content":"Hello"}],\
                "speaker_label":"spk_0"},{"type":"punctuation","alternatives":[{"confidence":"0.0","content":"."}],"speaker_label":"spk_0"},\
                {"start_time":"2.1","end_time":"2.5","type":"pronunciation","alternatives":[{"confidence":"0.99","content":"Waiting"}],\
                "speaker_label":"spk_1"}]}}
                """,
            setup: "Start a transcription job with ShowSpeakerLabels or ChannelIdentification, and fetch the JSON from its output bucket.")
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head), marks.has("results") else { return nil }
        let hasJob = marks.has("jobName", "accountId")
        guard hasJob || marks.mentions("alternatives") && (marks.says("type", "pronunciation") || marks.mentions("transcripts")) else { return nil }
        return Recognition(.certain, "its results are words of Amazon Transcribe")
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        PayloadDecoder(read: TranscribeReader(connector: name, configuration: configuration, context: context).operations)
    }
}
