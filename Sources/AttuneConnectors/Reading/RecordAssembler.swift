import AttuneCore

/// Makes messages of generic records: applies configuration and defaults, reads time, role and rating, gives the id.
struct RecordAssembler {
    private let connector: String
    private let configuration: ConnectorConfiguration
    private let context: DecodingContext
    private let roles: RoleRules
    private let ratings: RatingReader
    private let unmappedRatings = RatingReader(nil)
    private let defaultSource: String
    /// What the configured mapping says of every record that it applies to.
    private let constants: [FieldMapping.Field: String]
    private var identity: ContentIdentity
    var times: TimestampReader
    private var offsets: CallOffset
    private let leftOut = LeftOutRatings()
    /// The channel that was named last, and its name.
    private var lastChannel = Channel.text
    private var lastChannelName: String?

    var remarks: [String] { leftOut.remarks }

    init(connector: String, configuration: ConnectorConfiguration, context: DecodingContext) {
        self.connector = connector
        self.configuration = configuration
        self.context = context
        roles = RoleRules(configuration)
        ratings = RatingReader(configuration.mapping)
        constants = configuration.mapping?.constants ?? [:]
        defaultSource = context.account.map { ScopedID.of(connector, $0) } ?? connector
        identity = ContentIdentity(connector: connector)
        times = TimestampReader(configuration)
        offsets = CallOffset(configuration, context: context)
    }

    /// - Parameters:
    ///   - record: loses the strings that the message takes: copying them is a good part of what a record costs.
    ///   - number: 1-based number of the record in its file.
    ///   - isMapped: whether the configured mapping applies to this record, with its constants.
    mutating func operation(_ record: inout GenericRecord, number: Int, isMapped: Bool) throws(RecordProblem) -> Operation {
        if let speaker = record.speaker { name(speaker, &record) }
        let constants = isMapped ? constants : [:]
        let rating = try rating(&record, isMapped: isMapped)
        guard let written = text(&record, rating: rating) else {
            throw RecordProblem(
                "the record has no text: none of \(FieldName.text.names.prefix(4).joined(separator: ", ")); name it with mapping.text")
        }
        let time = try time(&record, isMapped: isMapped)
        let text = TextMarks.removed(from: written)
        if rating == nil, record.attachments.isEmpty, text.isBlank { return .ignored(reason: "empty", at: time.at) }
        let source = configuration.source ?? record.source.take() ?? constants[.source] ?? defaultSource
        let conversation = record.conversation.take() ?? constants[.conversation]
        let id = makeID(&record, source: source, conversation: conversation, text: written, number: number)
        // Behind the id, which is made of text and author as written.
        if let name = record.displayName.take() { record.displayName = TextMarks.trimmed(name) }
        if record.displayName?.utf8.contains(UInt8(ascii: "@")) == true { Self.noteAddress(&record) }
        let visibility = record.visibility.map(NoteWord.visibility) ?? .public
        let role = try role(&record, constants, isNote: visibility == .private)
        guard let visibility else {
            throw RecordProblem(
                "the visibility is neither public nor private: write one of them, or yes or no in a flag such as private")
        }
        var (identifiers, attachments): ([Identifier], [Attachment]) = ([], [])
        swap(&identifiers, &record.identifiers)
        swap(&attachments, &record.attachments)
        let isAttachment = text.isEmpty && !attachments.isEmpty
        let message = Message(
            id: id, nativeID: record.nativeID.take() ?? record.id.take(),
            channel: channel(&record, constants, hasRating: rating != nil), source: source, conversationID: conversation ?? id,
            author: Author(
                role: role, displayName: record.displayName.take(), identifiers: identifiers, town: record.town.take(),
                birthDate: record.birthDate.take()),
            sentAt: time.at, timeBasis: time.basis, text: text,
            language: record.language.take() ?? constants[.language], rating: rating,
            inReplyTo: record.inReplyTo.take().map { ScopedID.of(source, $0) }, visibility: visibility, edited: record.edited,
            attachments: attachments)
        return isAttachment ? .attachment(message) : .message(message)
    }

    private mutating func makeID(
        _ record: inout GenericRecord, source: String, conversation: String?, text: String, number: Int
    ) -> String {
        if let id = record.id { return ScopedID.of(source, id) }
        let place = conversation ?? (record.timestamp == nil ? context.baseName ?? "" : "")
        let digest = identity.digest(
            source: source, conversation: place, clock: record.timestamp ?? "", milliseconds: 0, author: authorKey(&record), text: text,
            number: number)
        return digest.hex
    }

