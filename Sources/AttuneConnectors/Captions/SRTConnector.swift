import AttuneCore

/// SubRip captions.
public struct SRTConnector: Connector {
    public let name = "srt"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "SubRip captions (.srt).",
            details: """
                Numbers before cues may be missing, the fraction may follow a comma or a point; tags and styles are removed. Files that are \
                not UTF-8 are read as Windows-1252. Speakers, pauses and repetitions are treated as in webvtt: `Name: ` is a speaker when it \
                is configured, or when it begins several cues. A cue whose time is not readable is rejected with its line.
                """,
            options: [
                .init("callStart", "when the recording began, RFC 3339; otherwise the time of arrival"),
                .init("speakers", "names that may stand before a colon; then no others are speakers"),
                .init("agentNames", "speakers who are the business; everybody else is a customer"),
                .init("channelRoles", "roles of speakers by name, e.g. {\"SPEAKER_00\": \"agent\"}"),
                .init("source", "name of the source; otherwise \"srt\""),
                .init("channel", "channel of the messages; otherwise \"voice\""),
            ],
            example: """
                1
                00:00:02,460 --> 00:00:05,010
                Ana Agent: Hello, thanks for waiting.

                2
                00:00:05,500 --> 00:00:07,000
                <i>I have waited an hour.</i>
                """,
            setup: "Export the transcript of a call as SRT. Keep the file's name: it names the conversation.")
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        if fileName?.lowercased().hasSuffix(".vtt") == true { return nil }
        let bytes = CaptionDecoder.beginning(of: head)
        // The number of the first cue, and its timing line.
        let lines = bytes.prefix(512).split(maxSplits: 3) { $0 == 10 || $0 == 13 }.prefix(2)
        for line in lines {
            if Array(line).withUnsafeBufferPointer({ CueTiming.read($0) != nil }) {
                return Recognition(.certain, "it has the timing lines of captions")
            }
            guard line.allSatisfy({ $0 >= 48 && $0 <= 57 || $0 == 32 }) else { break }
        }
        let isNamed = fileName?.lowercased().hasSuffix(".srt") == true
        return isNamed && bytes.contains { $0 > 32 } ? Recognition(.likely, "its name says SRT") : nil
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        CaptionDecoder(.srt, connector: name, configuration: configuration, context: context)
    }
}
