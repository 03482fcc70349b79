import AttuneCore

/// A whole message as JSON, for an edit that waits for its message.
enum MessageCoding {
    static func json(_ message: Message) -> String {
        JSONWriter.string(
            .object([
                "id": .string(message.id), "nativeID": message.nativeID.map { .string($0) }, "channel": .string(message.channel.rawValue),
                "source": .string(message.source), "conversationID": .string(message.conversationID), "author": author(message.author),
                "sentAt": .int(message.sentAt.nanoseconds), "timeBasis": .string(message.timeBasis.rawValue), "text": .string(message.text),
                "language": message.language.map { .string($0) }, "rating": message.rating.map(rating),
                "inReplyTo": message.inReplyTo.map { .string($0) }, "visibility": .string(message.visibility.rawValue),
                "edited": .bool(message.edited), "editedAt": message.editedAt.map { .int($0.nanoseconds) },
                "attachments": .array(message.attachments.map(attachment)),
            ]))
    }

    /// - Throws: `StoreError.corrupt`
    static func message(json: [UInt8]) throws -> Message {
        guard let value = try? JSONParser.parse(json), let id = value["id"]?.string, let channel = value["channel"]?.string,
            let source = value["source"]?.string, let conversation = value["conversationID"]?.string,
            let author = value["author"].flatMap(author), let sentAt = value["sentAt"]?.integer,
            let timeBasis = value["timeBasis"]?.string.flatMap(TimeBasis.init), let text = value["text"]?.string,
            let visibility = value["visibility"]?.string.flatMap(Visibility.init), let edited = value["edited"]?.bool
        else { throw StoreError.corrupt("a pending edit can't be read back") }
        var message = Message(
            id: id, nativeID: value["nativeID"]?.string, channel: Channel(rawValue: channel), source: source, conversationID: conversation,
            author: author, sentAt: Timestamp(nanoseconds: sentAt), timeBasis: timeBasis, text: text, language: value["language"]?.string,
            rating: value["rating"].flatMap(rating), inReplyTo: value["inReplyTo"]?.string, visibility: visibility, edited: edited,
            attachments: attachments(value["attachments"]))
        message.editedAt = value["editedAt"]?.integer.map { Timestamp(nanoseconds: $0) }
        return message
    }

    /// The `edited` column: 0, or when it was edited, or 1 where nobody says when.
    static func edited(_ message: Message) -> Int64 { message.edited ? message.editedAt.map { max($0.nanoseconds, 2) } ?? 1 : 0 }

    /// The time in the `edited` column.
    static func editedAt(_ edited: Int64) -> Timestamp? { edited > 1 ? Timestamp(nanoseconds: edited) : nil }

    /// What `attachments` wrote.
    /// - Throws: `StoreError.corrupt`
    static func attachments(json: [UInt8]) throws -> [Attachment] {
        guard let value = try? JSONParser.parse(json) else { throw StoreError.corrupt("a message's attachments can't be read back") }
        return attachments(value)
    }

    private static func attachments(_ value: JSONValue?) -> [Attachment] { (value?.items ?? []).compactMap(attachment) }

    /// The `attachments` column: nil when there are none.
    static func attachments(_ attachments: [Attachment]) -> String? {
        attachments.isEmpty ? nil : JSONWriter.string(.array(attachments.map(attachment)))
    }

    private static func attachment(_ attachment: Attachment) -> JSONValue {
        .object(["kind": .string(attachment.kind), "name": attachment.name.map { .string($0) }])
    }

    private static func attachment(_ value: JSONValue) -> Attachment? {
        value["kind"]?.string.map { Attachment(kind: $0, name: value["name"]?.string) }
    }

    private static func rating(_ rating: Rating) -> JSONValue {
        .array([JSONNumber.value(rating.value), JSONNumber.value(rating.min), JSONNumber.value(rating.max)])
    }

    private static func rating(_ value: JSONValue) -> Rating? {
        guard let score = value[0].flatMap(JSONNumber.double), let min = value[1].flatMap(JSONNumber.double),
            let max = value[2].flatMap(JSONNumber.double)
        else { return nil }
        return Rating(value: score, min: min, max: max)
    }

    private static func author(_ author: Author) -> JSONValue {
        .object([
            "role": .string(author.role.rawValue), "displayName": author.displayName.map { .string($0) },
            "town": author.town.map { .string($0) }, "birthDate": author.birthDate.map { .string($0) },
            "identifiers": .array(
                author.identifiers.map {
                    .object(["kind": .string($0.kind.rawValue), "value": .string($0.value), "verified": .bool($0.verified)])
                }),
        ])
    }

    private static func author(_ value: JSONValue) -> Author? {
        guard let role = value["role"]?.string.flatMap(Role.init) else { return nil }
        let identifiers = (value["identifiers"]?.items ?? []).compactMap { item -> Identifier? in
            guard let kind = item["kind"]?.string, let value = item["value"]?.string, let verified = item["verified"]?.bool else { return nil }
            return Identifier(kind: Identifier.Kind(rawValue: kind), value: value, verified: verified)
        }
        return Author(
            role: role, displayName: value["displayName"]?.string, identifiers: identifiers, town: value["town"]?.string,
            birthDate: value["birthDate"]?.string)
    }
}
