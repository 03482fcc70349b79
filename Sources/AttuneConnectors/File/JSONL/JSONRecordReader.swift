import AttuneCore

/// Reads one JSON object as a generic record: in one walk over its bytes, with strings made only of the fields that count.
struct JSONRecordReader {
    enum Result {
        case record(isMapped: Bool)
        /// One of our own operations, as `attune decode` prints it.
        case own(Operation)
    }

    private struct Slot {
        var value: JSONNode
        var kind: JSONNode.Kind
        var field: FieldName
        var rank: Int
    }

    private let mapping: JSONMapping?
    /// Whether there is a mapping, be it one that names no member.
    private let isMapped: Bool
    private var names = RecentNames()
    private var slots = Array(repeating: Slot(value: .null, kind: .null, field: .id, rank: 0), count: FieldName.allCases.count)
    /// Fields whose slots are taken by the record that is read, one bit each; the others are left over from the records before it.
    private var taken: UInt64 = 0
    /// Whether a member that would be the text is null: the record says that it has none.
    private(set) var saysNoText = false

    init(_ configuration: ConnectorConfiguration) {
        isMapped = configuration.mapping != nil
        mapping = configuration.mapping.flatMap { $0.paths.isEmpty ? nil : JSONMapping($0) }
    }

    /// - Parameter record: an empty one.
    mutating func read(_ node: JSONNode, into record: inout GenericRecord) throws(RecordProblem) -> Result {
        guard node.isObject else { throw RecordProblem("not a record: an object was expected") }
        if node.hasNUL { throw RecordProblem("a NUL in a string: texts have none") }
        note(node)
        if isTaken(.operation) || OwnRecord.isNested(node) { return .own(try OwnRecord.operation(node)) }
        // Asked only where it may be so: handing on a reader of this size takes longer.
        if !isMapped, taken & Self.ofRecords == 0, isPlatformError(node) {
            throw RecordProblem("an error that a platform answered with, not messages: ask it again, with the right key and address")
        }
        try readCanonical(node, into: &record)
        return .record(isMapped: mapping?.apply(to: &record, from: node) ?? true)
    }

    /// Fields that no platform's error has.
    private static let ofRecords = [FieldName.id, .sentAt, .displayName, .role, .conversation, .rating, .identifiers, .email, .phone, .handle]
        .reduce(UInt64(0)) { $0 | 1 << UInt64($1.rawValue) }

    /// Whether an answer of an API without any of those fields says that something went wrong: it names an error.
    private func isPlatformError(_ node: JSONNode) -> Bool {
        // Errors say what is wrong in a message or a description; what has a text by another name is a record.
        if isTaken(.text) && node["message"]?.string == nil && node["description"]?.string == nil { return false }
        func isStatus(_ value: JSONNode?) -> Bool { value?.integer.map { (400...599).contains($0) } == true }
        if let error = node["error"] { return error.isObject || error.string != nil || isStatus(error) }
        // Help Scout's answers have them within, AWS names the type of what went wrong.
        if node.at("_embedded", "errors")?.array != nil { return true }
        if node["__type"]?.string != nil || node["logRef"]?.string != nil, node["message"]?.string != nil { return true }
        if node["errors"]?.array != nil || node["errorCode"]?.scalarText != nil || node["error_code"]?.scalarText != nil { return true }
        if node["code"]?.scalarText != nil && node["message"]?.string != nil { return true }
        let saysWhat = ["message", "title", "detail", "description"].contains { node[$0]?.string != nil }
        return saysWhat && (isStatus(node["status"] ?? node["statusCode"] ?? node["status_code"]) || node["documentation_url"] != nil)
    }

    private func isTaken(_ field: FieldName) -> Bool { taken & 1 << UInt64(field.rawValue) != 0 }

    /// Notes where the known fields are.
    private mutating func note(_ node: JSONNode) {
        var (taken, saysNoText) = (UInt64(0), false)
        // Borrowed once, not for each member.
        slots.withUnsafeMutableBufferPointer { slots in
            names.withEach(of: node) { known, value in Self.note(known, value, slots, &taken, &saysNoText) }
        }
        (self.taken, self.saysNoText) = (taken, saysNoText)
    }

