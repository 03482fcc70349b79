import AttuneCore

/// The people that a change names, found by number or user id: a batch has as many as messages.
struct CloudContacts {
    let all: [Payload]
    private var byPhone: [String: Int] = [:]
    private var byUserID: [String: Int] = [:]

    /// Most changes have one contact, which needs no table.
    private static let few = 4

    init(_ value: Payload) {
        all = value["contacts"]?.items ?? []
        guard all.count > Self.few else { return }
        for (index, contact) in all.enumerated() {
            if let phone = contact["wa_id"]?.scalarText, byPhone[phone] == nil { byPhone[phone] = index }
            if let userID = contact["user_id"]?.scalarText, byUserID[userID] == nil { byUserID[userID] = index }
        }
    }

    /// The first that has the number or the user id.
    func contact(phone: String?, userID: String?) -> Payload? {
        guard all.count > Self.few else {
            return all.first { phone != nil && $0["wa_id"]?.scalarText == phone || userID != nil && $0["user_id"]?.scalarText == userID }
        }
        let found = [phone.flatMap { byPhone[$0] }, userID.flatMap { byUserID[$0] }].compactMap { $0 }.min()
        return found.map { all[$0] }
    }
}
