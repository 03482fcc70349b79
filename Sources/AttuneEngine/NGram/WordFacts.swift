import CKernels

/// What is known of a word besides its rows, in one cache line.
struct WordFacts: BitwiseCopyable, Sendable {
    var link = WordLink.none
    /// The word as a part of pairs: its hash outside of a negator's scope.
    var plain: UInt64 = 0
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

extension WordFacts {
    /// The counts and the script's letters, each in 16 bits, as one number: so that words are counted by one addition.
    @inline(__always)
    static func counts(_ facts: UnsafeRawPointer) -> UInt64 { facts.load(fromByteOffset: Int(attune_facts_counts), as: UInt64.self) }

    /// Set when the script is not Latin, the form is long, or a lane is large.
    static let unusual: UInt64 = attune_unusual
    static let countable: UInt64 = attune_countable
    /// The letters of other scripts are counted by script.
    static let countableOfUnusual: UInt64 = 0x0000_0000_FFFF_FFFF
}
