import AttuneCore

/// Chats of Signal that signal-export writes as text.
public struct SignalExportConnector: Connector {
    public let name = "signal-export"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Signal chats, exported by signal-export (chat.md, data.json).",
            details: """
                Reads lines such as [2026-02-03 09:14:07] Name: text; lines without such a beginning belong to the message above. Quoted lines and \
                the list of reactions behind a message are left out, pictures, stickers and files are attachments, \
                calls and lines without a sender are ignored. What stands under Me was \
                written by the owner of the exporting phone: the agent. Messages have no ids: they get one from what they say.
                """,
            options: [
                .init("zone", "IANA zone of the computer that exported; otherwise times are read as UTC"),
                .init("agentNames", "further names under which the business writes; everybody else is a customer"),
                .init("source", "name of the source; otherwise \"signal-export\""),
                .init("channel", "channel of the messages; otherwise \"chat\""),
            ],
            example: """
                [2026-02-03 09:14:07] Priya N: My parcel is late again
                second line of the same message
                [2026-02-03 09:16:12] Me: Sorry! Order 1182?
                """,
            setup: """
                On the computer where Signal Desktop is linked, run signal-export (`sigexport FOLDER`), and import FOLDER/NAME/chat.md or data.json. Keep the \
                folders' names: they name the conversations.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        if let marks = JSONMarks(head), marks.has("date", "sender", "body", "quote", "reactions", "attachments") {
            return Recognition(.certain, "its messages have a sender, a quote and reactions as signal-export writes them")
        }
        let bytes = Array(head)
        return bytes.withUnsafeBufferPointer { buffer in
            Self.isChat(buffer, fileName: fileName) ? Recognition(.certain, "it has the message headers of a Signal export") : nil
        }
    }

    /// Whether a file's beginning is of signal-export. Some phones write such headers for WhatsApp, too, but they neither call a file
    /// `chat.md` nor a person `Me`, and sprinkle direction marks. WhatsApp's own names for its files tell, too.
    static func isChat(_ head: UnsafeBufferPointer<UInt8>, fileName: String?) -> Bool {
        let isMarkdown = fileName?.hasSuffix(".md") == true
        if let fileName, ChatName.isWhatsApps(DecodingContext(fileName: fileName, receivedAt: Timestamp(nanoseconds: 0))) { return false }
        if !isMarkdown, ByteSearch.first(TextMarks.leftToRight, in: head, from: 0, to: head.count) != nil { return false }
        var (checked, hasHeader) = (0, false)
        for line in head.split(separator: 10) {
            guard let header = SignalHeader(UnsafeBufferPointer(rebasing: line)) else {
                checked += 1
                // Nobody writes that much before a chat's first message.
                if !hasHeader, checked == 5 { return false }
                continue
            }
            hasHeader = true
            if isMarkdown || header.isOld || header.name == SignalChat.ownName || header.name == SignalChat.nobody {
                return true
            }
        }
        return false
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let scope = PayloadScope(connector: name, configuration: configuration, context: context)
        return SniffingDecoder { first in
            let isJSON = first.first == UInt8(ascii: "{") || first == Array("[{".utf8)
            return if isJSON { SignalRecord.decoder(scope) as any Decoder } else { SignalExportDecoder(scope) as any Decoder }
        }
    }
}
