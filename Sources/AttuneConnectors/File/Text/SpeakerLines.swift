import AttuneCore

/// Finds who speaks in the lines of a transcript: `Agent: …`, `Customer: …`, or names that the configuration knows.
struct SpeakerLines {
    /// What a line says of its speaker.
    struct Speaker {
        var role: Role
        /// Nil for a mere word for a role.
        var name: String?
        /// What is said.
        var text: String
    }

    private let prefixes: SpeakerPrefixes
    private let roles: RoleRules
    /// By folded name.
    private let speakerRoles: [String: Role]
    /// Whether the configuration names anybody who may stand before a colon.
    let namesAnybody: Bool

    init(_ configuration: ConnectorConfiguration) {
        prefixes = SpeakerPrefixes(configuration)
        roles = RoleRules(configuration)
        speakerRoles = Dictionary(configuration.channelRoles.map { (RoleRules.folded($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
        namesAnybody = !configuration.speakers.isEmpty || !configuration.agentNames.isEmpty || !configuration.channelRoles.isEmpty
    }

    /// A line that begins with a configured name.
    func named(_ line: String) -> Speaker? { namesAnybody ? prefixes.speaker(line).map { speaker($0.name, $0.text) } : nil }

    /// A line that begins with a configured name or a word for a role; nil for every other name.
    func any(_ line: String) -> Speaker? {
        if let named = named(line) { return named }
        guard let (name, text) = prefixes.marked(line), roles.role(speaker: name) != nil else { return nil }
        return speaker(name, text)
    }

    private func speaker(_ name: String, _ text: String) -> Speaker {
        if let role = speakerRoles[RoleRules.folded(name)] { return Speaker(role: role, name: name, text: text) }
        if roles.isAgent(name: name) { return Speaker(role: .agent, name: name, text: text) }
        if let role = roles.role(named: name) { return Speaker(role: role, text: text) }
        let (word, own) = RoleRules.counted(name)
        return Speaker(role: roles.role(named: word) ?? .customer, name: roles.role(named: word) == nil ? name : own, text: text)
    }
}

/// Decides by the first lines of a text whether it is a transcript, and holds them until it is decided.
struct TranscriptBeginning {
    /// Lines that are looked at, of those that are not blank. In fewer a chat that quotes others would do.
    private static let lookedLines = 20
    /// Bytes that are held at most.
    private static let byteLimit = 64 << 10
    /// Of so many lines one may begin with nobody.
    private static let linesToOne = 5

    private(set) var lines: [(text: String, number: Int)] = []
    private var byteCount = 0
    private var seen: Set<Role> = []
    private var spoken = 0

    /// Takes a line that is not blank; tells whether the text is a transcript once that is certain.
    mutating func take(_ line: String, _ number: Int, _ speakers: SpeakerLines) -> Bool? {
        lines.append((line, number))
        byteCount += line.utf8.count
        if let speaker = speakers.any(line) {
            spoken += 1
            seen.insert(speaker.role)
        }
        // Too few could follow.
        if (lines.count - spoken) * Self.linesToOne > Self.lookedLines { return false }
        return lines.count >= Self.lookedLines || byteCount >= Self.byteLimit ? isTranscript : nil
    }

    /// Whether nearly all lines name who speaks, the customer and somebody of the business among them.
    var isTranscript: Bool {
        (lines.count - spoken) * Self.linesToOne <= lines.count && seen.contains(.customer) && (seen.contains(.agent) || seen.contains(.bot))
    }

    mutating func drain() -> [(text: String, number: Int)] {
        defer { lines = [] }
        return lines
    }
}
