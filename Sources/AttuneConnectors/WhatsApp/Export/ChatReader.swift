import AttuneCore

/// Reads the entries of a chat: who wrote each, what it is, when it was.
struct ChatReader {
    private let source: String
    private let channel: Channel
    private let chatName: String?
    private let order: DayOrder
    private let roles: RoleRules
    private let phrases = Phrases.standard
    private var clock: ZoneClock
    private var identity: ContentIdentity
    private var people = Participants()
    /// What all messages of each person share, once the conversation has its name.
    private var settings: [Message.Setting] = []
    private var isAgent: [Bool] = []
    /// What stands for each person in ids.
    private var authorKeys: [String] = []
    /// Where each entry's text begins and whose it is, found while the people were counted.
    private var splits: [(split: AuthorSplit, person: Int)?] = []
    private var conversationID = ""

    init(connector: String, configuration: ConnectorConfiguration, context: DecodingContext, order: DayOrder) {
        source = configuration.source ?? context.account.map { ScopedID.of(connector, $0) } ?? connector
        channel = configuration.channel ?? .whatsapp
        chatName = ChatName.name(context)
        self.order = order
        roles = RoleRules(configuration)
        clock = ZoneClock(zone: configuration.zone)
        identity = ContentIdentity(connector: connector)
    }

    /// First pass over the authors: who takes part, and how the conversation is called.
    mutating func meet(_ entries: [EntryTable.Entry], _ bytes: UnsafeBufferPointer<UInt8>) {
        splits.reserveCapacity(entries.count)
        for entry in entries {
            guard let split = AuthorSplit(entry, bytes), let name = split.name(bytes) else {
                splits.append(nil)
                continue
            }
            let person = people.index(name)
            people.count(person)
            splits.append((split, person))
        }
        isAgent = people.people.map { person in roles.isAgent(name: person.name) || person.phone.map { roles.isAgent(name: $0) } == true }
        conversationID = chatName ?? unnamed(isAgent)
        let authors = zip(people.people, isAgent).map { person, isAgent in
            if isAgent { return Author(role: .agent, displayName: person.name) }
            let identifier =
                person.phone.map { Identifier(kind: .phone, value: $0, verified: false) }
                ?? Identifier(kind: .handle, value: "whatsapp-chat:\(conversationID)/\(person.name)", verified: false)
            return Author(role: .customer, displayName: person.name, identifiers: [identifier])
        }
        settings = authors.map {
            Message.Setting(channel: channel, source: source, conversationID: conversationID, author: $0, timeBasis: .localAssumed)
        }
        authorKeys = zip(authors, people.people).map { author, person in author.identifiers.first { $0.kind == .phone }?.value ?? person.name }
    }

    /// An unnamed chat is called by its customers; a large group by a hash of them.
    private func unnamed(_ isAgent: [Bool]) -> String {
        let all = zip(people.people, isAgent).filter { !Phrases.isSystemStart($0.0.name) || $0.0.count > 1 }
        let customers = all.filter { !$0.1 }.map(\.0.name).sorted()
        let names = customers.isEmpty ? all.map(\.0.name).sorted() : customers
        if names.count <= 4 { return names.joined(separator: ", ") }
        return "group-" + SHA256.hex(Array(names.joined(separator: "\u{1F}").utf8)).prefix(16)
    }

