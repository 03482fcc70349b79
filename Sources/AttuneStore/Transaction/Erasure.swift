import AttuneCore
import GRDB

/// Forgets messages. What is left of one is its id, so that it does not come back with the next import.
extension SQLiteTransaction {
    func erase(messages ids: [String]) throws -> [StoredSignal] {
        let erased = Set(ids)
        var customers = Set<CustomerID>()
        for id in ids { if let customer = try customerID(ofMessage: id) { customers.insert(customer) } }
        let signals = try customers.sorted().flatMap { try database.signals(of: $0) }.filter { stored in
            erased.contains(stored.signal.causeMessageID) || stored.signal.evidenceMessageIDs.contains(where: erased.contains)
        }
        for stored in signals { try prepared("DELETE FROM signals WHERE id = ?").run(.text(stored.signal.id)) }
        try removeLinks(ofMessages: erased)
        let place = try prepared("SELECT conversation_id, source FROM messages WHERE id = ?")
        var conversations = Set<[String]>()
        for id in ids {
            if let found = try place.first(.text(id), read: { [$0.text(0), $0.text(1)] }) { conversations.insert(found) }
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
        try eraseConversations(conversations)
        return signals
    }

    /// Ids of conversations are often numbers and addresses.
    private func eraseConversations(_ conversations: Set<[String]>) throws {
        try counts.write(to: database)
        counts = Counts()
        var empty = conversations
        // One walk over all messages: no index is kept for a question that is asked here only.
        try prepared("SELECT conversation_id, source FROM messages").each { row in
            empty.remove([row.text(0), row.text(1)])
            return !empty.isEmpty
        }
        for key in empty { try prepared("DELETE FROM conversations WHERE id = ? AND source = ?").run(.text(key[0]), .text(key[1])) }
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
