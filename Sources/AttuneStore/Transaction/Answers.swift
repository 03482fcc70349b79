import AttuneCore
import GRDB

/// Answers to requests that come again.
extension SQLiteTransaction {
    /// Old answers that are forgotten with each new one: more than one, so that they become fewer.
    private static let forgottenAtOnce = 8

    func answer(for key: KeyHash, since begin: Timestamp) throws -> KeptAnswer? {
        try prepared("SELECT fingerprint, at, body FROM kept_answers WHERE request = ? AND at >= ?").first(.hash(key), .time(begin)) { row in
            let fingerprint = row.bytesInPlace(0)
            guard fingerprint.count == KeyHash.byteCount else { throw StoreError.corrupt("a kept answer can't be read back") }
            let request = RepeatableRequest(key: key, fingerprint: KeyHash(UnsafeRawBufferPointer(fingerprint)))
            return KeptAnswer(to: request, at: row.time(1), body: row.bytes(2))
        }
    }

    func keep(_ answer: KeptAnswer) throws {
        try prepared(
            """
            INSERT OR REPLACE INTO kept_answers (n, request, fingerprint, at, body)
            VALUES ((SELECT coalesce(max(n), 0) + 1 FROM kept_answers), ?, ?, ?, ?)
            """
        ).run(.hash(answer.request.key), .hash(answer.request.fingerprint), .time(answer.at), .blob(answer.body))
        // The oldest come first, so that a look at a few of them tells.
        try prepared(
            """
            DELETE FROM kept_answers WHERE n IN (
                SELECT n FROM (SELECT n, at FROM kept_answers ORDER BY n LIMIT ?1)
                WHERE at < ?2 OR n <= (SELECT max(n) FROM kept_answers) - ?3)
            """
        ).run(.integer(Self.forgottenAtOnce), .time(KeptAnswer.begin(at: answer.at)), .integer(KeptAnswer.countLimit))
    }

    func forgetAnswers() throws { try prepared("DELETE FROM kept_answers").run() }
}
