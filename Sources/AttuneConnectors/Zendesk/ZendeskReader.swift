import AttuneCore

/// Tells Zendesk's payloads apart.
struct ZendeskReader {
    let assembler: DeskAssembler
    let earlier: EarlierTickets<ZendeskTicketReader.Ticket>
    let unknown: UnknownAuthors
    let users: ZendeskUsers
    /// The ticket of a page of comments that names none itself.
    let pageTicket: String?

    /// One operation per comment, event or rating; never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        guard payload.isObject else { return [assembler.rejected("no Zendesk payload: not an object", line)] }
        if let type = payload["type"], ZendeskEventReader.isType(type) {
            let tickets = tickets(assembler.account(payload["account_id"]?.scalarText), line)
            return [ZendeskEventReader(tickets: tickets).operation(payload, type: type)]
        }
        let found = payload["results"]?.array ?? []
        let listed = (payload["users"]?.items ?? []) + found.filter { $0["result_type"]?.string == "user" }
        // Those beside one ticket's comments are nobody else's.
        if !listed.isEmpty, payload["comments"] == nil { users.remember(listed) }
        let people = ZendeskPeople(listed)
        let operations = operations(payload, people, line)
        return operations.isEmpty ? [.ignored(reason: "empty")] : operations
    }

    private func operations(_ payload: Payload, _ people: ZendeskPeople, _ line: Int) -> [Operation] {
        if let events = (payload["ticket_events"] ?? payload["audits"])?.array {
            let page = Self.account(page: payload)
            return events.flatMap { tickets($0, page, line).operations(event: $0, people) }
        }
        if let ratings = payload["satisfaction_ratings"]?.items ?? payload["satisfaction_rating"].map({ [$0] }), payload["requester_id"] == nil {
            return ratings.map { tickets($0, nil, line).rating($0, people) }
        }
        if payload["child_events"] != nil || payload["events"]?.array != nil && payload["ticket_id"] != nil {
            return tickets(payload, nil, line).operations(event: payload, people)
        }
        if let list = (payload["tickets"] ?? payload["requests"])?.array {
            var separate = SeparateMessages(payload["comments"], of: list)
            let operations = list.flatMap { ticket in
                var comments = ticket["comments"]?.items ?? []
                comments += separate.take(ticket)
                return tickets(ticket, nil, line).operations(ticket: ticket, comments: comments, people)
            }
            return separate.others.isEmpty
                ? operations
                : operations
                    + assembler.ordered(separate.others, by: "created_at").map { tickets($0, nil, line).comment($0, ofTicket: nil, people) }
        }
        if let found = payload["results"]?.array { return found.flatMap { operations(found: $0, people, line) } }
        if let ticket = payload["ticket"], ticket.isObject {
            let told = tickets(ticket, nil, line).operations(
                ticket: ticket, comments: (payload["comments"] ?? ticket["comments"])?.items ?? [], people)
            // The answer to a change holds the comment that came with it.
            guard let audit = payload["audit"], audit.isObject else { return told }
            return told + tickets(audit, Self.subdomain(ticket["url"]), line).operations(event: audit, people)
        }
        if let audit = payload["audit"], audit.isObject { return tickets(audit, nil, line).operations(event: audit, people) }
        if payload["requester_id"] != nil || payload["description"] != nil || payload["requester"]?.isObject == true {
            return tickets(payload, nil, line).operations(ticket: payload, comments: payload["comments"]?.items ?? [], people)
        }
        if let comments = payload["comments"]?.array {
            let ids = Self.addresses(page: payload).lazy.compactMap { $0.string.flatMap { PathID.behind("/tickets/", in: $0) } }
            let (ticketID, page) = (payload["ticket_id"]?.scalarText ?? ids.first ?? pageTicket, Self.account(page: payload))
            if ticketID == nil, comments.contains(where: { $0["ticket_id"] == nil }) { unknown.noteTicket() }
            return assembler.ordered(comments, by: "created_at").map { tickets($0, page, line).comment($0, ofTicket: ticketID, people) }
        }
        if let comment = payload["comment"], comment.isObject {
            return [tickets(comment, nil, line).comment(comment, ofTicket: payload["ticket_id"]?.scalarText, people)]
        }
        if payload["author_id"] != nil { return [tickets(payload, nil, line).comment(payload, ofTicket: nil, people)] }
        if let users = payload["users"]?.array { return users.map { _ in .ignored(reason: "user") } }
        if payload["role"] != nil, payload["email"] != nil {
            users.remember([payload])
            return [.ignored(reason: "user")]
        }
        return [assembler.rejected("no Zendesk payload: neither event, ticket nor comment", line)]
    }

    /// Of the pages before and behind a page of a list.
    private static func addresses(page: Payload) -> [Payload] {
        [page["next_page"], page["previous_page"], page.at("links", "next"), page.at("links", "prev")].compactMap { $0 }
    }

    /// The account whose list it is: its records do not say. Nor may the addresses of the pages around it, which a last or only page lacks: ids
    /// would depend on how many pages there are.
    private static func account(page: Payload) -> String? { subdomain(page["users"]?[0]?["url"]) }

    /// Of an answer to a search, which finds people and organizations, too.
    private func operations(found: Payload, _ people: ZendeskPeople, _ line: Int) -> [Operation] {
        if let type = found["result_type"]?.string, type != "ticket" { return [.ignored(reason: type.utf8.count <= 64 ? type : "unknown")] }
        return tickets(found, nil, line).operations(ticket: found, comments: found["comments"]?.items ?? [], people)
    }

    /// - Parameter page: the account of the list that the record stands in.
    private func tickets(_ record: Payload, _ page: String?, _ line: Int) -> ZendeskTicketReader {
        tickets(assembler.account(Self.subdomain(record["url"]) ?? page), line)
    }

    private func tickets(_ account: DeskAssembler, _ line: Int) -> ZendeskTicketReader {
        ZendeskTicketReader(assembler: account, line: line, earlier: earlier, unknown: unknown, users: users)
    }

    /// `acme` of `https://acme.zendesk.com/api/v2/tickets/1.json`.
    private static func subdomain(_ url: Payload?) -> String? {
        let name = url?.withStringBytes { url -> String? in
            guard let end = ByteSearch.first(".zendesk.com/", in: url, from: 0, to: url.count),
                let start = url[..<end].lastIndex(of: UInt8(ascii: "/"))
            else { return nil }
            return String(copying: UnsafeBufferPointer(rebasing: url[(start + 1)..<end]))
        }
        return name ?? nil
    }
}

