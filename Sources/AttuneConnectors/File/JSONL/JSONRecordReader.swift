import AttuneCore

/// Reads one JSON object as a generic record: in one walk over its bytes, with strings made only of the fields that count.
struct JSONRecordReader {
    enum Result {
        case record(GenericRecord, isMapped: Bool)
        /// One of our own operations, as `attune decode` prints it.
        case own(Operation)
    }

    private struct Slot {
        var value: JSONScanner.Value
        var rank: Int
    }

    private let mapping: FieldMapping?
    private let names = FieldNameTable()
    private var slots: [Slot?] = Array(repeating: nil, count: FieldName.allCases.count)

    init(_ configuration: ConnectorConfiguration) { mapping = configuration.mapping }

    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(RecordProblem) -> Result {
        guard WellFormed.utf8(bytes) else { throw RecordProblem("the record is not UTF-8: convert the file, e.g. with iconv") }
        var scanner = JSONScanner(bytes)
        do throws(JSONScanner.Failure) { try scan(&scanner) } catch { throw RecordProblem("not JSON: \(error.description)") }
        if slots[FieldName.operation.rawValue] != nil { return .own(try OwnRecord.operation(try tree(bytes))) }
        var record = try canonical(scanner)
        guard let mapping, !mapping.paths.isEmpty else { return .record(record, isMapped: true) }
        let isMapped = JSONMapping(mapping).apply(to: &record, from: try tree(bytes))
        return .record(record, isMapped: isMapped)
    }

    private func tree(_ bytes: UnsafeBufferPointer<UInt8>) throws(RecordProblem) -> JSONValue {
        do throws(JSONParser.Failure) { return try JSONParser.parse(bytes) } catch { throw RecordProblem("not JSON: \(error.description)") }
    }

    /// Notes where the known fields are.
    private mutating func scan(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) {
        for i in slots.indices { slots[i] = nil }
        scanner.skipSpace()
        var members = try JSONScanner.Members(&scanner)
        while let (key, value) = try members.next(&scanner) {
            if value.kind == .null { continue }
            let known = key.isEscaped ? names.field(scanner.text(key)) : names.field(scanner.content(key))
            guard let known, Self.fits(value.kind, known.field) else { continue }
            let index = known.field.rawValue
            // Of two members of the same name the last counts, as in `JSONValue`.
            if let slot = slots[index], slot.rank < known.rank { continue }
            slots[index] = Slot(value: value, rank: known.rank)
        }
        scanner.skipSpace()
        if scanner.current != nil { throw scanner.failure("unexpected text behind the value") }
    }

    /// Whether a value of this kind can be that field; `"message": {…}` is no text.
    private static func fits(_ kind: JSONScanner.Kind, _ field: FieldName) -> Bool {
        switch field {
        case .text, .title, .channel, .source, .role, .language, .visibility, .operation, .email: kind == .string
        case .identifiers: kind == .array
        case .rating: kind == .number || kind == .string || kind == .object
        case .displayName: kind == .string || kind == .object
        case .edited: kind == .bool
        case .attachment: kind != .number && kind != .bool
        case .id, .nativeID, .conversation, .sentAt, .inReplyTo, .phone, .handle, .customerID, .orderNumber: kind == .string || kind == .number
        }
    }

    private func canonical(_ scanner: JSONScanner) throws(RecordProblem) -> GenericRecord {
        var record = GenericRecord()
        for field in FieldName.allCases {
            guard let value = slots[field.rawValue]?.value else { continue }
            switch (field, value.kind) {
            case (.identifiers, _): record.identifiers += try JSONParts.identifiers(try tree(scanner.slice(value)))
            case (.rating, .object): record.rating = try JSONParts.rating(try tree(scanner.slice(value)))
            case (.displayName, .object): try JSONParts.author(try tree(scanner.slice(value)), into: &record)
            case (.attachment, .object), (.attachment, .array): record.attachments = JSONParts.attachments(try tree(scanner.slice(value)))
            default: record.set(field, scanner.text(value))
            }
        }
        return record
    }
}

/// The parts of a record that have a structure of their own.
enum JSONParts {
    /// `[{"kind":"email","value":"a@b.c","verified":true}]`; what does not say that it is verified is not.
    static func identifiers(_ value: JSONValue) throws(RecordProblem) -> [Identifier] {
        var identifiers = [Identifier]()
        for item in value.items {
            guard let kind = item["kind"]?.string, let text = item["value"]?.scalarText, !kind.isEmpty else {
                throw RecordProblem("an identifier lacks its kind or value: write {\"kind\":\"email\",\"value\":\"…\",\"verified\":true}")
            }
            identifiers.append(Identifier(kind: .init(rawValue: kind), value: text, verified: item["verified"]?.bool ?? false))
        }
        return identifiers
    }

    /// `{"value":4,"min":1,"max":5}`
    static func rating(_ value: JSONValue) throws(RecordProblem) -> Rating {
        guard let number = value["value"]?.double, number.isFinite else { throw RecordProblem("the rating has no number in \"value\"") }
        let rating = Rating(value: number, min: value["min"]?.double ?? 1, max: value["max"]?.double ?? 5)
        guard rating.min < rating.max, rating.value >= rating.min, rating.value <= rating.max else {
            throw RecordProblem("the rating lies outside its own min and max")
        }
        return rating
    }

    /// An author who is an object: `{"name":"Priya","email":"…","phone":"…","username":"…","role":"…"}`.
    static func author(_ value: JSONValue, into record: inout GenericRecord) throws(RecordProblem) {
        let names: [(String, FieldName)] = [
            ("displayName", .displayName), ("name", .displayName), ("role", .role), ("email", .email), ("phone", .phone),
            ("handle", .handle), ("username", .handle), ("screen_name", .handle),
        ]
        for (name, field) in names {
            guard let text = value[name]?.scalarText else { continue }
            if field == .displayName, record.displayName != nil || field == .role, record.role != nil { continue }
            record.set(field, text)
        }
        if let identifiers = value["identifiers"] { record.identifiers += try Self.identifiers(identifiers) }
    }

    /// `{"kind":"image","name":"a.jpg"}`, an array of them, or a name.
    static func attachments(_ value: JSONValue) -> [Attachment] {
        let items = if case .array(let items) = value { items } else { [value] }
        return items.compactMap { item in
            if let name = item.string { return Attachment(kind: "file", name: name) }
            guard let kind = item["kind"]?.string ?? item["type"]?.string else { return nil }
            return Attachment(kind: kind, name: item["name"]?.string)
        }
    }
}