    @inline(__always)
    private static func note(
        _ known: (field: FieldName, rank: Int), _ value: JSONNode, _ slots: UnsafeMutableBufferPointer<Slot>, _ taken: inout UInt64,
        _ saysNoText: inout Bool
    ) {
        var (value, kind) = (value, value.kind)
        if !Self.fits(kind, known.field) {
            if kind == .null, known.field == .text { saysNoText = true }
            if let inner = Self.extended(value), Self.fits(inner.kind, known.field) {
                (value, kind) = (inner, inner.kind)
            } else if !(known.field == .sentAt && JSONParts.seconds(value) != nil || known.field == .text && JSONParts.text(value) != nil) {
                return
            }
        }
        let index = known.field.rawValue
        // Of two members of the same name the last counts, as in `JSONValue`; of two names the better one, unless it says nothing.
        if taken & 1 << UInt64(index) != 0, slots[index].rank != known.rank {
            let (isEmpty, wasEmpty) = (Self.isEmpty(value), Self.isEmpty(slots[index].value))
            if isEmpty == wasEmpty ? slots[index].rank < known.rank : isEmpty { return }
        }
        slots[index] = Slot(value: value, kind: kind, field: known.field, rank: known.rank)
        taken |= 1 << UInt64(index)
    }

    private static func isEmpty(_ value: JSONNode) -> Bool { value.string?.utf8.allSatisfy { $0 <= 32 } ?? false }

    /// The value in MongoDB's Extended JSON: `{"$oid":"…"}`, `{"$date":"…"}`, `{"$date":{"$numberLong":"…"}}`.
    private static func extended(_ value: JSONNode) -> JSONNode? {
        guard value.isObject else { return nil }
        for name in ["$oid", "$date", "$numberLong", "$numberInt", "$numberDouble"] as [StaticString] {
            if let inner = value[name] { return inner.isObject ? extended(inner) : inner }
        }
        return nil
    }

    /// Whether a value of this kind can be that field; `"message": {…}` is no text.
    private static func fits(_ kind: JSONNode.Kind, _ field: FieldName) -> Bool {
        if kind == .null { return false }
        return switch field {
        case .text, .title, .channel, .source, .role, .language, .visibility, .operation, .email, .town, .firstName, .lastName, .kind: kind == .string
        case .identifiers: kind == .array
        case .rating: kind == .number || kind == .string || kind == .object
        case .promoterScore: kind == .number || kind == .string
        case .timeOfDay: false
        case .displayName, .speaker: kind == .string || kind == .object
        case .edited: kind == .bool
        case .direction: kind == .string
        case .isAgent, .isInbound, .isBot, .isPrivate, .isPublic, .internalNote: kind == .bool || kind == .number || kind == .string
        case .attachment: kind != .number && kind != .bool
        case .id, .nativeID, .conversation, .sentAt, .inReplyTo, .phone, .handle, .customerID, .orderNumber, .birthDate:
            kind == .string || kind == .number
        }
    }

    // The two below change no reader: handed on by value, it would be copied each time.

    private mutating func readCanonical(_ node: JSONNode, into record: inout GenericRecord) throws(RecordProblem) {
        var left = taken
        while left != 0 {
            let index = left.trailingZeroBitCount
            left &= left &- 1
            let (field, value) = (slots[index].field, slots[index].value)
            switch (field, slots[index].kind) {
            case (.identifiers, _): try JSONParts.add(value, to: &record.identifiers)
            case (.kind, _): if Self.isNote(value), node["attributedTo"] == nil { record.visibility = Visibility.private.rawValue }
            case (.text, .array): if let text = JSONParts.text(value) { record.set(.text, text) }
            case (.sentAt, .object): if let text = JSONParts.seconds(value) { record.set(.sentAt, text) }
            case (.rating, .object): record.ratingReading = JSONParts.reading(value)
            case (.displayName, .object), (.speaker, .object): try JSONParts.author(value, into: &record)
            case (.attachment, .object), (.attachment, .array): record.attachments = JSONParts.attachments(value)
            default: if !readPlainly(field, value, into: &record), let text = value.scalarText { record.set(field, text) }
            }
        }
    }

