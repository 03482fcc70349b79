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
    private var voices: [Voice] = []
    private var conversationID = ""
    /// What all ids of this chat begin with.
    private let head: [UInt8]
    private var lines = LineCounter()
    private var day = Day()
    /// The tuples of messages whose ids are not known yet, and what else the entries are, in their order.
    private var batch = DigestBatch()
    private var drafts: [Draft] = []
    private var rare: [Rare] = []
    private var digests: [ContentDigest] = []

    /// A person, as each message needs them.
    private struct Voice {
        /// What all messages share, once the conversation has its name.
        let setting: Message.Setting
        /// What stands for the person in ids.
        let key: [UInt8]
        let isAgent: Bool
        /// Whether a name that occurs once is that of a customer: then it may be part of a system line.
        let isSingle: Bool
        let isSystem: Bool

        init(_ person: Participants.Person, isAgent: Bool, _ setting: Message.Setting) {
            self.setting = setting
            self.isAgent = isAgent
            key = Array((setting.author.identifiers.first { $0.kind == .phone }?.value ?? person.name).utf8)
            isSingle = person.count == 1 && !isAgent
            isSystem = !isAgent && Phrases.opensQuotes(person.name) || isSingle && Phrases.isSystemStart(person.name)
        }
    }

    /// The day of the entry before: most are of the same.
    private struct Day {
        var written: (UInt16, UInt16, UInt16) = (.max, .max, .max)
        var date = CivilDate(year: 0, month: 0, day: 0)
        var isValid = false
    }

    /// An entry before the ids of messages are known: a text that stands in the file as it is said, or something rare.
    private struct Draft {
        var at: Timestamp
        var start: UInt32
        var end: UInt32
        var person: Int32
        /// Index among the rare; -1 for a text.
        var rare: Int32 = -1
    }

    private enum Rare {
        case known(Operation)
        case message(text: String, isEdited: Bool, attachments: [Attachment], isAttachment: Bool)
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
        // The chat's name is part of ids only where the file tells it, so that trimming a chat cannot change ids through its participants.
        head = identity.head(conversation: chatName ?? "")
        identity.reserve(table.entries.count)
        meet(table.entries, bytes)
    }

    private mutating func meet(_ entries: [EntryTable.Entry], _ bytes: UnsafeBufferPointer<UInt8>) {
        let isAgent = people.map { person in roles.isAgent(name: person.name) || person.phone.map { roles.isAgent(name: $0) } == true }
        conversationID = chatName ?? noticed(entries, isAgent, bytes) ?? unnamed(isAgent)
        voices = zip(people, isAgent).map { person, isAgent in
            let setting = Message.Setting(
                channel: channel, source: source, conversationID: conversationID, author: author(person, isAgent: isAgent),
                timeBasis: .localAssumed)
            return Voice(person, isAgent: isAgent, setting)
        }
    }

    private func author(_ person: Participants.Person, isAgent: Bool) -> Author {
        if isAgent { return Author(role: .agent, displayName: person.name) }
        let identifier =
            person.phone.map { Identifier(kind: .phone, value: $0, verified: false) }
            ?? Identifier(kind: .handle, value: "whatsapp-chat:\(conversationID)/\(person.name)", verified: false)
        return Author(role: .customer, displayName: person.name, identifiers: [identifier])
    }

    /// iOS begins a chat with a notice in its name: that of the group or of the other person. Ids do without it, as a chat that was trimmed
    /// has no notice.
    private func noticed(_ entries: [EntryTable.Entry], _ isAgent: [Bool], _ bytes: UnsafeBufferPointer<UInt8>) -> String? {
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
        let all = zip(people, isAgent).filter { !Phrases.opensQuotes($0.0.name) && (!Phrases.isSystemStart($0.0.name) || $0.0.count > 1) }
        let customers = all.filter { !$0.1 }.map(\.0.name).sorted()
        let names = customers.isEmpty ? all.map(\.0.name).sorted() : customers
        if names.count <= 4 { return names.joined(separator: ", ") }
        return "group-" + SHA256.hex(Array(names.joined(separator: "\u{1F}").utf8)).prefix(16)
    }

    /// Hands the operations of all entries on, in their order.
    mutating func read(_ entries: [EntryTable.Entry], _ bytes: UnsafeBufferPointer<UInt8>, _ emit: (Operation) throws -> Void) throws {
        drafts.reserveCapacity(Self.batchSize)
        var start = 0
        while start < entries.count {
            let end = min(start + Self.batchSize, entries.count)
            for index in start..<end { draft(entries[index], bytes) }
            try settle(from: start, bytes, emit)
            start = end
        }
    }

    /// - Parameter start: number of entries before this batch.
    private mutating func settle(from start: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ emit: (Operation) throws -> Void) throws {
        let (known, details) = (drafts, rare)
        identity.settle(&batch, into: &digests) { Self.number(of: $0, in: known, details, from: start) }
        var next = 0
        for draft in drafts {
            guard draft.rare >= 0 else {
                let text = String(copying: UnsafeBufferPointer(rebasing: bytes[Int(draft.start)..<Int(draft.end)]))
                try emit(.message(Message(digest: digests[next], setting: voices[Int(draft.person)].setting, sentAt: draft.at, text: text)))
                next += 1
                continue
            }
            switch rare[Int(draft.rare)] {
            case .known(let operation): try emit(operation)
            case .message(let text, let isEdited, let attachments, let isAttachment):
                let message = Message(
                    digest: digests[next], setting: voices[Int(draft.person)].setting, sentAt: draft.at, text: text, edited: isEdited,
                    attachments: attachments)
                next += 1
                try emit(isAttachment ? .attachment(message) : .message(message))
            }
        }
        batch.removeAll()
        drafts.removeAll(keepingCapacity: true)
        rare.removeAll(keepingCapacity: true)
    }

    /// 1-based number in the file of a message, by its place among those of the batch: asked for only where there are too many to count.
    private static func number(of message: Int, in drafts: [Draft], _ rare: [Rare], from start: Int) -> Int {
        var seen = -1
        for (index, draft) in drafts.enumerated() {
            if draft.rare < 0 { seen += 1 } else if case .message = rare[Int(draft.rare)] { seen += 1 }
            if seen == message { return start + index + 1 }
        }
        return start + message + 1
    }

    private mutating func known(_ operation: Operation) {
        drafts.append(Draft(at: Timestamp(nanoseconds: 0), start: 0, end: 0, person: -1, rare: Int32(rare.count)))
        rare.append(.known(operation))
    }

    /// The time of an entry; nil for a date that does not exist.
    private mutating func moment(_ entry: EntryTable.Entry) -> (date: CivilDate, at: Timestamp)? {
        if day.written != entry.date {
            let (year, month, number) = order.civil(entry.date)
            day = Day(written: entry.date, date: CivilDate(year: year, month: month, day: number))
            day.isValid = day.date.isValid
        }
        var date = day.date
        (date.hour, date.minute, date.second) = (Int(entry.hour), Int(entry.minute), Int(entry.second))
        guard day.isValid, let at = clock.instant(date) else { return nil }
        return (date, at)
    }

    private mutating func draft(_ entry: EntryTable.Entry, _ bytes: UnsafeBufferPointer<UInt8>) {
        guard let (date, at) = moment(entry) else {
            let line = lines.line(of: Int(entry.bodyStart), in: bytes)
            return known(.rejected(Rejection(reason: "the date does not exist in the order that the file shows; set dayFirst", line: line)))
        }
        let index = Int(entry.person)
        if index < 0 || voices[index].isSystem || voices[index].isSingle && entry.isMarked {
            return known(.ignored(reason: "system", at: at, text: body(bytes, Int(entry.bodyStart), Int(entry.end))))
        }
        if entry.isExpired { return known(.ignored(reason: "expired", at: at)) }
        let hints = BodyHints(bytes, Int(entry.textStart), Int(entry.end))
        if hints.isPlain {
            if let meaning = phrases.meaning(hints.bytes) { return draft(meaning, hints.text, index, date, at) }
            if !hints.mayNameFile, !hints.mayEndWithEditedMark, !hints.mayBeginWithMedium, !phrases.mayEndWithMedium(hints.bytes) {
                // Other letters may be written in several ways, or be broken.
                guard hints.isASCII else { return message(hints.text, index, date, at, isComposed: hints.isComposed) }
                identity.add(to: &batch, head: head, wallClock: date, author: voices[index].key, text: hints.bytes)
                let start = min(entry.textStart, entry.end)
                return drafts.append(Draft(at: at, start: start, end: entry.end, person: entry.person))
            }
            return draft(hints.text, hints, index, date, at) { false }
        }
        let text = body(bytes, Int(entry.textStart), Int(entry.end))
        if let meaning = phrases.meaning(text) { return draft(meaning, text, index, date, at) }
        draft(text, hints, index, date, at) { Self.isMarked(bytes, Int(entry.bodyStart)) }
    }

    /// Longest beginning of an entry, bytes: `[2026-02-03, 09:14:07 a. m.] `.
    private static let longestHeader = 80

    /// Whether a mark stands before the entry whose author begins at `start`.
    private static func isMarked(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        var line = start
        while line > 0, bytes[line - 1] != 10, start - line < longestHeader { line -= 1 }
        return TextMarks.isLeftToRight(bytes, at: line)
    }

    /// What WhatsApp wrote in somebody's name.
    private mutating func draft(_ meaning: Phrases.Meaning, _ text: String, _ index: Int, _ date: CivilDate, _ at: Timestamp) {
        switch meaning {
        case .media(let kind): message("", index, date, at, attachments: [Attachment(kind: kind)], isAttachment: true)
        case .deleted:
            known(
                .delete(
                    Deletion(target: nil, source: source, conversationID: conversationID, author: voices[index].setting.author, at: at)))
        case .system: known(.ignored(reason: "system", at: at, text: text))
        case .unavailable: known(.ignored(reason: "unavailable", at: at))
        }
    }

    private mutating func draft(
        _ whole: String, _ hints: BodyHints, _ index: Int, _ date: CivilDate, _ at: Timestamp, isLineMarked: () -> Bool
    ) {
        // The mark of an edit stands behind all else.
        let kept = Self.withoutEditedMark(whole, hints)
        let (text, isEdited) = (kept ?? whole, kept != nil)
        if hints.mayNameFile || isEdited, let mark = AttachmentMark(text) ?? AttachmentMark(belowCaption: text, hints) {
            return message(
                mark.caption, index, date, at, attachments: [mark.attachment], nameInIDs: mark.nameInIDs, isAttachment: mark.caption.isEmpty,
                isEdited: isEdited)
        }
        if hints.isPlain ? phrases.mayEndWithMedium(hints.bytes) : true, let kind = phrases.documentKind(text) {
            return message("", index, date, at, attachments: [kind], isAttachment: true)
        }
        if let (kind, caption) = phrases.captioned(text, hints, isLineMarked: isLineMarked) {
            return message(caption, index, date, at, attachments: [Attachment(kind: kind)], isAttachment: caption.isEmpty, isEdited: isEdited)
        }
        // WhatsApp's own lines begin with a mark even where they have an author.
        if hints.isMarked, !isEdited { return known(.ignored(reason: "system", at: at, text: text)) }
        message(text, index, date, at, isComposed: hints.isComposed && !isEdited, isEdited: isEdited)
    }

    /// Nil for a message that nobody edited.
    private static func withoutEditedMark(_ text: String, _ hints: BodyHints) -> String? {
        if hints.mayEndWithEditedMark, let kept = Phrases.withoutEditedMark(text) { return kept }
        guard hints.editedMark != nil, let open = text.utf8.lastIndex(of: UInt8(ascii: "<")) else { return nil }
        let kept = String(text[..<open]).trimmed
        return kept.isEmpty ? nil : kept
    }

    private mutating func message(
        _ text: String, _ index: Int, _ date: CivilDate, _ at: Timestamp, attachments: [Attachment] = [], nameInIDs: String? = nil,
        isAttachment: Bool = false, isComposed: Bool = false, isEdited: Bool = false
    ) {
        // Attachments differ by name only; their names are what they "say".
        var content = text.isEmpty ? attachments.map { "\($0.kind):\(nameInIDs ?? $0.name ?? "")" }.joined(separator: ",") : text
        if !isComposed { content = ContentIdentity.composed(content) }
        content.withUTF8 { identity.add(to: &batch, head: head, wallClock: date, author: voices[index].key, text: $0) }
        drafts.append(Draft(at: at, start: 0, end: 0, person: Int32(index), rare: Int32(rare.count)))
        rare.append(.message(text: text, isEdited: isEdited, attachments: attachments, isAttachment: isAttachment))
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
