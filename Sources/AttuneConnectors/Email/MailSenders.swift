import AttuneCore

/// Who mails are from. Most mails of a mailbox are from few people, and are the same to the letter there: the last ones are remembered.
struct MailSenders {
    /// Behind a reference, since it is handed out for every mail.
    final class Sender: Sendable {
        /// As `From` says it; nil for one that is not remembered.
        let field: [UInt8]?
        let address: MailAddress?
        let author: Author

        init(field: [UInt8]?, address: MailAddress?, author: Author) { (self.field, self.address, self.author) = (field, address, author) }

        func isOf(_ field: UnsafeBufferPointer<UInt8>) -> Bool { self.field.map { ByteSearch.equal(field, $0) } ?? false }
    }

    private let roles: RoleRules
    /// By a hash of what `From` says.
    private var recent: [Sender?] = Array(repeating: nil, count: places)

    /// A power of two.
    private static let places = 64
    /// Bytes of a field that is remembered: of a list as long as a mail nothing is.
    private static let longest = 256

    init(_ roles: RoleRules) { self.roles = roles }

    mutating func sender(_ header: MailHeader) -> Sender {
        // What groups write is not what counts alone.
        if header.has(.originalSender) {
            return sender((header.unfolded(.from) { MailAddress(first: $0) } ?? nil)?.beforeGroup(header))
        }
        return header.unfolded(.from) { remembered($0) } ?? sender(nil)
    }

    private mutating func remembered(_ field: UnsafeBufferPointer<UInt8>) -> Sender {
        guard field.count <= Self.longest else { return sender(MailAddress(first: field)) }
        var hash = StableHash()
        hash.combine(field)
        let place = hash.value & (Self.places - 1)
        // Two that belong to one place share it and its neighbour.
        if let known = recent[place], known.isOf(field) { return known }
        if let known = recent[place ^ 1], known.isOf(field) { return known }
        let sender = sender(MailAddress(first: field), field: Array(field))
        recent[place ^ 1] = recent[place]
        recent[place] = sender
        return sender
    }

    private func sender(_ address: MailAddress?, field: [UInt8]? = nil) -> Sender {
        // Anybody can write any sender: without a check by a server that we trust, no address is verified.
        let identifiers = address?.address.map { [Identifier(kind: .email, value: $0, verified: false)] } ?? []
        let role = roles.role(displayName: address?.name, identifiers: identifiers)
        return Sender(field: field, address: address, author: Author(role: role, displayName: address?.name, identifiers: identifiers))
    }
}
