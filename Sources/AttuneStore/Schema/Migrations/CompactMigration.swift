import AttuneCore
import GRDB

/// Store version 5: whose evidence is stands in a table of its own, so that a look at everything appends to it and leaves the evidence as it
/// is; keys, outlines and the lists of analyses as bytes; links by the claims of their ends; no index for a question hardly ever asked.
enum CompactMigration {
    static func apply(_ database: Database) throws {
        try database.execute(sql: owners)
        try packKeys(database)
        try database.execute(sql: links)
        try packLists(database)
    }

    /// `messages.evidence` follows the name of the table it refers to.
    private static let owners = """
        CREATE TABLE owners (
            evidence INTEGER PRIMARY KEY,
            customer_id TEXT,
            home_id ANY,
            guarded INTEGER NOT NULL
        ) STRICT;
        INSERT INTO owners (evidence, customer_id, home_id, guarded)
        SELECT n, customer_id, CASE WHEN home_id = customer_id THEN 1 ELSE home_id END, guarded
        FROM evidence WHERE customer_id IS NOT NULL OR home_id IS NOT NULL OR guarded > 0 ORDER BY n;
        CREATE INDEX owners_by_customer ON owners (customer_id);

        DROP INDEX evidence_by_customer;
        DROP INDEX evidence_parts;
        ALTER TABLE evidence RENAME TO claims;
        ALTER TABLE claims DROP COLUMN customer_id;
        ALTER TABLE claims DROP COLUMN home_id;
        ALTER TABLE claims DROP COLUMN guarded;
        ALTER TABLE claims ADD COLUMN shown BLOB;
        UPDATE claims SET claim = NULL WHERE part = 0;
        CREATE INDEX claims_in_parts ON claims (claim) WHERE part > 0;
        """

    private static func packKeys(_ database: Database) throws {
        let update = try database.prepared("UPDATE claims SET shown = ? WHERE n = ?")
        let numbers = try database.prepared("SELECT n FROM claims WHERE keys IS NOT NULL").all { $0.integer(0) }
        let keys = try database.prepared("SELECT keys FROM claims WHERE n = ?")
        for number in numbers {
            let found = try keys.first(.integer(number)) { try $0.withBytes(0, Self.keys) } ?? []
            try update.run(.blob(KeyCoding.bytes(found)), .integer(number))
        }
        try database.execute(
            sql: """
                ALTER TABLE claims DROP COLUMN keys;
                CREATE VIEW evidence AS
                SELECT claims.n AS n, id, coalesce(claim, id) AS claim, part, name, town, birth_date, first_seen_at, first_message_id, message_count,
                    customer_id, CASE WHEN home_id = 1 THEN customer_id ELSE home_id END AS home_id, coalesce(guarded, 0) AS guarded, shown
                FROM claims LEFT JOIN owners ON owners.evidence = claims.n;
                """)
        try packOutlines(database)
    }

    /// Kind, U+001F and hash of each key, U+001E between keys: as versions 3 and 4 kept them.
    private static func keys(_ text: UnsafeBufferPointer<UInt8>) throws -> [IdentifierKey] {
        try text.split(separator: 0x1E).map { part in
            let end = part.firstIndex(of: 0x1F) ?? part.endIndex
            guard let hash = KeyHash(String(decoding: part[end...].dropFirst(), as: UTF8.self)) else {
                throw StoreError.corrupt("the identifiers of a claim can't be read back")
            }
            return IdentifierKey(kind: Identifier.Kind(rawValue: String(decoding: part[..<end], as: UTF8.self)), hash: hash)
        }
    }

    private static func packOutlines(_ database: Database) throws {
        try database.execute(sql: "ALTER TABLE customers ADD COLUMN shown BLOB")
        let update = try database.prepared("UPDATE customers SET shown = ? WHERE id = ?")
        let outlines = try database.prepared("SELECT id, outline FROM customers WHERE outline IS NOT NULL").all { ($0.text(0), $0.bytes(1)) }
        for (id, json) in outlines {
            guard let value = try? JSONParser.parse(json), let names = value["names"]?.items, var keys = value["keys"]?.string else { continue }
            let outline = try CustomerOutline(
                names: names.compactMap { item in
                    guard let text = item[0]?.string, let at = item[1]?.integer else { return nil }
                    return CustomerOutline.Name(text, firstSeen: Timestamp(nanoseconds: at))
                }, keys: keys.withUTF8(Self.keys))
            try update.run(.blob(OutlineCoding.bytes(outline)), .text(id))
        }
        try database.execute(sql: "ALTER TABLE customers DROP COLUMN outline; ALTER TABLE customers RENAME COLUMN shown TO outline")
    }

    private static func packLists(_ database: Database) throws {
        try database.execute(sql: "ALTER TABLE analyses ADD COLUMN lists BLOB NOT NULL DEFAULT x''")
        let update = try database.prepared("UPDATE analyses SET lists = ? WHERE message = ?")
        let numbers = try database.prepared("SELECT message FROM analyses WHERE detail != '{}'").all { $0.integer(0) }
        let lists = try database.prepared("SELECT detail FROM analyses WHERE message = ?")
        for number in numbers {
            let detail = try lists.first(.integer(number)) { try $0.withBytes(0) { try Detail(json: $0) } }
            if let detail { try update.run(.blob(detail.bytes), .integer(number)) }
        }
        try database.execute(sql: "ALTER TABLE analyses DROP COLUMN detail")
    }

    private static let links = """
        DROP INDEX identifiers_by_value;

        ALTER TABLE identity_links RENAME TO identity_links_by_message;
        CREATE TABLE identity_links (
            kind TEXT NOT NULL,
            first TEXT NOT NULL,
            second TEXT NOT NULL,
            first_claim TEXT NOT NULL,
            second_claim TEXT NOT NULL,
            PRIMARY KEY (first_claim, second_claim, first, second, kind)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO identity_links (kind, first, second, first_claim, second_claim)
        SELECT kind, first, second, first_claim, second_claim FROM identity_links_by_message
        ORDER BY first_claim, second_claim, first, second, kind;
        DROP TABLE identity_links_by_message;
        CREATE INDEX identity_links_by_second_claim ON identity_links (second_claim);
        """
}
