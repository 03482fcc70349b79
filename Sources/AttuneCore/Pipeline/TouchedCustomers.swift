/// The customers whose timelines a batch changed, and how they changed themselves.
struct TouchedCustomers {
    var customers = Set<CustomerID>()
    var absorbed: [CustomerID: CustomerID] = [:]
    /// Signals that are gone with the messages they rested on.
    var erased: [StoredSignal] = []
    /// Claims of customers whose messages are all in this batch.
    var fresh: [KeyHash: CustomerID] = [:]
    private(set) var changes: [(change: CustomerChange, entry: Int64)] = []
    /// Of the batch's last message: when the changes became known.
    var time = Timestamp(nanoseconds: 0)

    mutating func note(_ change: CustomerChange, entry: Int64) {
        changes.append((change, entry))
        switch change {
        case .created(let id): customers.insert(id)
        case .merged(let survivor, let gone, _):
            customers.insert(survivor)
            for id in gone {
                absorbed[id] = survivor
                customers.remove(id)
            }
        case .split(let from, let into):
            if absorbed[from] == nil { customers.insert(from) }
            customers.formUnion(into)
        case .erased(let id): customers.remove(id)
        }
    }
}
