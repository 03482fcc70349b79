import GRDB

/// What the store's SQLite file holds, table by table. The statements are in `Migrations/`; this is their explanation.
///
/// Conventions: `*_at` are INTEGER nanoseconds since 1970 (UTC); `n` is a row's own number, never shown to users; numbers
/// that come from the engine are in columns of type ANY, because a REAL column turns −0.0 into 0.0 and an analysis must
/// come back bit for bit; JSON columns are compact, their numbers in shortest round-trip form.
///
/// | table | one row per | notes |
/// |---|---|---|
/// | `messages` | message ever seen | `text`, `display_name`, `attachments` are erasable (NULL); `edited`: 0, the time of the edit, or 1 where nobody says when; `deleted` rows keep the id for ever |
/// | `analyses` | analysed message | `lists`: see `Detail` |
/// | `message_fts` | message with text | FTS5 over `messages.text`, which stays the only copy of it; kept in step by the code that writes messages |
/// | `conversations` | (id, source) | also those whose messages are all deleted; `erased:` and a random number where the id held an erased identifier |
/// | `rollups` | (day, channel, label, language) | `day`: since 1970, UTC; label '': not analysed; sums of valence are exact in any order |
/// | `claims` | claim about an author, or part of one | `id`: the claim's keyed hash, see `ClaimCoding`; `claim`: NULL for part 0; `name`, `town`, `birth_date` are erasable; `shown`: see `KeyCoding`; only `id` set while only a message has named it |
/// | `owners` | claim that is a customer's | apart from `claims`, so that a look at everything appends rows and changes none; `home_id`: 1 for the customer whose it is |
/// | `evidence` | (a view) | claims with their owners |
/// | `evidence_keys` | (identifier, evidence) | who shows an identifier: the first half of its keyed hash as a number, `claims.shown` has the whole; the code that writes evidence keeps it in step, but for claims from `unkeyed` on |
/// | `generic_keys` | identifier that joins nobody | a switchboard, a shared tablet, a reseller |
/// | `identity_links` | pair of messages held together or apart | `kind`: must, cannot (by hand), probable; found by the claims of both ends |
/// | `identifiers` | identifier, but for names in conversations | the only place of clear values, but for `pending_changes` |
/// | `customers` | live customer | `display_name` is erasable, and so is `outline`: see `CustomerOutline`; NULL where it does not decide |
/// | `postponed_customers` | customer whose messages changed while files were loaded | looked at again with everything else |
/// | `customer_redirects` | absorbed customer | chains are followed when read; a customer that comes back loses its redirect |
/// | `ledger` | created, merged, split, erased, decided | append-only: triggers refuse changes; only erasure takes the identifier away that joined |
/// | `states` | customer with analysed messages | `emotions`: JSON {label: share} |
/// | `signals` | signal ever detected | `evidence`: JSON [message id], the cause last |
/// | `outbox` | event | `sequence` is never used twice; `body` is the CloudEvent as every sink gets it |
/// | `event_messages` | (message, event that tells of it) | erasure finds events by it |
/// | `sinks` | registered sink | `position`: outbox sequence at its registration; `failing_since`: first failure since the last success |
/// | `deliveries` | (sink, event) | waits while `next_attempt_at` is set; then `delivered_at` or `dead_at` is |
/// | `dead_letters` | (a view) | deliveries given up, with their events |
/// | `rejections` | record not read or refused | reason and place, never text; `line`, `row`: 0 for none; `position` < 0: a source without |
/// | `pending_changes` | edit or deletion before its message | holds the edit whole, with text and identifiers: erasure looks here as well |
/// | `consents` | (identifier, purpose) | |
/// | `checkpoints` | source | committed with what was read |
/// | `kept_answers` | answer to a request that named itself by a key | `request`, `fingerprint`: keyed hashes of caller and key, and of what was sent; for a day, the last million; erasure forgets all |
/// | `meta` | fact about the store | `identifier_hash_key`: 32 random bytes made at creation; `unsettled`: evidence came since everything was last looked at; `unkeyed`: the first claim of files that were loaded since, see `EvidenceKeys` |
///
/// An invariant of `deliveries` keeps both "what is due" and "when next" a look at the front of one index: among the waiting
/// deliveries of one sink and one customer `next_attempt_at` never falls with rising `sequence`.
enum Schema {
    /// `PRAGMA application_id` of a store: "Attu".
    static let applicationID: Int32 = 0x4174_7475

    /// `PRAGMA user_version`: how many migrations have been applied.
    static var version: Int { migrations.count }

    /// Every migration there ever was, oldest first. One that was released is never changed.
    static let migrations: [(name: String, apply: @Sendable (Database) throws -> Void)] = [
        ("1 initial", InitialMigration.apply), ("2 claims", ClaimsMigration.apply), ("3 outlines", OutlineMigration.apply),
        ("4 loading", LoadingMigration.apply), ("5 compact", CompactMigration.apply),
        ("6 key index", KeyIndexMigration.apply), ("7 answers", AnswersMigration.apply),
        ("8 claim bytes", ClaimBytesMigration.apply),
    ]

    static var migrator: DatabaseMigrator {
        // Foreign keys are off while a migration runs, and nobody checks them behind it: the tests of migrations do.
        var migrator = DatabaseMigrator().disablingDeferredForeignKeyChecks()
        for (i, migration) in migrations.enumerated() {
            migrator.registerMigration(migration.name) { database in
                try migration.apply(database)
                try database.execute(sql: "PRAGMA user_version = \(i + 1)")
            }
        }
        return migrator
    }
}
