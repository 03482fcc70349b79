import AttuneCore
import Synchronization

/// What lists of users that lay in other files, or on other lines, said of people.
///
/// One for all inputs that are read together, and so a reference.
final class ZendeskUsers: Sendable {
    struct User: Sendable {
        var role: Role?
        var name: String?
        var identifiers: [Identifier]
    }

    private let users = Mutex<[String: User]>([:])

    /// Users that are remembered, some 300 bytes each.
    private static let limit = 1 << 17

    subscript(id: String) -> User? { users.withLock { $0.isEmpty ? nil : $0[id] } }

    func remember(_ list: [Payload]) {
        for user in list {
            guard let id = user["id"]?.scalarText else { continue }
            let known = User(
                role: ZendeskPeople.role(user), name: user["name"]?.string, identifiers: ZendeskPeople.identifiers(user, id: user["id"]))
            users.withLock { if $0.count < Self.limit || $0[id] != nil { $0[id] = known } }
        }
    }

    /// Adds what is known of an author to a message, where its own surroundings leave it open.
    func complete(_ message: inout DeskMessage, author: String?) {
        guard message.role == nil || message.displayName == nil, let user = author.flatMap({ self[$0] }) else { return }
        message.role = message.role ?? user.role
        message.displayName = message.displayName ?? user.name
        message.identifiers = user.identifiers + message.identifiers.filter { !user.identifiers.contains($0) }
    }
}
