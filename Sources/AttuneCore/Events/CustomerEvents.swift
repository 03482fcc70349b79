/// The events that tell of customers becoming one or several, so that consumers can follow.
enum CustomerEvents {
    /// `attune.customer.merged.v1` for each absorbed customer, `attune.customer.split.v1` for each new one; nothing for a
    /// customer who merely appeared.
    /// - Parameter time: of the last message that made the change known.
    static func events(for change: CustomerChange, time: Timestamp) -> [Event] {
        switch change {
        case .created: []
        case .merged(let survivor, let absorbed, let key):
            absorbed.map { gone in
                Event(
                    type: "attune.customer.merged.v1", subject: survivor, cause: "\(survivor.rawValue)\u{1F}\(gone.rawValue)", time: time,
                    data: .object([
                        "customerID": .string(survivor.rawValue), "absorbedID": .string(gone.rawValue),
                        "identifierKind": (key?.kind.rawValue).map(JSONValue.string),
                    ]))
            }
        case .split(let from, let into):
            into.map { part in
                Event(
                    type: "attune.customer.split.v1", subject: from, cause: "\(from.rawValue)\u{1F}\(part.rawValue)", time: time,
                    data: .object(["customerID": .string(from.rawValue), "newID": .string(part.rawValue)]))
            }
        }
    }
}