    /// A record that names whoever speaks: by a word for their role, or by name.
    private mutating func name(_ speaker: String, _ record: inout GenericRecord) {
        record.speaker = nil
        if let role = roles.role(named: speaker) {
            record.wayRole = record.wayRole ?? role
            return
        }
        let (word, name) = RoleRules.counted(speaker)
        let role = roles.isAgent(name: speaker) ? nil : roles.role(named: word)
        record.wayRole = record.wayRole ?? role
        record.displayName = record.displayName ?? (role == nil ? speaker : name)
    }

    /// The text; empty for a record that is only a rating or an attachment.
    private func text(_ record: inout GenericRecord, rating: Rating?) -> String? {
        // Reviews carry half of what they say in their title; elsewhere a title is a subject line or a person's.
        if rating != nil, let title = record.title, !title.trimmed.isEmpty {
            guard let text = record.text, !text.trimmed.isEmpty, text != title else { return title }
            return "\(title)\n\n\(text)"
        }
        return record.text.take() ?? (rating != nil || !record.attachments.isEmpty ? "" : nil)
    }

    // Nobody below changes the record or, but for what it remembers, the assembler: handed over by value, their many fields would be copied each time.

    private mutating func rating(_ record: inout GenericRecord, isMapped: Bool) throws(RecordProblem) -> Rating? {
        if let rating = record.rating { return rating }
        guard let reading = record.ratingReading ?? record.ratingText.map((isMapped ? ratings : unmappedRatings).read) else { return nil }
        switch reading {
        case .rating(let rating): return rating
        case .none: return nil
        case .unreadable(let reason), .outside(let reason):
            // What somebody wrote counts without its rating, too.
            guard let text = record.text, !text.trimmed.isEmpty else { throw RecordProblem(reason) }
            leftOut.note(reason)
            return nil
        }
    }

    private mutating func time(_ record: inout GenericRecord, isMapped: Bool) throws(RecordProblem) -> (at: Timestamp, basis: TimeBasis) {
        if let time = record.time { return (time, .exact) }
        guard let text = record.timestamp else { return (context.receivedAt, .received) }
        if !isMapped || configuration.mapping?.timestampFormat == nil, let time = offsets.read(text) { return time }
        if let time = times.read(text, followsPattern: isMapped, isUTC: record.isUTC) { return time }
        let hint = (isMapped ? configuration.mapping?.timestampFormat : nil).map { "it does not follow mapping.timestampFormat \"\($0)\"" }
        throw RecordProblem("the time is not readable: \(hint ?? "write RFC 3339, or say mapping.timestampFormat")")
    }

    /// An author who is named by a mail address is known by it.
    private static func noteAddress(_ record: inout GenericRecord) {
        guard let name = record.displayName, let written = MailAddress(first: Array(name.utf8)), let address = written.address,
            address.wholeMatch(of: /[^@\s]+@[^@\s]+\.[^@\s]+/) != nil, !record.identifiers.contains(where: { $0.kind == .email })
        else { return }
        record.identifiers.append(Identifier(kind: .email, value: address, verified: true))
        record.displayName = written.name ?? name
    }

    private mutating func role(
        _ record: inout GenericRecord, _ constants: [FieldMapping.Field: String], isNote: Bool
    ) throws(RecordProblem) -> Role {
        if let name = record.role {
            if let role = roles.role(named: name) { return role }
            throw RecordProblem(
                "the role is none we know: write customer, agent, bot or system, or translate it with mapping.roleMap or agentRoleNames")
        }
        if let role = record.plainRole ?? record.wayRole { return role }
        // Whoever writes notes that customers do not see is no customer.
        let fallback = constants[.role].flatMap(Role.init(rawValue:)) ?? (isNote ? .agent : .customer)
        return roles.role(displayName: record.displayName, identifiers: record.identifiers, default: fallback)
    }

    private mutating func channel(_ record: inout GenericRecord, _ constants: [FieldMapping.Field: String], hasRating: Bool) -> Channel {
        if let channel = configuration.channel { return channel }
        guard let name = record.channel ?? constants[.channel] else { return hasRating ? .review : .text }
        // The records of a file name a few, mostly one behind another.
        if lastChannelName != name { (lastChannelName, lastChannel) = (name, Channel(named: name)) }
        return lastChannel
    }

    /// What tells authors apart in ids of records without one.
    private func authorKey(_ record: inout GenericRecord) -> String {
        let name = record.identifiers.first?.value ?? record.displayName
        return name?.lowercased() ?? ""
    }
}
