import AttuneCore
import AttuneEngine
import GRDB

/// Messages with their analyses, the search index and the counts, all kept in step here.
extension SQLiteTransaction {
    func versions(of ids: [String]) throws -> [String: StoredVersion] {
        let query = try prepared("SELECT content_hash, sent_at, edited, deleted FROM messages WHERE id = ?")
        var versions = [String: StoredVersion]()
        for id in ids {
            versions[id] = try query.first(.text(id)) { row in
                StoredVersion(
                    contentHash: row.text(0), sentAt: row.time(1), isEdited: row.bool(2), editedAt: MessageCoding.editedAt(row.integer(2)),
                    isDeleted: row.bool(3))
            }
        }
        return versions
    }

    func message(_ id: String) throws -> Message? {
        try prepared(
            """
            SELECT native_id, channel, source, conversation_id, role, display_name, sent_at, time_basis, text, language, rating_value, rating_min,
                rating_max, in_reply_to, visibility, edited, attachments
            FROM messages WHERE id = ? AND NOT deleted
            """
        ).first(.text(id)) { row in
            guard let role = Role(rawValue: row.text(4)), let timeBasis = TimeBasis(rawValue: row.text(7)),
                let visibility = Visibility(rawValue: row.text(14))
            else { throw StoreError.corrupt("a message can't be read back") }
            let rating = row.isNull(10) ? nil : Rating(value: row.real(10), min: row.real(11), max: row.real(12))
            var message = Message(
                id: id, nativeID: row.optionalText(0), channel: Channel(rawValue: row.text(1)), source: row.text(2), conversationID: row.text(3),
                author: Author(role: role, displayName: row.optionalText(5)), sentAt: row.time(6), timeBasis: timeBasis, text: row.text(8),
                language: row.optionalText(9), rating: rating, inReplyTo: row.optionalText(13), visibility: visibility, edited: row.bool(15),
                attachments: row.isNull(16) ? [] : try MessageCoding.attachments(json: row.bytes(16)))
            if let editedAt = MessageCoding.editedAt(row.integer(15)) { message.editedAt = editedAt }
            return message
        }
    }