    /// - Parameter number: 1-based number of the entry.
    mutating func operation(_ entry: EntryTable.Entry, number: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Operation {
        let (year, month, day) = order.civil(entry.date)
        let date = CivilDate(year: year, month: month, day: day, hour: Int(entry.hour), minute: Int(entry.minute), second: Int(entry.second))
        guard date.isValid, let at = clock.instant(date) else {
            return .rejected(Rejection(reason: "the date does not exist in the order that the file shows; set dayFirst", line: Int(entry.line)))
        }
        guard let (split, index) = splits[number - 1] else {
            return .ignored(reason: "system", at: at, text: body(bytes, Int(entry.bodyStart), Int(entry.end)))
        }
        if people.people[index].count == 1, !isAgent[index], split.isMarked || Phrases.isSystemStart(people.people[index].name) {
            return .ignored(reason: "system", at: at, text: body(bytes, Int(entry.bodyStart), Int(entry.end)))
        }
        if split.isExpired { return .ignored(reason: "expired", at: at) }
        let hints = BodyHints(bytes, split.textStart, Int(entry.end))
        let text = hints.isPlain ? hints.text : body(bytes, split.textStart, Int(entry.end))
        return operation(text, hints, index, date, at, number)
    }

    private mutating func operation(
        _ text: String, _ hints: BodyHints, _ index: Int, _ date: CivilDate, _ at: Timestamp, _ number: Int
    ) -> Operation {
        if let meaning = hints.isPlain ? phrases.meaning(hints.bytes) : phrases.meaning(text) {
            switch meaning {
            case .media(let kind): return .attachment(message("", index, date, at, number, attachments: [Attachment(kind: kind)]))
            case .deleted:
                return .delete(Deletion(target: nil, source: source, conversationID: conversationID, author: settings[index].author, at: at))
            case .system: return .ignored(reason: "system", at: at, text: text)
            case .unavailable: return .ignored(reason: "unavailable", at: at)
            }
        }
        if hints.mayNameFile, let mark = AttachmentMark(text) {
            let message = message(mark.caption, index, date, at, number, attachments: [mark.attachment])
            return mark.caption.isEmpty ? .attachment(message) : .message(message)
        }
        if hints.hasClosingSign, let kept = Phrases.withoutEditedMark(text) {
            return .message(message(kept, index, date, at, number, isEdited: true))
        }
        if let mark = hints.editedMark {
            let kept = TextMarks.text(UnsafeBufferPointer(rebasing: hints.bytes[..<mark])).trimmed
            if !kept.isEmpty { return .message(message(kept, index, date, at, number, isEdited: true)) }
        }
        if hints.isPlain ? phrases.mayEndWithMedium(hints.bytes) : true, let kind = phrases.documentKind(text) {
            return .attachment(message("", index, date, at, number, attachments: [kind]))
        }
        // WhatsApp's own lines begin with a mark even where they have an author.
        if hints.isMarked { return .ignored(reason: "system", at: at, text: text) }
        return .message(message(text, index, date, at, number, isComposed: hints.isComposed))
    }

    private mutating func message(
        _ text: String, _ index: Int, _ date: CivilDate, _ at: Timestamp, _ number: Int, attachments: [Attachment] = [],
        isComposed: Bool = false, isEdited: Bool = false
    ) -> Message {
        // Attachments differ by name only; their names are what they "say". The chat's name is part of the id only where
        // the file tells it, so that trimming a chat cannot change ids through its participants.
        let content = text.isEmpty ? attachments.map { "\($0.kind):\($0.name ?? "")" }.joined(separator: ",") : text
        let digest = identity.digest(
            conversation: chatName ?? "", wallClock: date, author: authorKeys[index], text: content, isComposed: isComposed, number: number)
        return Message(digest: digest, setting: settings[index], sentAt: at, text: text, edited: isEdited, attachments: attachments)
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

/// Where the author ends and the text begins.
struct AuthorSplit {
    private let start: Int
    private let end: Int
    let textStart: Int
    /// `Name:.` marks a message that expired.
    let isExpired: Bool
    /// The line begins with U+200E before the author: WhatsApp's own.
    let isMarked: Bool

    /// Longest name, bytes: WhatsApp allows 25 characters, address books more.
    private static let nameLimit = 200

    /// Nil when no author is there: a system entry.
    init?(_ entry: EntryTable.Entry, _ bytes: UnsafeBufferPointer<UInt8>) {
        let (from, limit) = (Int(entry.bodyStart), Int(entry.end))
        let nearest = min(limit, from + Self.nameLimit)
        let stop = ByteSearch.first(10, in: bytes, from: from, to: nearest) ?? nearest
        var search = from
        while let at = ByteSearch.first(0x3A, in: bytes, from: search, to: stop) {
            search = at + 1
            let next = at + 1 < limit ? bytes[at + 1] : 10
            let isPoint = next == 0x2E && at + 2 == limit
            guard at > from, next == 0x20 || next == 10 || next == 13 || isPoint || Self.isReference(bytes, at + 1, stop) else { continue }
            (start, end, isExpired) = (from, at, isPoint)
            textStart = next == 0x20 ? at + 2 : isPoint ? limit : at + 1
            isMarked = at > from + 3 && bytes[from] == 0xE2 && bytes[from + 1] == 0x80 && bytes[from + 2] == 0x8E
            return
        }
        return nil
    }

    /// `<附件：` or U+200E and the like: references to files come without a blank in some languages.
    private static func isReference(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        let isMarked = start + 3 < end && bytes[start] == 0xE2 && bytes[start + 1] == 0x80 && bytes[start + 2] == 0x8E
        let open = isMarked ? start + 3 : start
        return open < end && bytes[open] == UInt8(ascii: "<") && ByteSearch.first(UInt8(ascii: ">"), in: bytes, from: open, to: end) != nil
    }

    /// Nil for a name of nothing but marks and blanks.
    func name(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        end > start ? UnsafeBufferPointer(rebasing: bytes[start..<end]) : nil
    }
}
