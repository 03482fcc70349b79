import CKernels

/// Working memory of one thread's analyses: what was read of the last text, and what is remembered of words for the next ones.
///
/// Grows to the longest text seen, and to `WordMemo`'s limit. What it holds never changes an answer.
public struct AnalyzerScratch {
    /// What `Analyzer.score` said last.
    public internal(set) var result = CompactAnalysis()
    var tokenizer: TokenizerScratch
    var tokens = TokenBuffer()
    var words = WordSums()
    var reading = LexicalReading()
    var context = ContextRows()
    let odds = HeadOdds()

    public init() { tokenizer = TokenizerScratch() }

    /// - Parameter kernels: nil when this processor does not run them.
    public init?(kernels: KernelLevel) {
        guard let kernels = attune_kernels_at(kernels.level) else { return nil }
        tokenizer = TokenizerScratch(kernels: kernels)
    }
}

/// The variants of the byte kernels. All give the same answers; a scratch uses the fastest one unless told otherwise.
public enum KernelLevel: String, CaseIterable, Sendable {
    case scalar, sse2, avx2, neon

    var level: attune_level {
        switch self {
        case .scalar: attune_level_scalar
        case .sse2: attune_level_sse2
        case .avx2: attune_level_avx2
        case .neon: attune_level_neon
        }
    }
}

/// The log-odds of one text.
final class HeadOdds {
    /// More lanes than any group of a pack has labels: a byte counts them.
    static let mostLanes = 256

    let main: UnsafeMutablePointer<Double>
    let intents: UnsafeMutablePointer<Double>
    let languages: UnsafeMutablePointer<Double>
    /// What phrases add to each intent.
    let lexicon: UnsafeMutablePointer<Double>
    /// See `LabelRules.exponentiate`.
    let exponentials: UnsafeMutablePointer<Double>
    /// The dense features that are not 0.
    let dense: UnsafeMutablePointer<attune_feature>

    init() {
        dense = .allocate(capacity: DenseFeature.count)
        let count = 4 * Self.mostLanes + LabelRules.exponentialCount
        main = .allocate(capacity: count)
        main.initialize(repeating: 0, count: count)
        intents = main + Self.mostLanes
        languages = intents + Self.mostLanes
        lexicon = languages + Self.mostLanes
        exponentials = lexicon + Self.mostLanes
    }

    deinit {
        main.deallocate()
        dense.deallocate()
    }

    /// Gathers the features that are not 0 in `dense`; says how many.
    @inline(__always)
    func features(_ all: Column<Float>) -> Int {
        var set = attune_nonzero(all.base, min(all.count, DenseFeature.count))
        var count = 0
        while set != 0 {
            let index = set.trailingZeroBitCount
            set &= set &- 1
            dense[count] = attune_feature(value: Double(all.base[index]), column: index)
            count &+= 1
        }
        return count
    }
}
