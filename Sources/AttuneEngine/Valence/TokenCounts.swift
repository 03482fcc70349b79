/// What kinds of tokens a text has and how they are written, counted in one walk before the rules.
struct TokenCounts: BitwiseCopyable {
    private(set) var words: Int32 = 0
    private(set) var mentions: Int32 = 0
    private(set) var urls: Int32 = 0
    private(set) var hashtags: Int32 = 0
    /// Words in capitals and elongated words.
    private(set) var capitals: Int32 = 0
    private(set) var elongations: Int32 = 0

    /// Tokens that the eight counters of a byte can count.
    private static let mostAtOnce = 255

    init() {}

    /// - Parameter ends: gets the tokens that end a sentence.
    init(_ tokens: UnsafeBufferPointer<Token>, ends: inout Column<Int32>) {
        ends.removeAll()
        ends.reserve(tokens.count)
        var shapes: UInt8 = 0
        var out = ends.base
        var start = 0
        while start < tokens.count {
            let end = min(start &+ Self.mostAtOnce, tokens.count)
            // Kinds and shapes follow each other as they like: they are counted without asking. A byte counts a kind.
            var kinds: UInt64 = 0
            for index in start..<end {
                let (kind, shape) = (tokens[index].kind.rawValue, tokens[index].shape.rawValue)
                kinds &+= 1 &<< (UInt64(kind) &* 8)
                shapes |= shape
                out.initialize(to: Int32(truncatingIfNeeded: index))
                out += shape & Token.Shape.endsSentence.rawValue == 0 ? 0 : 1
            }
            func count(_ kind: Token.Kind) -> Int32 { Int32(truncatingIfNeeded: kinds &>> (UInt64(kind.rawValue) &* 8) & 0xFF) }
            words &+= count(.word)
            mentions &+= count(.mention)
            urls &+= count(.url)
            hashtags &+= count(.hashtag)
            start = end
        }
        ends.setCount(out - ends.base)
        if shapes & (Token.Shape.allCaps.rawValue | Token.Shape.elongated.rawValue) != 0 { countShapes(tokens) }
    }

    private mutating func countShapes(_ tokens: UnsafeBufferPointer<Token>) {
        for token in tokens where token.kind == .word {
            capitals &+= token.shape.contains(.allCaps) ? 1 : 0
            elongations &+= token.shape.contains(.elongated) ? 1 : 0
        }
    }
}
