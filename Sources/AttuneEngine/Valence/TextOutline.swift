/// A text as the sequence of what its words do: praise, complaint, negator, comparison, condition, another company, a quotation mark.
///
/// Words that do nothing of the kind are left out, so that texts of one build are alike in any language and whatever they are about:
/// `great, another delay` and `prima, schon wieder Verspätung` are both praise, comma, again, problem.
struct TextOutline {
    /// The symbols, in text order.
    private(set) var symbols = Column<UInt8>()
    /// The token each symbol stands for; a phrase's first.
    private(set) var tokens = Column<Int32>()

    init() {}

    /// An outline of nothing but symbols.
    init(symbols: [UInt8]) {
        reserve(symbols.count)
        for (index, symbol) in symbols.enumerated() { (self.symbols.base + index).initialize(to: symbol) }
        (tokens.base).initialize(repeating: 0, count: symbols.count)
        setCount(symbols.count)
    }

    /// A symbol's number: what the rules know, then the classes of the lexicon, then those classes with a word that praises or complains.
    enum Symbol {
        static let praise: UInt8 = 0, strongPraise: UInt8 = 1, complaint: UInt8 = 2, strongComplaint: UInt8 = 3
        static let negatedPraise: UInt8 = 4, negatedComplaint: UInt8 = 5, gladFace: UInt8 = 6, sadFace: UInt8 = 7, face: UInt8 = 8
        static let praisePhrase: UInt8 = 9, complaintPhrase: UInt8 = 10
        static let negator: UInt8 = 11, intensifier: UInt8 = 12, dampener: UInt8 = 13, contrast: UInt8 = 14, concession: UInt8 = 15
        static let conditional: UInt8 = 16
        static let exclamation: UInt8 = 17, question: UInt8 = 18, stop: UInt8 = 19, comma: UInt8 = 20, quote: UInt8 = 21, dots: UInt8 = 22
        static let colon: UInt8 = 23, parenthesis: UInt8 = 24, dash: UInt8 = 25
        static let number: UInt8 = 26, mention: UInt8 = 27, url: UInt8 = 28, hashtag: UInt8 = 29
        /// Before the first and behind the last.
        static let begin: UInt8 = 30, end: UInt8 = 31
        static let none: UInt8 = 0xFF
        /// The first class of `LexiconEntry.Structure`.
        static let structures: UInt8 = 32
        /// The first class with praise; with a complaint it is the next number.
        static let valued = structures + structureCount
        static let structureCount: UInt8 = 36
        static let count = Int(valued) + 2 * Int(structureCount)
        /// Behind the last: its pairs weigh nothing.
        static let padding = UInt8(count)
    }

    mutating func removeAll() {
        symbols.removeAll()
        tokens.removeAll()
    }

    /// Fills the reading's outline; the rules have been applied.
    static func fill(_ context: RuleContext, _ reading: inout LexicalReading) {
        let count = context.count
        guard count > 0 else { return }
        reading.outline.reserve(count &+ 2)
        let (hits, modifiers, known) = (reading.notes.hitAt.base, reading.notes.modifierAt.base, reading.notes.symbolAt.base)
        let (symbols, tokens) = (reading.outline.symbols.base, reading.outline.tokens.base)
        symbols.initialize(to: Symbol.begin)
        tokens.initialize(to: 0)
        var out = 1
        var (lastHit, lastModifier): (Int32, Int32) = (0, 0)
        for index in 0..<count {
            var symbol = known[index]
            if hits[index] | modifiers[index] != 0 {
                let (hit, modifier) = (hits[index], modifiers[index])
                if hit != 0, hit == lastHit || modifier != 0, modifier == lastModifier { continue }
                (lastHit, lastModifier) = (hit, modifier)
                let mark = reading.notes.structureAt.base[index] & ~RuleNotes.goesOn
                symbol = Self.symbol(context, index, hit: Int(hit) - 1, modifier: Int(modifier) - 1, mark, reading)
            }
            (symbols + out).initialize(to: symbol)
            (tokens + out).initialize(to: Int32(truncatingIfNeeded: index))
            out &+= symbol == Symbol.none ? 0 : 1
        }
        (symbols + out).initialize(to: Symbol.end)
        (tokens + out).initialize(to: Int32(truncatingIfNeeded: count &- 1))
        reading.outline.setCount(out &+ 1)
    }

    private mutating func reserve(_ count: Int) {
        symbols.reserve(count)
        tokens.reserve(count)
    }

    /// Sets the number of symbols that were written; behind them come so many that stand for nothing as pairs reach.
    private mutating func setCount(_ count: Int) {
        symbols.setCount(count)
        tokens.setCount(count)
        (symbols.base + count).initialize(repeating: Symbol.padding, count: OutlinePairs.padding)
    }