    /// Whether a kind is a note. (Of ActivityPub, whose objects are attributed to somebody, every post is a `Note`.)
    private static func isNote(_ kind: JSONNode) -> Bool {
        if let bytes = kind.plainBytes { return NoteWord.isKind(bytes) }
        return kind.string.map { NoteWord.isKind($0) } ?? false
    }

    /// Reads what nearly all records have from its bytes; false, and nothing done, for the rest.
    private mutating func readPlainly(_ field: FieldName, _ value: JSONNode, into record: inout GenericRecord) -> Bool {
        guard let bytes = value.plainBytes, let first = bytes.first, let last = bytes.last else { return false }
        // A mapping may say what a role or a time means, or replace it; the ids of records without one are made of the time's text, and those
        // of the messages in a conversation of the conversation's.
        if !isMapped {
            if field == .sentAt, record.id != nil, isTaken(.text), let time = TimestampReader.certain(bytes) {
                record.time = time
                return true
            }
            if field == .role, let role = Self.role(bytes) {
                record.plainRole = role
                return true
            }
            // Stars, of the usual five.
            if field == .rating, bytes.count == 1, first &- 49 < 5 {
                record.rating = Rating(value: Double(first &- 48))
                return true
            }
        }
        // Blanks at the ends, perhaps of other kinds than ASCII's, are left to `set`.
        let isTrimmed = first &- 33 < 94 && last &- 33 < 94
        if isTrimmed || field == .text || field == .title { record.put(field, String(copying: bytes)) }
        return isTrimmed || field == .text || field == .title
    }

    /// A role in a word of ours.
    private static func role(_ word: UnsafeBufferPointer<UInt8>) -> Role? {
        if ByteSearch.equal(word, "customer") { return .customer }
        return ByteSearch.equal(word, "agent") ? .agent : nil
    }
}

extension JSONLConnector {
    /// Whether a member by this name tells who wrote a record or who may read it, or says that the record is one of our own operations. (What is
    /// called `role` says it plainly.)
    /// Nil for a name that tells nothing, whatever its value.
    /// - Parameters:
    ///   - value: a scalar's bytes.
    ///   - isStructure: its value is an object or array: an author may be one.
    public static func tells(_ name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>, isStructure: Bool) -> Bool? {
        switch FieldNameTable.standard.field(name)?.field {
        case .role, .direction, .isAgent, .isInbound, .isBot, .isPrivate, .isPublic, .internalNote, .visibility, .operation, .speaker: true
        case .displayName: isStructure ? true : nil
        case .kind: NoteWord.isKind(value)
        default: nil
        }
    }
}

/// The parts of a record that have a structure of their own.
enum JSONParts {
    /// `[{"kind":"email","value":"a@b.c","verified":true}]`; what does not say that it is verified is not.
    static func identifiers(_ value: JSONNode) throws(RecordProblem) -> [Identifier] {
        var identifiers = [Identifier]()
        try add(value, to: &identifiers)
        return identifiers
    }

    static func add(_ value: JSONNode, to identifiers: inout [Identifier]) throws(RecordProblem) {
        for item in value.eachItem {
            guard let kind = item["kind"]?.string, let text = item["value"]?.scalarText, !kind.isEmpty else {
                throw RecordProblem("an identifier lacks its kind or value: write {\"kind\":\"email\",\"value\":\"…\",\"verified\":true}")
            }
            identifiers.append(Identifier(kind: .init(rawValue: kind), value: text, verified: item["verified"]?.bool ?? false))
        }
    }

