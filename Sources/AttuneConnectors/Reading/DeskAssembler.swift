import AttuneCore

/// Makes operations of what the readers of support systems found: ids, roles, times, privacy. One per decoder.
struct DeskAssembler {
    private(set) var source: String
    /// A reference, because an assembler is copied for every account that a payload names.
    private let setup: Setup

    private final class Setup {
        let connector: String
        let channel: Channel
        let roles: RoleRules
        let configuration: ConnectorConfiguration
        let context: DecodingContext
        let times: SharedTimestampReader
        /// The account that was named last, and the source of its messages: nearly all records name the same. Not shared between threads.
        var named: (account: String, source: String)?

        init(connector: String, channel: Channel, configuration: ConnectorConfiguration, context: DecodingContext) {
            self.connector = connector
            self.channel = channel
            self.configuration = configuration
            self.context = context
            roles = RoleRules(configuration)
            times = SharedTimestampReader(configuration)
        }
    }

    var connector: String { setup.connector }
    var roles: RoleRules { setup.roles }

    /// - Parameter channel: of messages of which neither configuration nor payload says more.
    init(connector: String, channel: Channel, configuration: ConnectorConfiguration, context: DecodingContext) {
        setup = Setup(connector: connector, channel: channel, configuration: configuration, context: context)
        source = configuration.source ?? context.account.map { ScopedID.of(connector, $0) } ?? connector
    }

    /// The same for an account that the payload names.
    func account(_ account: String?) -> DeskAssembler {
        guard setup.configuration.source == nil, let account, !account.isEmpty else { return self }
        var copy = self
        if let named = setup.named, named.account == account {
            copy.source = named.source
        } else {
            copy.source = ScopedID.of(setup.connector, account)
            setup.named = (account, copy.source)
        }
        return copy
    }

    func id(_ nativeID: String) -> String { ScopedID.of(source, nativeID) }

    /// - Parameter message: loses the strings that the operation takes: copying it costs as much as making the operation.
    func operation(_ message: inout DeskMessage, line: Int) -> Operation {
        guard let (at, basis) = time(message.time) else {
            return rejected("the time of a message is not readable: write RFC 3339 or Unix seconds", message.time.line(from: line))
        }
        let text = TextMarks.trimmed(message.isMail ? Self.reply(message.text) : message.text)
        if message.role == .system { return .ignored(reason: "system", at: at) }
        // That something is private now is told without its words, too.
        if text.isEmpty, message.attachments.isEmpty, message.rating == nil, !(message.isChange && message.isPrivate) {
            return .ignored(reason: "empty", at: at)
        }
        if message.isMail, message.identifiers.contains(where: Self.isMailServer) { return .ignored(reason: "auto-reply", at: at) }
        let (isChange, isBare) = (message.isChange, text.isEmpty && message.rating == nil)
        let role = role(message)
        var (identifiers, attachments): ([Identifier], [Attachment]) = ([], [])
        swap(&identifiers, &message.identifiers)
        swap(&attachments, &message.attachments)
        var result = Message(
            id: id(message.key ?? message.nativeID), nativeID: message.nativeID,
            channel: setup.configuration.channel ?? message.channel ?? setup.channel, source: source, conversationID: message.conversationID,
            author: Author(role: role, displayName: message.displayName.take(), identifiers: identifiers), sentAt: at, timeBasis: basis,
            text: text, language: message.language.take(), rating: message.rating, inReplyTo: message.inReplyTo.map(id),
            visibility: message.isPrivate ? .private : .public, edited: message.isEdited || isChange, attachments: attachments)
        if let editedAt = message.editedAt { result = result.edited(at: editedAt) }
        if isChange { return .edit(result) }
        return isBare ? .attachment(result) : .message(result)
    }

    func deletion(of key: String, conversationID: String?, at: Payload? = nil) -> Operation {
        .delete(Deletion(target: id(key), source: source, conversationID: conversationID, at: time(at)))
    }

    /// Of all that was said in a conversation until now.
    func deletion(ofConversation id: String, at: Payload? = nil) -> Operation {
        .delete(Deletion(target: nil, isOfAll: true, source: source, conversationID: id, at: time(at)))
    }

    func rejected(_ reason: String, _ line: Int) -> Operation { .rejected(Rejection(reason: reason, line: line)) }

    /// Nil when there is no time, or none that we can read.
    func time(_ value: Payload?) -> Timestamp? {
        if let at = Self.plainTime(value) { return at }
        guard case .read(let at, _) = written(value) else { return nil }
        return at
    }

    /// Without a string and without a copy of the reader.
    private static func plainTime(_ value: Payload?) -> Timestamp? { value?.withPlainBytes(TimestampReader.plain) ?? nil }

