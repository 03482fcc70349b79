/// What is known of a word besides its rows, in one cache line.
struct WordFacts: BitwiseCopyable, Sendable {
    var link = WordLink.none
    /// The word as a part of pairs: its hash, and the one it has in the scope of a negator.
    var plain: UInt64 = 0
    var negated: UInt64 = 0
    /// N-grams of the main heads and of the language head.
    var mainCount: UInt16 = 0
    var languageCount: UInt16 = 0
    /// `WordScript.raw`.
    var script: UInt16 = 0
    /// Kind and shape of the token as far as they matter.
    var tag: UInt8 = 0
    var flags: Flags = []

    struct Flags: OptionSet, BitwiseCopyable, Sendable {
        let rawValue: UInt8
        /// It is a part of pairs.
        static let isUnit = Flags(rawValue: 1)
        /// Some lane is beyond what the kernel may add in 16 bits.
        static let isLarge = Flags(rawValue: 2)
    }
}
