import AttuneCore

/// Plain text, one message a line.
public struct TextConnector: Connector {
    public let name = "text"
    public let hasPlatformIDs = false

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Plain text, one message a line.",
            details: """
                Each line that is not blank is a message of a customer, received when the file is read. LF and CRLF end lines. \
                UTF-8, or UTF-16 with a byte order mark; a line that is not UTF-8 is read as Windows-1252. What that leaves unassigned, holds a NUL, \
                or is longer than 16 MiB, is rejected with its number. A transcript, whose first lines nearly all begin with who speaks (Agent: …, \
                Customer: …), is one conversation of all who speak in it; names in speakers, agentNames and channelRoles are known in every text. \
                (attune score takes every line as it is.)
                """,
            options: [
                .init("source", "name of the source; otherwise \"text\""),
                .init("channel", "channel of the messages; otherwise \"text\""),
                .init("agentNames", "names of the business's people that may stand before a colon"),
                .init("speakers", "names of others that may stand before a colon"),
                .init("channelRoles", "role of a name before a colon"),
                .init("conversation", "name of a transcript's conversation; otherwise the file's"),
            ],
            example: "My parcel is late again\nNo complaints, great service",
            setup: "Any text file; `-` reads standard input.")
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        if head.isEmpty { return nil }
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return Recognition(.possible, "it is UTF-16 text") }
        // Texts have no control characters besides blanks and escapes of terminals; binaries have many.
        if StructuredText.begins(head) { return nil }
        let controls = head.count { $0 < 32 && ![9, 10, 12, 13, 27].contains($0) }
        // A single one may have slipped into a short text, and costs its line.
        return controls > 1 && controls * 1_000 > head.count ? nil : Recognition(.possible, "it is text")
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        TextDecoder(RecordAssembler(connector: name, configuration: configuration, context: context), configuration, context)
    }
}
