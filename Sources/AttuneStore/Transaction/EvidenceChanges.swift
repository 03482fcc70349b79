import AttuneCore
import GRDB

/// Evidence, and the messages behind it: what is written.
extension SQLiteTransaction {
    func save(_ evidence: [Evidence]) throws {
        let update = try prepared(
            "UPDATE claims SET first_seen_at = ?, first_message_id = ?, message_count = ? WHERE n = ? AND shown IS NOT NULL")
        var (new, ids) = ([Evidence](), Set<EvidenceID>())
        for item in evidence {
            if ids.contains(item.id) {
                try insert(new)
                (new, ids) = ([], [])
            }
            // What its id is a hash of never changes.
            if let number = try evidenceNumber(ofKnown: item.id) {
                let isThere = try update.run(.time(item.firstSeen), .text(item.firstMessageID), .integer(item.messageCount), .integer(number)) > 0
                if isThere { try own(item, number) } else { try insert(item) }
            } else {
                ids.insert(item.id)
                new.append(item)
            }
        }
        try insert(new)
    }

    /// Evidence that is not on file, each once: several rows a statement.
    private func insert(_ evidence: [Evidence]) throws {
        if evidence.count < RowWriter.rowsAtOnce { return try evidence.forEach(insert) }
        let first = try prepared("SELECT max(n) FROM claims").first { $0.integer(0) + 1 } ?? 1
        try RowWriter("INSERT INTO claims \(Self.columns)", columns: 11, in: database).write(evidence.count) { place, row in
            Self.bind(evidence[place], first + Int64(place), to: &row)
        }
        var shown = [(hash: Int64, number: Int64)]()
        for (number, item) in zip(first..., evidence) {
            evidenceNumbers[item.id] = number
            try own(item, number)
            for key in item.keys { shown.append((Int64(bitPattern: key.hash.high), number)) }
        }
        try show(shown)
    }

    private static let columns = "(n, id, claim, part, name, town, birth_date, first_seen_at, first_message_id, message_count, shown)"

    private static func bind(_ item: Evidence, _ number: Int64, to row: inout RowWriter.Row) {
        row.integer(number)
        row.blob(item.id)
        if item.part == 0 { row.null() } else { row.blob(item.claim) }
        row.integer(item.part)
        row.text(item.about.name)
        row.text(item.about.town)
        row.text(item.about.birthDate)
        row.integer(item.firstSeen.nanoseconds)
        row.text(item.firstMessageID)
        row.integer(item.messageCount)
        row.blob(KeyCoding.bytes(item.keys))
    }

    func note(_ claims: [Evidence]) throws -> Set<CustomerID> {
        var customers = Set<CustomerID>()
        evidenceNumbers.reserveCapacity(evidenceNumbers.count + claims.count)
        var next = try prepared("SELECT max(n) FROM claims").first { $0.integer(0) + 1 } ?? 1
        let rows = try RowWriter("INSERT OR IGNORE INTO claims \(Self.columns)", columns: 11, in: database)
        try postponeKeys(from: next)
        for start in stride(from: 0, to: claims.count, by: RowWriter.rowsAtOnce) {
            let some = claims[start..<min(start + RowWriter.rowsAtOnce, claims.count)]
            let first = next
            next += Int64(some.count)
            let areNew = try add(some, from: first, to: rows) == some.count
            for (number, item) in zip(first..., some) {
                evidenceNumbers[item.id] = areNew ? number : nil
                if try evidenceNumber(ofKnown: item.id) != number, let customer = try grow(item) { customers.insert(customer) }
            }
        }
        return customers
    }

    /// Adds claims under numbers in a row; those that are known are left out. Answers with how many were not.
    private func add(_ claims: ArraySlice<Evidence>, from number: Int64, to rows: RowWriter) throws -> Int {
        try rows.write(claims.count) { place, row in Self.bind(claims[claims.startIndex + place], number + Int64(place), to: &row) }
    }

    /// Adds to a claim that is known what was claimed again; answers with the customer whose it is.
    private func grow(_ item: Evidence) throws -> CustomerID? {
        // As `Evidence.adding`: the earlier message comes first, of two at one time the one with the lesser id.
        let grow = try prepared(
            """
            UPDATE claims SET message_count = message_count + ?2, first_seen_at = min(first_seen_at, ?3),
                first_message_id = CASE WHEN (first_seen_at, first_message_id) > (?3, ?4) THEN ?4 ELSE first_message_id END
            WHERE id = ?1 AND shown IS NOT NULL RETURNING n
            """)
        let number = try grow.first(
            .hash(item.claim), .integer(item.messageCount), .time(item.firstSeen), .text(item.firstMessageID), read: { $0.integer(0) })
        guard let number else {
            try save([item])
            return nil
        }
        evidenceNumbers[item.id] = number
        let owner = try prepared("SELECT customer_id FROM owners WHERE evidence = ?").first(.integer(number)) { $0.optionalText(0) }
        return (owner ?? nil).map { CustomerID(rawValue: $0) }
    }

    private func show(_ key: IdentifierKey, _ number: Int64) throws {
        try prepared("INSERT OR IGNORE INTO evidence_keys (hash, evidence) VALUES (?, ?)").run(.start(of: key), .integer(number))
    }

