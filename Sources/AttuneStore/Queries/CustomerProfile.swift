import AttuneCore
import AttuneEngine
import GRDB

/// Everything the store knows of one customer.
public struct CustomerProfile: Hashable, Sendable {
    public var id: CustomerID
    /// Earliest message; nil when only evidence is on file.
    public var firstSeen: Timestamp?
    public var displayName: String?
    /// Ids that redirect here because they were merged into this one.
    public var formerIDs: [CustomerID]
    /// By kind, then value.
    public var identifiers: [KnownIdentifier]
    /// Most messages first.
    public var channels: [ChannelCount]
    public var state: CustomerState?
    /// By time, retracted ones included.
    public var signals: [StoredSignal]
    /// In timeline order: the last ones, as many as were asked for.
    public var timeline: [TimelineMessage]
}

/// An identifier of a customer.
public struct KnownIdentifier: Hashable, Sendable {
    public var key: IdentifierKey
    /// The clear value; nil once it was erased.
    public var value: String?
}

public struct ChannelCount: Hashable, Sendable {
    public var channel: Channel
    public var messages: Int
}

/// A message of a timeline with its text.
public struct TimelineMessage: Hashable, Sendable {
    public var messageID: String
    public var conversationID: String
    public var channel: Channel
    public var source: String
    public var sentAt: Timestamp
    /// Nil once it was deleted.
    public var text: String?
    public var isEdited: Bool
    public var rating: Rating?
    public var reading: Reading?

    /// What the engine said of it; nil on the message when it was not analysed.
    public struct Reading: Hashable, Sendable {
        public var label: Sentiment.Label
        public var valence: Double
        public var confidence: Double
        public var language: String?
        public var urgency: Double
        public var emotions: [EmotionScore]
        public var intents: [LabelScore]
        public var topics: [LabelScore]
    }
}

extension StoreQueries {
    /// The live customers a reference may mean: an id, the id of a merged customer, an identifier's clear value (also in other
    /// letter case; normalise phone numbers first), or else a name as written. By id; several for a value that they share; empty when there is none.
    public func customers(matching reference: String) throws -> [CustomerID] {
        try read { database in
            let id = try database.resolved(CustomerID(rawValue: reference))
            if try database.isKnown(id) { return [id] }
            if reference.isEmpty { return [] }
            let found = Set(try database.evidence(showing: reference).compactMap(\.customerID))
            if !found.isEmpty { return Array(found.sorted().prefix(Self.rowLimit)) }
            return try database.prepared(
                "SELECT DISTINCT customer_id FROM evidence WHERE name = ? COLLATE NOCASE AND customer_id IS NOT NULL ORDER BY customer_id LIMIT ?"
            ).all(.text(reference), Self.rows(Self.rowLimit)) { CustomerID(rawValue: $0.text(0)) }
        }
    }

    /// One customer, also by the id of one merged into it; nil when there is none.
    /// - Parameter messages: how many of the last messages come along, with text.
    public func customer(_ id: CustomerID, messages: Int = 100) throws -> CustomerProfile? {
        try read { database in
            let live = try database.resolved(id)
            guard try database.isKnown(live) else { return nil }
            let row = try database.prepared("SELECT first_seen_at, display_name FROM customers WHERE id = ?").first(.text(live.rawValue)) { row in
                (firstSeen: row.time(0), displayName: row.optionalText(1))
            }
            return CustomerProfile(
                id: live, firstSeen: row?.firstSeen, displayName: row?.displayName, formerIDs: try database.formerIDs(of: live),
                identifiers: try database.identifiers(of: live), channels: try database.channels(of: live), state: try database.state(of: live),
                signals: try database.signals(of: live), timeline: try database.timelineMessages(of: live, limit: Self.rows(messages)))
        }
    }
}

extension Database {
    fileprivate func isKnown(_ id: CustomerID) throws -> Bool {
        try prepared("SELECT 1 WHERE EXISTS (SELECT 1 FROM customers WHERE id = ?1) OR EXISTS (SELECT 1 FROM owners WHERE customer_id = ?1)")
            .first(.text(id.rawValue)) { _ in true } ?? false
    }

