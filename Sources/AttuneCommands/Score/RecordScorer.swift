import AttuneCore
import AttuneEngine

/// Scores single records and writes their results as bytes. A value: every task has its own copy and its own scratch memory.
struct RecordScorer: Sendable {
    let analyzer: Analyzer
    let explain: Bool
    let includesAgents: Bool
    let output: ScoreOutput
    /// Names engine and pack: the end of every result.
    private let engine: [UInt8]

    init(analyzer: Analyzer, explain: Bool, includesAgents: Bool, output: ScoreOutput) {
        self.analyzer = analyzer
        self.explain = explain
        self.includesAgents = includesAgents
        self.output = output
        engine = Array(",\"engine\":\"\(Analyzer.version)\",\"pack\":\"\(analyzer.packHash)\"}\n".utf8)
    }

    /// What is kept of a record besides its text.
    struct Frame {
        /// The record's own id as JSON text, or nil: then its number in the input stands for it.
        var id: JSONValue?
        var number: Int
        var role: Role?
        var language: String?
        /// Members repeated in the result as they came.
        var kept: [JSONValue.Member] = []
    }

    func append(_ text: UnsafeBufferPointer<UInt8>, _ frame: Frame, scratch: inout AnalyzerScratch, to out: inout [UInt8]) {
        guard includesAgents || (frame.role ?? .customer) == .customer else { return appendUnscored(frame, to: &out) }
        let analysis = analyzer.analyze(text, explain: explain, languageHint: frame.language, scratch: &scratch)
        switch output {
        case .jsonl: appendJSON(analysis, frame, to: &out)
        case .csv: appendCSV(analysis, frame, to: &out)
        case .table: appendRow(analysis, frame, to: &out)
        }
    }

    private func appendJSON(_ analysis: Analysis, _ frame: Frame, to out: inout [UInt8]) {
        appendFrame(frame, to: &out)
        AnalysisJSON.appendMembers(analysis, to: &out)
        out.append(contentsOf: engine)
    }

    /// `{"id":…,` and what was kept.
    private func appendFrame(_ frame: Frame, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "{"))
        if let id = frame.id {
            out.append(contentsOf: "\"id\":".utf8)
            JSONWriter.write(id, into: &out)
        } else {
            out.append(contentsOf: "\"line\":".utf8)
            DecimalText.append(frame.number, to: &out)
        }
        out.append(UInt8(ascii: ","))
        for member in frame.kept {
            JSONWriter.write(member.key, into: &out)
            out.append(UInt8(ascii: ":"))
            JSONWriter.write(member.value, into: &out)
            out.append(UInt8(ascii: ","))
        }
    }

    private func appendUnscored(_ frame: Frame, to out: inout [UInt8]) {
        switch output {
        case .jsonl:
            appendFrame(frame, to: &out)
            out.append(contentsOf: "\"skipped\":{\"reason\":\"role-\(frame.role?.rawValue ?? "")\"}".utf8)
            out.append(contentsOf: engine)
        case .csv: out.append(contentsOf: (CSVText.cell(label(frame)) + ",,,,,,,,,,\n").utf8)
        case .table: out.append(contentsOf: (pad(label(frame), 7, right: true) + "  (\(frame.role?.rawValue ?? ""), not scored)\n").utf8)
        }
    }

    private func appendCSV(_ analysis: Analysis, _ frame: Frame, to out: inout [UInt8]) {
        let cells = [
            CSVText.cell(label(frame)), analysis.language?.code ?? "", analysis.sentiment.label.rawValue, number(analysis.sentiment.valence, 6),
            number(analysis.sentiment.confidence, 4), analysis.emotions.first?.emotion.rawValue ?? "", analysis.intents.first?.label ?? "",
            analysis.topics.first?.label ?? "", number(analysis.urgency, 4), analysis.effort.map { number($0, 2) } ?? "",
            number(analysis.toxicity, 4),
        ]
        out.append(contentsOf: (cells.joined(separator: ",") + "\n").utf8)
    }

    private func appendRow(_ analysis: Analysis, _ frame: Frame, to out: inout [UInt8]) {
        let cells = [
            pad(label(frame), 7, right: true), pad(analysis.language?.code ?? "–", 7), pad(analysis.sentiment.label.rawValue, 8),
            pad(number(analysis.sentiment.valence, 3), 7, right: true), pad(number(analysis.sentiment.confidence, 2), 5, right: true),
            pad(analysis.emotions.first?.emotion.rawValue ?? "–", 14), analysis.intents.first?.label ?? "–",
        ]
        out.append(contentsOf: (cells.joined(separator: "  ") + "\n").utf8)
    }

    private func label(_ frame: Frame) -> String { frame.id?.scalarText ?? String(frame.number) }

    private func number(_ value: Double, _ decimals: Int) -> String {
        var out = [UInt8]()
        DecimalText.append(value, decimals: decimals, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    private func pad(_ text: String, _ width: Int, right: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return right ? space + text : text + space
    }
}
