/// What came in: one thing somebody wrote.
///
/// A value whose fields lie behind a reference: a message is handed through a dozen functions, and copying its twenty strings each time
/// costs more than reading them did. Setting a field copies the others, so give everything to `init` where messages are made by the million.
public struct Message: Hashable, Sendable {
    private var storage: Storage

    public init(
        id: String, nativeID: String? = nil, channel: Channel, source: String, conversationID: String, author: Author, sentAt: Timestamp,
        timeBasis: TimeBasis = .exact, text: String, language: String? = nil, rating: Rating? = nil, inReplyTo: String? = nil,
        visibility: Visibility = .public, edited: Bool = false, attachments: [Attachment] = []
    ) {
        storage = Storage(
            Fields(
                digest: nil, setting: nil, id: id, nativeID: nativeID, channel: channel, source: source, conversationID: conversationID,
                author: author, sentAt: sentAt,
                timeBasis: timeBasis, text: text, language: language, rating: rating, inReplyTo: inReplyTo, visibility: visibility,
                edited: edited, attachments: attachments))
    }

    /// What the messages of one author in one conversation have in common: a file of millions has it a few times.
    public final class Setting: Sendable {
        public let channel: Channel
        public let source: String
        public let conversationID: String
        public let author: Author
        public let timeBasis: TimeBasis

        public init(channel: Channel, source: String, conversationID: String, author: Author, timeBasis: TimeBasis) {
            self.channel = channel
            self.source = source
            self.conversationID = conversationID
            self.author = author
            self.timeBasis = timeBasis
        }
    }

    /// A message without an id of its platform. Counts one reference instead of a dozen, and makes no id before it is asked for.
    public init(
        digest: ContentDigest, setting: Setting, sentAt: Timestamp, text: String, edited: Bool = false, attachments: [Attachment] = []
    ) {
        storage = Storage(
            Fields(
                digest: digest, setting: setting, id: "", nativeID: nil, channel: setting.channel, source: "", conversationID: "",
                author: Self.nobody,
                sentAt: sentAt, timeBasis: setting.timeBasis, text: text, language: nil, rating: nil, inReplyTo: nil, visibility: .public,
                edited: edited, attachments: attachments))
    }

    /// Stands where the setting has the author.
    private static let nobody = Author(role: .system)

    /// Whether it may feed a customer's state: agents, bots and internal notes never do.
    public var feedsState: Bool { role == .customer && visibility == .public && !text.isEmpty }

    public static func == (a: Message, b: Message) -> Bool { a.storage === b.storage || a.storage.fields.whole == b.storage.fields.whole }

    public func hash(into hasher: inout Hasher) { storage.fields.whole.hash(into: &hasher) }

    private struct Fields: Hashable, Sendable {
        /// The id, while nobody changed a field.
        var digest: ContentDigest?
        /// Source, conversation and author, while nobody changed a field.
        var setting: Setting?
        var id: String
        var nativeID: String?
        var channel: Channel
        var source: String
        var conversationID: String
        var author: Author
        var sentAt: Timestamp
        var timeBasis: TimeBasis
        var text: String
        var language: String?
        var rating: Rating?
        var inReplyTo: String?
        var visibility: Visibility
        var edited: Bool
        var attachments: [Attachment]

        /// The same with every field in its own place.
        var whole: Fields {
            guard let setting, let digest else { return self }
            var fields = self
            (fields.digest, fields.setting) = (nil, nil)
            (fields.id, fields.source, fields.conversationID, fields.author) = (digest.hex, setting.source, setting.conversationID, setting.author)
            return fields
        }

        static func == (a: Fields, b: Fields) -> Bool {
            a.id == b.id && a.nativeID == b.nativeID && a.channel == b.channel && a.source == b.source && a.conversationID == b.conversationID
                && a.author == b.author && a.sentAt == b.sentAt && a.timeBasis == b.timeBasis && a.text == b.text && a.language == b.language
                && a.rating == b.rating && a.inReplyTo == b.inReplyTo && a.visibility == b.visibility && a.edited == b.edited
                && a.attachments == b.attachments
        }

        /// What is equal has the same of these.
        func hash(into hasher: inout Hasher) {
            hasher.combine(id)
            hasher.combine(sentAt)
            hasher.combine(text)
        }
    }

    private final class Storage: Sendable {
        let fields: Fields
        init(_ fields: consuming Fields) { self.fields = fields }
    }

    private mutating func change(_ body: (inout Fields) -> Void) {
        var fields = storage.fields.whole
        body(&fields)
        storage = Storage(fields)
    }
}

