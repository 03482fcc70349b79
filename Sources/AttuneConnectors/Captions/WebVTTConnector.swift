import AttuneCore

/// WebVTT transcripts: Zoom, Teams, players.
public struct WebVTTConnector: Connector {
    public let name = "webvtt"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "WebVTT captions and transcripts (.vtt), as Zoom, Teams and video players write them.",
            details: """
                Speakers are read from voice tags (`<v Name>`, Teams) and from `Name: ` before the text (Zoom). The latter is a speaker when it \
                is configured in speakers or agentNames, or, without speakers, when it begins several cues. Cues of one speaker with pauses \
                under 1.5 s become one message; cues without a speaker go on with what was \
                said before, or are messages of their own where that is long ago. Rolling captions are read once. \
                Comments, styles and regions are no items; a cue whose time is not readable is rejected with its line.
                """,
            options: [
                .init("callStart", "when the recording began, RFC 3339; otherwise the time in a Zoom file's name, or the time of arrival"),
                .init("speakers", "names that may stand before a colon; then no others are speakers"),
                .init("agentNames", "speakers who are the business; everybody else is a customer"),
                .init("channelRoles", "roles of speakers by name, e.g. {\"SPEAKER_00\": \"agent\"}"),
                .init("source", "name of the source; otherwise \"webvtt\""),
                .init("channel", "channel of the messages; otherwise \"voice\""),
            ],
            example: """
                WEBVTT

                1
                00:00:02.460 --> 00:00:05.010
                <v Ana Agent>Hello, thanks for waiting.</v>

                2
                00:00:05.500 --> 00:00:07.000
                <v Priya>I have waited an hour.</v>
                """,
            setup: """
                Zoom: Recordings, the cloud recording, download "Audio transcript". Teams: in the meeting's recap, Transcript, Download as .vtt. \
                Keep the file's name: it names the conversation.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        let bytes = CaptionDecoder.beginning(of: head)
        if CaptionDecoder.hasHeader(bytes) { return Recognition(.certain, "it begins with WEBVTT") }
        let isNamed = fileName?.lowercased().hasSuffix(".vtt") == true
        return isNamed && bytes.contains { $0 > 32 } ? Recognition(.likely, "its name says WebVTT") : nil
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        CaptionDecoder(.vtt, connector: name, configuration: configuration, context: context)
    }
}
