import AttuneCore

/// An account of a platform, as a payload describes it.
struct PlatformAccount {
    /// Lower case, e.g. `instagram`: the beginning of the identifiers.
    var platform: String
    var id: String?
    /// What the id is unique in, e.g. the page it was made for; nil when the platform never gives it twice.
    var idScope: String?
    /// Name within the platform, with or without `@`.
    var username: String?
    var displayName: String?
    /// The payload says that a program writes.
    var isBot = false
    /// The payload shows that the account is the business's own.
    var isOwn = false

    /// Who it is: by what the payload says, then by the configuration, else a customer. The platform vouches for the identifiers.
    func author(_ roles: RoleRules) -> Author {
        var identifiers = [Identifier]()
        identifiers.reserveCapacity(id == nil || username == nil ? 1 : 2)
        if let id, !id.isEmpty {
            let scoped = idScope.map { ScopedID.of(platform, $0, id) } ?? ScopedID.of(platform, id)
            identifiers.append(Identifier(kind: .externalID, value: scoped, verified: true))
        }
        let name = username.map { $0.utf8.first == UInt8(ascii: "@") && $0.hasPrefix("@") ? String($0.dropFirst()) : $0 }
        if let name, !name.isEmpty { identifiers.append(Identifier(kind: .handle, value: ScopedID.of(platform, name), verified: true)) }
        return Author(role: role(roles, name: name), displayName: displayName.flatMap { $0.isEmpty ? nil : $0 }, identifiers: identifiers)
    }

    private func role(_ roles: RoleRules, name: String?) -> Role {
        if isBot { return .bot }
        if isOwn { return .agent }
        guard roles.namesAnybody else { return .customer }
        // Not mapped over the name: that would copy the rules.
        func isConfigured(_ name: String?) -> Bool {
            if let name { roles.isAgent(name: name) } else { false }
        }
        if isConfigured(displayName) || isConfigured(name) || isConfigured(id) { return .agent }
        return roles.namesHandles && isConfigured(name.map { "@" + $0 }) ? .agent : .customer
    }
}
