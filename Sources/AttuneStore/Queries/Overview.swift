import AttuneCore
import AttuneEngine
import GRDB

/// The store at a glance. Deleted messages are in none of the counts but their own.
public struct Overview: Hashable, Sendable {
    public var messages: Int
    public var analysed: Int
    public var deleted: Int
    public var customers: Int
    public var conversations: Int
    /// Times of the earliest and the latest message; nil in an empty store.
    public var firstAt: Timestamp?
    public var lastAt: Timestamp?
    /// By channel name.
    public var channels: [ChannelSummary]
    /// Most messages first.
    public var languages: [LanguageSummary]
    /// Analysed messages by label, over all channels.
    public var labels: [Sentiment.Label: Int]
    /// Mean valence of the analysed messages, −1…1; nil when there are none.
    public var meanValence: Double?
    public var activeSignals: Int
    public var rejections: Int
    public var events: Int
    public var sinks: [SinkStatus]
}

/// A channel's part.
public struct ChannelSummary: Hashable, Sendable {
    public var channel: Channel
    public var messages: Int
    public var analysed: Int
    public var meanValence: Double?
    public var labels: [LabelSummary]
}

public struct LabelSummary: Hashable, Sendable {
    public var label: Sentiment.Label
    public var messages: Int
    public var meanValence: Double
}

public struct LanguageSummary: Hashable, Sendable {
    /// BCP 47; nil where neither the engine nor the platform could tell.
    public var language: String?
    public var messages: Int
}

extension StoreQueries {
    /// Counts come from the rollups: their number grows with days, channels and languages, not with messages.
    public func overview() throws -> Overview {
        try read { database in
            let cells = try database.prepared(
                "SELECT channel, label, language, sum(messages), sum(valence_millionths) FROM rollups GROUP BY channel, label, language"
            ).all { row in
                OverviewCell(
                    channel: row.text(0), label: Sentiment.Label(rawValue: row.text(1)), language: row.text(2), messages: row.int(3),
                    millionths: row.integer(4))
            }
            func count(_ sql: String) throws -> Int { try database.prepared(sql).first { $0.int(0) } ?? 0 }
            func time(_ sql: String) throws -> Timestamp? { try database.prepared(sql).first { $0.optionalTime(0) } ?? nil }
            let analysed = cells.filter { $0.label != nil }
            return Overview(
                messages: cells.messages, analysed: analysed.messages, deleted: try count("SELECT count(*) FROM messages WHERE deleted = 1"),
                customers: try count("SELECT count(*) FROM customers"), conversations: try count("SELECT count(*) FROM conversations"),
                // Deleted ones are few: the first step along the index nearly always ends the search.
                firstAt: try time("SELECT sent_at FROM messages WHERE deleted = 0 ORDER BY sent_at LIMIT 1"),
                lastAt: try time("SELECT sent_at FROM messages WHERE deleted = 0 ORDER BY sent_at DESC LIMIT 1"),
                channels: Self.channels(cells), languages: Self.languages(cells),
                labels: Dictionary(grouping: analysed) { $0.label ?? .neutral }.mapValues(\.messages), meanValence: analysed.meanValence,
                activeSignals: try count("SELECT count(*) FROM signals WHERE retracted = 0"),
                rejections: try count("SELECT count(*) FROM rejections"), events: try count("SELECT count(*) FROM outbox"),
                sinks: try database.sinkStatuses())
        }
    }

    private static func channels(_ cells: [OverviewCell]) -> [ChannelSummary] {
        Dictionary(grouping: cells, by: \.channel).sorted { $0.key < $1.key }.map { channel, cells in
            let analysed = cells.filter { $0.label != nil }
            let labels = Sentiment.Label.allCases.compactMap { label -> LabelSummary? in
                let own = analysed.filter { $0.label == label }
                return own.meanValence.map { LabelSummary(label: label, messages: own.messages, meanValence: $0) }
            }
            return ChannelSummary(
                channel: Channel(rawValue: channel), messages: cells.messages, analysed: analysed.messages, meanValence: analysed.meanValence,
                labels: labels)
        }
    }

    private static func languages(_ cells: [OverviewCell]) -> [LanguageSummary] {
        Dictionary(grouping: cells, by: \.language)
            .map { LanguageSummary(language: $0.key.isEmpty ? nil : $0.key, messages: $0.value.messages) }
            .sorted { ($1.messages, $0.language ?? "") < ($0.messages, $1.language ?? "") }
    }
}

/// The rollups of one channel, label and language over all days.
private struct OverviewCell {
    var channel: String
    /// Nil for messages that were not analysed.
    var label: Sentiment.Label?
    var language: String
    var messages: Int
    var millionths: Int64
}

extension [OverviewCell] {
    fileprivate var messages: Int { reduce(0) { $0 + $1.messages } }
    fileprivate var meanValence: Double? {
        let count = messages
        return count == 0 ? nil : Double(reduce(0) { $0 + $1.millionths }) / 1e6 / Double(count)
    }
}
