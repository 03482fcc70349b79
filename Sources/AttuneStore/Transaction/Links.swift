import AttuneCore
import GRDB

/// Links between messages, and identifiers that join nobody.
extension SQLiteTransaction {
    func genericKeys(among keys: [IdentifierKey]) throws -> Set<IdentifierKey> {
        // Few stores have many: one look saves a lookup for every identifier.
        guard try prepared("SELECT 1 FROM generic_keys LIMIT 1").first(read: { _ in true }) != nil else { return [] }
        let query = try prepared("SELECT 1 FROM generic_keys WHERE kind = ? AND hash = ?")
        return try Set(keys.filter { try query.first(.text($0.kind.rawValue), .text($0.hash.text)) { _ in true } != nil })
    }

    func setGeneric(_ isGeneric: Bool, _ keys: [IdentifierKey]) throws {
        let change =
            isGeneric
            ? try prepared("INSERT OR IGNORE INTO generic_keys (kind, hash) VALUES (?, ?)")
            : try prepared("DELETE FROM generic_keys WHERE kind = ? AND hash = ?")
        for key in keys { try change.run(.text(key.kind.rawValue), .text(key.hash.text)) }
    }

    func links(ofClaims claims: [KeyHash]) throws -> [IdentityLink] {
        let query = try prepared(
            """
            SELECT kind, first, second FROM identity_links WHERE first_claim = ?1
            UNION SELECT kind, first, second FROM identity_links WHERE second_claim = ?1
            """)
        return try claims.flatMap { try query.all(.hash($0), read: Self.link) }
    }

    func hasLinks() throws -> Bool { try prepared("SELECT 1 FROM identity_links LIMIT 1").first { _ in true } ?? false }

    func allLinks() throws -> [IdentityLink] { try prepared("SELECT kind, first, second FROM identity_links").all(read: Self.link) }

    private static func link(_ row: Columns) throws -> IdentityLink {
        guard let kind = IdentityLink.Kind(rawValue: row.text(0)) else { throw StoreError.corrupt("a link has an unknown kind") }
        return IdentityLink(kind, row.text(1), row.text(2))
    }

    func add(_ links: [IdentityLink], claims: [String: KeyHash]) throws {
        let claim = try prepared("SELECT claim FROM messages JOIN evidence ON evidence.n = messages.evidence WHERE messages.id = ?")
        let rows = try links.map { link in
            guard let first = try claims[link.first] ?? claim.first(.text(link.first), read: { try $0.claim(0) }),
                let second = try claims[link.second] ?? claim.first(.text(link.second), read: { try $0.claim(0) })
            else { throw StoreError.contradiction("a link needs two customers' messages that are on file") }
            return (first: first, second: second)
        }
        // In the order of the table: neighbours lie on one page.
        let order = rows.indices.sorted {
            rows[$0].first == rows[$1].first ? rows[$0].second < rows[$1].second : rows[$0].first < rows[$1].first
        }
        let writer = try RowWriter("INSERT OR IGNORE INTO identity_links (kind, first, second, first_claim, second_claim)", columns: 5, in: database)
        try writer.write(order.count) { place, row in
            let link = links[order[place]]
            row.text(link.kind.rawValue)
            row.text(link.first)
            row.text(link.second)
            row.blob(rows[order[place]].first)
            row.blob(rows[order[place]].second)
        }
    }

    func remove(_ links: [IdentityLink]) throws {
        let claim = try prepared("SELECT claim FROM messages JOIN evidence ON evidence.n = messages.evidence WHERE messages.id = ?")
        let remove = try prepared("DELETE FROM identity_links WHERE first_claim = ? AND first = ? AND second = ? AND kind = ?")
        for link in links {
            guard let first = try claim.first(.text(link.first), read: { try $0.claim(0) }) else { continue }
            try remove.run(.hash(first), .text(link.first), .text(link.second), .text(link.kind.rawValue))
        }
    }

    /// Forgets the links of messages before their evidence is.
    func removeLinks(ofMessages ids: Set<String>) throws {
        guard try hasLinks() else { return }
        // One walk: no index is kept for a question that is asked here only.
        try remove(try allLinks().filter { ids.contains($0.first) || ids.contains($0.second) })
    }

    func isUnsettled() throws -> Bool { try prepared("SELECT 1 FROM meta WHERE name = 'unsettled'").first { _ in true } ?? false }

    func setUnsettled(_ isUnsettled: Bool) throws {
        let change =
            isUnsettled
            ? try prepared("INSERT OR IGNORE INTO meta (name, value) VALUES ('unsettled', x'')")
            : try prepared("DELETE FROM meta WHERE name = 'unsettled'")
        try change.run()
    }

    func values(of kind: Identifier.Kind) throws -> [IdentifierKey: String] {
        let rows = try prepared("SELECT hash, value FROM identifiers WHERE kind = ?").all(.text(kind.rawValue)) { row in
            (IdentifierKey(kind: kind, hash: try row.keyHash(0)), row.text(1))
        }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    func hasNationalNumbers() throws -> Bool {
        try prepared("SELECT EXISTS (SELECT 1 FROM identifiers WHERE kind = ? AND value NOT GLOB '+*')")
            .first(.text(Identifier.Kind.phone.rawValue)) { $0.integer(0) == 1 } ?? false
    }

    func values(of keys: [IdentifierKey]) throws -> [IdentifierKey: String] {
        let query = try prepared("SELECT value FROM identifiers WHERE kind = ? AND hash = ?")
        var values = [IdentifierKey: String]()
        for key in keys { values[key] = try query.first(.text(key.kind.rawValue), .text(key.hash.text)) { $0.text(0) } }
        return values
    }
}
