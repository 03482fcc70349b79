/// A set of a lexicon's languages. Bit 0 is `und`, the entries of every language, and is always in.
public struct LanguageMask: Hashable, Sendable {
    public let rawValue: UInt64

    public init(rawValue: UInt64) { self.rawValue = rawValue | 1 }

    /// Nothing is known of a text's language: every entry counts, except where two languages contradict each other.
    public static let all = LanguageMask(rawValue: .max)

    @inline(__always)
    func contains(_ language: UInt8) -> Bool {
        rawValue &>> UInt64(language) & 1 == 1
    }

    public func union(_ other: LanguageMask) -> LanguageMask {
        LanguageMask(rawValue: rawValue | other.rawValue)
    }
}
