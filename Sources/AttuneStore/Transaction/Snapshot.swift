import AttuneCore
import GRDB

/// What a look at everything reads, and what it writes at once.
extension SQLiteTransaction {
    func snapshot() throws -> EvidenceSnapshot {
        let generic = try prepared("SELECT kind, hash FROM generic_keys").all { row in
            IdentifierKey(kind: Identifier.Kind(rawValue: row.text(0)), hash: try row.keyHash(1))
        }
        var snapshot = EvidenceSnapshot(phones: try values(of: .phone), generic: Set(generic))
        var late = try LateKeys(self)
        try prepared(
            """
            SELECT n, claim, part, name, town, birth_date, first_seen_at, first_message_id, message_count, customer_id, home_id, guarded, shown
            FROM evidence WHERE first_seen_at IS NOT NULL
            """
        ).each { row in
            let number = row.integer(0)
            try KeyCoding.forEach(row.bytesInPlace(12)) { key in
                snapshot.show(key)
                late.note(key, number)
            }
            try late.putMany()
            snapshot.add(
                EvidenceSnapshot.Row(
                    number: number, claim: try row.claim(1), part: row.int(2), name: row.isNull(3) ? nil : row.bytesInPlace(3),
                    town: row.bytesInPlace(4), birthDate: row.bytesInPlace(5), firstSeen: row.time(6), firstMessageID: row.bytesInPlace(7),
                    messageCount: row.int(8), customer: row.bytesInPlace(9), home: row.bytesInPlace(10), isGuarded: row.bool(11)))
            return true
        }
        try late.putRest()
        try prepared("SELECT id, sent_at, evidence FROM messages WHERE evidence IS NOT NULL").each { row in
            row.withBytes(0) { snapshot.add(messageID: $0, sentAt: row.time(1), evidence: row.integer(2)) }
            return true
        }
        return snapshot
    }

    func evidence(numbers: [Int64]) throws -> [Evidence] {
        let query = try prepared(
            """
            SELECT n, claim, part, name, town, birth_date, first_seen_at, first_message_id, message_count, customer_id, home_id, guarded, shown
            FROM evidence WHERE n = ? AND first_seen_at IS NOT NULL
            """)
        return try numbers.compactMap { number in try query.first(.integer(number)) { try evidence($0) } }
    }

    func postpone(_ customers: Set<CustomerID>) throws {
        let add = try prepared("INSERT OR IGNORE INTO postponed_customers (id) VALUES (?)")
        for id in customers.sorted() { try add.run(.text(id.rawValue)) }
    }

    func takePostponed() throws -> Set<CustomerID> {
        let ids = try prepared("DELETE FROM postponed_customers RETURNING id").all { CustomerID(rawValue: $0.text(0)) }
        return try Set(ids.map { try redirectsExist() ? database.resolved($0) : $0 })
    }
}
