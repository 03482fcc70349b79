import AttuneCore

/// Transcripts of Amazon Transcribe Call Analytics.
public struct CallAnalyticsConnector: Connector {
    public let name = "transcribe-call-analytics"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Amazon Transcribe Call Analytics: post-call transcripts, and utterances of the real-time stream.",
            details: """
                Each turn becomes a message of the agent or the customer, as the channel definitions of the job say. Redacted words stay \
                `[PII]`. Amazon's sentiment, loudness and detected issues are not read. Of real-time utterances only the final ones are. \
                Turns count from the start of the call, which the file does not hold: set callStart, or the time of arrival is taken.
                """,
            options: [
                .init("callStart", "when the call began, RFC 3339"),
                .init("channelRoles", "role of a participant that is neither AGENT nor CUSTOMER, e.g. {\"IVR\": \"bot\"}"),
                .init("source", "name of the source; otherwise \"transcribe-call-analytics:\" and the AWS account"),
                .init("channel", "channel of the messages; otherwise \"voice\""),
            ],
            example: """
                {"JobStatus":"COMPLETED","LanguageCode":"en-GB","JobName":"call-7","AccountId":"1111","Channel":"VOICE",\
                "Participants":[{"ParticipantRole":"AGENT"},{"ParticipantRole":"CUSTOMER"}],"Transcript":[\
                {"Id":"t1","BeginOffsetMillis":2460,"EndOffsetMillis":5010,"ParticipantRole":"AGENT","Content":"Thanks for waiting.",\
                "Sentiment":"NEUTRAL","LoudnessScores":[61.2,null]},{"Id":"t2","BeginOffsetMillis":5500,"EndOffsetMillis":7000,\
                "ParticipantRole":"CUSTOMER","Content":"An hour, Mrs [PII].","Sentiment":"NEGATIVE","LoudnessScores":[88.1]}]}
                """,
            setup: """
                Start a Call Analytics job with channel definitions (which channel is the agent), and fetch the JSON from its output bucket; \
                either the transcript or the redacted one, whose turns have the same ids.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return nil }
        if marks.has("UtteranceEvent") { return Recognition(.certain, "it is an utterance of Call Analytics") }
        // Contact Lens writes the same turns, with participants that have ids, and the contact.
        guard marks.hasAny("Transcript", "ConversationCharacteristics", "JobStatus"),
            marks.mentions("ParticipantRole"), !marks.mentions("ParticipantId"), !marks.mentions("CustomerMetadata")
        else { return nil }
        return Recognition(.certain, "its turns have a ParticipantRole")
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        PayloadDecoder(read: CallAnalyticsReader(connector: name, configuration: configuration, context: context).operations)
    }
}