    /// Records in the order of their times; those without one stay behind their predecessor.
    func ordered(_ items: [Payload], by key: StaticString) -> [Payload] {
        if items.count < 2 { return items }
        var last = Timestamp(nanoseconds: .min)
        var isOrdered = true
        let times = items.map { item in
            let at = time(item[key]) ?? last
            if at < last { isOrdered = false }
            last = at
            return at
        }
        // Nearly always they are.
        return isOrdered ? items : items.indices.sorted { (times[$0], $0) < (times[$1], $1) }.map { items[$0] }
    }

    private func time(_ time: DeskMessage.Time) -> (Timestamp, TimeBasis)? {
        guard case .written(let value) = time else {
            guard case .known(let at, let basis) = time else { return nil }
            return (at, basis)
        }
        if let at = Self.plainTime(value) { return (at, .exact) }
        return switch written(value) {
        case .nothing: (setup.context.receivedAt, .received)
        case .unreadable: nil
        case .read(let at, let basis): (at, basis)
        }
    }

    private enum Written {
        case nothing
        case unreadable
        case read(Timestamp, TimeBasis)
    }

    private func written(_ value: Payload?) -> Written {
        let times = setup.times
        func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Written {
            if bytes.isEmpty { return .nothing }
            guard let time = times.read(bytes) else { return .unreadable }
            return .read(time.at, time.basis)
        }
        if let plain = value?.withPlainBytes(read) { return plain }
        guard var text = value?.scalarText else { return .nothing }
        return text.withUTF8(read)
    }

    /// Whether it is the address of a mail server, which tells that a mail did not arrive.
    private static func isMailServer(_ identifier: Identifier) -> Bool {
        // Nearly all others are told by their first letters: `ma`, `po`.
        let bytes = identifier.value.utf8
        guard bytes.count > 11, let first = bytes.first, first | 0x20 == 0x6D || first | 0x20 == 0x70,
            bytes[bytes.index(after: bytes.startIndex)] | 0x20 == (first | 0x20 == 0x6D ? 0x61 : 0x6F), identifier.kind == .email
        else { return false }
        let local = identifier.value.prefix { $0 != "@" }.lowercased()
        return local == "mailer-daemon" || local == "postmaster"
    }

    private func role(_ message: DeskMessage) -> Role {
        let role = message.role ?? setup.roles.role(displayName: message.displayName, identifiers: message.identifiers, default: message.likely)
        // Whoever writes notes that customers do not see is no customer.
        return message.isPrivate && role == .customer ? .agent : role
    }
}

extension DeskAssembler {
    /// What came with a message, under any of the names that support systems give type and name.
    static func attachments(_ items: Payload?) -> [Attachment] {
        guard let items = items?.array, !items.isEmpty else { return [] }
        return items.compactMap { item in
            guard item.isObject else { return nil }
            let name = item["name"]?.string ?? item["file_name"]?.string ?? item["fileName"]?.string ?? item["filename"]?.string
            return Attachment(kind: kind(of: item), name: name)
        }
    }

    private static func kind(of item: Payload) -> String {
        kind(item["content_type"]) ?? kind(item["contentType"]) ?? kind(item["mimeType"]) ?? kind(item["mime_type"]) ?? kind(item["mimetype"])
            ?? kind(item["file_type"]) ?? document
    }

    private static let document = "document"

    /// Nil for what is no text.
    private static func kind(_ type: Payload?) -> String? {
        type?.withStringBytes { bytes in
            let family = UnsafeBufferPointer(rebasing: bytes.prefix { $0 != UInt8(ascii: "/") })
            return families.first { word in
                word.utf8.count == family.count && zip(word.utf8, family).allSatisfy { $0 == ($1 &- 65 < 26 ? $1 | 0x20 : $1) }
            } ?? document
        }
    }

    private static let families = ["image", "audio", "video", "location", "contact"]

    /// What the author of a mail wrote: without what it quotes, unless that is all.
    private static func reply(_ text: String) -> String {
        let text = text.utf8.contains(13) ? text.replacing("\r\n", with: "\n") : text
        let own = ReplyCutter.own(text)
        return own.isEmpty ? text : own
    }

    /// What the author wrote in an HTML body: without what is quoted, unless all of it is.
    static func text(html: String) -> String {
        var html = html
        return html.withUTF8 { text(html: $0) }
    }

    /// The same for a member of a payload; empty where that is no string.
    static func text(html: Payload?) -> String { html?.withStringBytes { text(html: $0) } ?? "" }

    /// - Parameter html: in UTF-8.
    static func text(html: UnsafeBufferPointer<UInt8>) -> String {
        if html.isEmpty { return "" }
        let own = HTMLText.plain(html)
        return own.isEmpty ? HTMLText.whole(html) : own
    }
}
