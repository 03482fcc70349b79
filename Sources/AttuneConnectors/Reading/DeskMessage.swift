import AttuneCore

/// A message of a support conversation as its reader found it, before the rules that all support systems share.
struct DeskMessage {
    enum Time {
        /// As the payload writes it: RFC 3339, a Unix number, a mail date. Nil or null when it does not say.
        case written(Payload?)
        case known(Timestamp, TimeBasis)

        /// The line in which it is written, in a payload that begins in line `first`.
        func line(from first: Int) -> Int {
            guard case .written(let value?) = self else { return first }
            return value.line(from: first)
        }
    }

    /// Unique within the source.
    var nativeID: String
    /// What the id is made of, where two spellings name one record; nil takes `nativeID`.
    var key: String?
    var conversationID: String
    /// What the payload says outright; nil leaves it to the configuration, then to `likely`.
    var role: Role?
    var likely = Role.customer
    var displayName: String?
    var identifiers: [Identifier] = []
    var time: Time
    var text: String
    /// Came or went as a mail: what it quotes and its signature are cut.
    var isMail = false
    /// An internal note.
    var isPrivate = false
    /// Was changed since it was written.
    var isEdited = false
    /// When, where the platform tells.
    var editedAt: Timestamp?
    /// New text for a message that was delivered before.
    var isChange = false
    var attachments: [Attachment] = []
    /// Native id of the message that this one answers.
    var inReplyTo: String?
    var rating: Rating?
    var language: String?
    /// Where the platform itself got it from; nil takes the connector's channel.
    var channel: Channel?

    init(nativeID: String, conversationID: String, time: Time, text: String) {
        self.nativeID = nativeID
        self.conversationID = conversationID
        self.time = time
        self.text = text
    }
}
