import AttuneCore
import GRDB

/// Evidence, identifiers, customers and the ledger.
extension SQLiteTransaction {
    /// The row of an evidence id; makes an empty one when the evidence itself is saved only later.
    func evidenceNumber(_ id: String) throws -> Int64 {
        if let number = evidenceNumbers[id] { return number }
        let known = try database.prepared("SELECT n FROM evidence WHERE id = ?").first(.text(id)) { $0.integer(0) }
        if let known {
            evidenceNumbers[id] = known
            return known
        }
        try database.prepared("INSERT INTO evidence (id) VALUES (?)").run(.text(id))
        let number = database.lastInsertedRowID
        evidenceNumbers[id] = number
        return number
    }

    func evidence(sharing keys: [IdentifierKey]) throws -> [Evidence] {
        let carriers = try database.prepared("SELECT evidence FROM evidence_keys WHERE kind = ? AND hash = ?")
        var numbers = Set<Int64>()
        for key in keys { numbers.formUnion(try carriers.all(.text(key.kind.rawValue), .text(key.hash)) { $0.integer(0) }) }
        return try numbers.sorted().compactMap(evidence)
    }

    private func evidence(_ number: Int64) throws -> Evidence? {
        let keys = try database.prepared("SELECT kind, hash FROM evidence_keys WHERE evidence = ?").all(.integer(number)) { row in
            IdentifierKey(kind: Identifier.Kind(rawValue: row.text(0)), hash: row.text(1))
        }
        return try database.prepared(
            """
            SELECT id, first_seen_at, first_message_id, message_count, customer_id FROM evidence
            WHERE n = ? AND first_seen_at IS NOT NULL
            """
        ).first(.integer(number)) { row in
            Evidence(
                id: row.text(0), keys: keys.sorted { ($0.kind.rawValue, $0.hash) < ($1.kind.rawValue, $1.hash) }, firstSeen: row.time(1),
                firstMessageID: row.text(2), messageCount: row.int(3), customerID: row.optionalText(4).map { CustomerID(rawValue: $0) })
        }
    }

    func save(_ evidence: [Evidence]) throws {
        let update = try database.prepared(
            "UPDATE evidence SET customer_id = ?, first_seen_at = ?, first_message_id = ?, message_count = ? WHERE n = ?")
        let hasKeys = try database.prepared("SELECT 1 FROM evidence_keys WHERE evidence = ? LIMIT 1")
        let addKey = try database.prepared("INSERT OR IGNORE INTO evidence_keys (kind, hash, evidence) VALUES (?, ?, ?)")
        for item in evidence {
            let number = try evidenceNumber(item.id)
            try update.run(
                .text(item.customerID?.rawValue), .time(item.firstSeen), .text(item.firstMessageID), .integer(item.messageCount), .integer(number))
            // The id is a hash of the keys: they never change.
            if try hasKeys.first(.integer(number), read: { _ in true }) != nil { continue }
            for key in item.keys { try addKey.run(.text(key.kind.rawValue), .text(key.hash), .integer(number)) }
        }
    }

    func saveValues(_ values: [IdentifierKey: String]) throws {
        let save = try database.prepared(
            """
            INSERT INTO identifiers (kind, hash, value) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET value = excluded.value WHERE value != excluded.value
            """)
        for (key, value) in values { try save.run(.text(key.kind.rawValue), .text(key.hash), .text(value)) }
    }

    /// The live customer of exactly this id: an absorbed one is none, and may come back under its old id.
    func customer(_ id: CustomerID) throws -> Customer? {
        try database.prepared("SELECT first_seen_at, display_name FROM customers WHERE id = ?").first(.text(id.rawValue)) { row in
            Customer(id: id, firstSeen: row.time(0), displayName: row.optionalText(1))
        }
    }

    func save(_ customer: Customer) throws {
        try database.prepared(
            """
            INSERT INTO customers (id, first_seen_at, display_name) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET first_seen_at = excluded.first_seen_at, display_name = excluded.display_name
            WHERE first_seen_at != excluded.first_seen_at OR display_name IS NOT excluded.display_name
            """
        ).run(.text(customer.id.rawValue), .time(customer.firstSeen), .text(customer.displayName))
        try revive(customer.id)
    }

    /// A live customer redirects nowhere: an id that was absorbed comes back in a split.
    private func revive(_ id: CustomerID) throws {
        try database.prepared("DELETE FROM customer_redirects WHERE from_id = ?").run(.text(id.rawValue))
    }

    func record(_ change: CustomerChange, at time: Timestamp) throws {
        switch change {
        case .created(let id):
            try revive(id)
            try ledger("created", of: id, others: [], key: nil, at: time)
        case .merged(let survivor, let absorbed, let key):
            try revive(survivor)
            for id in absorbed where id != survivor {
                try database.prepared(
                    "INSERT INTO customer_redirects (from_id, to_id) VALUES (?, ?) ON CONFLICT DO UPDATE SET to_id = excluded.to_id"
                ).run(.text(id.rawValue), .text(survivor.rawValue))
                try database.prepared("DELETE FROM customers WHERE id = ?").run(.text(id.rawValue))
            }
            try ledger("merged", of: survivor, others: absorbed, key: key, at: time)
        case .split(let from, let parts):
            for id in parts { try revive(id) }
            try ledger("split", of: from, others: parts, key: nil, at: time)
        }
    }

    private func ledger(_ change: String, of customer: CustomerID, others: [CustomerID], key: IdentifierKey?, at time: Timestamp) throws {
        try database.prepared("INSERT INTO ledger (at, change, customer_id, others, key_kind, key_hash) VALUES (?, ?, ?, ?, ?, ?)")
            .run(
                .time(time), .text(change), .text(customer.rawValue),
                .text(JSONWriter.string(.array(others.map { .string($0.rawValue) }))), .text(key?.kind.rawValue), .text(key?.hash))
    }
}

extension Database {
    /// The live customer behind an id: follows merges. An id without a redirect is its own.
    func resolved(_ id: CustomerID) throws -> CustomerID {
        // Ids only ever redirect to one that was live then, so there are no rings; the limit is for a damaged file.
        let limit = 1_000
        let query = try prepared("SELECT to_id FROM customer_redirects WHERE from_id = ?")
        var current = id
        for _ in 0..<limit {
            guard let next = try query.first(.text(current.rawValue), read: { $0.text(0) }) else { return current }
            current = CustomerID(rawValue: next)
        }
        throw StoreError.corrupt("the customer redirects run in a ring")
    }
}
