import AttuneCore

/// Reads one mail: who wrote what when, in which thread.
struct MailReader {
    private let source: String
    private let channel: Channel
    private let receivedAt: Timestamp
    /// Of a Maildir's file.
    private let flags: String
    /// Why everything in a Maildir's folder is ignored.
    private let folderReason: String?
    private let mailbox: MailboxMemory
    private var senders: MailSenders
    /// Nil where the configuration says who is an agent.
    private var owners: MailOwners?
    private var identity: ContentIdentity
    private var claims = MailClaims()
    private var clock: ZoneClock

    init(connector: String, configuration: ConnectorConfiguration, context: DecodingContext) {
        source = configuration.source ?? context.account.map { ScopedID.of(connector, $0) } ?? connector
        channel = configuration.channel ?? .email
        receivedAt = context.receivedAt
        flags = KeptMail.flags(ofFile: context.baseName)
        folderReason = KeptMail.reason(folder: context.outerFolderName, part: context.folderName)
        mailbox = context.memory?.kept(by: connector) { MailboxMemory() } ?? MailboxMemory()
        senders = MailSenders(RoleRules(configuration))
        owners = Self.findsOwners(configuration) ? MailOwners(mailbox) : nil
        identity = ContentIdentity(connector: connector)
        clock = ZoneClock(zone: configuration.zone)
    }

    /// Whether nothing says who is an agent, so that whoever has the mailbox is.
    static func findsOwners(_ configuration: ConnectorConfiguration) -> Bool {
        configuration.agentDomains.isEmpty && configuration.agentNames.isEmpty
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
        let time = MailTime.read(header, receivedAt: receivedAt, clock: &clock)
        let subject = header.text(.subject)
        let references = MailReferences(header)
        let thread = mailbox.conversation(id: references.own, references: references.thread, subject: subject)
        let type = header.unfolded(.contentType) { ContentField($0) }
        if let reason = folderReason ?? KeptMail.reason(header, flags: flags) ?? AutomaticMail.reason(header, type, from, subject: subject) {
            return .ignored(reason: reason, at: time.at)
        }
        let parts = MailParts(bytes, header: header, type: type, body: header.bodyStart..<bytes.count)
        if parts.isReaction { return .ignored(reason: "reaction", at: time.at) }
        var text = MailText.own(bytes, parts.texts, isEscaped: isEscaped)
        var attachments = parts.attachments + MailText.files(bytes, parts.texts)
        if text.isEmpty, attachments.isEmpty {
            if MailText.isEncrypted(bytes, parts.texts) {
                attachments = [Attachment(kind: "document")]
            } else if let subject, !MailSubject(subject).isReply, references.thread.isEmpty {
                // Some write everything into the subject. That of a reply is the other side's.
                text = TextMarks.removed(from: subject).trimmed
            }
            if text.isEmpty, attachments.isEmpty { return .ignored(reason: "empty", at: time.at) }
        }
        owners?.note(header)
        let author = author(sender)
        let id = id(references.own, header, from, subject: subject ?? "", text, thread: thread, number)
        let message = Message(
            id: id, nativeID: references.own, channel: channel, source: source, conversationID: thread ?? id, author: author, sentAt: time.at,
            timeBasis: time.basis, text: text, inReplyTo: references.parent.map { ScopedID.of(source, $0) }, attachments: attachments)
        return text.isEmpty ? .attachment(message) : .message(message)
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
            if claims.claims(own, fingerprint: hash.value) { return ScopedID.of(source, own) }
        }
        return identity.id(
            conversation: ScopedID.of(source, own ?? subject, separator: 0x1E), wallClock: header.text(.date) ?? "", author: author, text: text,
            number: number)
    }

    private func author(_ sender: MailSenders.Sender) -> Author {
        guard owners != nil, let address = sender.address?.address, mailbox.isOwner(address) else { return sender.author }
        var author = sender.author
        author.role = .agent
        return author
    }

    /// Who is taken for an agent where the configuration does not say it; nil where it does.
    var guess: String? {
        guard owners != nil else { return nil }
        return mailbox.hasOwner
            ? "only senders to whose address mails of this mailbox were delivered are taken for agents: set agentDomains"
            : "every sender is taken for a customer, your own people too: set agentDomains"
    }
}
