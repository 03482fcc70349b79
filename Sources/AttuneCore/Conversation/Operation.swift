/// What one item of a platform's payload asks for. Decoders give one operation per item, so items in = operations out.
///
/// As large as a reference: on their way out of a decoder operations are moved from array to array.
public enum Operation: Hashable, Sendable {
    case message(Message)
    /// New text for a message that may not have arrived yet; `message.id` is the target's.
    case edit(Message)
    indirect case delete(Deletion)
    /// Delivery and read receipts.
    indirect case status(target: String, status: String, at: Timestamp?)
    /// A message that is only an attachment: stored, never scored.
    case attachment(Message)
    /// Nothing a customer said: `system`, `receipt`, `reaction`, `retweet`, `auto-reply`, …
    indirect case ignored(reason: String, at: Timestamp? = nil, text: String? = nil)
    /// A platform's own notice of who somebody is, such as a changed number: all of the author's identifiers are one person's. Stored as
    /// evidence of that; for everybody who reads messages it is ignored like any other system line.
    case notice(Message)
    /// A damaged record, with where it stands.
    indirect case rejected(Rejection)
}

/// A platform says that a message is gone.
public struct Deletion: Hashable, Sendable {
    /// Id of the message, or nil where the format does not say which (a WhatsApp export shows only that one was deleted). With neither a target
    /// nor a conversation all is gone that the author wrote in the source, if a verified external id says who that is.
    public var target: String?
    /// Without a target: whether all of the conversation is gone.
    public var isOfAll: Bool
    public var source: String
    public var conversationID: String?
    public var author: Author?
    public var at: Timestamp?

    public init(
        target: String?, isOfAll: Bool = false, source: String, conversationID: String? = nil, author: Author? = nil, at: Timestamp? = nil
    ) {
        self.target = target
        self.isOfAll = isOfAll
        self.source = source
        self.conversationID = conversationID
        self.author = author
        self.at = at
    }
}

/// Why a record could not be read. Holds no message text.
public struct Rejection: Hashable, Sendable, Error {
    /// What is wrong and what to do: one sentence each.
    public var reason: String
    /// 1-based line where the record begins, for line formats.
    public var line: Int?
    /// 1-based data row, for tables.
    public var row: Int?
    /// Who sent it, where no file did: a webhook's connector and source.
    public var sender: String?

    public init(reason: String, line: Int? = nil, row: Int? = nil, sender: String? = nil) {
        self.sender = sender
        self.reason = reason
        self.line = line
        self.row = row
    }
}
