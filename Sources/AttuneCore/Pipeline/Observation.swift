/// Recomputes state and signals of the customers a batch touched, and turns the difference to what is on file into events.
struct Observation {
    let engine: SignalEngine
    /// Messages that came with this batch.
    var arrived: [MessageRecord] = []

    func observe(_ touched: TouchedCustomers, erased: [CustomerID], in transaction: any StoreTransaction) throws -> (events: [Event], signals: Int) {
        let customers = touched.customers.union(erased).subtracting(touched.absorbed.keys).sorted()
        let onFile = try transaction.signals(of: customers + touched.absorbed.keys.sorted())
        var stored = Dictionary(onFile.map { ($0.signal.id, $0) }, uniquingKeysWith: { first, _ in first })
        // What is gone is taken back while the customer it was about is still one.
        var events = touched.erased.map(SignalEvents.erased)
        events += touched.changes.flatMap { CustomerEvents.events(for: $0.change, entry: $0.entry, time: touched.time) }
        var updates = [StoredSignal]()
        var detected = 0

        let fresh = timelines(touched.fresh)
        for customer in customers {
            let timeline =
                try fresh[customer]?.suffix(engine.parameters.timelineLimit)
                ?? transaction.timeline(of: customer, limit: engine.parameters.timelineLimit)
            let observation = engine.observe(timeline)
            try transaction.save(observation.state, of: customer)
            for signal in observation.signals {
                let known = stored.removeValue(forKey: signal.id)
                guard let update = Self.update(signal, of: customer, known: known, absorbed: touched.absorbed) else { continue }
                updates.append(update)
                guard update.generation != known?.generation else { continue }
                if let known, !known.isRetracted { events.append(SignalEvents.retracted(known)) }
                detected += 1
                events.append(
                    SignalEvents.detected(update, cause: timeline.first { $0.messageID == signal.causeMessageID }, state: observation.state))
            }
            // Behind the timeline's limit nothing can be said, so nothing is taken back.
            guard timeline.count >= engine.parameters.timelineLimit, let horizon = timeline.first?.sentAt else { continue }
            for (id, known) in stored where known.customerID == customer || touched.absorbed[known.customerID] == customer {
                if known.signal.at < horizon { stored[id] = nil }
            }
        }
        for id in touched.absorbed.keys { try transaction.save(nil as CustomerState?, of: id) }
        for var known in stored.values.sorted(by: { ($0.signal.at, $0.signal.id) < ($1.signal.at, $1.signal.id) }) where !known.isRetracted {
            known.isRetracted = true
            updates.append(known)
            events.append(SignalEvents.retracted(known))
        }
        try transaction.save(updates)
        return (events, detected)
    }

    /// Of customers whose messages all came with this batch.
    private func timelines(_ fresh: [String: CustomerID]) -> [CustomerID: [TimelineEntry]] {
        var result: [CustomerID: [TimelineEntry]] = [:]
        for record in arrived {
            guard let customer = record.evidenceID.flatMap({ fresh[$0] }) else { continue }
            result[customer, default: []] += record.analysis.map { [TimelineEntry(record.message, $0)] } ?? []
        }
        for id in result.keys { result[id]?.sort { $0.precedes($1) } }
        return result
    }

    /// The row to write, or nil when nothing changed. A new generation is a new detection.
    private static func update(
        _ signal: Signal, of customer: CustomerID, known: StoredSignal?, absorbed: [CustomerID: CustomerID]
    ) -> StoredSignal? {
        guard let known else { return StoredSignal(signal: signal, customerID: customer) }
        let moved = known.customerID != customer && absorbed[known.customerID] != customer
        let generation = known.isRetracted || moved ? known.generation + 1 : known.generation
        let update = StoredSignal(signal: signal, customerID: customer, isRetracted: false, generation: generation)
        return update == known ? nil : update
    }
}
