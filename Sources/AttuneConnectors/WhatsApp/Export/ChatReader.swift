import AttuneCore

/// Reads the entries of a chat: who wrote each, what it is, when it was.
struct ChatReader: ~Copyable {
    private let source: String
    private let channel: Channel
    private let chatName: String?
    private let order: DayOrder
    private let roles: RoleRules
    private let phrases = Phrases.standard
    private var clock: ZoneClock
    private var identity: ContentIdentity
    private let people: [Participants.Person]
    /// What all messages of each person share, once the conversation has its name.
    private var settings: [Message.Setting] = []
    private var isAgent: [Bool] = []
    /// What stands for each person in ids.
    private var authorKeys: [String] = []
    private var conversationID = ""
    private var lines = LineCounter()
    /// The tuples of messages whose ids are not known yet, and what else these messages are, in their order.
    private var batch = DigestBatch()
    private var waiting: [Waiting] = []
    private var digests: [ContentDigest] = []

    /// A message without its id.
    private struct Waiting {
        var isAttachment: Bool
        /// 1-based number of the entry.
        var number: Int
        var person: Int
        var at: Timestamp
        var text: String
        var isEdited: Bool
        var attachments: [Attachment]
    }

    /// What an entry is, before the ids of messages are known.
    private enum Draft {
        case known(Operation)
        case waiting
    }

    /// Entries that are read together.
    private static let batchSize = 64

    /// Finds out who takes part, and how the conversation is called.
    init(
        connector: String, configuration: ConnectorConfiguration, context: DecodingContext, order: DayOrder, table: EntryTable,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) {
        people = table.people.people
        source = configuration.source ?? context.account.map { ScopedID.of(connector, $0) } ?? connector
        channel = configuration.channel ?? .whatsapp
        chatName = configuration.conversation ?? ChatName.name(context)
        self.order = order
        roles = RoleRules(configuration)
        clock = ZoneClock(zone: configuration.zone)
        identity = ContentIdentity(connector: connector)
        identity.reserve(table.entries.count)
        meet(table.entries, bytes)
    }

    private mutating func meet(_ entries: [EntryTable.Entry], _ bytes: UnsafeBufferPointer<UInt8>) {
        isAgent = people.map { person in roles.isAgent(name: person.name) || person.phone.map { roles.isAgent(name: $0) } == true }
        conversationID = chatName ?? noticed(entries, bytes) ?? unnamed(isAgent)
        let authors = zip(people, isAgent).map { person, isAgent in
            if isAgent { return Author(role: .agent, displayName: person.name) }
            let identifier =
                person.phone.map { Identifier(kind: .phone, value: $0, verified: false) }
                ?? Identifier(kind: .handle, value: "whatsapp-chat:\(conversationID)/\(person.name)", verified: false)
            return Author(role: .customer, displayName: person.name, identifiers: [identifier])
        }
        settings = authors.map {
            Message.Setting(channel: channel, source: source, conversationID: conversationID, author: $0, timeBasis: .localAssumed)
        }
        authorKeys = zip(authors, people).map { author, person in author.identifiers.first { $0.kind == .phone }?.value ?? person.name }
    }

    /// iOS begins a chat with a notice in its name: that of the group or of the other person. Ids do without it, as a chat that was trimmed
    /// has no notice.
    private func noticed(_ entries: [EntryTable.Entry], _ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        for entry in entries.prefix(3) where entry.person >= 0 && entry.textStart < entry.end {
            let body = UnsafeBufferPointer(rebasing: bytes[Int(entry.textStart)..<Int(entry.end)])
            if body.starts(with: [0xE2, 0x80, 0x8E]), ChatName.isEncryptionNotice(TextMarks.text(body)) {
                return isAgent[Int(entry.person)] ? nil : people[Int(entry.person)].name
            }
        }
        return nil
    }

    /// An unnamed chat is called by its customers; a large group by a hash of them.
    private func unnamed(_ isAgent: [Bool]) -> String {
        let all = zip(people, isAgent).filter { !Phrases.isSystemStart($0.0.name) || $0.0.count > 1 }
        let customers = all.filter { !$0.1 }.map(\.0.name).sorted()
        let names = customers.isEmpty ? all.map(\.0.name).sorted() : customers
        if names.count <= 4 { return names.joined(separator: ", ") }
        return "group-" + SHA256.hex(Array(names.joined(separator: "\u{1F}").utf8)).prefix(16)
    }

    /// Hands the operations of all entries on, in their order.
    mutating func read(_ entries: [EntryTable.Entry], _ bytes: UnsafeBufferPointer<UInt8>, _ emit: (Operation) throws -> Void) throws {
        var drafts = [Draft]()
        drafts.reserveCapacity(Self.batchSize)
        var start = 0
        while start < entries.count {
            let end = min(start + Self.batchSize, entries.count)
            for index in start..<end { drafts.append(draft(entries[index], number: index + 1, bytes)) }
            try settle(drafts, emit)
            drafts.removeAll(keepingCapacity: true)
            start = end
        }
    }

