import AttuneCore

/// Operations as JSON lines: what `attune decode` prints, and what the `jsonl` connector reads back unchanged.
public enum OperationJSON {
    /// One line without its end.
    public static func line(_ operation: Operation) -> String { JSONWriter.string(value(operation)) }

    public static func write(_ operation: Operation, into out: inout [UInt8]) {
        JSONWriter.write(value(operation), into: &out)
        out.append(10)
    }

    public static func value(_ operation: Operation) -> JSONValue {
        switch operation {
        case .message(let message): value("message", message)
        case .attachment(let message): value("attachment", message)
        case .edit(let message): value("edit", message, target: message.id)
        case .delete(let deletion): value(deletion)
        case .status(let target, let status, let at):
            .object(["op": "status", "target": .string(target), "status": .string(status), "sentAt": at.map(time)])
        case .ignored(let reason, let at, let text):
            .object(["op": "ignored", "reason": .string(reason), "sentAt": at.map(time), "text": text.map(JSONValue.string)])
        case .rejected(let rejection):
            .object([
                "op": "rejected", "reason": .string(rejection.reason), "line": rejection.line.map(JSONValue.int),
                "row": rejection.row.map(JSONValue.int),
            ])
        }
    }

    private static func value(_ op: String, _ message: Message, target: String? = nil) -> JSONValue {
        .object([
            "op": .string(op),
            "id": .string(message.id),
            "nativeID": message.nativeID.map(JSONValue.string),
            "target": target.map(JSONValue.string),
            "channel": .string(message.channel.rawValue),
            "source": .string(message.source),
            "conversationID": .string(message.conversationID),
            "role": .string(message.author.role.rawValue),
            "displayName": message.author.displayName.map(JSONValue.string),
            "identifiers": identifiers(message.author),
            "town": message.author.town.map(JSONValue.string),
            "birthDate": message.author.birthDate.map(JSONValue.string),
            "sentAt": time(message.sentAt),
            "timeBasis": .string(message.timeBasis.rawValue),
            "text": .string(message.text),
            "language": message.language.map(JSONValue.string),
            "rating": message.rating.map(rating),
            "inReplyTo": message.inReplyTo.map(JSONValue.string),
            "visibility": .string(message.visibility.rawValue),
            "edited": .bool(message.edited),
            "attachment": message.attachments.isEmpty ? nil : .array(message.attachments.map(attachment)),
        ])
    }

    private static func value(_ deletion: Deletion) -> JSONValue {
        .object([
            "op": "delete",
            "target": deletion.target.map(JSONValue.string),
            "source": .string(deletion.source),
            "conversationID": deletion.conversationID.map(JSONValue.string),
            "role": deletion.author.map { .string($0.role.rawValue) },
            "displayName": (deletion.author?.displayName).map(JSONValue.string),
            "identifiers": deletion.author.map(identifiers),
            "sentAt": deletion.at.map(time),
        ])
    }

    private static func time(_ at: Timestamp) -> JSONValue { .string(RFC3339.format(at)) }

    private static func identifiers(_ author: Author) -> JSONValue {
        .array(author.identifiers.map { .object(["kind": .string($0.kind.rawValue), "value": .string($0.value), "verified": .bool($0.verified)]) })
    }

    private static func rating(_ rating: Rating) -> JSONValue {
        .object(["value": number(rating.value), "min": number(rating.min), "max": number(rating.max)])
    }

    /// The shortest digits that read back as the same value.
    private static func number(_ value: Double) -> JSONValue {
        if let whole = Int64(exactly: value) { return .int(whole) }
        return value.isFinite ? .number(String(value)) : .null
    }

    private static func attachment(_ attachment: Attachment) -> JSONValue {
        .object(["kind": .string(attachment.kind), "name": attachment.name.map(JSONValue.string)])
    }
}