    func insert(_ record: MessageRecord) throws {
        let message = record.message
        let evidence = try record.evidenceID.map { try evidenceNumber($0) }
        try prepared(
            """
            INSERT INTO messages (id, native_id, channel, source, conversation_id, role, display_name, sent_at, time_basis, text, language,
                rating_value, rating_min, rating_max, in_reply_to, visibility, edited, attachments, evidence, content_hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        ).run(
            .text(message.id), .text(message.nativeID), .text(message.channel.rawValue), .text(message.source), .text(message.conversationID),
            .text(message.author.role.rawValue), .text(message.author.displayName), .time(message.sentAt), .text(message.timeBasis.rawValue),
            .text(message.text), .text(message.language), .real(message.rating?.value), .real(message.rating?.min), .real(message.rating?.max),
            .text(message.inReplyTo), .text(message.visibility.rawValue), .integer(MessageCoding.edited(message)),
            .text(MessageCoding.attachments(message.attachments)), .integer(evidence), .text(record.contentHash))
        try derive(record, number: database.lastInsertedRowID)
    }

    func replace(_ record: MessageRecord) throws {
        let message = record.message
        guard let old = try stored(message.id) else { throw StoreError.contradiction("an unknown message can't be replaced") }
        if old.isDeleted { return }
        try withdraw(old)
        try prepared(
            """
            UPDATE messages SET native_id = ?, channel = ?, source = ?, conversation_id = ?, role = ?, display_name = ?, sent_at = ?,
                time_basis = ?, text = ?, language = ?, rating_value = ?, rating_min = ?, rating_max = ?, in_reply_to = ?, visibility = ?,
                edited = ?, attachments = ?, content_hash = ?, evidence = coalesce(evidence, ?)
            WHERE n = ?
            """
        ).run(
            .text(message.nativeID), .text(message.channel.rawValue), .text(message.source), .text(message.conversationID),
            .text(message.author.role.rawValue), .text(message.author.displayName), .time(message.sentAt), .text(message.timeBasis.rawValue),
            .text(message.text), .text(message.language), .real(message.rating?.value), .real(message.rating?.min), .real(message.rating?.max),
            .text(message.inReplyTo), .text(message.visibility.rawValue), .integer(MessageCoding.edited(message)),
            .text(MessageCoding.attachments(message.attachments)), .text(record.contentHash),
            .integer(try record.evidenceID.map { try evidenceNumber($0) }), .integer(old.number))
        try derive(record, number: old.number)
    }

    func markDeleted(id: String) throws {
        guard let old = try stored(id), !old.isDeleted else { return }
        try withdraw(old)
        try prepared("UPDATE messages SET text = NULL, display_name = NULL, attachments = NULL, deleted = 1 WHERE n = ?")
            .run(.integer(old.number))
    }

    func messages(in conversations: Set<ConversationPlace>) throws -> [ConversationPlace: [String]] {
        var found = [ConversationPlace: [String]]()
        let ids = Set(conversations.map(\.conversationID)).sorted().map { JSONValue.string($0) }
        // One walk over all messages: no index is kept for what platforms tell seldom.
        try prepared(
            "SELECT conversation_id, source, id FROM messages WHERE NOT deleted AND conversation_id IN (SELECT value FROM json_each(?))"
        ).each(.text(JSONWriter.string(.array(ids)))) { row in
            let place = ConversationPlace(source: row.text(1), conversationID: row.text(0))
            if conversations.contains(place) { found[place, default: []].append(row.text(2)) }
            return true
        }
        return found
    }

    func isLinked(_ id: String) throws -> Bool {
        try prepared("SELECT 1 FROM messages WHERE id = ? AND evidence IS NOT NULL").first(.text(id)) { _ in true } ?? false
    }

    func customerID(ofMessage id: String) throws -> CustomerID? {
        try prepared(
            "SELECT customer_id FROM messages JOIN evidence ON evidence.n = messages.evidence WHERE messages.id = ? AND customer_id IS NOT NULL"
        ).first(.text(id)) { CustomerID(rawValue: $0.text(0)) }
    }

    /// What a message has in other tables: the search index, the counts, the analysis.
    private func derive(_ record: MessageRecord, number: Int64) throws {
        let message = record.message
        if !message.text.isEmpty {
            try prepared("INSERT INTO message_fts (rowid, text) VALUES (?, ?)").run(.integer(number), .text(message.text))
        }
        counts.add(
            Counts.Message(
                conversationID: message.conversationID, source: message.source, channel: message.channel.rawValue, sentAt: message.sentAt,
                language: record.analysis?.language?.code ?? message.language,
                reading: record.analysis.map { ($0.sentiment.label.rawValue, $0.sentiment.valence) }))
        guard let analysis = record.analysis else { return }
        let sentiment = analysis.sentiment
        try prepared(
            """
            INSERT INTO analyses (message, label, valence, confidence, negative, neutral, positive, language, language_confidence, urgency,
                effort, toxicity, lists)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        ).run(
            .integer(number), .text(sentiment.label.rawValue), .real(sentiment.valence), .real(sentiment.confidence), .real(sentiment.negative),
            .real(sentiment.neutral), .real(sentiment.positive), .text(analysis.language?.code), .real(analysis.language?.confidence),
            .real(analysis.urgency), .real(analysis.effort), .real(analysis.toxicity), .blob(Detail(analysis).bytes))
    }

    private struct Stored {
        var number: Int64
        var isDeleted: Bool
        var text: String
        var counted: Counts.Message
    }

    private func stored(_ id: String) throws -> Stored? {
        try prepared(
            """
            SELECT n, deleted, text, conversation_id, source, channel, sent_at, coalesce(analyses.language, messages.language), label, valence
            FROM messages LEFT JOIN analyses ON analyses.message = n WHERE id = ?
            """
        ).first(.text(id)) { row in
            Stored(
                number: row.integer(0), isDeleted: row.bool(1), text: row.text(2),
                counted: Counts.Message(
                    conversationID: row.text(3), source: row.text(4), channel: row.text(5), sentAt: row.time(6), language: row.optionalText(7),
                    reading: row.optionalText(8).map { ($0, row.real(9)) }))
        }
    }

    /// Takes back what `derive` did. The search index forgets a text only when it is given the same text again.
    private func withdraw(_ old: Stored) throws {
        if !old.text.isEmpty {
            try prepared("INSERT INTO message_fts (message_fts, rowid, text) VALUES ('delete', ?, ?)")
                .run(.integer(old.number), .text(old.text))
        }
        counts.remove(old.counted)
        try prepared("DELETE FROM analyses WHERE message = ?").run(.integer(old.number))
    }
}