    private mutating func settle(_ drafts: [Draft], _ emit: (Operation) throws -> Void) throws {
        let waiting = waiting
        identity.settle(&batch, into: &digests) { waiting[$0].number }
        var next = 0
        for draft in drafts {
            guard case .waiting = draft else {
                if case .known(let operation) = draft { try emit(operation) }
                continue
            }
            let found = waiting[next]
            let message = Message(
                digest: digests[next], setting: settings[found.person], sentAt: found.at, text: found.text, edited: found.isEdited,
                attachments: found.attachments)
            next += 1
            try emit(found.isAttachment ? .attachment(message) : .message(message))
        }
        batch.removeAll()
        self.waiting.removeAll(keepingCapacity: true)
    }

    /// - Parameter number: 1-based number of the entry.
    private mutating func draft(_ entry: EntryTable.Entry, number: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Draft {
        let (year, month, day) = order.civil(entry.date)
        let date = CivilDate(year: year, month: month, day: day, hour: Int(entry.hour), minute: Int(entry.minute), second: Int(entry.second))
        guard date.isValid, let at = clock.instant(date) else {
            let line = lines.line(of: Int(entry.bodyStart), in: bytes)
            return .known(
                .rejected(Rejection(reason: "the date does not exist in the order that the file shows; set dayFirst", line: line)))
        }
        let index = Int(entry.person)
        if index < 0 || people[index].count == 1 && !isAgent[index] && (entry.isMarked || Phrases.isSystemStart(people[index].name)) {
            return .known(.ignored(reason: "system", at: at, text: body(bytes, Int(entry.bodyStart), Int(entry.end))))
        }
        if entry.isExpired { return .known(.ignored(reason: "expired", at: at)) }
        let hints = BodyHints(bytes, Int(entry.textStart), Int(entry.end))
        let text = hints.isPlain ? hints.text : body(bytes, Int(entry.textStart), Int(entry.end))
        return draft(text, hints, index, date, at, number)
    }

    private mutating func draft(
        _ text: String, _ hints: BodyHints, _ index: Int, _ date: CivilDate, _ at: Timestamp, _ number: Int
    ) -> Draft {
        if let meaning = hints.isPlain ? phrases.meaning(hints.bytes) : phrases.meaning(text) {
            switch meaning {
            case .media(let kind): return message("", index, date, at, number, attachments: [Attachment(kind: kind)], isAttachment: true)
            case .deleted:
                return .known(
                    .delete(Deletion(target: nil, source: source, conversationID: conversationID, author: settings[index].author, at: at)))
            case .system: return .known(.ignored(reason: "system", at: at, text: text))
            case .unavailable: return .known(.ignored(reason: "unavailable", at: at))
            }
        }
        if hints.mayNameFile, let mark = AttachmentMark(text) {
            return message(mark.caption, index, date, at, number, attachments: [mark.attachment], isAttachment: mark.caption.isEmpty)
        }
        if hints.hasClosingSign, let kept = Phrases.withoutEditedMark(text) {
            return message(kept, index, date, at, number, isEdited: true)
        }
        if let mark = hints.editedMark {
            let kept = TextMarks.text(UnsafeBufferPointer(rebasing: hints.bytes[..<mark])).trimmed
            if !kept.isEmpty { return message(kept, index, date, at, number, isEdited: true) }
        }
        if hints.isPlain ? phrases.mayEndWithMedium(hints.bytes) : true, let kind = phrases.documentKind(text) {
            return message("", index, date, at, number, attachments: [kind], isAttachment: true)
        }
        // WhatsApp's own lines begin with a mark even where they have an author.
        if hints.isMarked { return .known(.ignored(reason: "system", at: at, text: text)) }
        return message(text, index, date, at, number, isComposed: hints.isComposed)
    }

    private mutating func message(
        _ text: String, _ index: Int, _ date: CivilDate, _ at: Timestamp, _ number: Int, attachments: [Attachment] = [],
        isAttachment: Bool = false, isComposed: Bool = false, isEdited: Bool = false
    ) -> Draft {
        // Attachments differ by name only; their names are what they "say". The chat's name is part of the id only where
        // the file tells it, so that trimming a chat cannot change ids through its participants.
        let content = text.isEmpty ? attachments.map { "\($0.kind):\($0.name ?? "")" }.joined(separator: ",") : text
        identity.add(
            to: &batch, conversation: chatName ?? "", wallClock: date, author: authorKeys[index], text: content, isComposed: isComposed)
        waiting.append(
            Waiting(
                isAttachment: isAttachment, number: number, person: index, at: at, text: text, isEdited: isEdited, attachments: attachments))
        return .waiting
    }

    /// Text between two bytes without direction marks, lines joined by LF.
    private func body(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> String {
        guard start < end else { return "" }
        let slice = UnsafeBufferPointer(rebasing: bytes[start..<end])
        if ByteSearch.first(13, in: bytes, from: start, to: end) == nil { return TextMarks.text(slice) }
        var kept = [UInt8]()
        kept.reserveCapacity(slice.count)
        for (i, byte) in slice.enumerated() where byte != 13 || i + 1 == slice.count || slice[i + 1] != 10 { kept.append(byte == 13 ? 10 : byte) }
        return kept.withUnsafeBufferPointer { TextMarks.text($0) }
    }
}
