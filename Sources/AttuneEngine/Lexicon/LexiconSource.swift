/// The bytes of one lexicon file, and the name its problems are told under. The engine reads no files.
public struct LexiconSource: Sendable {
    public var name: String
    public var bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// A line of a lexicon that was left out, and what to do about it. The other lines are used.
public struct LexiconProblem: Error, Hashable, Sendable, CustomStringConvertible {
    public var source: String
    /// Counted from 1.
    public var line: Int
    public var message: String

    public var description: String { "\(source):\(line): \(message)" }
}
