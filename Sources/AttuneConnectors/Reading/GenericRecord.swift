import AttuneCore

/// A record of a generic file, field by field, before anything is decided. Nil means that the record lacks the field.
struct GenericRecord {
    var id: String?
    var nativeID: String?
    var conversation: String?
    var channel: String?
    var source: String?
    var role: String?
    /// A role that the record says in a word of ours.
    var plainRole: Role?
    /// Who wrote it by the way it went, where the record says no role: in is the customer, out is the business.
    var wayRole: Role?
    var displayName: String?
    var town: String?
    var birthDate: String?
    var identifiers: [Identifier] = []
    var timestamp: String?
    /// A time that is read already, where nothing else is made of its text.
    var time: Timestamp?
    /// Whether a time without a zone is in UTC, as the name of its column says.
    var isUTC = false
    var text: String?
    var title: String?
    var language: String?
    var rating: Rating?
    /// A rating that has still to be read.
    var ratingText: String?
    /// A rating that says its scale.
    var ratingReading: RatingReader.Reading?
    /// A name, or a word for a role.
    var speaker: String?
    var inReplyTo: String?
    var visibility: String?
    var edited = false
    var attachments: [Attachment] = []

    /// Sets a field from its text. Identifiers of plain fields are vouched for by whoever exported them, unless `verified` is false.
    mutating func set(_ field: FieldName, _ value: String, verified: Bool = true) {
        put(field, field == .text || field == .title ? value : value.trimmed, verified: verified)
    }

    /// The same for a text without blanks at its ends.
    /// - Parameter value: taken, not copied: a record is little more than its strings.
    mutating func put(_ field: FieldName, _ value: consuming String, verified: Bool = true) {
        if value.isEmpty, field != .text { return }
        switch field {
        case .id: id = value
        case .nativeID: nativeID = value
        case .conversation: conversation = value
        case .channel: channel = value
        case .source: source = value
        case .role: role = value
        // Before the whole name, which counts more.
        case .firstName: displayName = value
        case .lastName: displayName = Self.name(first: displayName, last: value)
        case .displayName: displayName = value
        case .town: town = value
        case .birthDate: birthDate = value
        case .sentAt: timestamp = value
        case .text: text = value
        case .title: title = value
        case .language: language = value
        case .rating: ratingText = value
        case .inReplyTo: inReplyTo = value
        case .visibility: visibility = value
        case .edited: edited = value == "true" || value == "1"
        case .email: identifiers.append(Identifier(kind: .email, value: value, verified: verified))
        case .phone: identifiers.append(Identifier(kind: .phone, value: value, verified: verified))
        case .handle:
            // "A Google user" is no account.
            if value.utf8.contains(32) {
                if displayName == nil { displayName = value }
            } else {
                identifiers.append(Identifier(kind: .handle, value: value, verified: verified))
            }
        case .customerID: identifiers.append(Identifier(kind: .userID, value: value, verified: verified))
        case .orderNumber: identifiers.append(Identifier(kind: .orderNumber, value: value, verified: verified))
        case .attachment: attachments.append(Attachment(kind: "file", name: value))
        case .direction: wayRole = Self.role(direction: value) ?? wayRole
        case .isAgent: wayRole = FlagWord.read(value).map { $0 ? .agent : .customer } ?? wayRole
        case .isInbound: wayRole = FlagWord.read(value).map { $0 ? .customer : .agent } ?? wayRole
        case .isBot: if FlagWord.read(value) == true { wayRole = .bot }
        case .isPrivate: notePrivate(value, FlagWord.isPrivate(value))
        case .isPublic: notePrivate(value, FlagWord.read(value).map { !$0 } ?? FlagWord.isPrivate(value))
        // By that name others keep the text of a note, which stands beside the message.
        case .internalNote: if FlagWord.read(value) == true { visibility = Visibility.private.rawValue }
        case .kind: if NoteWord.isKind(value) { visibility = Visibility.private.rawValue }
        case .timeOfDay: if let day = timestamp { timestamp = Self.time(day: day, clock: value) }
        case .promoterScore: if let score = Int(value), (0...10).contains(score) { rating = Rating(value: Double(score), min: 0, max: 10) }
        case .speaker: speaker = value
        case .identifiers, .operation: break
        }
    }
}

extension GenericRecord {
    /// Makes it an empty record again. What is empty is left alone: destroying thirty fields takes longer than looking at them.
    mutating func clear() {
        Self.clear(&id)
        Self.clear(&nativeID)
        Self.clear(&conversation)
        Self.clear(&channel)
        Self.clear(&source)
        Self.clear(&role)
        (plainRole, wayRole, time, rating, isUTC, edited) = (nil, nil, nil, nil, false, false)
        Self.clear(&displayName)
        Self.clear(&town)
        Self.clear(&birthDate)
        if !identifiers.isEmpty { identifiers = [] }
        Self.clear(&timestamp)
        Self.clear(&text)
        Self.clear(&title)
        Self.clear(&language)
        Self.clear(&ratingText)
        Self.clear(&ratingReading)
        Self.clear(&speaker)
        Self.clear(&inReplyTo)
        Self.clear(&visibility)
        if !attachments.isEmpty { attachments = [] }
    }

    @inline(__always)
    private static func clear<Field>(_ field: inout Field?) {
        if case .some = field { field = nil }
    }

    private static func name(first: String?, last: String) -> String { first.map { "\($0) \(last)" } ?? last }

    /// `inbound`, `outbound-api`, …; nil for words that mean nothing to us.
    private static func role(direction: String) -> Role? {
        let word = direction.lowercased().prefix { $0.isLetter }
        return switch word {
        case "in", "inbound", "incoming", "received", "receive": .customer
        case "out", "outbound", "outgoing", "sent", "send": .agent
        default: nil
        }
    }

    /// A day and a time of day that stand apart; a day that has its time already keeps it.
    private static func time(day: String, clock: String) -> String {
        day.utf8.contains(UInt8(ascii: ":")) || !clock.utf8.contains(UInt8(ascii: ":")) ? day : "\(day) \(clock)"
    }

    /// Whether the record is private by a flag. One that cannot be read is kept as a visibility that is none: what is perhaps private does not count.
    private mutating func notePrivate(_ value: String, _ isPrivate: Bool?) {
        if isPrivate == true {
            visibility = Visibility.private.rawValue
        } else if isPrivate == nil, !FlagWord.saysNothing(value), visibility.flatMap(NoteWord.visibility) != .private {
            visibility = value
        }
    }
}

/// Why a record gives no message: what is wrong and what to do.
struct RecordProblem: Error, Hashable {
    var reason: String
    init(_ reason: String) { self.reason = reason }
}
