import AttuneCore
import Synchronization

/// What messages that come without their ticket need to know of it, where the same input, or one that is read together with it, had it before
/// them.
///
/// One for all that decoders read, and so a reference.
final class EarlierTickets<Ticket: Sendable>: Sendable {
    private let tickets = Mutex<[String: Ticket]>([:])

    /// Tickets that are remembered, some 300 bytes each.
    private var limit: Int { 1 << 17 }

    subscript(id: String) -> Ticket? {
        get { tickets.withLock { $0[id] } }
        set { tickets.withLock { if $0.count < limit || $0[id] != nil { $0[id] = newValue } } }
    }
}

/// Messages that stand beside their tickets rather than in them, by `ticket_id`.
struct SeparateMessages {
    private var byTicket: [String: [Payload]] = [:]
    /// Those of tickets that are not there.
    private(set) var others: [Payload] = []

    init(_ messages: Payload?, of tickets: [Payload]) {
        let messages = messages?.items ?? []
        if messages.isEmpty { return }
        let ids = Set(tickets.compactMap { $0["id"]?.scalarText })
        for message in messages {
            if let id = message["ticket_id"]?.scalarText, ids.contains(id) {
                byTicket[id, default: []].append(message)
            } else {
                others.append(message)
            }
        }
    }

    /// The messages of a ticket, once: a list may name a ticket twice.
    mutating func take(_ ticket: Payload) -> [Payload] {
        byTicket.isEmpty ? [] : ticket["id"]?.scalarText.flatMap { byTicket.removeValue(forKey: $0) } ?? []
    }
}
