/// Where the results of blocks go: standard output, standard error for records that could not be read, and the progress bar.
// Unchecked: used by one thread after another, as `OrderedBlocks.inTurn` lets them.
final class ScoreResults: @unchecked Sendable {
    private let name: String
    private let strict: Bool
    private let progress: ProgressBar
    private var records = 0
    /// Records that could not be read.
    private(set) var rejected = 0

    /// - Parameters:
    ///   - name: of the input, as the user knows it.
    ///   - strict: whether the first record that cannot be read is a failure.
    ///   - size: bytes of the input; nil when unknown.
    init(name: String, strict: Bool, size: Int?) {
        self.name = name
        self.strict = strict
        progress = ProgressBar("scoring", total: size)
    }

    func write(_ scorer: borrowing BlockScorer, of block: borrowing LineBlock) throws {
        try StandardOutput.write(scorer.results)
        for problem in scorer.problems { try Self.report(problem.reason, "\(name):\(problem.line)", strict: strict) }
        records += scorer.records
        rejected += scorer.problems.count
        progress.update(done: block.consumed, records: records)
    }

    func finish() { progress.finish() }

    static func report(_ reason: String, _ place: String, strict: Bool) throws {
        if strict { throw CommandFailure("\(place): \(reason)") }
        StandardError.write("attune: \(place): \(reason)\n")
    }
}