extension Message {
    /// Stable: the same input gives the same id, `source:nativeID`.
    public var id: String {
        get { storage.fields.digest?.hex ?? storage.fields.id }
        set { change { $0.id = newValue } }
    }

    /// The platform's own id, where it has one.
    public var nativeID: String? {
        get { storage.fields.nativeID }
        set { change { $0.nativeID = newValue } }
    }

    public var channel: Channel {
        get { storage.fields.channel }
        set { change { $0.channel = newValue } }
    }

    /// Connector and account, e.g. `whatsapp-cloud:1122334455667`. Never contains a customer's data.
    public var source: String {
        get { storage.fields.setting?.source ?? storage.fields.source }
        set { change { $0.source = newValue } }
    }

    public var conversationID: String {
        get { storage.fields.setting?.conversationID ?? storage.fields.conversationID }
        set { change { $0.conversationID = newValue } }
    }

    public var author: Author {
        get { storage.fields.setting?.author ?? storage.fields.author }
        set { change { $0.author = newValue } }
    }

    /// The author's, without a copy of the rest.
    var role: Role { storage.fields.setting?.author.role ?? storage.fields.author.role }

    public var sentAt: Timestamp {
        get { storage.fields.sentAt }
        set { change { $0.sentAt = newValue } }
    }

    public var timeBasis: TimeBasis {
        get { storage.fields.timeBasis }
        set { change { $0.timeBasis = newValue } }
    }

    /// Plain text, without markup, quoting and signatures.
    public var text: String {
        get { storage.fields.text }
        set { change { $0.text = newValue } }
    }

    /// BCP 47, as the platform says it.
    public var language: String? {
        get { storage.fields.language }
        set { change { $0.language = newValue } }
    }

    public var rating: Rating? {
        get { storage.fields.rating }
        set { change { $0.rating = newValue } }
    }

    /// Id of the message this one answers.
    public var inReplyTo: String? {
        get { storage.fields.inReplyTo }
        set { change { $0.inReplyTo = newValue } }
    }

    public var visibility: Visibility {
        get { storage.fields.visibility }
        set { change { $0.visibility = newValue } }
    }

    public var edited: Bool {
        get { storage.fields.edited }
        set { change { $0.edited = newValue } }
    }

    public var attachments: [Attachment] {
        get { storage.fields.attachments }
        set { change { $0.attachments = newValue } }
    }
}

/// Where a conversation takes place. An open set: a connector may name a new one.
public struct Channel: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public static let whatsapp = Channel(rawValue: "whatsapp")
    public static let sms = Channel(rawValue: "sms")
    public static let social = Channel(rawValue: "social")
    public static let review = Channel(rawValue: "review")
    public static let chat = Channel(rawValue: "chat")
    public static let email = Channel(rawValue: "email")
    public static let voice = Channel(rawValue: "voice")
    public static let ticket = Channel(rawValue: "ticket")
    /// Batch text of unknown origin.
    public static let text = Channel(rawValue: "text")
}

/// Who wrote a message.
public struct Author: Hashable, Sendable {
    public var role: Role
    public var displayName: String?
    public var identifiers: [Identifier]
    /// Where they live and when they were born, as the platform or a customer table says it.
    public var town: String?
    public var birthDate: String?

    public init(
        role: Role, displayName: String? = nil, identifiers: [Identifier] = [], town: String? = nil, birthDate: String? = nil
    ) {
        self.town = town
        self.birthDate = birthDate
        self.role = role
        self.displayName = displayName
        self.identifiers = identifiers
    }
}

public enum Role: String, Sendable, CaseIterable { case customer, agent, bot, system }

public enum Visibility: String, Sendable { case `public`, `private` }

/// What a message's `sentAt` rests on.
public enum TimeBasis: String, Sendable {
    /// The platform's own instant.
    case exact
    /// A wall clock, read in the configured zone.
    case localAssumed = "local-assumed"
    /// An offset from the start of a call.
    case offset
    /// The record has no time: when we received it.
    case received
}

/// A rating on its own scale.
public struct Rating: Hashable, Sendable {
    public var value: Double
    public var min: Double
    public var max: Double
    public init(value: Double, min: Double = 1, max: Double = 5) {
        self.value = value
        self.min = min
        self.max = max
    }
}

/// Something that came with a message and is not text.
public struct Attachment: Hashable, Sendable {
    /// `image`, `video`, `audio`, `document`, `sticker`, `location`, `contact`, …
    public var kind: String
    public var name: String?
    public init(kind: String, name: String? = nil) {
        self.kind = kind
        self.name = name
    }
}