    /// `{"value":4,"min":1,"max":5}`
    static func rating(_ value: JSONNode) throws(RecordProblem) -> Rating {
        switch reading(value) {
        case .rating(let rating): return rating
        case .unreadable(let reason), .outside(let reason): throw RecordProblem(reason)
        case .none: throw RecordProblem("the rating is empty")
        }
    }

    static func reading(_ value: JSONNode) -> RatingReader.Reading {
        guard let number = value["value"]?.double, number.isFinite else { return .unreadable("the rating has no number in \"value\"") }
        let rating = Rating(value: number, min: value["min"]?.double ?? 1, max: value["max"]?.double ?? 5)
        guard rating.min < rating.max, rating.value >= rating.min, rating.value <= rating.max else {
            return .outside("the rating lies outside its own min and max")
        }
        return .rating(rating)
    }

    /// A text in parts, as those who talk to language models keep it: `[{"type":"text","text":"…"},{"type":"image_url",…}]`.
    static func text(_ value: JSONNode) -> String? {
        guard value.isArray else { return nil }
        let parts = value.items.compactMap { part in part["type"]?.string == nil ? nil : part["text"]?.string }
        return parts.isEmpty ? nil : parts.joined(separator: "\n")
    }

    /// A time in two parts, as Firestore and protocol buffers write it: `{"_seconds":1770109747,"_nanoseconds":440000000}`.
    static func seconds(_ value: JSONNode) -> String? {
        guard let seconds = (value["seconds"] ?? value["_seconds"])?.integer else { return nil }
        let parts = ["nanoseconds", "_nanoseconds", "nanos"] as [StaticString]
        // They count forwards, also before 1970: there the second is enough.
        let rest = parts.lazy.compactMap { value[$0]?.integer }.first ?? 0
        guard (1..<1_000_000_000).contains(rest), seconds >= 0 else { return String(seconds) }
        return "\(seconds).\(String(1_000_000_000 + rest).dropFirst())"
    }

    /// An author who is an object: `{"name":"Priya","email":"…","phone":"…","username":"…","role":"…"}`.
    static func author(_ value: JSONNode, into record: inout GenericRecord) throws(RecordProblem) {
        let names: [(StaticString, FieldName)] = [
            ("displayName", .displayName), ("name", .displayName), ("full_name", .displayName), ("role", .role), ("email", .email), ("phone", .phone),
            ("handle", .handle), ("username", .handle), ("screen_name", .handle),
        ]
        for (name, field) in names {
            guard let text = value[name]?.scalarText else { continue }
            if field == .displayName && record.displayName != nil || field == .role && (record.role != nil || record.plainRole != nil) { continue }
            record.set(field, text)
        }
        if record.role == nil, record.plainRole == nil {
            // A kind of person, where it is one: elsewhere a type is anything.
            if record.wayRole == nil, let type = value["type"]?.string { record.wayRole = Role(named: type) }
            for (name, field) in [("is_agent", .isAgent), ("isAgent", .isAgent), ("is_bot", .isBot), ("isBot", .isBot)] as [(StaticString, FieldName)]
            {
                if let flag = value[name]?.scalarText { record.set(field, flag) }
            }
        }
        if record.displayName == nil {
            for (name, field) in [("first_name", .firstName), ("last_name", .lastName)] as [(StaticString, FieldName)] {
                if let text = value[name]?.string { record.set(field, text) }
            }
        }
        if let identifiers = value["identifiers"] { try add(identifiers, to: &record.identifiers) }
    }

    /// `{"kind":"image","name":"a.jpg"}`, an array of them, or a name.
    static func attachments(_ value: JSONNode) -> [Attachment] {
        value.isArray ? value.items.compactMap(attachment) : attachment(value).map { [$0] } ?? []
    }

    private static func attachment(_ item: JSONNode) -> Attachment? {
        if let name = item.string { return Attachment(kind: "file", name: name) }
        guard let kind = item["kind"]?.string ?? item["type"]?.string else { return nil }
        return Attachment(kind: kind, name: item["name"]?.string)
    }
}
