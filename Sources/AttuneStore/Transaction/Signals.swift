import AttuneCore
import AttuneEngine
import GRDB

/// States and signals.
extension SQLiteTransaction {
    func save(_ state: CustomerState?, of customer: CustomerID) throws {
        guard let state else {
            try prepared("DELETE FROM states WHERE customer_id = ?").run(.text(customer.rawValue))
            return
        }
        try prepared(
            """
            INSERT OR REPLACE INTO states (customer_id, as_of, message_count, valence, arousal, emotions, trend, volatility, attention)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        ).run(
            .text(customer.rawValue), .time(state.asOf), .integer(state.messageCount), .real(state.valence), .real(state.arousal),
            .text(StateCoding.json(state.emotions)), .real(state.trend), .real(state.volatility), .integer(state.attention))
    }

    func signals(of customers: [CustomerID]) throws -> [StoredSignal] {
        // Few stores have many: one look saves a lookup for every customer.
        guard try prepared("SELECT 1 FROM signals LIMIT 1").first(read: { _ in true }) != nil else { return [] }
        return try customers.flatMap { try database.signals(of: $0) }
    }

    func save(_ signals: [StoredSignal]) throws {
        let save = try prepared(
            """
            INSERT OR REPLACE INTO signals (id, customer_id, rule, at, expires_at, cause_message_id, evidence, value, reason, retracted, generation)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        for stored in signals {
            let signal = stored.signal
            try save.run(
                .text(signal.id), .text(stored.customerID.rawValue), .text(signal.rule), .time(signal.at), .time(signal.expiresAt),
                .text(signal.causeMessageID), .text(JSONWriter.string(.array(signal.evidenceMessageIDs.map { .string($0) }))),
                .real(signal.value), .text(signal.reason), .bool(stored.isRetracted), .integer(stored.generation))
        }
    }
}

extension Database {
    /// Signals on file for a customer, retracted ones included, by time.
    func signals(of customer: CustomerID) throws -> [StoredSignal] {
        try prepared(
            """
            SELECT id, rule, at, expires_at, cause_message_id, evidence, value, reason, retracted, generation FROM signals
            WHERE customer_id = ? ORDER BY at, id
            """
        ).all(.text(customer.rawValue)) { row in
            guard let evidence = try? JSONParser.parse(row.bytes(5)) else { throw StoreError.corrupt("a signal's evidence can't be read back") }
            var signal = Signal(
                rule: row.text(1), at: row.time(2), expiresAt: row.optionalTime(3), causeMessageID: row.text(4),
                evidenceMessageIDs: evidence.items.compactMap(\.string), value: row.real(6), reason: row.text(7))
            signal.id = row.text(0)
            return StoredSignal(signal: signal, customerID: customer, isRetracted: row.bool(8), generation: row.int(9))
        }
    }
}
