import AttuneCore

/// Conversations from "Download your information" of Instagram and Facebook.
public struct MetaExportConnector: Connector {
    public let name = "meta-export"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Instagram and Facebook downloads: message_1.json of a conversation.",
            details: """
                Reads the JSON form of the download. Names and texts are written there as UTF-8 bytes in the guise of Latin-1 (Ã© for é) and are \
                put right where that is the case. Pictures, recordings and shared posts without own words are attachments; calls, joins and \
                the lines that the app writes for reactions are ignored; unsent messages are deletions. Messages have no ids: they get \
                one from what they say, so that a later download gives the same.
                """,
            options: [
                .init("agentNames", "names under which the business writes; everybody else is a customer"),
                .init("source", "name of the source; otherwise \"meta-export\""),
                .init("channel", "channel of the messages; otherwise \"chat\""),
            ],
            example: """
                {"participants":[{"name":"Priya"},{"name":"Harbour Tea"}],"messages":[{"sender_name":"Priya","timestamp_ms":1770109747000,\
                "content":"My parcel is late again"}],"title":"Priya","thread_path":"inbox/priya_17"}
                """,
            setup: """
                Accounts Center, Your information and permissions, Download your information: choose Messages and the format JSON, and import the \
                zip file, or unpack it and read the files inbox/…/message_1.json of the conversations.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head), marks.has("messages") || marks.has("participants") else { return nil }
        if marks.mentions("sender_name"), marks.mentions("timestamp_ms") {
            return Recognition(.certain, "its messages have a sender_name and a timestamp_ms")
        }
        if marks.has("threadName", "messages"), marks.mentions("senderName") {
            return Recognition(.certain, "it has a threadName, and its messages a senderName")
        }
        return marks.has("participants", "messages") && marks.hasAny("thread_path", "threadName") && marks.holds(#""messages":[]"#)
            ? Recognition(.certain, "it is a conversation without messages, with its participants") : nil
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let reader = MetaExportReader(PayloadScope(connector: name, configuration: configuration, context: context))
        return PayloadDecoder(read: reader.operations)
    }
}
