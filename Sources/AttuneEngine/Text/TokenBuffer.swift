/// The tokens of one text and the bytes of their folded forms, in memory that is used again for the next text.
///
/// A folded form is what the lexicon and the n-grams see: NFKC case folded, typographic apostrophes as `'`, three or more
/// equal letters shortened to two, no zero-width marks (ZWJ inside emoji stays), at most `longestForm` bytes.
public struct TokenBuffer: Sendable {
    /// Longer words keep their first bytes, cut at a character: no word of a language is longer, and what costs by the byte stays bounded.
    public static let longestForm = 64

    public internal(set) var tokens: [Token] = []
    public internal(set) var folded: [UInt8] = []
    /// Length of the text in bytes; what lies behind `scannedCount` was cut by a limit.
    public internal(set) var textCount = 0
    public internal(set) var scannedCount = 0

    public init() {}

    /// The folded form of a token.
    @inlinable
    public func form(_ token: Token) -> ArraySlice<UInt8> {
        folded[Int(token.foldedStart)..<Int(token.foldedStart &+ token.foldedCount)]
    }

    mutating func removeAll() {
        tokens.removeAll(keepingCapacity: true)
        folded.removeAll(keepingCapacity: true)
        textCount = 0
        scannedCount = 0
    }

    /// Appends a token whose folded form is what was appended to `folded` since it had `foldedStart` bytes.
    @inline(__always)
    mutating func append(_ kind: Token.Kind, _ start: Int, _ end: Int, _ shape: Token.Shape, foldedStart: Int, repeats: Int = 1) {
        let count = folded.count &- foldedStart
        tokens.append(
            Token(span: Span(start, end), kind: kind, shape: shape, foldedStart: foldedStart, foldedCount: count, repeats: repeats))
    }

    /// Removes the last token and its folded form.
    mutating func removeLast() {
        let token = tokens.removeLast()
        folded.removeLast(folded.count &- Int(token.foldedStart))
    }
}