/// Notes whether several people were taken for customers because nothing says who they are, or comments for those of one ticket.
///
/// One for all that a decoder reads, and so a reference. Not shared between threads.
final class UnknownAuthors {
    private var first: String?
    private var areSeveral = false
    private var lackTicket = false
    private let isOpen: Bool

    /// - Parameter isOpen: whether the configuration leaves it open, too.
    init(isOpen: Bool) { self.isOpen = isOpen }

    /// - Parameter message: of which all is known that its surroundings say of its author.
    func note(_ author: String?, _ message: DeskMessage) {
        guard isOpen, !areSeveral, message.role == nil, !message.isPrivate, let author else { return }
        if let first { areSeveral = first != author } else { first = author }
    }

    /// That comments came of which nothing says the ticket.
    func noteTicket() { lackTicket = true }

    /// A single author may well be the customer.
    var remarks: [String] {
        var remarks = [String]()
        if lackTicket {
            remarks.append("comments name no ticket and are all taken for those of one: name each ticket's file for it, e.g. ticket_77.json")
        }
        if areSeveral {
            remarks.append(
                "authors are taken for customers where nothing says who they are, your own people too: put the list users beside, or set agentNames")
        }
        return remarks
    }
}

/// Users that were exported beside tickets, by id.
struct ZendeskPeople {
    private let users: [String: Payload]
    /// Of one ticket.
    private var inTicket: [(id: String, person: Payload)] = []

    init(_ list: [Payload]) {
        users =
            list.isEmpty
            ? [:] : Dictionary(list.compactMap { user in user["id"]?.scalarText.map { ($0, user) } }, uniquingKeysWith: { first, _ in first })
    }

    /// With those whom a ticket itself holds, where the users beside it do not name them.
    /// - Parameter others: a list of more.
    func with(_ first: Payload?, _ second: Payload?, _ third: Payload?, _ others: Payload?) -> ZendeskPeople {
        var copy = self
        copy.add(first)
        copy.add(second)
        copy.add(third)
        for other in (others ?? .null).eachItem { copy.add(other) }
        return copy
    }

    private mutating func add(_ person: Payload?) {
        if let person, let id = person["id"]?.scalarText { inTicket.append((id, person)) }
    }

    subscript(_ id: String?) -> Payload? {
        guard let id else { return nil }
        if !users.isEmpty, let user = users[id] { return user }
        return inTicket.first { $0.id == id }?.person
    }

    static func role(_ user: Payload?) -> Role? {
        guard let role = user?["role"] else { return nil }
        if role.says("end-user") { return .customer }
        if role.says("agent") || role.says("admin") { return .agent }
        return switch role.string?.lowercased() {
        case "end-user", "end_user": .customer
        case "agent", "admin": .agent
        default: nil
        }
    }

    /// What a user's record says: verified unless Zendesk says that it is not.
    static func identifiers(_ user: Payload?, id: Payload?) -> [Identifier] { identifiers(user, id: id?.scalarText) }

    static func identifiers(_ user: Payload?, id: String?) -> [Identifier] {
        guard let user else { return DeskIdentity.all(DeskIdentity.external("zendesk", id)) }
        let verified = user["verified"]?.bool ?? true
        return DeskIdentity.all(
            DeskIdentity.email(user["email"], verified: verified), DeskIdentity.phone(user["phone"], verified: verified),
            DeskIdentity.userID(user["external_id"]), DeskIdentity.external("zendesk", id ?? user["id"]?.scalarText))
    }
}
