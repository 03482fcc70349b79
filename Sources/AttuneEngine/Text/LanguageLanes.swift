import CKernels

/// From the language head's sums to the language of a text: the hot path's form of `LanguageIdentifier.identify`.
///
/// `@unchecked Sendable`: the memory is written in `init` only.
final class LanguageLanes: @unchecked Sendable {
    private let arithmetic: HeadArithmetic
    private let gibberishLane: Int
    /// Per script: a prior for each lane, −∞ for languages that are not written in it.
    private let priors: UnsafeMutablePointer<Double>
    /// Per script: number in `AnalysisLabels.languages` of the language that alone is written in it, −1 when the head decides, −2 when
    /// nothing does.
    private let only: UnsafeMutablePointer<Int16>

    /// - Parameter identifier: nil when nobody will ask.
    init(_ identifier: LanguageIdentifier?, labels: AnalysisLabels) {
        arithmetic = HeadArithmetic(identifier?.heads ?? .lexiconOnly, step: LanguageStep.size)
        gibberishLane = identifier?.gibberishLane ?? -1
        let lanes = arithmetic.lanes
        let scripts = WritingSystem.allCases
        priors = .allocate(capacity: scripts.count * lanes)
        priors.initialize(repeating: -.infinity, count: scripts.count * lanes)
        only = .allocate(capacity: scripts.count)
        for system in scripts {
            let candidates = identifier?.candidates(of: system) ?? []
            for candidate in candidates { priors[system.rawValue * lanes + candidate.lane] = candidate.prior }
            let number = system.onlyLanguage.flatMap { code in labels.languages.firstIndex(of: code) }
            (only + system.rawValue).initialize(to: number.map { Int16($0) } ?? (candidates.isEmpty ? -2 : -1))
        }
    }

    deinit {
        priors.deallocate()
        only.deallocate()
    }

    /// The language's number and its confidence; `CompactAnalysis.unknownLanguage` when there is no honest answer.
    /// - Parameters:
    ///   - sums: in steps.
    ///   - values: memory for the head's lanes.
    @inline(__always)
    func language(
        _ scripts: ScriptCounts, sums: UnsafePointer<Int32>, count: Int, values: UnsafeMutablePointer<Double>,
        _ kernels: UnsafePointer<attune_kernels>
    ) -> (number: Int16, confidence: Double) {
        let unknown = (CompactAnalysis.unknownLanguage, 0.0)
        guard let script = scripts.most() else { return unknown }
        let only = only[script.system.rawValue]
        guard only == -1 else { return only >= 0 ? (only, script.share) : unknown }
        var nothing = attune_feature()
        arithmetic.logOdds(sums, featureCount: count, dense: &nothing, 0, into: values, kernels)
        let choice = kernels.pointee.choose(values, priors + script.system.rawValue &* arithmetic.lanes, arithmetic.lanes)
        guard choice.lane != gibberishLane, 1 / choice.total >= LanguageIdentifier.leastConfidence else { return unknown }
        return (Int16(truncatingIfNeeded: choice.lane), 1 / choice.total * script.share)
    }
}
