/// Recomputes state and signals of the customers a batch touched, and turns the difference to what is on file into events.
struct Observation {
    let engine: SignalEngine
    /// Messages that came with this batch.
    var arrived: [MessageRecord] = []

    func observe(_ touched: TouchedCustomers, erased: [CustomerID], in transaction: any StoreTransaction) throws -> (events: [Event], signals: Int) {
        let customers = touched.customers.union(erased).subtracting(touched.absorbed.keys).sorted()
        let onFile = try transaction.signals(of: customers + touched.absorbed.keys.sorted())
        var changes = Changes(onFile, absorbed: touched.absorbed)
        // What is gone is taken back while the customer it was about is still one.
        changes.events = touched.erased.map(SignalEvents.erased)
        changes.events += touched.changes.flatMap { CustomerEvents.events(for: $0.change, entry: $0.entry, time: touched.time) }

        let limit = engine.parameters.timelineLimit
        let observe = { (customer: CustomerID, timeline: [TimelineEntry]) in
            let observation = engine.observe(timeline)
            try transaction.save(observation.state, of: customer)
            changes.take(observation, of: customer, timeline, limit: limit)
        }
        let fresh = timelines(touched.fresh)
        if fresh.isEmpty {
            try transaction.timelines(of: customers, limit: limit, observe)
        } else {
            for customer in customers { try observe(customer, fresh[customer]?.suffix(limit) ?? transaction.timeline(of: customer, limit: limit)) }
        }
        for id in touched.absorbed.keys { try transaction.save(nil as CustomerState?, of: id) }
        changes.retractTheRest()
        try transaction.save(changes.updates)
        return (changes.events, changes.detected)
    }

    /// What differs from what is on file.
    private struct Changes {
        var events: [Event] = []
        private(set) var updates: [StoredSignal] = []
        /// Signals that were detected, or detected again.
        private(set) var detected = 0
        /// What is on file and was not found again yet, by id; and the ids of each customer's.
        private var stored: [String: StoredSignal]
        private var storedOf: [CustomerID: [String]] = [:]
        private let absorbed: [CustomerID: CustomerID]

        init(_ onFile: [StoredSignal], absorbed: [CustomerID: CustomerID]) {
            stored = Dictionary(onFile.map { ($0.signal.id, $0) }, uniquingKeysWith: { first, _ in first })
            for known in onFile { storedOf[absorbed[known.customerID] ?? known.customerID, default: []].append(known.signal.id) }
            self.absorbed = absorbed
        }

        mutating func take(_ observation: SignalEngine.Observation, of customer: CustomerID, _ timeline: [TimelineEntry], limit: Int) {
            for signal in observation.signals {
                let known = stored.removeValue(forKey: signal.id)
                guard let update = Observation.update(signal, of: customer, known: known, absorbed: absorbed) else { continue }
                updates.append(update)
                guard update.generation != known?.generation else { continue }
                if let known, !known.isRetracted { events.append(SignalEvents.retracted(known)) }
                detected += 1
                events.append(
                    SignalEvents.detected(update, cause: timeline.first { $0.messageID == signal.causeMessageID }, state: observation.state))
            }
            // Behind the timeline's limit nothing can be said, so nothing is taken back.
            guard timeline.count >= limit, let horizon = timeline.first?.sentAt else { return }
            for id in storedOf[customer] ?? [] { if let known = stored[id], known.signal.at < horizon { stored[id] = nil } }
        }

        mutating func retractTheRest() {
            for var known in stored.values.sorted(by: { ($0.signal.at, $0.signal.id) < ($1.signal.at, $1.signal.id) }) where !known.isRetracted {
                known.isRetracted = true
                updates.append(known)
                events.append(SignalEvents.retracted(known))
            }
            stored.removeAll()
        }
    }

    /// Of customers whose messages all came with this batch.
    private func timelines(_ fresh: [KeyHash: CustomerID]) -> [CustomerID: [TimelineEntry]] {
        var result: [CustomerID: [TimelineEntry]] = [:]
        for record in arrived {
            guard let customer = record.evidenceID.flatMap({ fresh[$0.claim] }) else { continue }
            result[customer, default: []] += record.analysis.map { [TimelineEntry(record.message, $0)] } ?? []
        }
        for id in result.keys { result[id]?.sort { $0.precedes($1) } }
        return result
    }

    /// The row to write, or nil when nothing changed. A new generation is a new detection.
    fileprivate static func update(
        _ signal: Signal, of customer: CustomerID, known: StoredSignal?, absorbed: [CustomerID: CustomerID]
    ) -> StoredSignal? {
        guard let known else { return StoredSignal(signal: signal, customerID: customer) }
        let moved = known.customerID != customer && absorbed[known.customerID] != customer
        let generation = known.isRetracted || moved ? known.generation + 1 : known.generation
        let update = StoredSignal(signal: signal, customerID: customer, isRetracted: false, generation: generation)
        return update == known ? nil : update
    }
}
