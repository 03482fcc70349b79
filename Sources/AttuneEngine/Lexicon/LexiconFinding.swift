/// Something about a line of a lexicon that its author should look at.
public struct LexiconFinding: Hashable, Sendable, CustomStringConvertible {
    public enum Rule: String, CaseIterable, Sendable {
        /// The line cannot be read, or says again what another one of its file says.
        case unusable
        /// No text can match the term.
        case unreachable
        /// Another file says the same, or says otherwise, of the same term: the later one counts.
        case duplicate = "duplicates"
        /// Another spelling of the term is the same to the tokeniser: the later one counts.
        case hidden
        /// The term is good and bad.
        case contradiction = "contradictions"
        /// The term is a modifier and has a value of its own, or is two modifiers at once.
        case ambiguous
    }

    public var source: String
    /// Counted from 1.
    public var line: Int
    public var rule: Rule
    public var message: String

    /// Whether the line is left out when a pack is built.
    public var isError: Bool { rule == .unusable }

    public var description: String { "\(source):\(line): \(isError ? "error" : "warning"): \(message)" }
}
