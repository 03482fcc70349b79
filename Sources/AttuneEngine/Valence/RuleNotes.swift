/// What the rules of one text note for each other, in memory that is used again.
struct RuleNotes {
    /// A modifier that was found.
    struct Modifier: Sendable {
        var tokens: Range<Int>
        var roles: Roles = []
        /// Factor of a negator, −0.7 as a rule.
        var negation: Float = 0
        /// Multiplier of an intensifier or dampener; 1 for none.
        var multiplier: Float = 1
        /// Factor of a conditional.
        var condition: Float = 1
        /// Bit of the language its negator entry is of.
        var language: UInt8 = 0
        /// Hidden by an idiom it is part of.
        var isHidden = false
    }

    struct Roles: OptionSet, Sendable {
        let rawValue: UInt8
        static let negator = Roles(rawValue: 1)
        static let negatorAfter = Roles(rawValue: 2)
        static let scaler = Roles(rawValue: 4)
        static let contrast = Roles(rawValue: 8)
        static let concession = Roles(rawValue: 16)
        static let conditional = Roles(rawValue: 32)
    }

    /// A stretch of tokens up to the mark that ends it.
    struct Sentence: Sendable {
        var tokens: Range<Int>
        var exclamations: Int32 = 0
        var questions: Int32 = 0
        /// First token of the last contrast in it, −1 for none.
        var contrast = -1
    }

    /// What has happened to a valence hit.
    struct HitNote: Sendable {
        /// Times it was negated.
        var negations: Int8 = 0
        var isConditional = false
        /// First token of the modifiers that turned it: what stands between them and it is part of the negation.
        var negator = -1
    }

    /// Set in `structureAt` for the further tokens of a phrase.
    static let goesOn: UInt8 = 0x80

    /// Whether any token is negated or part of an idiom.
    var isAnyMarked = false
    var counts = TokenCounts()
    /// The tokens that end a sentence.
    var ends = Column<Int32>()
    /// Where something of the lexicon may begin.
    var starts = Column<HitFinder.Start>()
    var modifiers = Column<Modifier>()
    /// Index + 1 of the modifier that covers a token, else 0.
    var modifierAt = Column<Int32>()
    /// Index + 1 of the valence hit that covers a token, else 0.
    var hitAt = Column<Int32>()
    /// 1 + the index of the `LexiconEntry.Structure` of a token, else 0.
    var structureAt = Column<UInt8>()
    /// What each token is in an outline when no hit and no modifier covers it.
    var symbolAt = Column<UInt8>()
    var sentences = Column<Sentence>()
    /// Sentence of each token.
    var sentenceAt = Column<Int32>()
    var hits = Column<HitNote>()
    /// A bit per token: it stands behind a negator inside an idiom, so its labels do not count.
    var isHiddenNegated = Column<Bool>()

    mutating func removeAll() {
        isAnyMarked = false
        starts.removeAll()
        modifiers.removeAll()
        modifierAt.removeAll()
        hitAt.removeAll()
        structureAt.removeAll()
        sentences.removeAll()
        sentenceAt.removeAll()
        hits.removeAll()
        isHiddenNegated.removeAll()
    }
}
