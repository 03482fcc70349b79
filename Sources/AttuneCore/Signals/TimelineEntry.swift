import AttuneEngine

/// One analysed customer message, as the state and the signals see it.
public struct TimelineEntry: Hashable, Sendable {
    public var messageID: String
    public var conversationID: String
    public var channel: Channel
    public var sentAt: Timestamp
    /// −1…1
    public var valence: Double
    public var label: Sentiment.Label
    /// Calibrated confidence of `label`.
    public var confidence: Double
    public var emotions: [EmotionScore]
    /// Intents above their threshold, most likely first.
    public var intents: [LabelScore]
    public var topics: [LabelScore]
    public var urgency: Double
    public var sensitive: [String]

    public init(
        messageID: String, conversationID: String, channel: Channel, sentAt: Timestamp, valence: Double, label: Sentiment.Label, confidence: Double,
        emotions: [EmotionScore], intents: [LabelScore], topics: [LabelScore], urgency: Double, sensitive: [String]
    ) {
        self.messageID = messageID
        self.conversationID = conversationID
        self.channel = channel
        self.sentAt = sentAt
        self.valence = valence
        self.label = label
        self.confidence = confidence
        self.emotions = emotions
        self.intents = intents
        self.topics = topics
        self.urgency = urgency
        self.sensitive = sensitive
    }

    public init(_ message: Message, _ analysis: Analysis) {
        self.init(
            messageID: message.id, conversationID: message.conversationID, channel: message.channel, sentAt: message.sentAt,
            valence: analysis.sentiment.valence, label: analysis.sentiment.label, confidence: analysis.sentiment.confidence,
            emotions: analysis.emotions, intents: analysis.intents, topics: analysis.topics, urgency: analysis.urgency,
            sensitive: analysis.sensitive)
    }

    /// The order of a timeline: time, then id, so that equal times do not depend on arrival.
    public func precedes(_ other: TimelineEntry) -> Bool { (sentAt, messageID) < (other.sentAt, other.messageID) }
}
