import AttuneCore
import GRDB

extension SQLiteTransaction {
    func hasConsents() throws -> Bool { try prepared("SELECT 1 FROM consents LIMIT 1").first { _ in true } ?? false }

    func consents(_ keys: [IdentifierKey], purpose: String) throws -> [IdentifierKey: Consent] {
        let query = try prepared("SELECT status, status_at, revoked_at FROM consents WHERE kind = ? AND hash = ? AND purpose = ?")
        var consents = [IdentifierKey: Consent]()
        for key in keys {
            consents[key] = try query.first(.text(key.kind.rawValue), .text(key.hash.text), .text(purpose)) { row in
                guard let status = Consent.Status(rawValue: row.text(0)) else { throw StoreError.corrupt("a consent has an unknown status") }
                return Consent(purpose: purpose, status: status, statusDate: row.time(1), revokeDate: row.optionalTime(2))
            }
        }
        return consents
    }

    func setConsent(_ consent: Consent, for key: IdentifierKey) throws {
        try prepared(
            "INSERT OR REPLACE INTO consents (kind, hash, purpose, status, status_at, revoked_at) VALUES (?, ?, ?, ?, ?, ?)"
        ).run(
            .text(key.kind.rawValue), .text(key.hash.text), .text(consent.purpose), .text(consent.status.rawValue), .time(consent.statusDate),
            .time(consent.revokeDate))
    }
}
