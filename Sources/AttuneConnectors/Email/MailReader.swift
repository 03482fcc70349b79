import AttuneCore

/// Reads one mail: who wrote what when, in which thread.
struct MailReader {
    private let source: String
    private let channel: Channel
    private let receivedAt: Timestamp
    private var senders: MailSenders
    /// Addresses to which servers delivered mails of this input: the mailbox is theirs. Nil where the configuration says who is an agent.
    private var owners: Set<String>?
    private var lastDelivery: [UInt8]?

    /// A mailbox has an address or two, and some aliases.
    private static let mostOwners = 64
    private var identity: ContentIdentity
    private var threads = MailThreads()

    init(connector: String, configuration: ConnectorConfiguration, context: DecodingContext) {
        source = configuration.source ?? context.account.map { ScopedID.of(connector, $0) } ?? connector
        channel = configuration.channel ?? .email
        receivedAt = context.receivedAt
        senders = MailSenders(RoleRules(configuration))
        owners = configuration.agentDomains.isEmpty && configuration.agentNames.isEmpty ? [] : nil
        identity = ContentIdentity(connector: connector)
    }

    /// - Parameters:
    ///   - isEscaped: whether `>From ` stands for `From `, as in mailbox files.
    ///   - line: 1-based line where the mail begins.
    ///   - number: 1-based number of the mail in its file.
    mutating func operation(_ bytes: UnsafeBufferPointer<UInt8>, isEscaped: Bool, line: Int, number: Int) -> Operation {
        let header = MailHeader(bytes, 0..<bytes.count)
        guard header.count > 0 else {
            return .rejected(Rejection(reason: "no mail: its first line is no header field such as \"From: …\"", line: line))
        }
        let sender = senders.sender(header)
        let from = sender.address
        let time = MailTime.read(header, receivedAt: receivedAt)
        let subject = header.text(.subject)
        let references = MailReferences(header)
        let thread = threads.conversation(id: references.own, references: references.thread, subject: subject)
        let type = header.unfolded(.contentType) { ContentField($0) }
        if let reason = AutomaticMail.reason(header, type, from, subject: subject) { return .ignored(reason: reason, at: time.at) }
        let parts = MailParts(bytes, header: header, type: type, body: header.bodyStart..<bytes.count)
        var text = MailText.own(bytes, parts.texts, isEscaped: isEscaped)
        // Some write everything into the subject.
        if text.isEmpty, parts.attachments.isEmpty { text = subject.map { TextMarks.removed(from: $0).trimmed } ?? "" }
        noteOwner(header)
        let author = author(sender)
        let id = id(references.own, header, from, subject: subject ?? "", text, thread: thread, number)
        let message = Message(
            id: id, nativeID: references.own, channel: channel, source: source, conversationID: thread ?? id, author: author, sentAt: time.at,
            timeBasis: time.basis, text: text, inReplyTo: references.parent.map { ScopedID.of(source, $0) }, attachments: parts.attachments)
        return text.isEmpty && !parts.attachments.isEmpty ? .attachment(message) : .message(message)
    }

    /// The Message-ID tells a mail from others; for one without, or with that of another mail, what it says does.
    private mutating func id(
        _ own: String?, _ header: MailHeader, _ from: MailAddress?, subject: String, _ text: String, thread: String?, _ number: Int
    ) -> String {
        let author = from?.address ?? from?.name ?? ""
        if let own {
            var hash = StableHash()
            // The date as written: a mail without one has one of its file, which changes.
            hash.combine(header.text(.date) ?? "")
            hash.combine(author)
            hash.combine(subject)
            hash.combine(text)
            if threads.claims(own, conversation: thread ?? own, fingerprint: hash.value) { return ScopedID.of(source, own) }
        }
        return identity.id(
            conversation: ScopedID.of(source, own ?? subject, separator: 0x1E), wallClock: header.text(.date) ?? "", author: author, text: text,
            number: number)
    }

    private func author(_ sender: MailSenders.Sender) -> Author {
        guard let owners, !owners.isEmpty, let address = sender.address?.address, owners.contains(address.lowercased()) else { return sender.author }
        var author = sender.author
        author.role = .agent
        return author
    }

    /// Notes whose mailbox a mail lay in, as the last server says it.
    private mutating func noteOwner(_ header: MailHeader) {
        guard let owners, owners.count < Self.mostOwners else { return }
        header.unfolded(.deliveredTo) { delivery in
            if let lastDelivery, ByteSearch.equal(delivery, lastDelivery) { return }
            lastDelivery = Array(delivery)
            if let address = MailAddress(first: delivery)?.address { self.owners?.insert(address.lowercased()) }
        }
    }

    /// Who is taken for an agent where the configuration does not say it; nil where it does.
    var guess: String? {
        guard let owners else { return nil }
        return owners.isEmpty
            ? "every sender is taken for a customer, your own people too: set agentDomains"
            : "only senders to whose address mails of this mailbox were delivered are taken for agents: set agentDomains"
    }
}
