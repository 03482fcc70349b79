import AttuneCore
import GRDB

/// Forgets messages. What is left of one is its id, so that it does not come back with the next import.
extension SQLiteTransaction {
    func replies(leftWithout ids: [String]) throws -> [String] {
        let erased = Set(ids)
        var conversations = try places(ofMessages: ids)
        var replies: [Place: [String]] = [:]
        // One walk over all messages: no index is kept for a question that is asked here only.
        try prepared(
            "SELECT conversation_id, source, id, role FROM messages WHERE conversation_id IN (SELECT value FROM json_each(?))"
        ).each(.text(JSONWriter.string(.array(conversations.map { .string($0.conversation) })))) { row in
            let place = Place(conversation: row.text(0), source: row.text(1))
            guard conversations.contains(place), !erased.contains(row.text(2)) else { return true }
            if row.text(3) == Role.customer.rawValue {
                conversations.remove(place)
                replies[place] = nil
            } else {
                replies[place, default: []].append(row.text(2))
            }
            return true
        }
        return replies.values.flatMap { $0 }.sorted()
    }

    func erase(messages ids: [String]) throws -> [StoredSignal] {
        if forgotten == nil { forgotten = [:] }
        let erased = Set(ids)
        // Their fingerprints are hashes of what was sent.
        try forgetAnswers()
        var customers = Set<CustomerID>()
        for id in ids { if let customer = try customerID(ofMessage: id) { customers.insert(customer) } }
        let signals = try customers.sorted().flatMap { try database.signals(of: $0) }.filter { stored in
            erased.contains(stored.signal.causeMessageID) || stored.signal.evidenceMessageIDs.contains(where: erased.contains)
        }
        for stored in signals { try prepared("DELETE FROM signals WHERE id = ?").run(.text(stored.signal.id)) }
        try removeLinks(ofMessages: erased)
        let conversations = try places(ofMessages: ids)
        for id in ids { try forget(message: id) }
        // A message's id often is its author's address and a number.
        try prepared("UPDATE messages SET in_reply_to = NULL WHERE in_reply_to IN (SELECT value FROM json_each(?))")
            .run(.text(JSONWriter.string(.array(ids.map { .string($0) }))))
        try eraseConversations(conversations)
        return signals
    }

    func forget(message id: String) throws {
        try markDeleted(id: id)
        try prepared("DELETE FROM pending_changes WHERE target = ?").run(.text(id))
        try prepared(
            """
            UPDATE messages SET native_id = NULL, conversation_id = '', in_reply_to = NULL, language = NULL, evidence = NULL,
                rating_value = NULL, rating_min = NULL, rating_max = NULL, content_hash = ''
            WHERE id = ?
            """
        ).run(.text(id))
        try eraseEvents(about: id)
    }

    /// A conversation, by the key of its row.
    private struct Place: Hashable {
        var conversation: String
        var source: String
    }

    private func places(ofMessages ids: [String]) throws -> Set<Place> {
        // An erased message has none any more.
        let place = try prepared("SELECT conversation_id, source FROM messages WHERE id = ? AND conversation_id != ''")
        var places = Set<Place>()
        for id in ids {
            if let found = try place.first(.text(id), read: { Place(conversation: $0.text(0), source: $0.text(1)) }) { places.insert(found) }
        }
        return places
    }

    /// Ids of conversations are often numbers and addresses.
    private func eraseConversations(_ conversations: Set<Place>) throws {
        try counts.write(to: database)
        counts = Counts()
        var empty = conversations
        // One walk over all messages, as above.
        try prepared("SELECT conversation_id, source FROM messages").each { row in
            empty.remove(Place(conversation: row.text(0), source: row.text(1)))
            return !empty.isEmpty
        }
        for place in empty {
            try prepared("DELETE FROM conversations WHERE id = ? AND source = ?").run(.text(place.conversation), .text(place.source))
        }
    }

    private func eraseEvents(about id: String) throws {
        let events = try prepared("SELECT sequence FROM event_messages WHERE message = ?").all(.text(id)) { $0.integer(0) }
        guard !events.isEmpty else { return }
        let named = try prepared("SELECT body FROM outbox WHERE sequence = ?")
        for sequence in events {
            let body = try named.first(.integer(sequence)) { $0.bytes(0) } ?? []
            let others = (try? JSONParser.parse(body)["data"]).map(OutboxMessages.named) ?? []
            for message in others + [id] {
                try prepared("DELETE FROM event_messages WHERE message = ? AND sequence = ?").run(.text(message), .integer(sequence))
            }
            try prepared("DELETE FROM deliveries WHERE sequence = ?").run(.integer(sequence))
            try prepared("DELETE FROM outbox WHERE sequence = ?").run(.integer(sequence))
        }
    }
}

extension SQLiteStore {
    /// Deleted rows are overwritten as they go (`secure_delete`), but the search index keeps deleted words until its parts are merged into
    /// one, pages that were rebalanced may keep copies until the file is written anew, and the write-ahead log keeps pages as they were
    /// until it is cut off.
    public func scrub() throws {
        _ = try write { try $0.prepared("INSERT INTO message_fts (message_fts) VALUES ('optimize')").run() }
        // On disk, because the copy is as large as the store.
        try writeOutsideTransaction { try $0.execute(sql: "PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY") }
        let isBusy = try writeOutsideTransaction { try $0.prepared("PRAGMA wal_checkpoint(TRUNCATE)").first { $0.bool(0) } ?? false }
        if isBusy { throw StoreError.unscrubbed(path: path) }
    }
}
