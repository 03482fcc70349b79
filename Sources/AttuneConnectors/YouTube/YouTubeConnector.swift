import AttuneCore

/// Comments on YouTube videos and channels.
public struct YouTubeConnector: Connector {
    public let name = "youtube"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "YouTube Data API comments: commentThreads.list and comments.list.",
            details: """
                Every comment and every reply that a thread brings along becomes a message; the conversation is the thread. The text is \
                textOriginal where YouTube gives it, otherwise the HTML of textDisplay as plain text. The channel itself is the agent. A \
                comment whose updatedAt differs from its publishedAt is marked as edited. A thread holds only some of its replies: when \
                totalReplyCount is larger, fetch the others with comments.list and read that answer too.
                """,
            options: [
                .init("agentNames", "names, handles or channel ids that answer for the business, besides the channel itself"),
                .init("source", "name of the source; otherwise \"youtube\""),
                .init("channel", "channel of the messages; otherwise \"social\""),
            ],
            example: """
                {"kind":"youtube#commentThreadListResponse","items":[{"kind":"youtube#commentThread","id":"Ug1","snippet":{"channelId":"UCshop",\
                "topLevelComment":{"kind":"youtube#comment","id":"Ug1","snippet":{"authorDisplayName":"@priya","authorChannelId":{"value":"UCpri"},\
                "textDisplay":"Where can I buy&#39;em?","publishedAt":"2026-02-03T09:14:07Z","updatedAt":"2026-02-03T09:14:07Z"}}}}]}
                """,
            setup: """
                Save the answers of GET /youtube/v3/commentThreads?part=snippet,replies&allThreadsRelatedToChannelId=CHANNEL, page by page \
                (nextPageToken); then `attune import` them.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head), marks.has("kind"), marks.says("kind", prefix: "youtube#comment") else { return nil }
        return Recognition(.certain, "its kind is youtube#comment…")
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let reader = YouTubeReader(PayloadScope(connector: name, configuration: configuration, context: context))
        return PayloadDecoder(keepsBeforeCut: true, read: reader.operations)
    }
}
