import AttuneCore

/// Posts of Bluesky, as Jetstream sends them.
public struct BlueskyConnector: Connector {
    public let name = "bluesky"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Bluesky Jetstream: posts, their changes and deletions; also searches, feeds, threads and notifications of the API.",
            details: """
                Reads the events of Jetstream, one a line: those of /subscribe and those of subscribeEvents, which come wrapped in a payload. \
                New posts are messages, updates edits, deletions deletions; likes, reposts, follows and other records are ignored with their \
                kind as reason. An account that is deleted, taken down or suspended is a deletion of everything that its author wrote so far; one \
                that is inactive for another reason, or the business's own, is ignored. A handle is known from the identity event that named it \
                earlier in the same input. createdAt is set by the client: it counts when it lies within a day of the time at which Jetstream saw the event.
                """,
            options: [
                .init("agentNames", "DIDs (did:plc:…) or handles of the business"),
                .init("source", "name of the source; otherwise \"bluesky\""),
                .init("channel", "channel of the messages; otherwise \"social\""),
            ],
            example: """
                {"did":"did:plc:pri","time_us":1770109747000000,"kind":"commit","commit":{"rev":"3m","operation":"create",\
                "collection":"app.bsky.feed.post","rkey":"3me","cid":"bafy","record":{"$type":"app.bsky.feed.post","text":"Late again",\
                "createdAt":"2026-02-03T09:09:06.120Z","langs":["en"]}}}
                """,
            setup: """
                Record wss://jetstream2.us-east.bsky.network/subscribe?wantedCollections=app.bsky.feed.post (wantedDids narrows it) to a file, \
                one event a line, e.g. with websocat; resume with cursor=TIME_US: the last event comes again and is recognised by its id.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return nil }
        if marks.has("did", "time_us", "kind") { return Recognition(.certain, "its events have did, time_us and kind") }
        if marks.hasAny("posts", "feed", "thread", "notifications"), marks.mentions("indexedAt") || marks.mentions("record"), marks.holds("at://did:")
        {
            return Recognition(.certain, "it is posts as Bluesky's API shows them")
        }
        if marks.has("payload", "$type"), marks.mentions("did"), ["commit", "identity", "account"].contains(where: { marks.holds("#\($0)\"") }) {
            return Recognition(.certain, "its payloads are events of a did")
        }
        guard marks.has("payload"), marks.says("$type", prefix: "network.bsky.jetstream.") else { return nil }
        return Recognition(.certain, "its payloads are of network.bsky.jetstream")
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        var reader = BlueskyReader(PayloadScope(connector: name, configuration: configuration, context: context))
        return PayloadDecoder { payload, line in
            reader.operations(views: payload, line: line) ?? [reader.operation(payload, line: line)]
        }
    }
}
