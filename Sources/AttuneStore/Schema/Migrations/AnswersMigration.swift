import GRDB

/// Store version 7: answers to requests that come again.
enum AnswersMigration {
    static func apply(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE kept_answers (
                    n INTEGER PRIMARY KEY,
                    request BLOB NOT NULL UNIQUE,
                    fingerprint BLOB NOT NULL,
                    at INTEGER NOT NULL,
                    body BLOB NOT NULL
                ) STRICT;
                """)
    }
}
