import AttuneCore
import AttuneEngine

/// A receipt as a person reads it.
struct ReceiptView {
    /// The text as it was analysed.
    let text: [UInt8]
    let terminal: Terminal
    /// Contributions shown per score.
    let limit: Int

    func lines(_ analysis: Analysis) -> [String] {
        let sentiment = analysis.sentiment
        var lines = [
            terminal.styled(sentiment.label.rawValue, sentiment.label == .negative ? .red : sentiment.label == .positive ? .green : .bold)
                + "  valence \(signed(sentiment.valence, 3)), confidence \(percent(sentiment.confidence))"
                + (analysis.language.map { ", language \($0.code)" } ?? ", language not known")
        ]
        let emotions = analysis.emotions.map { "\($0.emotion.rawValue) \(percent($0.score)) (intensity \($0.intensity))" }
        let intents = analysis.intents.map { "\($0.label) \(percent($0.confidence))" }
        let topics = analysis.topics.map { "\($0.label) \(percent($0.confidence))" }
        for (name, values) in [("emotions", emotions), ("intents", intents), ("topics", topics), ("sensitive", analysis.sensitive)]
        where !values.isEmpty {
            lines.append("\(name): \(values.joined(separator: ", "))")
        }
        let effort = analysis.effort.map { ", effort \(signed($0, 1))" } ?? ""
        lines.append("urgency \(percent(analysis.urgency)), toxicity \(percent(analysis.toxicity))\(effort)")
        if let skipped = analysis.skipped { lines.append("not read: bytes \(skipped.span.start)–\(skipped.span.end), \(skipped.reason)") }
        for account in analysis.receipt?.accounts ?? [] { lines += self.lines(account) }
        return lines
    }

    private func lines(_ account: Receipt.Account) -> [String] {
        let ordered = account.contributions.sorted {
            ($1.millionths.magnitude, $0.span?.start ?? -1) < ($0.millionths.magnitude, $1.span?.start ?? -1)
        }
        var lines = ["", terminal.styled("\(account.head) = \(millionths(account.millionths)) \(account.unit.rawValue)", .bold)]
        for contribution in ordered.prefix(limit) {
            let quoted = contribution.span.map { "\"\(excerpt($0))\" [\($0.start)–\($0.end)]" } ?? ""
            let value = millionths(contribution.millionths)
            lines.append(
                "  " + String(repeating: " ", count: max(0, 10 - value.count)) + value + "  " + contribution.source.rawValue + " " + contribution.name
                    + (quoted.isEmpty ? "" : "  " + quoted))
        }
        let rest = ordered.dropFirst(limit)
        if !rest.isEmpty {
            let value = millionths(rest.reduce(0) { $0 + $1.millionths })
            lines.append("  " + String(repeating: " ", count: max(0, 10 - value.count)) + value + "  \(rest.count) smaller contributions")
        }
        return lines
    }

    private func excerpt(_ span: Span) -> String {
        let start = min(max(0, Int(span.start)), text.count)
        let end = min(max(start, Int(span.end)), text.count)
        return TextTable.cut(String(decoding: text[start..<end], as: UTF8.self).split(whereSeparator: \.isNewline).joined(separator: "⏎"), to: 40)
    }

    private func millionths(_ value: Int64) -> String {
        var out = value >= 0 ? [UInt8(ascii: "+")] : []
        DecimalText.append(millionths: value, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    private func signed(_ value: Double, _ decimals: Int) -> String {
        var out = value >= 0 ? [UInt8(ascii: "+")] : []
        DecimalText.append(value, decimals: decimals, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    private func percent(_ value: Double) -> String { "\(Int((value * 100).rounded())) %" }
}
