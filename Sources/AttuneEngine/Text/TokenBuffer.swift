import CKernels

/// The tokens of one text and the bytes of their folded forms, in memory that is used again for the next text.
///
/// A folded form is what the lexicon and the n-grams see: NFKC case folded, typographic apostrophes as `'`, three or more
/// equal letters shortened to two, no zero-width marks (ZWJ inside emoji stays), at most `longestForm` bytes.
public struct TokenBuffer {
    /// Longer words keep their first bytes, cut at a character: no word of a language is longer, and what costs by the byte stays bounded.
    public static let longestForm = 64

    public internal(set) var tokens = Column<Token>()
    /// One for each token; those that the kernel did not read are made when they are asked for.
    private(set) var keys = Column<attune_word_key>()
    /// The text with small ASCII letters, where most forms lie as they are, and the forms that are spelled otherwise.
    var lower = Column<UInt8>()
    var folded = Column<UInt8>()
    /// Length of the text in bytes; what lies behind `scannedCount` was cut by a limit.
    public internal(set) var textCount = 0
    public internal(set) var scannedCount = 0
    /// Whether marks of taken out data stand in the text, which are in no token.
    var isRedacted = false

    public init() {}

    /// The folded form of a token, valid until the buffer is used again.
    @inline(__always)
    public func form(_ token: Token) -> UnsafeBufferPointer<UInt8> {
        let start = Int(token.foldedStart)
        return UnsafeBufferPointer(start: start >= 0 ? lower.base + start : folded.base + ~start, count: Int(token.foldedCount))
    }

    /// Where the folded forms stand, without their owner: valid until the buffer is used again.
    struct Forms {
        fileprivate let lower: UnsafePointer<UInt8>
        fileprivate let folded: UnsafePointer<UInt8>

        @inline(__always)
        func start(_ token: Token) -> UnsafePointer<UInt8> {
            let start = Int(token.foldedStart)
            return start >= 0 ? lower + start : folded + ~start
        }
    }

    @inline(__always)
    var forms: Forms { Forms(lower: UnsafePointer(lower.base), folded: UnsafePointer(folded.base)) }

    mutating func removeAll() {
        tokens.removeAll()
        keys.removeAll()
        folded.removeAll()
        textCount = 0
        scannedCount = 0
        isRedacted = false
    }

    /// Appends a token whose folded form is what was appended to `folded` since it had `foldedStart` bytes.
    @inline(__always)
    mutating func append(_ kind: Token.Kind, _ start: Int, _ end: Int, _ shape: Token.Shape, foldedStart: Int, repeats: Int = 1) {
        let count = folded.count &- foldedStart
        append(Token(span: Span(start, end), kind: kind, shape: shape, foldedStart: ~foldedStart, foldedCount: count, repeats: repeats))
    }

    /// Appends a token whose folded form is its small letters, `prefix` bytes behind its start.
    @inline(__always)
    mutating func appendAsWritten(_ kind: Token.Kind, _ start: Int, _ end: Int, _ shape: Token.Shape, prefix: Int = 0) {
        let count = min(end &- start &- prefix, Self.longestForm)
        append(Token(span: Span(start, end), kind: kind, shape: shape, foldedStart: start &+ prefix, foldedCount: count))
    }

    @inline(__always)
    private mutating func append(_ token: Token) {
        tokens.append(token)
        keys.append(Self.unsetKey)
    }

    private static let unsetKey = attune_word_key(first: 0, second: 0, hash: 0, count: 0, tag: UInt8(attune_unset_tag))

    /// Appends the words from `position` on that the kernel reads; returns the position where it stopped.
    @inline(__always)
    mutating func appendWords(_ scan: TextScan, _ position: Int, _ kernels: UnsafePointer<attune_kernels>) -> Int {
        tokens.reserve(tokens.count &+ Self.roomForWords)
        keys.reserve(keys.count &+ Self.roomForWords)
        var end = position
        let count = UnsafeMutableRawPointer(tokens.base + tokens.count).withMemoryRebound(to: attune_token.self, capacity: Self.roomForWords) {
            kernels.pointee.words(scan.text, scan.lower, scan.blocks, scan.count, &end, Self.roomForWords, $0, keys.base + keys.count)
        }
        tokens.setCount(tokens.count &+ count)
        keys.setCount(keys.count &+ count)
        return end
    }

    /// Tokens that the kernel may write at once.
    private static let roomForWords = 192

    /// Removes the last token, and its folded form when that is the last one too.
    mutating func removeLast() {
        let token = tokens.removeLast()
        _ = keys.removeLast()
        if token.foldedStart < 0 { folded.setCount(Int(~token.foldedStart)) }
    }
}
