import AttuneCore

/// An object with the messages of one conversation, which says of all of them where they belong and whose they are:
/// `{"conversation_id":"c1","channel":"chat","customer":{…},"messages":[{…},{…}]}`. Or one with reviews, of which it says nothing.
///
/// A reference, since nearly no record is one and all pass the place where it would be.
final class JSONConversation {
    let messages: [JSONNode]
    private let context: GenericRecord

    /// Whether an object says anything of its messages; otherwise it is nothing but a wrapper.
    static func isOne(_ node: JSONNode) -> Bool {
        guard list(node) != nil else { return false }
        var isOne = people.contains { node[$0]?.isObject == true }
        node.forEachMember { key, value in
            guard !isOne, value.scalarText != nil, let field = FieldNameTable.standard.field(key)?.field else { return }
            isOne = [.id, .conversation, .channel, .source, .language, .email, .phone, .handle, .customerID].contains(field)
        }
        return isOne
    }

    /// - Parameter context: what `node` says besides its messages.
    init?(_ node: JSONNode, context: GenericRecord) throws(RecordProblem) {
        guard let list = Self.list(node) else {
            guard let reviews = Self.list(node, "reviews") else { return nil }
            // What stands around reviews is about what was reviewed.
            (messages, self.context) = (reviews.items, GenericRecord())
            return
        }
        messages = list.items
        var context = context
        for name in Self.people {
            if let person = node[name], person.isObject { try JSONParts.author(person, into: &context) }
        }
        self.context = context
    }

    private static let people: [StaticString] = ["customer", "contact", "requester"]

    /// Whether a record without a text is a page of a platform on which nothing stands.
    static func isEmptyPage(_ node: JSONNode, _ record: GenericRecord) -> Bool {
        let isRecord = record.id != nil || record.rating != nil || record.ratingText != nil || record.ratingReading != nil
        return !isRecord && lists.contains { node[$0].map { $0.isArray && $0.items.isEmpty } ?? false }
    }

    private static let lists: [StaticString] = ["reviews", "events", "updates"]

    private static func list(_ node: JSONNode, _ name: StaticString = "messages") -> JSONNode? {
        guard let list = node[name], list.kind == .array, list.eachItem.contains(where: \.isObject) else { return nil }
        return list
    }

    /// Gives a message what it does not say itself.
    func complete(_ message: inout GenericRecord) {
        message.conversation = message.conversation ?? context.conversation ?? context.id
        message.channel = message.channel ?? context.channel
        message.source = message.source ?? context.source
        message.language = message.language ?? context.language
        if message.time == nil { message.timestamp = message.timestamp ?? context.timestamp }
        message.visibility = message.visibility ?? context.visibility
    }

    /// Gives a customer's message their name and identifiers, where it has none.
    func named(_ operation: Operation) -> Operation {
        switch operation {
        case .message(let message): .message(named(message))
        case .attachment(let message): .attachment(named(message))
        default: operation
        }
    }

    private func named(_ message: Message) -> Message {
        guard message.author.role == .customer, message.author.identifiers.isEmpty else { return message }
        var message = message
        message.author.identifiers = context.identifiers
        message.author.displayName = message.author.displayName ?? context.displayName
        return message
    }
}