    /// What the lexicons say of a token: what turns a sentence before what values it, then the class, then what scales.
    private static func symbol(
        _ context: RuleContext, _ index: Int, hit: Int, modifier: Int, _ mark: UInt8, _ reading: LexicalReading
    ) -> UInt8 {
        let roles = modifier >= 0 ? reading.notes.modifiers.base[modifier].roles : []
        if !roles.isDisjoint(with: [.negator, .negatorAfter]) { return Symbol.negator }
        if roles.contains(.contrast) { return Symbol.contrast }
        if roles.contains(.concession) { return Symbol.concession }
        if hit >= 0 { return symbol(context, index, reading.valence.base[hit], reading.notes.hits.base[hit], mark) }
        if mark != 0 { return symbol(structure: mark) }
        if roles.contains(.conditional) { return Symbol.conditional }
        if roles.contains(.scaler) { return reading.notes.modifiers.base[modifier].multiplier > 1 ? Symbol.intensifier : Symbol.dampener }
        return context.links[index].symbol
    }

    private static func symbol(
        _ context: RuleContext, _ index: Int, _ hit: LexicalReading.Hit, _ note: RuleNotes.HitNote, _ mark: UInt8
    ) -> UInt8 {
        let isPraise = hit.base > 0
        let kind = context.token(index).kind
        if kind == .emoji || kind == .emoticon { return isPraise ? Symbol.gladFace : Symbol.sadFace }
        if note.negations == 1 { return isPraise ? Symbol.negatedPraise : Symbol.negatedComplaint }
        if mark != 0 { return Symbol.valued &+ 2 &* (mark &- 1) &+ (isPraise ? 0 : 1) }
        if hit.tokens.count > 1 { return isPraise ? Symbol.praisePhrase : Symbol.complaintPhrase }
        if isPraise { return hit.base >= 2 ? Symbol.strongPraise : Symbol.praise }
        return hit.base <= -2 ? Symbol.strongComplaint : Symbol.complaint
    }

    /// What a token is that is of a class.
    @inline(__always)
    static func symbol(structure mark: UInt8) -> UInt8 { Symbol.structures &+ mark &- 1 }

    /// What a token is that no lexicon knows.
    static func symbol(_ kind: Token.Kind, _ form: UnsafeBufferPointer<UInt8>, repeats: Int32) -> UInt8 {
        switch kind {
        case .word: Symbol.none
        case .number: Symbol.number
        case .mention: Symbol.mention
        case .url: Symbol.url
        case .hashtag: Symbol.hashtag
        case .emoji, .emoticon: Symbol.face
        case .punctuation: symbol(mark: form, repeats: repeats)
        }
    }

    private static func symbol(mark form: UnsafeBufferPointer<UInt8>, repeats: Int32) -> UInt8 {
        guard let first = form.first else { return Symbol.none }
        switch first {
        case UInt8(ascii: "!"): return Symbol.exclamation
        case UInt8(ascii: "?"): return Symbol.question
        case UInt8(ascii: "."): return repeats > 1 ? Symbol.dots : Symbol.stop
        case 0x0A: return Symbol.stop
        case UInt8(ascii: ","), UInt8(ascii: ";"): return Symbol.comma
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return Symbol.quote
        case UInt8(ascii: ":"): return Symbol.colon
        case UInt8(ascii: "("), UInt8(ascii: ")"): return Symbol.parenthesis
        case UInt8(ascii: "-"): return Symbol.dash
        case 0xC2: return form.last == 0xAB || form.last == 0xBB ? Symbol.quote : Symbol.none
        case 0xD8: return form.last == 0x9F ? Symbol.question : form.last == 0x8C || form.last == 0x9B ? Symbol.comma : Symbol.none
        case 0xE0: return form.count == 3 && form[1] == 0xA5 && (form[2] == 0xA4 || form[2] == 0xA5) ? Symbol.stop : Symbol.none
        case 0xE2: return form.count == 3 && form[1] == 0x80 ? general(form[2]) : Symbol.none
        default: return Symbol.none
        }
    }

    /// The marks of U+2000–U+203F by their last byte.
    private static func general(_ last: UInt8) -> UInt8 {
        switch last {
        case 0x90...0x95: Symbol.dash
        case 0x98...0x9F, 0xB9, 0xBA: Symbol.quote
        case 0xA6: Symbol.dots
        default: Symbol.none
        }
    }
}

extension TextOutline.Symbol {
    private static let names = [
        "praise", "strong praise", "complaint", "strong complaint", "negated praise", "negated complaint", "glad face", "sad face", "face",
        "praise phrase", "complaint phrase", "negator", "intensifier", "dampener", "contrast", "concession", "conditional", "exclamation mark",
        "question mark", "stop", "comma", "quotation mark", "dots", "colon", "parenthesis", "dash", "digits", "mention", "url", "hashtag",
        "begin", "end",
    ]

    /// What a receipt calls a symbol.
    static func name(_ symbol: UInt8) -> String {
        let classes = LexiconEntry.Structure.allCases
        if symbol < structures { return names[Int(symbol)] }
        if symbol < valued { return classes[Int(symbol - structures)].rawValue }
        return "\(classes[Int(symbol - valued) / 2].rawValue) as \((symbol - valued) % 2 == 0 ? "praise" : "complaint")"
    }
}
