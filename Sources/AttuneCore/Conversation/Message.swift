/// What came in: one thing somebody wrote.
public struct Message: Hashable, Sendable {
    /// Stable: the same input gives the same id, `source:nativeID`.
    public var id: String
    /// The platform's own id, where it has one.
    public var nativeID: String?
    public var channel: Channel
    /// Connector and account, e.g. `whatsapp-cloud:1122334455667`. Never contains a customer's data.
    public var source: String
    public var conversationID: String
    public var author: Author
    public var sentAt: Timestamp
    public var timeBasis: TimeBasis
    /// Plain text, without markup, quoting and signatures.
    public var text: String
    /// BCP 47, as the platform says it.
    public var language: String?
    public var rating: Rating?
    /// Id of the message this one answers.
    public var inReplyTo: String?
    public var visibility: Visibility
    public var edited: Bool
    public var attachments: [Attachment]

    public init(
        id: String, nativeID: String? = nil, channel: Channel, source: String, conversationID: String, author: Author, sentAt: Timestamp,
        timeBasis: TimeBasis = .exact, text: String, language: String? = nil, rating: Rating? = nil, inReplyTo: String? = nil,
        visibility: Visibility = .public, edited: Bool = false, attachments: [Attachment] = []
    ) {
        self.id = id
        self.nativeID = nativeID
        self.channel = channel
        self.source = source
        self.conversationID = conversationID
        self.author = author
        self.sentAt = sentAt
        self.timeBasis = timeBasis
        self.text = text
        self.language = language
        self.rating = rating
        self.inReplyTo = inReplyTo
        self.visibility = visibility
        self.edited = edited
        self.attachments = attachments
    }

    /// Whether it may feed a customer's state: agents, bots and internal notes never do.
    public var feedsState: Bool { author.role == .customer && visibility == .public && !text.isEmpty }
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