    private func insert(_ item: Evidence) throws {
        try prepared(
            """
            INSERT INTO claims (id, claim, part, name, town, birth_date, first_seen_at, first_message_id, message_count, shown)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET claim = excluded.claim, part = excluded.part, name = excluded.name, town = excluded.town,
                birth_date = excluded.birth_date, first_seen_at = excluded.first_seen_at, first_message_id = excluded.first_message_id,
                message_count = excluded.message_count, shown = excluded.shown
            """
        ).run(
            .id(item.id), item.part == 0 ? .null : .hash(item.claim), .integer(item.part), .text(item.about.name), .text(item.about.town),
            .text(item.about.birthDate), .time(item.firstSeen), .text(item.firstMessageID), .integer(item.messageCount),
            .blob(KeyCoding.bytes(item.keys)))
        let number: Int64
        if let known = evidenceNumbers[item.id], known != 0 { number = known } else { number = database.lastInsertedRowID }
        evidenceNumbers[item.id] = number
        try own(item, number)
        for key in item.keys { try show(key, number) }
    }

    /// Writes whose a piece of evidence is. What is nobody's has no row.
    private func own(_ item: Evidence, _ number: Int64) throws {
        guard item.customerID != nil || item.homeID != nil || item.isGuarded else {
            try prepared("DELETE FROM owners WHERE evidence = ?").run(.integer(number))
            return
        }
        let home: Value = item.homeID == item.customerID && item.homeID != nil ? .integer(Self.sameHome) : .text(item.homeID?.rawValue)
        try prepared(Self.setOwner).run(.integer(number), .text(item.customerID?.rawValue), home, .bool(item.isGuarded))
    }

    private static let setOwner: StaticString = """
        INSERT INTO owners (evidence, customer_id, home_id, guarded) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET customer_id = excluded.customer_id, home_id = excluded.home_id, guarded = excluded.guarded
        """

    /// `owners.home_id`: the customer whose it is.
    private static let sameHome: Int64 = 1

    func assign(_ assignments: [EvidenceAssignment]) throws {
        let known = try prepared("SELECT count(*) FROM owners").first { $0.int(0) } ?? 0
        // Customers come in any order: an index of mostly new rows is made in less time than it is kept in step.
        let isRebuilt = assignments.count > max(known, Self.fewOwners)
        if isRebuilt { try database.execute(sql: "DROP INDEX owners_by_customer") }
        let rows = try RowWriter(
            "INSERT INTO owners (evidence, customer_id, home_id, guarded)", columns: 4,
            "ON CONFLICT DO UPDATE SET customer_id = excluded.customer_id, home_id = excluded.home_id, guarded = excluded.guarded", in: database)
        try rows.write(assignments.count) { place, row in
            let item = assignments[place]
            row.integer(item.number)
            row.text(item.customerID)
            row.integer(Self.sameHome)
            row.bool(item.isGuarded)
        }
        if isRebuilt { try database.execute(sql: "CREATE INDEX owners_by_customer ON owners (customer_id)") }
    }

    /// Rows from which on their index is rather made anew.
    private static let fewOwners = 1_000

    func move(messages ids: [String], toEvidence id: EvidenceID) throws {
        let number = try evidenceNumber(id)
        let update = try prepared("UPDATE messages SET evidence = ? WHERE id = ?")
        for message in ids { try update.run(.integer(number), .text(message)) }
    }

    func move(allOf part: EvidenceID, toEvidence id: EvidenceID) throws {
        try prepared("UPDATE messages SET evidence = ? WHERE evidence = ?")
            .run(.integer(try evidenceNumber(id)), .integer(try evidenceNumber(part)))
    }

    func move(allOf absorbed: CustomerID, to survivor: CustomerID) throws {
        try prepared(
            """
            UPDATE owners SET customer_id = ?1, home_id = CASE home_id WHEN 1 THEN customer_id WHEN ?1 THEN 1 ELSE home_id END
            WHERE customer_id = ?2
            """
        ).run(.text(survivor.rawValue), .text(absorbed.rawValue))
    }

    /// With the clear values of identifiers that nothing shows any more.
    func remove(evidence ids: [EvidenceID]) throws {
        let shown = try prepared("SELECT shown FROM claims WHERE n = ?")
        for id in ids {
            let number = try evidenceNumber(id)
            let keys = try shown.first(.integer(number)) { try $0.withBytes(0, KeyCoding.keys) } ?? []
            for key in keys {
                try prepared("DELETE FROM evidence_keys WHERE hash = ? AND evidence = ?").run(.start(of: key), .integer(number))
            }
            try prepared("DELETE FROM owners WHERE evidence = ?").run(.integer(number))
            try prepared("DELETE FROM claims WHERE n = ?").run(.integer(number))
            evidenceNumbers[id] = 0
            let held = try holders(of: keys)
            let gone = keys.filter { held[$0] == nil }
            if forgotten != nil {
                let values = try values(of: gone)
                for key in gone { forgotten?[key] = .some(values[key] ?? "") }
            }
            for key in gone {
                try prepared("DELETE FROM identifiers WHERE kind = ? AND hash = ?").run(.text(key.kind.rawValue), .text(key.hash.text))
                try prepared("DELETE FROM generic_keys WHERE kind = ? AND hash = ?").run(.text(key.kind.rawValue), .text(key.hash.text))
            }
        }
    }
}

extension Value {
    /// `evidence_keys.hash`
    static func start(of key: IdentifierKey) -> Value { .integer(Int64(bitPattern: key.hash.high)) }
}
