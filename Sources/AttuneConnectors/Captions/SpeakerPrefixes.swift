import AttuneCore

/// Decides which `Name: ` at the beginning of a line is a speaker: names that the configuration knows, and without such a
/// list also names that begin several lines. `Note: …`, which occurs once, is text.
struct SpeakerPrefixes {
    private let known: Set<String>
    private let isClosed: Bool
    private var counts: [String: Int] = [:]
    /// Longest name, in characters; more words are a sentence.
    private static let longestName = 60

    init(_ configuration: ConnectorConfiguration) {
        known = Set((configuration.speakers + configuration.agentNames + configuration.channelRoles.keys).map(RoleRules.folded))
        isClosed = !configuration.speakers.isEmpty
    }

    /// Counts the names that may begin a cue's lines.
    mutating func meet(_ lines: [String]) {
        for line in lines {
            if let name = Self.split(line)?.name { counts[RoleRules.folded(name), default: 0] += 1 }
        }
    }

    /// The speaker of a line and what they say; nil when the line names none.
    func speaker(_ line: String) -> (name: String, text: String)? {
        guard let (name, text) = Self.split(line) else { return nil }
        let key = RoleRules.folded(name)
        return known.contains(key) || !isClosed && counts[key, default: 0] > 1 ? (name, text) : nil
    }

    /// Whether a line may begin with the name of somebody we do not know.
    func mayNameSomebody(_ line: String) -> Bool { !isClosed && Self.split(line) != nil }

    /// `Name: text`, `[Name]: text`, `Name:`, `>> Name: text`.
    private static func split(_ line: String) -> (name: String, text: String)? {
        guard let colon = line.firstIndex(where: { $0 == ":" || $0 == "\u{FF1A}" }) else { return nil }
        let rest = line[line.index(after: colon)...]
        if let next = rest.first, line[colon] == ":", !next.isWhitespace { return nil }
        var name = String(line[..<colon]).trimming { $0.isWhitespace || $0 == ">" || $0 == "-" }
        if name.hasPrefix("["), name.hasSuffix("]") { name = String(name.dropFirst().dropLast()).trimmed }
        guard let first = name.first, first.isLetter, name.count <= longestName, name.split(separator: " ").count <= 6,
            !name.contains(where: { "?!;\"<>".contains($0) })
        else { return nil }
        return (name, String(rest).trimmed)
    }
}
