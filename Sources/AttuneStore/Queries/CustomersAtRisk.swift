import AttuneCore
import AttuneEngine
import GRDB

/// A customer somebody should look at, with the words that show why.
public struct CustomerAtRisk: Hashable, Sendable {
    public var id: CustomerID
    public var displayName: String?
    public var state: CustomerState
    /// Active signals of the rules asked about, the latest first.
    public var signals: [StoredSignal]
    /// The message that caused the latest of these signals; without one, the most negative of the last messages.
    public var quote: Quote?

    public struct Quote: Hashable, Sendable {
        public var messageID: String
        public var channel: Channel
        public var sentAt: Timestamp
        public var text: String
        public var label: Sentiment.Label
        public var valence: Double
    }
}

extension StoreQueries {
    /// The first of the breaks of attention: below it, and without a signal, nobody is at risk.
    public static let attentionThreshold = 40

    /// Rules that speak of risk, by the names the product gives them; others (praise, say) do not put a customer on the list.
    public static let riskRules = [
        "churn_risk", "sentiment_escalated", "frustration_rising", "repeated_issue", "unanswered", "urgent", "threat",
    ]

    /// Customers by attention, then by number of active signals, then by their last message.
    /// - Parameters:
    ///   - now: signals that expire up to then do not count.
    ///   - rules: names of the rules whose signals count.
    public func customersAtRisk(limit: Int, now: Timestamp, rules: [String] = StoreQueries.riskRules) throws -> [CustomerAtRisk] {
        let names = JSONWriter.string(.array(rules.map { .string($0) }))
        return try read { database in
            let candidates = try database.prepared(
                """
                WITH active (customer_id, count) AS (
                    SELECT customer_id, count(*) FROM signals
                    WHERE retracted = 0 AND (expires_at IS NULL OR expires_at > ?1) AND rule IN (SELECT value FROM json_each(?2))
                    GROUP BY customer_id),
                candidates (id) AS (
                    SELECT customer_id FROM states WHERE attention >= \(Self.attentionThreshold)
                    UNION SELECT customer_id FROM active)
                SELECT states.customer_id, display_name FROM candidates
                JOIN states ON states.customer_id = candidates.id LEFT JOIN active ON active.customer_id = candidates.id
                LEFT JOIN customers ON customers.id = candidates.id
                ORDER BY attention DESC, coalesce(count, 0) DESC, as_of DESC, candidates.id LIMIT ?3
                """
            ).all(.time(now), .text(names), Self.rows(limit)) { row in
                (id: CustomerID(rawValue: row.text(0)), displayName: row.optionalText(1))
            }
            return try candidates.compactMap { candidate in
                guard let state = try database.state(of: candidate.id) else { return nil }
                let signals = try database.signals(of: candidate.id).filter { stored in
                    !stored.isRetracted && rules.contains(stored.signal.rule) && stored.signal.expiresAt.map { $0 > now } ?? true
                }
                return CustomerAtRisk(
                    id: candidate.id, displayName: candidate.displayName, state: state, signals: signals.reversed(),
                    quote: try database.quote(of: candidate.id, cause: signals.last?.signal.causeMessageID))
            }
        }
    }
}

extension Database {
    /// Looked for among the most recent messages: an old wound is no news.
    private static let recentMessages = 20

    fileprivate func quote(of customer: CustomerID, cause: String?) throws -> CustomerAtRisk.Quote? {
        let columns = "messages.id, channel, sent_at, text, label, valence"
        if let cause {
            let quote = try prepared("SELECT \(columns) FROM messages JOIN analyses ON message = n WHERE id = ? AND deleted = 0")
                .first(.text(cause), read: CustomerAtRisk.Quote.init)
            if let quote { return quote }
        }
        return try prepared(
            """
            SELECT * FROM (
                SELECT \(columns) FROM evidence JOIN messages ON messages.evidence = evidence.n JOIN analyses ON message = messages.n
                WHERE customer_id = ? AND deleted = 0 ORDER BY sent_at DESC LIMIT \(Self.recentMessages))
            ORDER BY valence, sent_at DESC LIMIT 1
            """
        ).first(.text(customer.rawValue), read: CustomerAtRisk.Quote.init)
    }
}

extension CustomerAtRisk.Quote {
    fileprivate init(_ row: Columns) throws {
        guard let label = Sentiment.Label(rawValue: row.text(4)) else { throw StoreError.corrupt("an analysis has an unknown label") }
        self.init(
            messageID: row.text(0), channel: Channel(rawValue: row.text(1)), sentAt: row.time(2), text: row.text(3), label: label,
            valence: row.real(5))
    }
}
