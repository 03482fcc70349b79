import AttuneCore
import GRDB

/// Identifiers, customers and the ledger.
extension SQLiteTransaction {
    func saveValues(_ values: [(key: IdentifierKey, value: String)]) throws {
        let rows = try RowWriter(
            "INSERT INTO identifiers (kind, hash, value)", columns: 3,
            "ON CONFLICT DO UPDATE SET value = excluded.value WHERE value != excluded.value", in: database)
        // In the order of the table, and each once: most are shown again and again. Places are sorted, as what holds texts is slow to move.
        let hashes = values.map(\.key.hash)
        let order = hashes.indices.sorted { hashes[$0] == hashes[$1] ? values[$0].value < values[$1].value : hashes[$0] < hashes[$1] }
        let distinct = zip(order, [nil] + order).filter { place, last in last.map { hashes[$0] != hashes[place] } ?? true }.map(\.0)
        try rows.write(distinct.count) { place, row in
            let (key, value) = values[distinct[place]]
            row.text(key.kind.rawValue)
            row.text(key.hash)
            row.text(value)
        }
    }

    /// The live customer of exactly this id: an absorbed one is none, and may come back under its old id.
    func customer(_ id: CustomerID) throws -> Customer? {
        try prepared("SELECT first_seen_at, display_name, outline FROM customers WHERE id = ?").first(.text(id.rawValue)) { row in
            Customer(
                id: id, firstSeen: row.time(0), displayName: row.optionalText(1),
                outline: row.isNull(2) ? nil : try row.withBytes(2, OutlineCoding.outline))
        }
    }

    func save(_ customer: Customer) throws {
        try prepared(
            """
            INSERT INTO customers (id, first_seen_at, display_name, outline) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET first_seen_at = excluded.first_seen_at, display_name = excluded.display_name, outline = excluded.outline
            """
        ).run(
            .text(customer.id.rawValue), .time(customer.firstSeen), .text(customer.displayName),
            customer.outline.map { .blob(OutlineCoding.bytes($0)) } ?? .null)
        try revive(customer.id)
    }

    func create(_ customers: [Customer], at time: Timestamp) throws -> [Int64] {
        let ids = customers.map(\.id)
        for id in ids { try revive(id) }
        let first = try prepared("SELECT max(n) FROM ledger").first { $0.integer(0) + 1 } ?? 1
        let entries = try RowWriter("INSERT INTO ledger (n, at, change, customer_id, others)", columns: 5, in: database)
        try entries.write(ids.count) { place, row in
            row.integer(first + Int64(place))
            row.integer(time.nanoseconds)
            row.text("created")
            row.text(ids[place])
            row.text("[]")
        }
        let rows = try RowWriter(
            "INSERT INTO customers (id, first_seen_at, display_name, outline)", columns: 4,
            "ON CONFLICT DO UPDATE SET first_seen_at = excluded.first_seen_at, display_name = excluded.display_name, outline = excluded.outline",
            in: database)
        // In the order of the table, of which places are sorted: what holds texts is slow to move.
        let order = ids.indices.sorted { ids[$0] < ids[$1] }
        try rows.write(order.count) { place, row in
            let customer = customers[order[place]]
            row.text(customer.id)
            row.integer(customer.firstSeen.nanoseconds)
            row.text(customer.displayName)
            row.blob(customer.outline.map(OutlineCoding.bytes))
        }
        return (0..<Int64(customers.count)).map { first + $0 }
    }

    func remove(_ customer: CustomerID) throws {
        try prepared("DELETE FROM customers WHERE id = ?").run(.text(customer.rawValue))
        try prepared("DELETE FROM states WHERE customer_id = ?").run(.text(customer.rawValue))
        try prepared("DELETE FROM signals WHERE customer_id = ?").run(.text(customer.rawValue))
        try prepared("DELETE FROM customer_redirects WHERE to_id = ?").run(.text(customer.rawValue))
    }

    /// A live customer redirects nowhere: an id that was absorbed comes back in a split.
    private func revive(_ id: CustomerID) throws {
        guard try redirectsExist() else { return }
        try prepared("DELETE FROM customer_redirects WHERE from_id = ?").run(.text(id.rawValue))
    }

    func record(_ change: CustomerChange, at time: Timestamp) throws -> Int64 {
        switch change {
        case .created(let id):
            try revive(id)
            try ledger("created", of: id, others: [], key: nil, at: time)
        case .merged(let survivor, let absorbed, let key):
            try revive(survivor)
            for id in absorbed where id != survivor {
                try prepared(
                    "INSERT INTO customer_redirects (from_id, to_id) VALUES (?, ?) ON CONFLICT DO UPDATE SET to_id = excluded.to_id"
                ).run(.text(id.rawValue), .text(survivor.rawValue))
                noteRedirect()
                try prepared("DELETE FROM customers WHERE id = ?").run(.text(id.rawValue))
            }
            try ledger("merged", of: survivor, others: absorbed, key: key, at: time)
        case .split(let from, let parts):
            for id in parts { try revive(id) }
            try ledger("split", of: from, others: parts, key: nil, at: time)
        case .erased(let id):
            try ledger("erased", of: id, others: [], key: nil, at: time)
        }
        return database.lastInsertedRowID
    }

    func mergesAndSplits() throws -> [(entry: Int64, change: CustomerChange)] {
        try prepared("SELECT n, change, customer_id, others FROM ledger WHERE change IN ('merged', 'split') ORDER BY n").all { row in
            let customer = CustomerID(rawValue: row.text(2))
            let others = try JSONParser.parse(row.bytes(3)).items.compactMap(\.string).map { CustomerID(rawValue: $0) }
            let isMerge = row.text(1) == "merged"
            return (row.integer(0), isMerge ? .merged(survivor: customer, absorbed: others, key: nil) : .split(from: customer, into: others))
        }
    }

    /// In the ledger stand the customers of both ends, and no message: it keeps its entries for ever.
    func record(_ decision: IdentityLink, isUndone: Bool, at time: Timestamp) throws {
        guard let first = try customerID(ofMessage: decision.first) else { return }
        // Taken back, or undone by it, both ends may be one customer's.
        let other = try customerID(ofMessage: decision.second).flatMap { $0 == first ? nil : $0 }
        let word = decision.kind == .must ? "together" : "apart"
        try ledger(isUndone ? "no longer \(word)" : "decided \(word)", of: first, others: other.map { [$0] } ?? [], key: nil, at: time)
    }

    private func ledger(_ change: String, of customer: CustomerID, others: [CustomerID], key: IdentifierKey?, at time: Timestamp) throws {
        try prepared("INSERT INTO ledger (at, change, customer_id, others, key_kind, key_hash) VALUES (?, ?, ?, ?, ?, ?)")
            .run(
                .time(time), .text(change), .text(customer.rawValue),
                .text(JSONWriter.string(.array(others.map { .string($0.rawValue) }))), .text(key?.kind.rawValue), .text(key?.hash.text))
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
