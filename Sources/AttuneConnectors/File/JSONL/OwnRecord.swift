import AttuneCore

/// Reads back what `OperationJSON` writes, and the same with its parts in `author` and `metadata`, as the canonical record is drawn. Ids are
/// taken as they are: they were made when the record was first decoded.
enum OwnRecord {
    /// Whether a record without `op` has it in its `metadata`.
    static func isNested(_ value: JSONNode) -> Bool {
        guard let operation = value.at("metadata", "op"), value["id"] != nil, value["source"] != nil else { return false }
        if operation.says("delete") { return value["conversationID"] != nil || value["sentAt"] != nil }
        // Others have a member of that name, too, but hardly all that a message of ours has.
        let isWhole = value["sentAt"] != nil && (value.at("author", "role") ?? value["role"]) != nil
        return isWhole && (operation.says("create") || operation.says("edit"))
    }

    static func operation(_ value: JSONNode) throws(RecordProblem) -> Operation {
        switch (value["op"] ?? value.at("metadata", "op"))?.string {
        case "message", "create": return .message(try message(value))
        case "attachment": return .attachment(try message(value))
        case "edit": return .edit(try message(value))
        case "delete": return .delete(try deletion(value))
        case "status":
            guard let target = value["target"]?.string, let status = value["status"]?.string else {
                throw RecordProblem("a status needs \"target\" and \"status\"")
            }
            return .status(target: target, status: status, at: try time(value))
        // Only of a notice that tells who somebody is the author is written.
        case "ignored" where value["identifiers"] != nil: return .notice(try message(value))
        case "ignored": return .ignored(reason: value["reason"]?.string ?? "other", at: try time(value), text: value["text"]?.string)
        case "rejected":
            return .rejected(
                Rejection(
                    reason: value["reason"]?.string ?? "rejected when it was first decoded",
                    line: value["line"]?.integer.flatMap(Int.init(exactly:)), row: value["row"]?.integer.flatMap(Int.init(exactly:))))
        default: throw RecordProblem("\"op\" is none of message, edit, delete, status, attachment, ignored, rejected")
        }
    }

    private static func time(_ value: JSONNode) throws(RecordProblem) -> Timestamp? {
        guard let text = value["sentAt"]?.string else { return nil }
        guard let at = RFC3339.parse(text) else { throw RecordProblem("\"sentAt\" is no RFC 3339 time") }
        return at
    }

    private static func author(_ value: JSONNode) throws(RecordProblem) -> Author? {
        let person = value["role"] == nil ? value["author"] ?? .null : value
        guard let role = person["role"]?.string else { return nil }
        guard let role = Role(rawValue: role) else { throw RecordProblem("\"role\" \(ConfigurationReader.roleHint)") }
        return Author(
            role: role, displayName: person["displayName"]?.string,
            identifiers: try person["identifiers"].map { value throws(RecordProblem) in try JSONParts.identifiers(value) } ?? [],
            town: person["town"]?.string, birthDate: person["birthDate"]?.string)
    }

    private static func message(_ value: JSONNode) throws(RecordProblem) -> Message {
        guard let id = value["id"]?.string, let source = value["source"]?.string, let author = try author(value),
            let sentAt = try time(value), let text = value["text"]?.string, !id.isEmpty, !source.isEmpty
        else { throw RecordProblem("a record with \"op\" needs id, source, role, sentAt and text, as attune decode prints them") }
        func rest(_ name: StaticString) -> JSONNode? { value[name] ?? value.at("metadata", name) }
        let visibility = rest("visibility")?.string
        guard let visibility = visibility.map(Visibility.init(rawValue:)) ?? .public else {
            throw RecordProblem("\"visibility\" is neither public nor private")
        }
        var message = Message(
            id: id, nativeID: value["nativeID"]?.string, channel: Channel(rawValue: value["channel"]?.string ?? Channel.text.rawValue),
            source: source, conversationID: value["conversationID"]?.string ?? id, author: author, sentAt: sentAt,
            timeBasis: rest("timeBasis")?.string.flatMap(TimeBasis.init(rawValue:)) ?? .exact, text: text,
            language: value["language"]?.string,
            rating: try value["rating"].map { value throws(RecordProblem) in try JSONParts.rating(value) }, inReplyTo: value["inReplyTo"]?.string,
            visibility: visibility, edited: rest("edited")?.bool ?? (rest("editedAt") != nil),
            attachments: (rest("attachment") ?? rest("attachments")).map(JSONParts.attachments) ?? [])
        if let editedAt = rest("editedAt")?.string.flatMap({ RFC3339.parse($0) }) { message.editedAt = editedAt }
        return message
    }

    private static func deletion(_ value: JSONNode) throws(RecordProblem) -> Deletion {
        guard let source = value["source"]?.string else { throw RecordProblem("a delete needs \"source\"") }
        return Deletion(
            target: (value["op"] == nil ? value["id"] : value["target"])?.string, isOfAll: value["all"]?.bool ?? false, source: source,
            conversationID: value["conversationID"]?.string,
            author: try author(value), at: try time(value))
    }
}
