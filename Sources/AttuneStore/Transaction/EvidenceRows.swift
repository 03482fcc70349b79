import AttuneCore
import GRDB

/// Evidence, and the messages behind it.
extension SQLiteTransaction {
    /// The row of an evidence id; makes an empty one when the evidence itself is saved only later.
    func evidenceNumber(_ id: String) throws -> Int64 {
        if let number = try knownNumber(id) { return number }
        try prepared("INSERT INTO evidence (id) VALUES (?)").run(.text(id))
        let number = database.lastInsertedRowID
        evidenceNumbers[id] = number
        return number
    }

    private func knownNumber(_ id: String) throws -> Int64? {
        if let number = evidenceNumbers[id] { return number == 0 ? nil : number }
        let known = try prepared("SELECT n FROM evidence WHERE id = ?").first(.text(id)) { $0.integer(0) }
        evidenceNumbers[id] = known ?? 0
        return known
    }

    func holders(of keys: [IdentifierKey]) throws -> [IdentifierKey: KeyHolder] {
        let query = try prepared(
            "SELECT customer_id, guarded FROM evidence_keys JOIN evidence ON n = evidence WHERE kind = ? AND hash = ? LIMIT 1")
        var holders = [IdentifierKey: KeyHolder](minimumCapacity: keys.count)
        for key in keys {
            let holder = try query.first(.text(key.kind.rawValue), .text(key.hash)) { row in
                KeyHolder(customerID: row.optionalText(0).map { CustomerID(rawValue: $0) }, isGuarded: row.bool(1))
            }
            if let holder { holders[key] = holder }
        }
        return holders
    }

    func evidence(sharing keys: [IdentifierKey]) throws -> [Evidence] {
        let carriers = try prepared("SELECT evidence FROM evidence_keys WHERE kind = ? AND hash = ?")
        var numbers = Set<Int64>()
        for key in keys { numbers.formUnion(try carriers.all(.text(key.kind.rawValue), .text(key.hash)) { $0.integer(0) }) }
        let query = try prepared(
            """
            SELECT n, claim, part, name, town, birth_date, first_seen_at, first_message_id, message_count, customer_id, home_id, guarded, keys
            FROM evidence WHERE n = ? AND first_seen_at IS NOT NULL
            """)
        return try numbers.sorted().compactMap { number in try query.first(.integer(number)) { evidence($0) } }
    }

    func evidence(ofClaims claims: [String]) throws -> [Evidence] {
        let whole = try prepared(
            """
            SELECT n, claim, part, name, town, birth_date, first_seen_at, first_message_id, message_count, customer_id, home_id, guarded, keys
            FROM evidence WHERE id = ?
            """)
        let parts = try prepared(
            """
            SELECT n, claim, part, name, town, birth_date, first_seen_at, first_message_id, message_count, customer_id, home_id, guarded, keys
            FROM evidence WHERE claim = ? AND part > 0
            """)
        let isDivided = try prepared("SELECT 1 FROM evidence WHERE part > 0 LIMIT 1").first { _ in true } != nil
        var found = [Evidence]()
        for claim in claims {
            // A row that is empty yet was made for a message that came before its evidence.
            let first = try whole.first(.text(claim)) { row in row.isNull(6) ? nil : evidence(row) }
            if first == nil { evidenceNumbers[claim] = 0 }
            if case let item?? = first { found.append(item) }
            if isDivided { found += try parts.all(.text(claim)) { evidence($0) } }
        }
        return found
    }

    func evidence(ofMessages ids: [String]) throws -> [String: Evidence] {
        let query = try prepared(
            """
            SELECT n, claim, part, name, town, birth_date, first_seen_at, first_message_id, message_count, customer_id, home_id, guarded, keys
            FROM evidence WHERE n = (SELECT evidence FROM messages WHERE id = ?) AND first_seen_at IS NOT NULL
            """)
        var result = [String: Evidence]()
        for id in ids { result[id] = try query.first(.text(id)) { evidence($0) } }
        return result
    }

    func evidence(of customer: CustomerID) throws -> [Evidence] {
        try prepared(
            """
            SELECT n, claim, part, name, town, birth_date, first_seen_at, first_message_id, message_count, customer_id, home_id, guarded, keys
            FROM evidence WHERE customer_id = ? AND first_seen_at IS NOT NULL
            """
        ).all(.text(customer.rawValue)) { evidence($0) }
    }

    func evidenceCount(of customer: CustomerID) throws -> Int {
        try prepared("SELECT count(*) FROM evidence WHERE customer_id = ?").first(.text(customer.rawValue)) { $0.int(0) } ?? 0
    }

    func allEvidence() throws -> [Evidence] {
        try prepared(
            """
            SELECT n, claim, part, name, town, birth_date, first_seen_at, first_message_id, message_count, customer_id, home_id, guarded, keys
            FROM evidence WHERE first_seen_at IS NOT NULL
            """
        ).all { evidence($0) }
    }

    func evidence(_ row: Columns) -> Evidence {
        let item = Self.evidence(row)
        evidenceNumbers[item.id] = row.integer(0)
        return item
    }