    fileprivate func formerIDs(of id: CustomerID) throws -> [CustomerID] {
        try prepared(
            """
            WITH RECURSIVE former (id) AS (
                SELECT from_id FROM customer_redirects WHERE to_id = ?1
                UNION SELECT from_id FROM customer_redirects JOIN former ON to_id = former.id)
            SELECT id FROM former ORDER BY id
            """
        ).all(.text(id.rawValue)) { CustomerID(rawValue: $0.text(0)) }
    }

    fileprivate func identifiers(of id: CustomerID) throws -> [KnownIdentifier] {
        var keys = Set<IdentifierKey>()
        try prepared("SELECT shown FROM evidence WHERE customer_id = ?").each(.text(id.rawValue)) { row in
            keys.formUnion(try row.withBytes(0, KeyCoding.keys))
            return true
        }
        let value = try prepared("SELECT value FROM identifiers WHERE kind = ? AND hash = ?")
        return try keys.map { key in
            KnownIdentifier(key: key, value: try value.first(.text(key.kind.rawValue), .text(key.hash.text)) { $0.text(0) })
        }.sorted { ($0.key.kind.rawValue, $0.value ?? "", $0.key.hash) < ($1.key.kind.rawValue, $1.value ?? "", $1.key.hash) }
    }

    fileprivate func channels(of id: CustomerID) throws -> [ChannelCount] {
        try prepared(
            """
            SELECT channel, count(*) FROM evidence JOIN messages ON messages.evidence = evidence.n
            WHERE customer_id = ? AND deleted = 0 GROUP BY channel ORDER BY count(*) DESC, channel
            """
        ).all(.text(id.rawValue)) { ChannelCount(channel: Channel(rawValue: $0.text(0)), messages: $0.int(1)) }
    }

    func state(of id: CustomerID) throws -> CustomerState? {
        try prepared("SELECT as_of, message_count, valence, arousal, emotions, trend, volatility, attention FROM states WHERE customer_id = ?")
            .first(.text(id.rawValue)) { row in
                CustomerState(
                    asOf: row.time(0), messageCount: row.int(1), valence: row.real(2), arousal: row.real(3),
                    emotions: try StateCoding.emotions(json: row.bytes(4)), trend: row.real(5), volatility: row.real(6), attention: row.int(7))
            }
    }

    fileprivate func timelineMessages(of id: CustomerID, limit: Value) throws -> [TimelineMessage] {
        try prepared(
            """
            SELECT messages.id, conversation_id, channel, source, sent_at, text, edited, rating_value, rating_min, rating_max, deleted,
                label, valence, confidence, coalesce(analyses.language, messages.language), urgency, lists
            FROM evidence JOIN messages ON messages.evidence = evidence.n LEFT JOIN analyses ON analyses.message = messages.n
            WHERE customer_id = ? ORDER BY sent_at DESC, messages.id DESC LIMIT ?
            """
        ).all(.text(id.rawValue), limit, read: TimelineMessage.init).reversed()
    }
}

extension TimelineMessage {
    fileprivate init(_ row: Columns) throws {
        messageID = row.text(0)
        conversationID = row.text(1)
        channel = Channel(rawValue: row.text(2))
        source = row.text(3)
        sentAt = row.time(4)
        text = row.bool(10) ? nil : row.text(5)
        isEdited = row.bool(6)
        rating = row.isNull(7) ? nil : Rating(value: row.real(7), min: row.real(8), max: row.real(9))
        guard let label = Sentiment.Label(rawValue: row.text(11)) else { return }
        let detail = try row.withBytes(16) { try Detail($0) }
        reading = Reading(
            label: label, valence: row.real(12), confidence: row.real(13), language: row.optionalText(14), urgency: row.real(15),
            emotions: detail.emotions, intents: detail.intents, topics: detail.topics)
    }
}
