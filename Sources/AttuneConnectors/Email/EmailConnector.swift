import AttuneCore

/// E-mail: single messages, mailbox files, and the files of a Maildir.
public struct EmailConnector: Connector {
    public let name = "email"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "E-mail: .eml files, mbox mailboxes, the files of a Maildir and of Apple Mail (.emlx).",
            details: """
                Each mail becomes a message of the person in From. The text is the plain text of the mail, or its HTML as text, without the mail it \
                quotes ("On … wrote:", lines that begin with >, dividers, headers of the quoted mail) and without the signature \
                below "-- "; when nothing else is in it, all of its text. Everything but the body is listed as attachment, also a text file that is shown before it, and a uuencoded one within it. The Message-ID is the \
                id; without one, a hash of the content is. References make conversations. Automatic replies, bounces and bulk mail are ignored as \
                auto-reply, read receipts as receipt, emoji that Gmail sends as reaction, replies without a word as empty; what the mailbox itself marks \
                (Gmail's labels, flags and folders of Maildir, flags of Thunderbird and Outlook) as draft, deleted or spam. A mail that is longer than 64 MiB or has no header is rejected.
                """,
            options: [
                .init(
                    "agentDomains",
                    "e-mail domains whose senders are agents; otherwise the owner of the mailbox is, by Delivered-To and Gmail's labels"
                ),
                .init("agentNames", "display names and addresses of agents"),
                .init("zone", "IANA zone of dates that name none, which some programs write; otherwise UTC"),
                .init("source", "name of the source; otherwise \"email\" and the account"),
                .init("channel", "channel of the messages; otherwise \"email\""),
            ],
            example: """
                From: Priya N <priya@example.com>
                To: help@harbour-tea.example
                Date: Tue, 3 Feb 2026 09:14:07 +0000
                Subject: Re: Order 1182
                Message-ID: <p1@example.com>

                My parcel is late again.

                On 2 Feb 2026, at 18:00, Harbour Tea <help@harbour-tea.example> wrote:
                > It will arrive today.
                """,
            setup: """
                Export the mailbox that customers write to: as mbox (Gmail: Google Takeout; Thunderbird: ImportExportTools; Dovecot: `doveadm \
                backup`), as .eml files, or import the folders cur and new of a Maildir. Set agentDomains to your own domains: without \
                it your answers count as customers' words, except those from the address that the mailbox's mails were delivered to.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        let name = fileName?.lowercased() ?? ""
        let isNamed = [".eml", ".emlx", ".mbox", ".mbx"].contains { name.hasSuffix($0) }
        return Array(head.prefix(Self.looked)).withUnsafeBufferPointer { bytes in
            var start = 0
            while start < bytes.count, bytes[start] <= 32 || bytes[start] >= 0xBB && start < 3 { start += 1 }
            if start == 0, let opening = AppleMailFile.opening(bytes) { start = opening.start }
            let end = ByteSearch.first(10, in: bytes, from: start, to: bytes.count) ?? bytes.count
            let isMailbox = bytes[start...].starts(with: "From ".utf8) && MailHeader.colon(bytes, start, end) == nil
            if isMailbox { start = min(end + 1, bytes.count) }
            let header = MailHeader(bytes, start..<bytes.count)
            let known = MailHeader.Field.allCases.filter { header.has($0) }
            // A field such as `From: London` also occurs in texts: it takes two, one of which nobody types.
            let isCertain = known.count >= 2 && known.contains { $0 != .from && $0 != .to && $0 != .date && $0 != .subject && $0 != .sender }
            if isCertain || known.count >= 3 {
                return Recognition(
                    .certain, isMailbox ? "it is a mailbox: it begins with a From line and a mail's header" : "it begins with a mail's header")
            }
            if isMailbox, header.count > 0 { return Recognition(.likely, "it begins with a mailbox's From line") }
            if isNamed { return header.count > 0 || isMailbox ? Recognition(.likely, "its name says it is a mail") : nil }
            let hasAddress = bytes[start..<header.bodyStart].contains(UInt8(ascii: "@"))
            return known.count >= 2 && hasAddress ? Recognition(.likely, "it begins with fields of a mail's header") : nil
        }
    }

    /// Bytes in which the header's first fields are found.
    private static let looked = 32 << 10

    public func makeSurvey(_ configuration: ConnectorConfiguration, memory: InputMemory) -> (any Survey)? {
        MailSurvey(memory.kept(by: name) { MailboxMemory() }, findsOwners: MailReader.findsOwners(configuration))
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        EmailDecoder(MailReader(connector: name, configuration: configuration, context: context))
    }
}

struct EmailDecoder: Decoder {
    private var splitter = MailboxSplitter()
    private var reader: MailReader
    private var count = 0

    init(_ reader: MailReader) { self.reader = reader }

    /// A single mail says nothing about the other side.
    var remarks: [String] { count > 1 ? reader.guess.map { [$0] } ?? [] : [] }

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        // Taken out while its closure uses the rest of this value.
        var splitter = MailboxSplitter()
        swap(&splitter, &self.splitter)
        defer { swap(&splitter, &self.splitter) }
        try splitter.feed(chunk, isLast: isLast) { mail, line in
            count += 1
            guard case .bytes(let bytes, let isEscaped) = mail else {
                let reason = "the mail is longer than \(MailboxSplitter.limit >> 20) MiB: remove its attachments"
                return try emit(.rejected(Rejection(reason: reason, line: line)))
            }
            try emit(reader.operation(bytes, isEscaped: isEscaped, line: line, number: count))
        }
    }
}
