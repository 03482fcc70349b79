import AttuneCore
import GRDB

/// A record that was refused, as it is kept: without its text.
public struct StoredRejection: Hashable, Sendable {
    public var source: String
    /// Position in the source; nil when the source has none.
    public var position: Int64?
    public var rejection: Rejection
}

extension StoreQueries {
    /// The last rejections, the latest first.
    public func rejections(limit: Int) throws -> [StoredRejection] {
        try read { database in
            try database.prepared("SELECT source, position, reason, line, row FROM rejections ORDER BY n DESC LIMIT ?").all(Self.rows(limit)) { row in
                StoredRejection(
                    source: row.text(0), position: row.integer(1) < 0 ? nil : row.integer(1),
                    rejection: Rejection(
                        reason: row.text(2), line: row.int(3) == 0 ? nil : row.int(3), row: row.int(4) == 0 ? nil : row.int(4)))
            }
        }
    }
}
