import AttuneCore

/// Analysed calls and chats of Amazon Connect Contact Lens.
public struct ContactLensConnector: Connector {
    public let name = "contact-lens"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Amazon Connect Contact Lens files of calls and chats, and segments of its real-time stream.",
            details: """
                Each turn of a call and each chat message becomes a message of agent, customer, bot or system, as the participants say. \
                Joins, typing, receipts and other events of a chat are ignored with their kind; attachments are kept without a text. Of the \
                real-time stream only final transcripts are read. Amazon's sentiment and loudness are not read. Turns of calls count from \
                the start of the recording, which is taken from callStart, or to the minute from the recording's name.
                """,
            options: [
                .init("callStart", "when the call began, RFC 3339"),
                .init("channelRoles", "role of a participant whom the file gives none, by id or display name"),
                .init("agentNames", "display names of agents, for participants without a role"),
                .init("source", "name of the source; otherwise \"contact-lens:\" and the instance id"),
                .init("channel", "channel of the messages; otherwise \"voice\" or \"chat\""),
            ],
            example: """
                {"Version":"1.1.0","Channel":"VOICE","LanguageCode":"en-GB","CustomerMetadata":{"ContactId":"c-7","InstanceId":"i-1",\
                "InputS3Uri":"s3://example/c-7_20260203T09:14_UTC.wav"},"Participants":[{"ParticipantId":"p1","ParticipantRole":"AGENT"},\
                {"ParticipantId":"p2","ParticipantRole":"CUSTOMER"}],"Transcript":[{"Id":"t1","ParticipantId":"p1","BeginOffsetMillis":2460,\
                "EndOffsetMillis":5010,"Content":"Thanks for waiting.","LoudnessScore":[61.2,null]},{"Id":"t2","ParticipantId":"p2",\
                "BeginOffsetMillis":5500,"EndOffsetMillis":7000,"Content":"An hour!","Sentiment":"NEGATIVE","LoudnessScore":[88.1]}]}
                """,
            setup: """
                In the instance's flows, set "Set recording and analytics behavior" to Contact Lens. The files are in the instance's bucket under \
                Analysis/Voice and Analysis/Chat (or their Redacted twins): import one of the two kinds. For the real-time stream, enable \
                Kinesis under data streaming and store the records as JSON lines.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return nil }
        if marks.hasAny("Segments", "EventType"), marks.has("ContactId") {
            return Recognition(.certain, "it is a record of the Contact Lens stream")
        }
        if marks.has("Segments"), marks.mentions("ParticipantRole") {
            return Recognition(.certain, "it is an answer with segments of a contact")
        }
        let isAnalysis = ["Transcript", "ConversationCharacteristics", "Participants", "CustomerMetadata"].contains { marks.has($0) }
        guard isAnalysis, marks.mentions("ParticipantId") || marks.mentions("CustomerMetadata") else { return nil }
        return Recognition(.certain, "its turns refer to participants of a contact")
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        PayloadDecoder(read: ContactLensReader(connector: name, configuration: configuration, context: context).operations)
    }
}
