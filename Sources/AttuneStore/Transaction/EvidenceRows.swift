import AttuneCore
import GRDB

/// Evidence, and the messages behind it.
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
        let query = try database.prepared("SELECT \(Self.evidenceColumns) FROM evidence WHERE n = ? AND first_seen_at IS NOT NULL")
        return try numbers.sorted().compactMap { number in try query.first(.integer(number)) { try evidence($0) } }
    }

    func evidence(ofClaims claims: [String]) throws -> [Evidence] {
        let whole = try database.prepared("SELECT \(Self.evidenceColumns) FROM evidence WHERE id = ? AND first_seen_at IS NOT NULL")
        let parts = try database.prepared("SELECT \(Self.evidenceColumns) FROM evidence WHERE claim = ? AND part > 0")
        let isDivided = try database.prepared("SELECT 1 FROM evidence WHERE part > 0 LIMIT 1").first { _ in true } != nil
        return try claims.flatMap { claim in
            let first = try whole.first(.text(claim)) { try evidence($0) }
            return (first.map { [$0] } ?? []) + (isDivided ? try parts.all(.text(claim)) { try evidence($0) } : [])
        }
    }

    func evidence(ofMessages ids: [String]) throws -> [String: Evidence] {
        let query = try database.prepared(
            """
            SELECT \(Self.evidenceColumns) FROM evidence
            WHERE n = (SELECT evidence FROM messages WHERE id = ?) AND first_seen_at IS NOT NULL
            """)
        var result = [String: Evidence]()
        for id in ids { result[id] = try query.first(.text(id)) { try evidence($0) } }
        return result
    }

    func allEvidence() throws -> [Evidence] {
        try database.prepared("SELECT \(Self.evidenceColumns) FROM evidence WHERE first_seen_at IS NOT NULL").all { try evidence($0) }
    }

    private static let evidenceColumns =
        "n, claim, part, name, town, birth_date, first_seen_at, first_message_id, message_count, customer_id, home_id, guarded"

    private func evidence(_ row: Columns) throws -> Evidence {
        let number = row.integer(0)
        let item = Evidence(
            claim: row.text(1), part: row.int(2), keys: [],
            about: PersonalDetails(name: row.optionalText(3), town: row.optionalText(4), birthDate: row.optionalText(5)), firstSeen: row.time(6),
            firstMessageID: row.text(7), messageCount: row.int(8), customerID: row.optionalText(9).map { CustomerID(rawValue: $0) },
            homeID: row.optionalText(10).map { CustomerID(rawValue: $0) }, isGuarded: row.bool(11))
        evidenceNumbers[item.id] = number
        var full = item
        full.keys = try keys(of: number)
        return full
    }

    private func keys(of number: Int64) throws -> [IdentifierKey] {
        try database.prepared("SELECT kind, hash FROM evidence_keys WHERE evidence = ?").all(.integer(number)) { row in
            IdentifierKey(kind: Identifier.Kind(rawValue: row.text(0)), hash: row.text(1))
        }.sorted { ($0.kind.rawValue, $0.hash) < ($1.kind.rawValue, $1.hash) }
    }

    func sightings(of evidence: [Evidence]) throws -> [MessageSighting] {
        let query = try database.prepared("SELECT id, sent_at FROM messages WHERE evidence = ?")
        return try evidence.flatMap { item in
            let id = item.id
            return try query.all(.integer(try evidenceNumber(id))) { MessageSighting(messageID: $0.text(0), sentAt: $0.time(1), evidenceID: id) }
        }
    }

    func allSightings() throws -> [MessageSighting] {
        try database.prepared("SELECT messages.id, sent_at, evidence.id FROM messages JOIN evidence ON evidence.n = messages.evidence")
            .all { MessageSighting(messageID: $0.text(0), sentAt: $0.time(1), evidenceID: $0.text(2)) }
    }

    func save(_ evidence: [Evidence]) throws {
        let update = try database.prepared(
            """
            UPDATE evidence SET claim = ?, part = ?, name = ?, town = ?, birth_date = ?, first_seen_at = ?, first_message_id = ?,
                message_count = ?, customer_id = ?, home_id = ?, guarded = ?
            WHERE n = ?
            """)
        let hasKeys = try database.prepared("SELECT 1 FROM evidence_keys WHERE evidence = ? LIMIT 1")
        let addKey = try database.prepared("INSERT OR IGNORE INTO evidence_keys (kind, hash, evidence) VALUES (?, ?, ?)")
        for item in evidence {
            let number = try evidenceNumber(item.id)
            try update.run(
                .text(item.claim), .integer(item.part), .text(item.about.name), .text(item.about.town), .text(item.about.birthDate),
                .time(item.firstSeen), .text(item.firstMessageID), .integer(item.messageCount), .text(item.customerID?.rawValue),
                .text(item.homeID?.rawValue), .bool(item.isGuarded), .integer(number))
            // The id is a hash of the keys: they never change.
            if try hasKeys.first(.integer(number), read: { _ in true }) != nil { continue }
            for key in item.keys { try addKey.run(.text(key.kind.rawValue), .text(key.hash), .integer(number)) }
        }
    }

    func move(messages ids: [String], toEvidence id: String) throws {
        let number = try evidenceNumber(id)
        let update = try database.prepared("UPDATE messages SET evidence = ? WHERE id = ?")
        for message in ids { try update.run(.integer(number), .text(message)) }
    }

    func move(allOf part: String, toEvidence id: String) throws {
        try database.prepared("UPDATE messages SET evidence = ? WHERE evidence = ?")
            .run(.integer(try evidenceNumber(id)), .integer(try evidenceNumber(part)))
    }

    /// With the clear values of identifiers that nothing shows any more.
    func remove(evidence ids: [String]) throws {
        let isShown = try database.prepared("SELECT 1 FROM evidence_keys WHERE kind = ? AND hash = ? LIMIT 1")
        for id in ids {
            let number = try evidenceNumber(id)
            let keys = try keys(of: number)
            try database.prepared("DELETE FROM evidence_keys WHERE evidence = ?").run(.integer(number))
            try database.prepared("DELETE FROM evidence WHERE n = ?").run(.integer(number))
            evidenceNumbers[id] = nil
            for key in keys where try isShown.first(.text(key.kind.rawValue), .text(key.hash), read: { _ in true }) == nil {
                for table in ["identifiers", "generic_keys"] {
                    try database.prepared("DELETE FROM \(table) WHERE kind = ? AND hash = ?").run(.text(key.kind.rawValue), .text(key.hash))
                }
            }
        }
    }
}
