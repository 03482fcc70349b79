import AttuneCore

/// Chats that WhatsApp exports as text, from iOS and Android, in any language.
public struct WhatsAppExportConnector: Connector {
    public let name = "whatsapp-export"
    public let readsWhole = true

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "WhatsApp chat exports (_chat.txt, WhatsApp Chat with NAME.txt).",
            details: """
                Reads the headers of iOS and Android in every date format; which number is the day is inferred from the whole file. \
                Messages over several \
                lines stay one message. Notices of WhatsApp are ignored as system; media, deleted and edited messages are recognised \
                in English, German, \
                Spanish, French, Portuguese, Italian, Dutch, Turkish, Russian, Arabic, Hindi, Indonesian, Finnish and Japanese, and by their form in other \
                languages; years of two digits may stand in front. The file's name tells whom the chat is with, as phones of many languages write it. Authors who appear as a number get a phone \
                identifier, others a handle that is valid within the chat only; neither is verified. Of a zip file, as phones \
                export, the text file in it is read. A chat that an editor saved as Windows-1252 is read as such.
                """,
            options: [
                .init("zone", "IANA zone of the phone that exported; otherwise times are read as UTC"),
                .init("agentNames", "names or numbers under which the business writes; everybody else is a customer"),
                .init("dayFirst", "whether 3/6/2026 is 3 June, when the file does not show it"),
                .init("conversation", "name of the chat, for a _chat.txt outside the folder or zip file that has its name"),
                .init("source", "name of the source; otherwise \"whatsapp-export\""),
            ],
            example: """
                [03/02/2026, 09:14:07] Priya N: My parcel is late again
                second line of the same message
                [03/02/2026, 09:16:12] Harbour Tea Co: Sorry! Order 1182?
                """,
            setup: "In the chat: menu, More, Export chat, Without media. Keep the file's name: it names the conversation.")
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        let bytes = Array(head)
        return bytes.withUnsafeBufferPointer { buffer in
            var (checked, start) = (0, 0)
            var isLog = false
            while start < buffer.count, checked < 5 {
                let end = buffer[start...].firstIndex { $0 == 10 || $0 == 13 } ?? buffer.count
                defer { start = end + 1 }
                if end == start { continue }
                checked += 1
                guard let match = HeaderScanner.match(buffer, start, end), EntryTable.isPlausible(match.date) else { continue }
                if let name = AuthorSplit(buffer, match.bodyStart, end)?.name(buffer), Self.isLevel(name) {
                    isLog = true
                    continue
                }
                let isSignal = SignalExportConnector.isChat(buffer, fileName: fileName)
                let isMarked = match.style.end == .bracket || match.style.end == .dash
                return Recognition(isMarked && !isSignal ? .certain : .likely, "it has the message headers of a WhatsApp export")
            }
            return isLog ? Recognition(.likely, "its lines begin like messages of a WhatsApp export, or like a log") : nil
        }
    }

    /// Logs have the form of chats: a date, a dash or brackets, a word and a colon. Their words are few.
    private static func isLevel(_ name: UnsafeBufferPointer<UInt8>) -> Bool { levels.contains { ByteSearch.equal(name, $0) } }

    private static let levels: [StaticString] = ["TRACE", "DEBUG", "INFO", "NOTICE", "WARN", "WARNING", "ERROR", "CRITICAL", "FATAL"]

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        WhatsAppExportDecoder(connector: name, configuration: configuration, context: context)
    }
}
