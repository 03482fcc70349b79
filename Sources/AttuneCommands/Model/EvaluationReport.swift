import AttuneCore
import AttuneEngine
import Foundation

/// What `attune evaluate` tells of a labelled file: as JSON, or as tables for reading.
struct EvaluationReport {
    var metrics: Metrics
    /// Confidences and whether they were right; empty where the shipped heads give none of this kind.
    var confidence: [Double] = []
    var isCorrect: [Bool] = []
    var mistakes: [EvaluationMistake] = []
    /// Whether mistakes were asked for.
    var tellsMistakes = false

    private var bins: [Calibration.Bin] { Calibration.reliability(confidence: confidence, isCorrect: isCorrect) }
    private var calibrationError: Double { Calibration.expectedError(confidence: confidence, isCorrect: isCorrect) }

    var json: JSONValue {
        var members = MetricsJSON.value(metrics)
        if !confidence.isEmpty {
            members.append(.init("expectedCalibrationError", .decimal(calibrationError, decimals: 4)))
            members.append(.init("reliability", MetricsJSON.reliability(bins)))
        }
        if tellsMistakes { members.append(.init("errors", .array(mistakes.map(\.json)))) }
        return .object(members)
    }

    /// Tables: the whole, each label (the worst first), what is taken for what, how honest confidence is, and the worst mistakes.
    func lines(_ terminal: Terminal) -> [String] {
        var lines = [
            "\(metrics.n) rows: accuracy \(three(metrics.accuracy)), macro-F1 \(three(metrics.macroF1)), macro-recall \(three(metrics.macroRecall)), "
                + "micro-F1 \(three(metrics.microF1))"
        ]
        lines += [""] + classes().lines(terminal)
        let confused = self.confused()
        if !confused.rows.isEmpty { lines += [""] + confused.lines(terminal) }
        if !confidence.isEmpty {
            lines += ["", "confidence errs by \(three(calibrationError)) (expected calibration error)"] + reliability().lines(terminal)
        }
        for mistake in mistakes { lines += [""] + self.lines(mistake, terminal) }
        return lines
    }

    private func three(_ value: Double) -> String { String(format: "%.3f", value) }

    private func classes() -> TextTable {
        var table = TextTable(["LABEL": .left, "ROWS": .right, "PRECISION": .right, "RECALL": .right, "F1": .right])
        let classes = metrics.perClass
        for index in classes.indices.sorted(by: { (classes[$0].f1, $0) < (classes[$1].f1, $1) }) {
            let row = classes[index]
            table.add(row.label, String(row.support), three(row.precision), three(row.recall), three(row.f1))
        }
        return table
    }

    /// Pairs of labels that a reader looks at.
    private static let mostConfused = 20

    private func confused() -> TextTable {
        var table = TextTable(["TRUTH": .left, "TAKEN FOR": .left, "ROWS": .right, "OF ITS ROWS": .right])
        var pairs: [(truth: Int, predicted: Int, count: Int)] = []
        for (truth, row) in metrics.confusion.enumerated() {
            for (predicted, count) in row.enumerated() where truth != predicted && count > 0 { pairs.append((truth, predicted, count)) }
        }
        pairs.sort { (-$0.count, $0.truth, $0.predicted) < (-$1.count, $1.truth, $1.predicted) }
        for pair in pairs.prefix(Self.mostConfused) {
            let total = metrics.confusion[pair.truth].reduce(0, +)
            let share = String(format: "%.0f %%", 100 * Double(pair.count) / Double(max(1, total)))
            table.add(metrics.labels[pair.truth], metrics.labels[pair.predicted], String(pair.count), share)
        }
        return table
    }

    private func reliability() -> TextTable {
        var table = TextTable(["CONFIDENCE": .left, "ANSWERS": .right, "MEAN": .right, "RIGHT": .right])
        for bin in bins {
            table.add(String(format: "%.1f–%.1f", bin.lower, bin.upper), String(bin.count), three(bin.meanConfidence), three(bin.accuracy))
        }
        return table
    }

    private func lines(_ mistake: EvaluationMistake, _ terminal: Terminal) -> [String] {
        let told = { (labels: [String]) in labels.isEmpty ? "nothing" : labels.joined(separator: ", ") }
        let text = String(decoding: mistake.example.text, as: UTF8.self).split(whereSeparator: \.isNewline).joined(separator: "⏎")
        var lines = [
            terminal.styled("\(told(mistake.predicted)) (\(three(mistake.confidence))), labelled \(told(mistake.example.labels))", .bold),
            TextTable.cut(text, to: max(40, terminal.width)),
        ]
        if let account = mistake.account { lines.append("  \(account.head):") }
        for part in mistake.parts {
            let words = part.text.isEmpty ? "" : "  \"\(TextTable.cut(part.text, to: 40))\""
            lines.append("  \(String(format: "%+8.3f", part.value))  \(part.name)\(words)")
        }
        return lines
    }
}
