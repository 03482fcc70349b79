import AttuneCore

/// Decides who a business's own people are: by what the record says, then by the configuration. Never by wording.
struct RoleRules {
    private let names: Set<String>
    private let domains: Set<String>
    private let roleNames: Set<String>
    private let roleMap: [String: Role]

    init(_ configuration: ConnectorConfiguration) {
        names = Set(configuration.agentNames.map(Self.folded))
        domains = Set(configuration.agentDomains)
        roleNames = Set(configuration.agentRoleNames.map(Self.folded))
        roleMap = Dictionary(
            (configuration.mapping?.roleMap ?? [:]).map { (Self.folded($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// Role of an explicit role name; nil when it means nothing to us.
    func role(named name: String) -> Role? {
        if let role = Role(rawValue: name) { return role }
        let name = Self.folded(name)
        if let role = roleMap[name] { return role }
        if roleNames.contains(name) { return .agent }
        return switch name {
        case "customer", "user", "end-user", "enduser", "client", "contact", "visitor", "consumer", "buyer", "guest", "lead": .customer
        case "agent", "admin", "support", "staff", "operator", "business", "employee", "representative", "owner", "seller": .agent
        case "bot", "assistant", "chatbot": .bot
        case "system": .system
        default: nil
        }
    }

    /// Role of an author of whom the record says nothing.
    func role(displayName: String?, identifiers: [Identifier] = [], default fallback: Role = .customer) -> Role {
        if let displayName, isAgent(name: displayName) { return .agent }
        if domains.isEmpty, names.isEmpty { return fallback }
        for identifier in identifiers {
            if isAgent(name: identifier.value) { return .agent }
            guard identifier.kind == .email, let at = identifier.value.lastIndex(of: "@") else { continue }
            if domains.contains(identifier.value[identifier.value.index(after: at)...].lowercased()) { return .agent }
        }
        return fallback
    }

    /// Whether the configuration says that holders of a platform's role are agents.
    func isAgentRole(_ name: String) -> Bool { !roleNames.isEmpty && roleNames.contains(Self.folded(name)) }

    func isAgent(name: String) -> Bool { !names.isEmpty && names.contains(Self.folded(name)) }

    /// Compares names without case, direction marks and blanks around them.
    static func folded(_ name: String) -> String {
        TextMarks.removed(from: name).lowercased().trimming { $0 == " " || $0 == "\u{A0}" || $0 == "\u{202F}" || $0 == "~" }
    }
}

extension String {
    /// Without the characters at both ends that satisfy `drop`.
    func trimming(_ drop: (Character) -> Bool) -> String {
        guard let first = firstIndex(where: { !drop($0) }), let last = lastIndex(where: { !drop($0) }) else { return "" }
        return first == startIndex && last == index(before: endIndex) ? self : String(self[first...last])
    }

    /// Without blanks and line ends at both ends.
    var trimmed: String {
        // Nearly nothing begins or ends with a blank: ASCII ends decide at once.
        let isTrimmed = utf8.withContiguousStorageIfAvailable { bytes in
            guard let first = bytes.first, let last = bytes.last else { return true }
            return first > 32 && last > 32 && first < 128 && last < 128
        }
        if isTrimmed == true { return self }
        return trimming { $0.isWhitespace }
    }
}
