import AttuneCore
import GRDB

/// Changes that came too early, and records that were refused.
extension SQLiteTransaction {
    func keepPending(_ change: PendingChange) throws {
        let message: String? =
            switch change {
            case .edit(let message): MessageCoding.json(message)
            case .delete: nil
            }
        try prepared("INSERT INTO pending_changes (target, message) VALUES (?, ?) ON CONFLICT DO UPDATE SET message = excluded.message")
            .run(.text(change.target), .text(message))
    }

    func takePending(_ ids: [String]) throws -> [String: PendingChange] {
        // Hardly anything ever waits: one look saves a lookup for every message.
        guard try prepared("SELECT 1 FROM pending_changes LIMIT 1").first(read: { _ in true }) != nil else { return [:] }
        let query = try prepared("DELETE FROM pending_changes WHERE target = ? RETURNING message")
        var changes = [String: PendingChange]()
        for id in ids {
            let change: PendingChange? = try query.first(.text(id)) { row in
                row.isNull(0) ? .delete(target: id) : .edit(try MessageCoding.message(json: row.bytes(0)))
            }
            if let change { changes[id] = change }
        }
        return changes
    }

    /// The same record refused again at the same position of its source is kept once, so a repeated import changes nothing. A
    /// batch without a checkpoint has no position in its source (then it is negative), and each of its rejections is kept.
    func reject(_ rejection: Rejection, source: String, batchPosition: Int64) throws {
        try prepared("INSERT OR IGNORE INTO rejections (source, position, reason, line, row) VALUES (?, ?, ?, ?, ?)")
            .run(
                .text(source), .integer(batchPosition), .text(rejection.reason), .integer(rejection.line ?? 0), .integer(rejection.row ?? 0))
    }
}
