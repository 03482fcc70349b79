import AttuneEngine

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
        storage = .whole(
            Whole(
                Fields(
                    id: id, nativeID: nativeID, channel: channel, source: source, conversationID: conversationID, author: author, sentAt: sentAt,
                    timeBasis: timeBasis, text: text, language: language.flatMap(LanguageTag.normalized), rating: rating, inReplyTo: inReplyTo,
                    visibility: visibility, edited: edited, attachments: attachments)))
    }

    /// What the messages of one author in one conversation, and in one language, have in common: a file of millions has it a few times.
    public final class Setting: Sendable {
        public let channel: Channel
        public let source: String
        public let conversationID: String
        public let author: Author
        public let timeBasis: TimeBasis
        public let language: String?

        public init(
            channel: Channel, source: String, conversationID: String, author: Author, timeBasis: TimeBasis, language: String? = nil
        ) {
            self.channel = channel
            self.source = source
            self.conversationID = conversationID
            self.author = author
            self.timeBasis = timeBasis
            self.language = language.flatMap(LanguageTag.normalized)
        }
    }

    /// A message without an id of its platform. Counts one reference instead of a dozen, and makes no id before it is asked for.
    public init(
        digest: ContentDigest, setting: Setting, sentAt: Timestamp, text: String, edited: Bool = false, attachments: [Attachment] = []
    ) {
        storage = .brief(Brief(digest, setting, sentAt, text, edited, attachments))
    }

    /// Whether it may feed a customer's state: agents, bots and internal notes never do.
    public var feedsState: Bool { role == .customer && visibility == .public && !text.isEmpty }

    public static func == (a: Message, b: Message) -> Bool { a.storage.isSame(as: b.storage) || a.fields == b.fields }

    /// What is equal has the same of these.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(id)
        hasher.combine(sentAt)
        hasher.combine(text)
    }

    private struct Fields: Equatable, Sendable {
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
        var editedAt: Timestamp?
    }

    /// As large as a reference.
    private enum Storage: Sendable {
        case whole(Whole)
        case brief(Brief)

        func isSame(as other: Storage) -> Bool {
            switch (self, other) {
            case (.whole(let a), .whole(let b)): a === b
            case (.brief(let a), .brief(let b)): a === b
            case (.whole, .brief), (.brief, .whole): false
            }
        }
    }

    private final class Whole: Sendable {
        let fields: Fields
        init(_ fields: consuming Fields) { self.fields = fields }
    }

    /// A message of a setting while nobody has changed a field: a third of the memory.
    private final class Brief: Sendable {
        let digest: ContentDigest
        let setting: Setting
        let sentAt: Timestamp
        let text: String
        let edited: Bool
        let attachments: [Attachment]

        init(
            _ digest: ContentDigest, _ setting: Setting, _ sentAt: Timestamp, _ text: consuming String, _ edited: Bool,
            _ attachments: consuming [Attachment]
        ) {
            self.digest = digest
            self.setting = setting
            self.sentAt = sentAt
            self.text = text
            self.edited = edited
            self.attachments = attachments
        }

        /// The same with every field in its own place.
        var fields: Fields {
            Fields(
                id: digest.hex, nativeID: nil, channel: setting.channel, source: setting.source, conversationID: setting.conversationID,
                author: setting.author, sentAt: sentAt, timeBasis: setting.timeBasis, text: text, language: setting.language, rating: nil,
                inReplyTo: nil, visibility: .public, edited: edited, attachments: attachments)
        }
    }

    /// What lies in either form of the storage.
    @inline(__always)
    private func read<Value>(_ whole: (Whole) -> Value, _ brief: (Brief) -> Value) -> Value {
        switch storage {
        case .whole(let message): whole(message)
        case .brief(let message): brief(message)
        }
    }

    private var fields: Fields { read({ $0.fields }, { $0.fields }) }

    private mutating func change(_ body: (inout Fields) -> Void) {
        var fields = fields
        body(&fields)
        storage = .whole(Whole(fields))
    }
}

extension Message {
    /// Stable: the same input gives the same id, `source:nativeID`.
    public var id: String {
        get { read({ $0.fields.id }, { $0.digest.hex }) }
        set { change { $0.id = newValue } }
    }

    /// The platform's own id, where it has one.
    public var nativeID: String? {
        get { read({ $0.fields.nativeID }, { _ in nil }) }
        set { change { $0.nativeID = newValue } }
    }

    public var channel: Channel {
        get { read({ $0.fields.channel }, { $0.setting.channel }) }
        set { change { $0.channel = newValue } }
    }

    /// Connector and account, e.g. `whatsapp-cloud:1122334455667`. Never contains a customer's data.
    public var source: String {
        get { read({ $0.fields.source }, { $0.setting.source }) }
        set { change { $0.source = newValue } }
    }

    public var conversationID: String {
        get { read({ $0.fields.conversationID }, { $0.setting.conversationID }) }
        set { change { $0.conversationID = newValue } }
    }

    public var author: Author {
        get { read({ $0.fields.author }, { $0.setting.author }) }
        set { change { $0.author = newValue } }
    }

    /// The author's, without a copy of the rest.
    var role: Role { read({ $0.fields.author.role }, { $0.setting.author.role }) }

    public var sentAt: Timestamp {
        get { read({ $0.fields.sentAt }, { $0.sentAt }) }
        set { change { $0.sentAt = newValue } }
    }

    public var timeBasis: TimeBasis {
        get { read({ $0.fields.timeBasis }, { $0.setting.timeBasis }) }
        set { change { $0.timeBasis = newValue } }
    }

    /// Plain text, without markup, quoting and signatures.
    public var text: String {
        get { read({ $0.fields.text }, { $0.text }) }
        set { change { $0.text = newValue } }
    }

    /// BCP 47, of what the platform says; nil when it names no language.
    public var language: String? {
        get { read({ $0.fields.language }, { $0.setting.language }) }
        set { change { $0.language = newValue.flatMap(LanguageTag.normalized) } }
    }

    public var rating: Rating? {
        get { read({ $0.fields.rating }, { _ in nil }) }
        set { change { $0.rating = newValue } }
    }

    /// Id of the message this one answers.
    public var inReplyTo: String? {
        get { read({ $0.fields.inReplyTo }, { _ in nil }) }
        set { change { $0.inReplyTo = newValue } }
    }

    public var visibility: Visibility {
        get { read({ $0.fields.visibility }, { _ in .public }) }
        set { change { $0.visibility = newValue } }
    }

    public var edited: Bool {
        get { read({ $0.fields.edited }, { $0.edited }) }
        set { change { $0.edited = newValue } }
    }

    public var attachments: [Attachment] {
        get { read({ $0.fields.attachments }, { $0.attachments }) }
        set { change { $0.attachments = newValue } }
    }

    /// When an edited message got the content that it has; nil where the platform does not say.
    public var editedAt: Timestamp? {
        get { read({ $0.fields.editedAt }, { _ in nil }) }
        set { change { $0.editedAt = newValue } }
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
    public var displayName: String?
    public var identifiers: [Identifier]
    /// Where they live and when they were born, as the platform or a customer table says it.
    public var town: String?
    public var birthDate: String?
    public var role: Role
}

extension Author {
    /// Through the memberwise initializer: set one by one, the fields of a struct this large are copied and released once more.
    public init(
        role: Role, displayName: String? = nil, identifiers: [Identifier] = [], town: String? = nil, birthDate: String? = nil
    ) {
        self.init(displayName: displayName, identifiers: identifiers, town: town, birthDate: birthDate, role: role)
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
