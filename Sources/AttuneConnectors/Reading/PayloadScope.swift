import AttuneCore

/// What a reader of payloads needs besides the payload: how ids begin, what stands in for a missing time, who our people are.
/// Held by the reader of every item, and so a reference.
final class PayloadScope: Sendable {
    let connector: String
    let configuration: ConnectorConfiguration
    let context: DecodingContext
    let roles: RoleRules

    init(connector: String, configuration: ConnectorConfiguration, context: DecodingContext) {
        self.connector = connector
        self.configuration = configuration
        self.context = context
        roles = RoleRules(configuration)
    }

    /// Name of the source of an account's messages.
    /// - Parameter account: the platform's id of the account, where the payload names it.
    func source(account: String? = nil) -> String {
        configuration.source ?? (account ?? context.account).map { ScopedID.of(connector, $0) } ?? connector
    }

    func channel(_ usual: Channel) -> Channel { configuration.channel ?? usual }

    /// The first value that is a time; when the input was received if none is.
    func time(_ value: Payload?, _ other: Payload? = nil) -> (at: Timestamp, basis: TimeBasis) {
        if let at = value?.instant ?? other?.instant { return (at, .exact) }
        return (context.receivedAt, .received)
    }

    func rejected(_ reason: String, _ line: Int) -> Operation { .rejected(Rejection(reason: reason, line: line)) }

    /// A message, or an attachment when it says nothing but carries something.
    func operation(_ message: consuming Message) -> Operation {
        let isBare = message.text.isEmpty && !message.attachments.isEmpty
        return isBare ? .attachment(message) : .message(message)
    }

    /// A name from a payload as a reason: names of platforms are short, anything else is not repeated.
    static func reason(_ name: String?) -> String {
        guard let name, !name.isEmpty, name.utf8.count <= 64 else { return "unknown" }
        return words[name] ?? name
    }

    /// One word for what each platform calls otherwise.
    private static let words = [
        "like": "reaction", "favourite": "reaction", "favorite_events": "reaction", "emoji_reaction": "reaction",
        "pleroma:emoji_reaction": "reaction", "message_reactions": "reaction", "repost": "retweet", "reblog": "retweet",
        "direct_message_indicate_typing_events": "typing",
    ]
}

extension Message {
    /// The same with the time of its last edit, where it was edited and the platform tells when: by it versions are put in order.
    consuming func edited(at time: Timestamp?) -> Message {
        if edited, let time { editedAt = time }
        return self
    }
}

extension Payload {
    /// The time that a string or number tells with its zone: RFC 3339, Unix time of any unit, or a date in words.
    var instant: Timestamp? {
        if let plain = withPlainBytes(Self.instant) { return plain }
        guard var text = scalarText else { return nil }
        return text.withUTF8(Self.instant)
    }

    private static func instant(_ bytes: UnsafeBufferPointer<UInt8>) -> Timestamp? {
        if let at = TimestampReader.plainUTC(bytes) { return at }
        if bytes.count > 10, bytes[4] == UInt8(ascii: "-") {
            guard let (date, offset) = RFC3339.parseLocal(bytes), let offset else { return nil }
            return date.timestamp(offset: offset)
        }
        if let at = UnixTime.read(bytes) { return at }
        guard case .zoned(let date, let offset) = DateText.worded(bytes) else { return nil }
        return date.timestamp(offset: offset)
    }

    /// A string that says something; nil for everything else.
    var filled: String? { string.flatMap { $0.isEmpty ? nil : $0 } }

    /// Whether it is a string that says something.
    var isFilled: Bool {
        guard kind == .string else { return false }
        // What escapes write is never nothing.
        return withPlainBytes { !$0.isEmpty } ?? true
    }

    /// The digits or text of an id that says something.
    var identity: String? { scalarText.flatMap { $0.isEmpty ? nil : $0 } }
}
