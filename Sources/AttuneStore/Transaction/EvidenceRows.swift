import AttuneCore
import GRDB

/// Evidence, and the messages behind it: what is read.
extension SQLiteTransaction {
    /// The row of an evidence id; makes an empty one when the evidence itself is saved only later.
    func evidenceNumber(_ id: EvidenceID) throws -> Int64 {
        if let number = try evidenceNumber(ofKnown: id) { return number }
        try prepared("INSERT INTO claims (id) VALUES (?)").run(.id(id))
        let number = database.lastInsertedRowID
        evidenceNumbers[id] = number
        return number
    }

    func evidenceNumber(ofKnown id: EvidenceID) throws -> Int64? {
        if let number = evidenceNumbers[id] { return number == 0 ? nil : number }
        let known = try prepared("SELECT n FROM claims WHERE id = ?").first(.id(id)) { $0.integer(0) }
        evidenceNumbers[id] = known ?? 0
        return known
    }

    func holders(of keys: [IdentifierKey]) throws -> [IdentifierKey: KeyHolder] {
        try putKeys()
        let query = try prepared(
            """
            SELECT customer_id, guarded, shown FROM evidence_keys CROSS JOIN claims ON claims.n = evidence_keys.evidence
                LEFT JOIN owners ON owners.evidence = claims.n
            WHERE evidence_keys.hash = ?
            """)
        var holders = [IdentifierKey: KeyHolder](minimumCapacity: keys.count)
        for key in keys {
            try query.each(.start(of: key)) { row in
                guard try row.withBytes(2, { try KeyCoding.contains(key, in: $0) }) else { return true }
                holders[key] = KeyHolder(customerID: row.optionalText(0).map { CustomerID(rawValue: $0) }, isGuarded: row.bool(1))
                return false
            }
        }
        return holders
    }

    func evidence(sharing keys: [IdentifierKey]) throws -> [Evidence] {
        let query = try prepared(
            """
            SELECT n, claim, part, name, town, birth_date, first_seen_at, first_message_id, message_count, customer_id, home_id, guarded, shown
            FROM evidence WHERE n = ? AND first_seen_at IS NOT NULL
            """)
        let found = try carriers(of: keys).sorted().compactMap { number in try query.first(.integer(number)) { try evidence($0) } }
        // The index knows half of a hash.
        let wanted = Set(keys)
        return found.filter { $0.keys.contains(where: wanted.contains) }
    }

    func evidence(ofClaims claims: [KeyHash]) throws -> [Evidence] {
        let whole = try prepared(
            """
            SELECT n, claim, part, name, town, birth_date, first_seen_at, first_message_id, message_count, customer_id, home_id, guarded, shown
            FROM evidence WHERE id = ?
            """)
        let parts = try prepared(
            """
            SELECT n, claim, part, name, town, birth_date, first_seen_at, first_message_id, message_count, customer_id, home_id, guarded, shown
            FROM evidence WHERE n IN (SELECT n FROM claims WHERE claim = ? AND part > 0)
            """)
        let isDivided = try prepared("SELECT 1 FROM claims WHERE part > 0 LIMIT 1").first { _ in true } != nil
        var found = [Evidence]()
        for claim in claims {
            // A row that is empty yet was made for a message that came before its evidence.
            let first = try whole.first(.hash(claim)) { row in row.isNull(6) ? nil : try evidence(row) }
            if first == nil { evidenceNumbers[EvidenceID(claim: claim)] = 0 }
            if case let item?? = first { found.append(item) }
            if isDivided { found += try parts.all(.hash(claim)) { try evidence($0) } }
        }
        return found
    }

    func evidence(ofMessages ids: [String]) throws -> [String: Evidence] {
        let query = try prepared(
            """
            SELECT n, claim, part, name, town, birth_date, first_seen_at, first_message_id, message_count, customer_id, home_id, guarded, shown
            FROM evidence WHERE n = (SELECT evidence FROM messages WHERE id = ?) AND first_seen_at IS NOT NULL
            """)
        var result = [String: Evidence]()
        for id in ids { result[id] = try query.first(.text(id)) { try evidence($0) } }
        return result
    }

    func evidence(of customer: CustomerID) throws -> [Evidence] {
        try prepared(
            """
            SELECT n, claim, part, name, town, birth_date, first_seen_at, first_message_id, message_count, customer_id, home_id, guarded, shown
            FROM evidence WHERE customer_id = ? AND first_seen_at IS NOT NULL
            """
        ).all(.text(customer.rawValue)) { try evidence($0) }
    }

    func evidenceCount(of customer: CustomerID) throws -> Int {
        try prepared("SELECT count(*) FROM owners WHERE customer_id = ?").first(.text(customer.rawValue)) { $0.int(0) } ?? 0
    }

    func allEvidence() throws -> [Evidence] {
        try prepared(
            """
            SELECT n, claim, part, name, town, birth_date, first_seen_at, first_message_id, message_count, customer_id, home_id, guarded, shown
            FROM evidence WHERE first_seen_at IS NOT NULL
            """
        ).all { try evidence($0) }
    }

    func evidence(_ row: Columns) throws -> Evidence {
        let item = try Self.evidence(row)
        evidenceNumbers[item.id] = row.integer(0)
        return item
    }

    static func evidence(_ row: Columns) throws -> Evidence {
        Evidence(
            claim: try row.claim(1), part: row.int(2), keys: try row.withBytes(12, KeyCoding.keys),
            about: PersonalDetails(name: row.optionalText(3), town: row.optionalText(4), birthDate: row.optionalText(5)), firstSeen: row.time(6),
            firstMessageID: row.text(7), messageCount: row.int(8), customerID: row.optionalText(9).map { CustomerID(rawValue: $0) },
            homeID: row.optionalText(10).map { CustomerID(rawValue: $0) }, isGuarded: row.bool(11))
    }

    func sightings(of evidence: [Evidence]) throws -> [MessageSighting] {
        let query = try prepared("SELECT id, sent_at FROM messages WHERE evidence = ?")
        return try evidence.flatMap { item in
            let id = item.id
            return try query.all(.integer(try evidenceNumber(id))) { MessageSighting(messageID: $0.text(0), sentAt: $0.time(1), evidenceID: id) }
        }
    }

    func allSightings() throws -> [MessageSighting] {
        try prepared("SELECT messages.id, sent_at, claim, part FROM messages JOIN evidence ON evidence.n = messages.evidence").all { row in
            MessageSighting(messageID: row.text(0), sentAt: row.time(1), evidenceID: EvidenceID(claim: try row.claim(2), part: row.int(3)))
        }
    }
}