    static func evidence(_ row: Columns) -> Evidence {
        Evidence(
            claim: row.text(1), part: row.int(2), keys: row.withBytes(12, KeyCoding.keys),
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
        try prepared("SELECT messages.id, sent_at, evidence.id FROM messages JOIN evidence ON evidence.n = messages.evidence")
            .all { MessageSighting(messageID: $0.text(0), sentAt: $0.time(1), evidenceID: $0.text(2)) }
    }

    func save(_ evidence: [Evidence]) throws {
        let update = try prepared(
            """
            UPDATE evidence SET first_seen_at = ?, first_message_id = ?, message_count = ?, customer_id = ?, home_id = ?, guarded = ?
            WHERE n = ? AND keys IS NOT NULL
            """)
        for item in evidence {
            // What its id is a hash of never changes.
            let isKnown = try knownNumber(item.id).map { number in
                try update.run(
                    .time(item.firstSeen), .text(item.firstMessageID), .integer(item.messageCount), .text(item.customerID?.rawValue),
                    .text(item.homeID?.rawValue), .bool(item.isGuarded), .integer(number)) > 0
            }
            if isKnown != true { try insert(item) }
        }
    }

    func note(_ claims: [Evidence]) throws -> Set<CustomerID> {
        let add = try prepared(
            """
            INSERT OR IGNORE INTO evidence (id, claim, name, town, birth_date, first_seen_at, first_message_id, message_count, keys)
            VALUES (?1, ?1, ?, ?, ?, ?, ?, ?, ?)
            """)
        var customers = Set<CustomerID>()
        var shown = [(key: IdentifierKey, number: Int64)]()
        for item in claims {
            let added = try add.run(
                .text(item.claim), .text(item.about.name), .text(item.about.town), .text(item.about.birthDate), .time(item.firstSeen),
                .text(item.firstMessageID), .integer(item.messageCount), .text(KeyCoding.text(item.keys)))
            if added > 0 {
                let number = database.lastInsertedRowID
                evidenceNumbers[item.claim] = number
                for key in item.keys { shown.append((key, number)) }
            } else {
                let known = try evidence(ofClaims: [item.claim]).first { $0.part == 0 }
                if let customer = known?.customerID { customers.insert(customer) }
                try save([known?.adding(item) ?? item])
            }
        }
        // In the order of the table: neighbours lie on one page.
        shown.sort { $0.key.hash < $1.key.hash }
        for item in shown { try show(item.key, item.number) }
        return customers
    }

    private func show(_ key: IdentifierKey, _ number: Int64) throws {
        try prepared("INSERT INTO evidence_keys (hash, kind, evidence) VALUES (?, ?, ?)").run(
            .text(key.hash), .text(key.kind.rawValue), .integer(number))
    }

    private func insert(_ item: Evidence) throws {
        try prepared(
            """
            INSERT INTO evidence (id, claim, part, name, town, birth_date, first_seen_at, first_message_id, message_count, customer_id, home_id,
                guarded, keys)
            VALUES (?1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET claim = excluded.claim, part = excluded.part, name = excluded.name, town = excluded.town,
                birth_date = excluded.birth_date, first_seen_at = excluded.first_seen_at, first_message_id = excluded.first_message_id,
                message_count = excluded.message_count, customer_id = excluded.customer_id, home_id = excluded.home_id,
                guarded = excluded.guarded, keys = excluded.keys
            """
        ).run(
            .text(item.id), .text(item.claim), .integer(item.part), .text(item.about.name), .text(item.about.town), .text(item.about.birthDate),
            .time(item.firstSeen), .text(item.firstMessageID), .integer(item.messageCount), .text(item.customerID?.rawValue),
            .text(item.homeID?.rawValue), .bool(item.isGuarded), .text(KeyCoding.text(item.keys)))
        let number: Int64
        if let known = evidenceNumbers[item.id], known != 0 { number = known } else { number = database.lastInsertedRowID }
        evidenceNumbers[item.id] = number
        for key in item.keys { try show(key, number) }
    }

    func move(messages ids: [String], toEvidence id: String) throws {
        let number = try evidenceNumber(id)
        let update = try prepared("UPDATE messages SET evidence = ? WHERE id = ?")
        for message in ids { try update.run(.integer(number), .text(message)) }
    }

    func move(allOf part: String, toEvidence id: String) throws {
        try prepared("UPDATE messages SET evidence = ? WHERE evidence = ?")
            .run(.integer(try evidenceNumber(id)), .integer(try evidenceNumber(part)))
    }

    func move(allOf absorbed: CustomerID, to survivor: CustomerID) throws {
        try prepared("UPDATE evidence SET customer_id = ? WHERE customer_id = ?").run(.text(survivor.rawValue), .text(absorbed.rawValue))
    }

    /// With the clear values of identifiers that nothing shows any more.
    func remove(evidence ids: [String]) throws {
        let isShown = try prepared("SELECT 1 FROM evidence_keys WHERE kind = ? AND hash = ? LIMIT 1")
        let shown = try prepared("SELECT keys FROM evidence WHERE n = ?")
        for id in ids {
            let number = try evidenceNumber(id)
            let keys = try shown.first(.integer(number)) { $0.withBytes(0, KeyCoding.keys) } ?? []
            for key in keys {
                try prepared("DELETE FROM evidence_keys WHERE kind = ? AND hash = ? AND evidence = ?")
                    .run(.text(key.kind.rawValue), .text(key.hash), .integer(number))
            }
            try prepared("DELETE FROM evidence WHERE n = ?").run(.integer(number))
            evidenceNumbers[id] = 0
            for key in keys where try isShown.first(.text(key.kind.rawValue), .text(key.hash), read: { _ in true }) == nil {
                try prepared("DELETE FROM identifiers WHERE kind = ? AND hash = ?").run(.text(key.kind.rawValue), .text(key.hash))
                try prepared("DELETE FROM generic_keys WHERE kind = ? AND hash = ?").run(.text(key.kind.rawValue), .text(key.hash))
            }
        }
    }
}
