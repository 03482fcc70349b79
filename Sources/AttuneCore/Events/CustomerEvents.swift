/// The events that tell of customers becoming one or several, so that consumers can follow.
enum CustomerEvents {
    /// `attune.customer.merged.v1` for each absorbed customer, `attune.customer.split.v1` for each new one,
    /// `attune.customer.erased.v1` for who is gone; nothing for a
    /// customer who merely appeared.
    /// - Parameters:
    ///   - entry: number of the change in the ledger: the same two may merge again after a split, and that is another event.
    ///   - time: of the last message that made the change known.
    static func events(for change: CustomerChange, entry: Int64, time: Timestamp) -> [Event] {
        switch change {
        case .created: []
        case .merged(let survivor, let absorbed, let key):
            absorbed.map { gone in
                Event(
                    type: "attune.customer.merged.v1", subject: survivor, cause: "\(entry)\u{1F}\(survivor.rawValue)\u{1F}\(gone.rawValue)",
                    time: time,
                    data: .object([
                        "customerID": .string(survivor.rawValue), "absorbedID": .string(gone.rawValue),
                        "identifierKind": (key?.kind.rawValue).map(JSONValue.string),
                    ]))
            }
        case .erased(let id):
            [
                Event(
                    type: "attune.customer.erased.v1", subject: id, cause: "\(entry)\u{1F}\(id.rawValue)", time: time,
                    data: .object(["customerID": .string(id.rawValue)]))
            ]
        case .split(let from, let into):
            into.map { part in
                Event(
                    type: "attune.customer.split.v1", subject: from, cause: "\(entry)\u{1F}\(from.rawValue)\u{1F}\(part.rawValue)", time: time,
                    data: .object(["customerID": .string(from.rawValue), "newID": .string(part.rawValue)]))
            }
        }
    }
}
