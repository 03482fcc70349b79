import AttuneCore
import GRDB

/// Where an identifier that nobody shows any more may still stand: in ids of conversations that others take part in, and in all that repeats
/// those; in edits that wait for their message; in the ledger. The last step of an erasure, when it is known which identifiers are gone.
extension SQLiteTransaction {
    func eraseTraces(of forgotten: [IdentifierKey: String]) throws {
        guard !forgotten.isEmpty else { return }
        try eraseLedgerKeys(Set(forgotten.keys))
        let traces = Traces(forgotten)
        let conversations = try prepared("SELECT DISTINCT id FROM conversations").all { $0.text(0) }
        for id in conversations where traces.areIn(id) { try erase(conversation: id, traces) }
        let pending = try prepared("SELECT target, message FROM pending_changes WHERE message IS NOT NULL").all { ($0.text(0), $0.bytes(1)) }
        for (target, json) in pending where try mentions(json, traces) {
            try prepared("DELETE FROM pending_changes WHERE target = ?").run(.text(target))
        }
    }

    /// Only agents wrote to the erased one there, and it goes; or others take part, and it goes on under an id that says nothing.
    private func erase(conversation id: String, _ traces: Traces) throws {
        let messages = try prepared("SELECT id, role FROM messages WHERE conversation_id = ?").all(.text(id)) { ($0.text(0), $0.text(1)) }
        if traces.name(id), !messages.contains(where: { $0.1 == Role.customer.rawValue }) {
            for message in messages { try forget(message: message.0) }
            try counts.write(to: database)
            counts = Counts()
            try prepared("DELETE FROM conversations WHERE id = ?").run(.text(id))
            return
        }
        // Random: with a hash of it, whoever has the store could try all telephone numbers.
        let other = "erased:" + String(UInt64.random(in: .min ... .max), radix: 16)
        try prepared("UPDATE messages SET conversation_id = ?2 WHERE conversation_id = ?1").run(.text(id), .text(other))
        try prepared("UPDATE conversations SET id = ?2 WHERE id = ?1").run(.text(id), .text(other))
        let (old, new) = (Self.member(id), Self.member(other))
        try prepared(
            "UPDATE outbox SET body = CAST(replace(CAST(body AS TEXT), ?1, ?2) AS BLOB) WHERE instr(CAST(body AS TEXT), ?1)"
        ).run(.text(old), .text(new))
        try prepared("UPDATE pending_changes SET message = replace(message, ?1, ?2) WHERE instr(message, ?1)").run(.text(old), .text(new))
    }

    /// As `JSONWriter` writes it in events and messages.
    private static func member(_ conversation: String) -> String { "\"conversationID\":" + JSONWriter.string(.string(conversation)) }

    private func mentions(_ json: [UInt8], _ traces: Traces) throws -> Bool {
        if traces.areIn(String(decoding: json, as: UTF8.self)) { return true }
        let normalizer = IdentifierNormalizer(policy: .standard)
        return try MessageCoding.message(json: json).author.identifiers.contains { identifier in
            guard let value = normalizer.normalize(identifier) else { return false }
            return traces.areIn(value)
        }
    }

    /// Which identifier made two customers one is forgotten with it; that they were merged, and when, stays.
    private func eraseLedgerKeys(_ keys: Set<IdentifierKey>) throws {
        let hashes = Set(keys.map(\.hash.text))
        let entries = try prepared("SELECT n, key_hash FROM ledger WHERE key_hash IS NOT NULL").all { ($0.integer(0), $0.text(1)) }
            .filter { hashes.contains($0.1) }
        guard !entries.isEmpty else { return }
        let name = "ledger_keeps_values"
        guard let trigger = try prepared("SELECT sql FROM sqlite_master WHERE name = ?").first(.text(name), read: { $0.text(0) }) else {
            throw StoreError.corrupt("the ledger's guard is missing")
        }
        try database.execute(sql: "DROP TRIGGER \(name)")
        let erase = try prepared("UPDATE ledger SET key_kind = NULL, key_hash = NULL WHERE n = ?")
        for (entry, _) in entries { try erase.run(.integer(entry)) }
        try database.execute(sql: trigger)
    }
}

/// What of identifiers' values may stand in other texts: the value, a number without its plus, a handle without its platform. Many are
/// looked for in as many steps as one: an erasure may take thousands of customers from among a million conversations.
struct Traces {
    /// In lower case, by their first bytes.
    private var forms: [UInt64: [[UInt8]]] = [:]
    /// Forms of what a platform may name a conversation with one customer by.
    private var addresses = Set<String>()

    /// Bytes: shorter ones stand everywhere.
    static let leastBytes = 5

    init(_ identifiers: [IdentifierKey: String]) {
        for (key, value) in identifiers {
            let lower = value.lowercased()
            let behindPlatform = lower.firstIndex(of: ":").map { String(lower[lower.index(after: $0)...]) }
            for form in [lower, lower.hasPrefix("+") ? String(lower.dropFirst()) : nil, behindPlatform].compactMap({ $0 }) {
                let bytes = Array(form.utf8)
                guard bytes.count >= Self.leastBytes else { continue }
                forms[bytes.prefix(Self.leastBytes).reduce(0) { $0 << 8 | UInt64($1) }, default: []].append(bytes)
                if [.phone, .email, .handle, .externalID].contains(key.kind) { addresses.insert(form) }
            }
        }
    }

    func areIn(_ text: String) -> Bool {
        let bytes = Array(text.lowercased().utf8)
        var last: UInt64 = 0
        for (i, byte) in bytes.enumerated() {
            last = (last << 8 | UInt64(byte)) & (1 << (8 * UInt64(Self.leastBytes)) - 1)
            guard i + 1 >= Self.leastBytes, let candidates = forms[last] else { continue }
            let rest = bytes[(i + 1 - Self.leastBytes)...]
            if candidates.contains(where: { rest.starts(with: $0) }) { return true }
        }
        return false
    }

    /// Whether a conversation's id is the address of its one customer.
    func name(_ conversation: String) -> Bool { addresses.contains(conversation.lowercased()) }
}
