/// A token: what kind of thing stands at a span, and where its folded form is kept.
public struct Token: Hashable, BitwiseCopyable, Sendable {
    public enum Kind: UInt8, BitwiseCopyable, Sendable {
        /// Letters (any script), with inner apostrophes: `don't`.
        case word
        /// Digits, with inner separators: `4/5`, `19.99`, `10:30`.
        case number
        /// One emoji sequence, modifiers and joiners included.
        case emoji
        /// An ASCII face: `:-(`, `<3`.
        case emoticon
        /// `#refund`; the folded form has no `#`.
        case hashtag
        /// `@shop`; the folded form is empty, names say nothing about a feeling.
        case mention
        /// A web or mail address; the folded form is empty.
        case url
        /// A run of one punctuation byte: `!!!`, `?`, `...`; the folded form is one of it.
        case punctuation
    }

    /// Facts about the token's shape that the rules read.
    public struct Shape: OptionSet, Hashable, BitwiseCopyable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// At least two letters and all of them capitals.
        public static let allCaps = Shape(rawValue: 1)
        /// A letter stood three times or more (`sooo`); the folded form has two of it.
        public static let elongated = Shape(rawValue: 2)
        /// Punctuation that ends a sentence: `.`, `!`, `?`, `…`, `।`, `؟`, a line break.
        public static let endsSentence = Shape(rawValue: 4)
        /// Any byte above 0x7F: ICU was asked.
        public static let nonASCII = Shape(rawValue: 8)
    }

    public var span: Span
    public var kind: Kind
    public var shape: Shape
    /// Where the folded form stands: in the small letters of the text, or (complemented) among the forms spelled otherwise.
    /// `TokenBuffer.form(_:)` reads it.
    public var foldedStart: Int32
    public var foldedCount: Int32
    /// Times the character of a punctuation run stood (`!!!` is 3); 1 for every other kind.
    public var repeats: Int32

    public init(span: Span, kind: Kind, shape: Shape, foldedStart: Int, foldedCount: Int, repeats: Int = 1) {
        self.span = span
        self.kind = kind
        self.shape = shape
        self.foldedStart = Int32(truncatingIfNeeded: foldedStart)
        self.foldedCount = Int32(truncatingIfNeeded: foldedCount)
        self.repeats = Int32(truncatingIfNeeded: repeats)
    }
}
