import AttuneCore
import AttuneStore
import Foundation

/// The customers and messages that a person names on the command line.
enum CustomerReference {
    /// The forms under which an identifier typed by a person may be stored.
    static func forms(_ text: String) -> [String] {
        let normalizer = IdentifierNormalizer(policy: .standard)
        let kinds: [Identifier.Kind] = [.email, .phone, .handle]
        let normalized = kinds.compactMap { normalizer.normalize(Identifier(kind: $0, value: text, verified: true)) }
        return [text] + normalized.filter { $0 != text }
    }

    /// The one customer a reference means.
    static func customer(_ text: String, in queries: StoreQueries, path: String) throws -> CustomerID {
        let matches = try forms(text).lazy.map { try queries.customers(matching: $0) }.first { !$0.isEmpty } ?? []
        guard let id = matches.first else {
            throw CommandFailure("no customer \"\(text)\" in \(path): `attune query at-risk` lists some, identifiers are compared in full")
        }
        guard matches.count == 1 else { throw shared(text, matches.map(\.rawValue)) }
        return id
    }

    /// The one message that stands for a customer, an identifier or itself.
    static func message(_ text: String, in queries: StoreQueries, path: String) throws -> String {
        let matches = try forms(text).lazy.map { try queries.authorMessages(matching: $0) }.first { !$0.isEmpty } ?? []
        guard let id = matches.first else {
            throw CommandFailure("nobody \"\(text)\" in \(path): name a customer's id, a message's id or an identifier in full")
        }
        guard matches.count == 1 else { throw shared(text, matches) }
        return id
    }

    private static func shared(_ text: String, _ matches: [String]) -> CommandFailure {
        CommandFailure("\"\(text)\" is shared by \(matches.count) customers: name one of \(matches.prefix(10).joined(separator: ", "))")
    }

    static func now() -> Timestamp { Timestamp(seconds: Int64(Date().timeIntervalSince1970)) ?? Timestamp(nanoseconds: 0) }
}
