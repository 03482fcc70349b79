import AttuneCore
import AttuneEngine
import GRDB

/// What customers wrote, as the signals see it.
extension SQLiteTransaction {
    /// Customers from which on one walk over all messages is weighed against a look for each.
    private static let manyCustomers = 64
    /// A walk passes over this many messages in the time that looking one up takes.
    private static let passedInALook = 8
    /// Messages that one walk keeps in memory, some hundred bytes each.
    private static let messagesInAWalk = 131_072

    func timeline(of customer: CustomerID, limit: Int) throws -> [TimelineEntry] {
        guard limit > 0 else { return [] }
        let parts = try prepared("SELECT evidence FROM owners WHERE customer_id = ?").all(.text(customer.rawValue)) { $0.integer(0) }
        // Per evidence, because each is a walk down one index that stops at the limit; without `id` in the order, because SQLite
        // would copy every row through a sorter for it. So those that share the last row's time come along, and are cut off here.
        let query = try prepared(
            """
            SELECT id, conversation_id, channel, sent_at, valence, label, confidence, urgency, lists
            FROM messages CROSS JOIN analyses ON analyses.message = messages.n
            WHERE evidence = ? ORDER BY sent_at DESC
            """)
        var entries = [TimelineEntry]()
        for part in parts {
            var found = [TimelineEntry]()
            try query.each(.integer(part)) { row in
                if found.count >= limit, let last = found.last, row.time(3) < last.sentAt { return false }
                found.append(try Self.entry(row))
                return true
            }
            entries += found.reversed()
        }
        return entries.sorted { $0.precedes($1) }.suffix(limit)
    }

    func timelines(of customers: [CustomerID], limit: Int, _ body: (CustomerID, [TimelineEntry]) throws -> Void) throws {
        guard let owners = try Owners(of: customers, limit: limit, self) else {
            for customer in customers { try body(customer, timeline(of: customer, limit: limit)) }
            return
        }
        var next = 0
        while next < customers.count {
            let start = next
            var messages = 0
            repeat {
                messages += owners.isLong(next) ? 0 : owners.messages[next]
                next += 1
            } while next < customers.count && messages + owners.messages[next] <= Self.messagesInAWalk
            let timelines = try walk(start..<next, owners)
            for (place, timeline) in zip(start..<next, timelines) {
                let isLong = owners.isLong(place)
                try body(customers[place], isLong ? self.timeline(of: customers[place], limit: limit) : Array(timeline.suffix(limit)))
            }
        }
    }

    /// The timelines of the customers at these places, from one walk over all messages.
    private func walk(_ places: Range<Int>, _ owners: Owners) throws -> [[TimelineEntry]] {
        var timelines = [[TimelineEntry]](repeating: [], count: places.count)
        let query = try prepared(
            """
            SELECT id, conversation_id, channel, sent_at, valence, label, confidence, urgency, lists, evidence
            FROM messages CROSS JOIN analyses ON analyses.message = messages.n WHERE evidence IS NOT NULL ORDER BY messages.n
            """)
        try query.each { row in
            let place = owners.place(ofEvidence: row.integer(9))
            if places.contains(place), !owners.isLong(place) { timelines[place - places.lowerBound].append(try Self.entry(row)) }
            return true
        }
        for place in timelines.indices where timelines[place].count > 1 { timelines[place].sort { $0.precedes($1) } }
        return timelines
    }

    /// Whose each piece of evidence is, where a walk over all messages is quicker than to look for each customer's.
    private struct Owners {
        /// Places of customers by number of evidence; -1 for others.
        private var places: [Int32]
        /// Messages of each customer that a walk has to keep.
        private(set) var messages: [Int]
        private let limit: Int

        func place(ofEvidence number: Int64) -> Int { number < places.count ? Int(places[Int(number)]) : -1 }

        /// Whether the customer has more messages than a walk should keep: their last ones are looked for.
        func isLong(_ place: Int) -> Bool { messages[place] > 2 * limit }

        init?(of customers: [CustomerID], limit: Int, _ transaction: SQLiteTransaction) throws {
            guard limit > 0, customers.count >= SQLiteTransaction.manyCustomers else { return nil }
            let last = try transaction.prepared("SELECT max(n) FROM claims").first { $0.int(0) } ?? 0
            let all = try transaction.prepared("SELECT max(n) FROM messages").first { $0.int(0) } ?? 0
            self.limit = limit
            places = [Int32](repeating: -1, count: last + 1)
            messages = [Int](repeating: 0, count: customers.count)
            let query = try transaction.prepared("SELECT evidence FROM owners WHERE customer_id = ?")
            for (place, customer) in customers.enumerated() {
                try query.each(.text(customer.rawValue)) { row in
                    places[row.int(0)] = Int32(place)
                    return true
                }
            }
            // An index has all of this.
            try transaction.prepared("SELECT evidence FROM messages WHERE evidence IS NOT NULL").each { row in
                let place = place(ofEvidence: row.integer(0))
                if place >= 0 { messages[place] += 1 }
                return true
            }
            guard messages.reduce(0, +) > all / SQLiteTransaction.passedInALook else { return nil }
        }
    }

    private static func entry(_ row: Columns) throws -> TimelineEntry {
        guard let label = Sentiment.Label(rawValue: row.text(5)) else { throw StoreError.corrupt("an analysis has an unknown label") }
        let detail = try row.withBytes(8) { try Detail($0) }
        return TimelineEntry(
            messageID: row.text(0), conversationID: row.text(1), channel: Channel(rawValue: row.text(2)), sentAt: row.time(3),
            valence: row.real(4), label: label, confidence: row.real(6), emotions: detail.emotions, intents: detail.intents,
            topics: detail.topics, urgency: row.real(7), sensitive: detail.sensitive)
    }
}
