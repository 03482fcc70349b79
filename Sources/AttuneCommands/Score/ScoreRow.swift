import AttuneCore
import AttuneEngine

/// A result as a line of CSV or of a plain table.
enum ScoreRow {
    static func csv(_ analysis: Analysis, _ label: String) -> String {
        let cells = [
            CSVText.cell(label), analysis.language?.code ?? "", analysis.sentiment.label.rawValue, number(analysis.sentiment.valence, 6),
            number(analysis.sentiment.confidence, 4), analysis.emotions.first?.emotion.rawValue ?? "", analysis.intents.first?.label ?? "",
            analysis.topics.first?.label ?? "", number(analysis.urgency, 4), analysis.effort.map { number($0, 2) } ?? "",
            number(analysis.toxicity, 4),
        ]
        return cells.joined(separator: ",") + "\n"
    }

    static func emptyCSV(_ label: String) -> String { CSVText.cell(label) + ",,,,,,,,,,\n" }

    static func table(_ analysis: Analysis, _ label: String) -> String {
        let cells = [
            pad(label, 7, right: true), pad(analysis.language?.code ?? "–", 7), pad(analysis.sentiment.label.rawValue, 8),
            pad(number(analysis.sentiment.valence, 3), 7, right: true), pad(number(analysis.sentiment.confidence, 2), 5, right: true),
            pad(analysis.emotions.first?.emotion.rawValue ?? "–", 14), analysis.intents.first?.label ?? "–",
        ]
        return cells.joined(separator: "  ") + "\n"
    }

    static func unscored(_ label: String, _ role: String) -> String { pad(label, 7, right: true) + "  (\(role), not scored)\n" }

    private static func number(_ value: Double, _ decimals: Int) -> String {
        var out = [UInt8]()
        DecimalText.append(value, decimals: decimals, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    private static func pad(_ text: String, _ width: Int, right: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return right ? space + text : text + space
    }
}
