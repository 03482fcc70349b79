import AttuneCore

/// A foreign format that Attune reads: says what it is, recognises its files, and makes decoders for them.
///
/// A connector is a value without state; everything a file needs is in the decoder it makes. Adding one: a folder with the
/// connector and its decoder, fixtures and a table of cases, one line in `ConnectorRegistry.standard`.
public protocol Connector: Sendable {
    /// Lower case with hyphens, e.g. `whatsapp-export`. Part of message ids: never changed once released.
    var name: String { get }
    /// What it reads and how it is used, shown by `attune connectors`.
    var documentation: ConnectorDocumentation { get }

    /// Whether a file that begins with `head` is in this format; nil when it is not. Called once per file with its first
    /// bytes (up to `ConnectorRegistry.headLength`; the whole file when it is shorter), so the last line may be cut.
    func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition?

    /// A decoder for one input. Throws `ConfigurationError` when an option it needs is missing or contradicts another.
    func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder

    /// Whether ids are the platform's own: one that comes again with other content is then the same message, changed. What a table
    /// or a file of records calls an id may be another message's in the next one.
    var hasPlatformIDs: Bool { get }

    /// Whether its decoder can only read an input as a whole: a file is then handed to it where it lies, in one piece.
    var readsWhole: Bool { get }

    /// Name of the list of users that an export has beside the folders with its files, e.g. `users.json`; nil when it has none.
    var peopleFile: String? { get }
    /// The users of such a list by their ids, for `DecodingContext.people`; none when it is not readable.
    func people(_ list: [UInt8]) -> [String: KnownPerson]

    /// Looks through the inputs that are read together before the first of them is read, where what stands in a later one counts for an
    /// earlier one; nil where nothing does.
    func makeSurvey(_ configuration: ConnectorConfiguration, memory: InputMemory) -> (any Survey)?

    /// Of files that are read together those with the least number are read first: 0 for most, less for lists to which others refer.
    func precedence(head: ArraySlice<UInt8>) -> Int
}

extension Connector {
    public var hasPlatformIDs: Bool { true }
    public var readsWhole: Bool { false }
    public var peopleFile: String? { nil }
    public func people(_ list: [UInt8]) -> [String: KnownPerson] { [:] }
    public func precedence(head: ArraySlice<UInt8>) -> Int { 0 }
    public func makeSurvey(_ configuration: ConnectorConfiguration, memory: InputMemory) -> (any Survey)? { nil }
}

/// Sees the beginning of an input before it is decoded, cut anywhere, in order, a last time with `isLast` where that was all of it; what
/// it finds is for decoders with the same `InputMemory`.
public protocol Survey {
    mutating func look(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool)
}

/// Turns bytes into operations: a pure function of bytes, configuration and context.
///
/// `decode` is called with the input cut anywhere, in order, and a last time with `isLast` (that chunk may be empty); the
/// operations do not depend on where it was cut. Each item of the input gives exactly one operation: a damaged record is
/// a `rejected` operation that names its line or row, and decoding goes on behind it. `decode` throws `UnreadableInput`
/// only when the input as a whole is not in this format (a table without a text column), and whatever `emit` throws; the
/// decoder must not be used again after that. No operation for a chunk means only that no record ended in it.
public protocol Decoder {
    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws

    /// What had to be guessed about the input as a whole, one sentence each with the setting that replaces the guess. Asked once
    /// the input is read to its end; never holds anything a person wrote.
    var remarks: [String] { get }
}

extension Decoder {
    public var remarks: [String] { [] }

    /// Decodes an input that is in memory as a whole.
    public mutating func decode(all bytes: [UInt8], emit: (Operation) throws -> Void) throws {
        try bytes.withUnsafeBufferPointer { try decode($0, isLast: true, emit: emit) }
    }
}

/// How sure a connector is that a file is its own, and why.
public struct Recognition: Hashable, Sendable {
    public enum Certainty: Int, Comparable, Sendable {
        /// Nothing speaks against it: any text is possible as plain text.
        case possible
        /// The general form fits: JSON lines, a table with known columns.
        case likely
        /// Marks that only this format has.
        case certain

        public static func < (a: Certainty, b: Certainty) -> Bool { a.rawValue < b.rawValue }
    }

    public var certainty: Certainty
    /// One phrase for the user: `the first line is a JSON object`.
    public var reason: String

    public init(_ certainty: Certainty, _ reason: String) {
        self.certainty = certainty
        self.reason = reason
    }
}

/// What `attune connectors` tells about a connector.
public struct ConnectorDocumentation: Hashable, Sendable {
    /// One sentence: what it reads.
    public var summary: String
    /// A paragraph or two: what becomes a message, what is ignored, what it is careful about.
    public var details: String
    /// Keys of the configuration that it obeys, with their meaning.
    public var options: [Option]
    /// A few lines of input, invented.
    public var example: String
    /// How to get such a file, or how to point the platform's webhook here.
    public var setup: String

    public struct Option: Hashable, Sendable {
        public var key: String
        public var meaning: String

        public init(_ key: String, _ meaning: String) {
            self.key = key
            self.meaning = meaning
        }
    }

    public init(summary: String, details: String, options: [Option], example: String, setup: String) {
        self.summary = summary
        self.details = details
        self.options = options
        self.example = example
        self.setup = setup
    }
}

/// The input as a whole cannot be read in this format. The message says what is wrong and what to do.
public struct UnreadableInput: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String
    /// 1-based line, where there is one to point at.
    public var line: Int?

    public init(_ description: String, line: Int? = nil) {
        self.description = description
        self.line = line
    }
}
