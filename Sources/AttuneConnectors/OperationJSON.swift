import AttuneCore

/// Operations as JSON lines: what `attune decode` prints, and what the `jsonl` connector reads back unchanged.
public enum OperationJSON {
    /// One line without its end.
    public static func line(_ operation: Operation) -> String {
        var out = ByteBuffer(capacity: 1_024)
        write(operation, into: &out)
        out.truncate(to: out.count - 1)
        return String(decoding: out.bytes, as: UTF8.self)
    }

    /// Appends one line with its end.
    public static func write(_ operation: Operation, into out: inout ByteBuffer) {
        switch operation {
        case .message(let message): write("{\"op\":\"message\",\"id\":", message, into: &out)
        case .attachment(let message): write("{\"op\":\"attachment\",\"id\":", message, into: &out)
        case .edit(let message): write("{\"op\":\"edit\",\"id\":", message, isTarget: true, into: &out)
        case .delete(let deletion): write(deletion, into: &out)
        case .status(let target, let status, let at):
            out.member("{\"op\":\"status\",\"target\":", target)
            out.member(",\"status\":", status)
            out.member(",\"sentAt\":\"", at)
        case .ignored(let reason, let at, let text):
            out.member("{\"op\":\"ignored\",\"reason\":", reason)
            out.member(",\"sentAt\":\"", at)
            out.member(",\"text\":", text)
        case .notice(let message): write("{\"op\":\"ignored\",\"reason\":\"system\",\"id\":", message, into: &out)
        case .rejected(let rejection):
            out.member("{\"op\":\"rejected\",\"reason\":", rejection.reason)
            out.member(",\"line\":", rejection.line)
            out.member(",\"row\":", rejection.row)
        }
        out.append(literal: "}\n")
    }

    /// - Parameter isTarget: whether the message's id is also the one that it changes.
    private static func write(_ start: StaticString, _ message: Message, isTarget: Bool = false, into out: inout ByteBuffer) {
        let (id, author) = (message.id, message.author)
        out.member(start, id)
        out.member(",\"nativeID\":", message.nativeID)
        if isTarget { out.member(",\"target\":", id) }
        out.member(",\"channel\":", message.channel.rawValue)
        out.member(",\"source\":", message.source)
        out.member(",\"conversationID\":", message.conversationID)
        write(author, into: &out)
        out.member(",\"town\":", author.town)
        out.member(",\"birthDate\":", author.birthDate)
        out.member(",\"sentAt\":\"", message.sentAt)
        out.member(",\"timeBasis\":", message.timeBasis.rawValue)
        out.member(",\"text\":", message.text)
        out.member(",\"language\":", message.language)
        if let rating = message.rating {
            out.append(literal: ",\"rating\":{\"value\":")
            number(rating.value, into: &out)
            out.append(literal: ",\"min\":")
            number(rating.min, into: &out)
            out.append(literal: ",\"max\":")
            number(rating.max, into: &out)
            out.append(UInt8(ascii: "}"))
        }
        out.member(",\"inReplyTo\":", message.inReplyTo)
        out.append(literal: message.visibility == .public ? ",\"visibility\":\"public\"" : ",\"visibility\":\"private\"")
        out.append(literal: message.edited ? ",\"edited\":true" : ",\"edited\":false")
        if let at = message.editedAt { out.member(",\"editedAt\":\"", at) }
        if message.attachments.isEmpty { return }
        out.append(literal: ",\"attachment\":[")
        for (i, attachment) in message.attachments.enumerated() {
            out.member(i == 0 ? "{\"kind\":" : ",{\"kind\":", attachment.kind)
            out.member(",\"name\":", attachment.name)
            out.append(UInt8(ascii: "}"))
        }
        out.append(UInt8(ascii: "]"))
    }

    private static func write(_ author: Author, into out: inout ByteBuffer) {
        out.member(",\"role\":", author.role.rawValue)
        out.member(",\"displayName\":", author.displayName)
        out.append(literal: ",\"identifiers\":[")
        for (i, identifier) in author.identifiers.enumerated() {
            out.member(i == 0 ? "{\"kind\":" : ",{\"kind\":", identifier.kind.rawValue)
            out.member(",\"value\":", identifier.value)
            out.append(literal: identifier.verified ? ",\"verified\":true}" : ",\"verified\":false}")
        }
        out.append(UInt8(ascii: "]"))
    }

    private static func write(_ deletion: Deletion, into out: inout ByteBuffer) {
        out.append(literal: "{\"op\":\"delete\"")
        out.member(",\"target\":", deletion.target)
        if deletion.isOfAll { out.append(literal: ",\"all\":true") }
        out.member(",\"source\":", deletion.source)
        out.member(",\"conversationID\":", deletion.conversationID)
        if let author = deletion.author { write(author, into: &out) }
        out.member(",\"sentAt\":\"", deletion.at)
    }

    /// The shortest digits that read back as the same value.
    private static func number(_ value: Double, into out: inout ByteBuffer) {
        if let whole = Int(exactly: value) { return DecimalText.append(whole, to: &out) }
        if value.isFinite { out.append(String(value)) } else { out.append(literal: "null") }
    }
}

/// Members of an object, of which those without a value are left out. `start` is what stands before the value.
extension ByteBuffer {
    fileprivate mutating func member(_ start: StaticString, _ text: String?) {
        guard let text else { return }
        append(literal: start)
        JSONWriter.write(text, into: &self)
    }

    /// - Parameter start: with the quote that begins the time.
    fileprivate mutating func member(_ start: StaticString, _ at: Timestamp?) {
        guard let at else { return }
        append(literal: start)
        RFC3339.append(at, to: &self)
        append(UInt8(ascii: "\""))
    }

    fileprivate mutating func member(_ start: StaticString, _ number: Int?) {
        guard let number else { return }
        append(literal: start)
        DecimalText.append(number, to: &self)
    }
}
