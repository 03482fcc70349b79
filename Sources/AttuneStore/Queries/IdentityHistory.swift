import AttuneCore
import GRDB

/// An entry of the ledger.
public struct LedgerEntry: Hashable, Sendable {
    public var number: Int64
    public var at: Timestamp
    /// created, merged, split, erased, decided together, decided apart, no longer together, no longer apart
    public var change: String
    public var customer: CustomerID
    /// Absorbed customers, new parts, or the customer at the other end of a decision.
    public var others: [CustomerID]
    /// What a merge rests on, where it is one identifier.
    public var identifier: KnownIdentifier?
}

extension StoreQueries {
    /// All evidence, on one snapshot.
    /// - Parameter policy: one whose blocked values name nobody.
    public func identityEvidence(policy: IdentityPolicy = .standard) throws -> IdentityEvidence {
        try read { try IdentityEvidence(SQLiteTransaction($0, eventSource: ""), policy: policy) }
    }

    /// Why two messages are one customer's or are not; nil when either is not on file. Everything is looked at only where names and other
    /// attributes have a say.
    public func explanation(_ first: String, _ second: String, graph: EvidenceGraph) throws -> Explanation? {
        try read { database in
            let transaction = SQLiteTransaction(database, eventSource: "")
            let near = try IdentityEvidence(around: [first, second], transaction, policy: graph.policy)
            return try near.explainByIdentifiers(first, second, graph: graph) ?? IdentityEvidence(transaction).explain(first, second, graph: graph)
        }
    }

    /// What became of a customer and of those who were merged into it, oldest first.
    public func history(of customer: CustomerID) throws -> [LedgerEntry] {
        try read { database in
            let entries = try database.prepared(
                """
                SELECT ledger.n, at, change, customer_id, others, key_kind, key_hash, value FROM ledger
                LEFT JOIN identifiers ON kind = key_kind AND hash = key_hash
                WHERE customer_id = ?1 OR instr(others, '"' || ?1 || '"') > 0 ORDER BY ledger.n LIMIT ?2
                """
            )
            return try entries.all(.text(customer.rawValue), Self.rows(Self.rowLimit)) { row in
                let others = (try? JSONParser.parse(row.bytes(4)))?.items.compactMap(\.string) ?? []
                let key = try row.optionalText(5).map { IdentifierKey(kind: Identifier.Kind(rawValue: $0), hash: try row.keyHash(6)) }
                return LedgerEntry(
                    number: row.integer(0), at: row.time(1), change: row.text(2), customer: CustomerID(rawValue: row.text(3)),
                    others: others.map { CustomerID(rawValue: $0) }, identifier: key.map { KnownIdentifier(key: $0, value: row.optionalText(7)) })
            }
        }
    }

    /// The message a reference stands for where two authors are compared: a message's id; of a customer (also of one that was merged
    /// into another) or of an identifier's value the earliest. Several where an identifier is shared by customers.
    public func authorMessages(matching reference: String) throws -> [String] {
        try read { database in
            let isMessage = try database.prepared("SELECT 1 FROM messages WHERE id = ? AND evidence IS NOT NULL").first(.text(reference)) { _ in true
            }
            if isMessage != nil { return [reference] }
            let live = try database.resolved(CustomerID(rawValue: reference))
            let ofCustomer = try database.prepared(
                """
                SELECT first_message_id FROM evidence WHERE customer_id = ?1
                ORDER BY coalesce(home_id = ?2, 0) DESC, first_seen_at, first_message_id LIMIT 1
                """
            ).all(.text(live.rawValue), .text(reference)) { $0.text(0) }
            if !ofCustomer.isEmpty { return ofCustomer }
            var earliest: [CustomerID: Evidence] = [:]
            for item in try database.evidence(showing: reference) {
                guard let customer = item.customerID, earliest[customer].map({ item.precedes($0) }) ?? true else { continue }
                earliest[customer] = item
            }
            if !earliest.isEmpty { return earliest.sorted { $0.key < $1.key }.prefix(Self.rowLimit).map(\.value.firstMessageID) }
            return try database.prepared(
                """
                SELECT first_message_id, customer_id, min(first_seen_at) FROM evidence
                WHERE name = ? COLLATE NOCASE AND customer_id IS NOT NULL GROUP BY customer_id ORDER BY customer_id LIMIT ?
                """
            ).all(.text(reference), Self.rows(Self.rowLimit)) { $0.text(0) }
        }
    }

    /// All messages of a customer's that are on file.
    public func messages(of customer: CustomerID) throws -> [String] {
        try read { database in
            try database.prepared("SELECT messages.id FROM evidence JOIN messages ON messages.evidence = evidence.n WHERE customer_id = ?")
                .all(.text(customer.rawValue)) { $0.text(0) }
        }
    }

    /// The clear value of an identifier; nil once it was erased.
    public func value(of key: IdentifierKey) throws -> String? {
        try read { database in
            try database.prepared("SELECT value FROM identifiers WHERE kind = ? AND hash = ?").first(.text(key.kind.rawValue), .text(key.hash.text)) {
                $0.text(0)
            }
        }
    }
}

extension StoreQueries {
    /// What somebody decided and did not take back.
    public func decisions() throws -> [IdentityLink] {
        try read { try SQLiteTransaction($0, eventSource: "").allLinks() }.filter { $0.kind != .probable }
            .sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    }
}

extension Database {
    /// Evidence that shows an identifier of this clear value, also in other letter case.
    func evidence(showing value: String) throws -> [Evidence] {
        let keys = try prepared("SELECT kind, hash FROM identifiers WHERE value = ? COLLATE NOCASE").all(.text(value)) { row in
            IdentifierKey(kind: Identifier.Kind(rawValue: row.text(0)), hash: try row.keyHash(1))
        }
        return try SQLiteTransaction(self, eventSource: "").evidence(sharing: keys)
    }
}
