import AttuneCore
import AttuneEngine

/// What all threads of a scoring run share. A class, because a value of this size would be copied for every record.
final class RecordScorer: Sendable {
    let analyzer: Analyzer
    let explain: Bool
    let includesAgents: Bool
    let output: ScoreOutput
    let json: AnalysisJSON
    /// The variant of the byte kernels; nil is the fastest.
    let kernels: KernelLevel?
    /// Names engine and pack: the end of every result.
    let engine: [UInt8]
    /// The end of the result of a role that is not scored, in the order of `Role.allCases`.
    private let skipped: [[UInt8]]
    /// The same of a note that only the company reads.
    let skippedPrivate: [UInt8]

    init(analyzer: Analyzer, explain: Bool, includesAgents: Bool, output: ScoreOutput, kernels: KernelLevel? = nil) {
        self.analyzer = analyzer
        self.kernels = kernels
        self.explain = explain
        self.includesAgents = includesAgents
        self.output = output
        json = AnalysisJSON(labels: analyzer.labels)
        engine = Array(",\"engine\":\"\(Analyzer.version)\",\"pack\":\"\(analyzer.packHash)\"}\n".utf8)
        let engine = engine
        skippedPrivate = Array(",\"skipped\":{\"reason\":\"private\"}".utf8) + engine
        skipped = Role.allCases.map { Array(",\"skipped\":{\"reason\":\"role-\($0.rawValue)\"}".utf8) + engine }
    }

    /// `,"skipped":…` to the end of the line.
    func skipped(_ role: Role) -> [UInt8] { Role.allCases.firstIndex(of: role).map { skipped[$0] } ?? engine }

    /// What is known of a record besides its text. Its bytes are JSON text as it came, valid for one call.
    struct Frame {
        typealias Bytes = UnsafeBufferPointer<UInt8>

        /// 1-based number in the input: stands for the id where there is none.
        var number: Int
        /// A string, number or boolean.
        var id: Bytes?
        var role: Role?
        /// Nobody but the company reads it.
        var isPrivate = false
        /// A string with its quotes.
        var language: Bytes?

        var languageHint: String? { language.flatMap(Self.text) }
        /// What a table shows of the id.
        var label: String { id.flatMap(Self.text) ?? String(number) }

        /// The text of a scalar.
        private static func text(_ json: Bytes) -> String? {
            guard json.first == UInt8(ascii: "\"") else { return String(decoding: json, as: UTF8.self) }
            if json.contains(UInt8(ascii: "\\")) { return (try? JSONParser.parse(json))?.string }
            return String(decoding: json.dropFirst().dropLast(), as: UTF8.self)
        }
    }
}

/// One thread's scoring: its results, and memory that every record uses again.
struct RecordScoring: ~Copyable {
    let scorer: RecordScorer
    private var scratch: AnalyzerScratch
    /// Finished results.
    var out = ByteBuffer()

    init(_ scorer: RecordScorer) {
        self.scorer = scorer
        scratch = scorer.kernels.flatMap { AnalyzerScratch(kernels: $0) } ?? AnalyzerScratch()
    }

    /// Begins a result: `{"id":…` or `{"line":…`. Members that it repeats are then appended to `out`, each behind a comma.
    mutating func open(_ frame: RecordScorer.Frame) {
        if let id = frame.id {
            out.append(literal: "{\"id\":")
            out.append(id)
        } else {
            out.append(literal: "{\"line\":")
            DecimalText.append(frame.number, to: &out)
        }
    }

    /// Scores the text of the record and finishes its result.
    mutating func close(_ frame: RecordScorer.Frame, text: UnsafeBufferPointer<UInt8>) {
        if !scorer.includesAgents, let role = frame.role, role != .customer { return closeUnscored(frame, scorer.skipped(role), role.rawValue) }
        // A note is nobody's message, whoever wrote it.
        if frame.isPrivate { return closeUnscored(frame, scorer.skippedPrivate, Visibility.private.rawValue) }
        let told = frame.languageHint
        let hint = told.flatMap(LanguageTag.normalized)
        var receipt: Receipt?
        if scorer.explain, scorer.output == .jsonl {
            receipt = scorer.analyzer.analyze(text, explain: true, languageHint: hint, scratch: &scratch).receipt
        } else {
            scorer.analyzer.score(text, languageHint: hint, scratch: &scratch)
        }
        switch scorer.output {
        case .jsonl:
            out.append(UInt8(ascii: ","))
            if hint == told {
                scorer.json.append(scratch.result, hint: frame.language, receipt: receipt, to: &out)
            } else {
                Array("\"\(hint ?? "")\"".utf8).withUnsafeBufferPointer { scorer.json.append(scratch.result, hint: $0, receipt: receipt, to: &out) }
            }
            out.append(scorer.engine)
        case .csv: out.append(ScoreRow.csv(Analysis(scratch.result, labels: scorer.analyzer.labels, hint: hint), frame.label))
        case .table: out.append(ScoreRow.table(Analysis(scratch.result, labels: scorer.analyzer.labels, hint: hint), frame.label))
        }
    }

    /// - Parameters:
    ///   - rest: of the result's line.
    ///   - reason: what a table shows.
    private mutating func closeUnscored(_ frame: RecordScorer.Frame, _ rest: [UInt8], _ reason: String) {
        switch scorer.output {
        case .jsonl: out.append(rest)
        case .csv: out.append(ScoreRow.emptyCSV(frame.label))
        case .table: out.append(ScoreRow.unscored(frame.label, reason))
        }
    }
}
