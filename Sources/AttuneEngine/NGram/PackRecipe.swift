/// Which sets teach which heads of the shipped pack, and how: `Lexicons/recipe.tsv`.
///
/// A line is `set split group labels judges weight language`, tab-separated; `#` begins a comment. `group` is `sentiment`, `emotion`,
/// `toxicity`, `urgency`, `intent`, `language` or `feeling`. `labels` maps the set's labels to the head's: `neg>negative,pos>positive`;
/// `->x` is for rows without labels, `a>b+c` gives two, `a>!` drops the row, `*>x` gives x to every row, `=` keeps the labels as they are; a label that is not named
/// answers no to every head the line judges. `judges` is `mapped` (only heads that the line names) or `all` (every head of the group).
/// `set` is a public set, or `customers/en:intents`: a column of our own messages. `split` says what rows are for: those of `train` are
/// learned from; `train/10` keeps one in ten of them back to calibrate on; half of `dev` calibrates and the other half is measured;
/// `heldout` is measured only. A text falls on the same side wherever it stands.
public struct PackRecipe: Hashable, Sendable {
    public enum Group: String, CaseIterable, Sendable { case sentiment, emotion, toxicity, urgency, intent, language, feeling }

    public struct Line: Hashable, Sendable {
        public var set: String
        public var split: String
        public var group: Group
        public var map: [String: [String]]
        /// What `*` maps to; nil when labels that are not named mean "none".
        public var everything: [String]?
        /// `=`: labels are taken as they are.
        public var isIdentity: Bool
        public var judgesAll: Bool
        public var weight: Float
        /// BCP 47, empty when the engine is to find out.
        public var language: String

        /// What a row is used for.
        public enum Use: Sendable { case learn, calibrate, measure }

        /// The split whose rows are read.
        public var source: String { split == "train/10" ? "train" : split }

        /// Whether all of the line's rows are learned from.
        var isTeaching: Bool { split != "dev" && split != "heldout" }

        /// - Parameter key: what the text is known by, a hash.
        func use(_ key: UInt64) -> Use {
            switch split {
            case "dev": key % 2 == 0 ? .calibrate : .measure
            case "heldout": .measure
            case "train/10": key % 10 == 0 ? .calibrate : .learn
            default: .learn
            }
        }

        /// The head labels of a row, or nil when the row is dropped.
        func labels(of row: TrainingExample) -> [String]? {
            if isIdentity { return row.labels }
            if let everything { return everything }
            var result: [String] = []
            for label in row.labels.isEmpty ? ["-"] : row.labels {
                guard let targets = map[label] else { continue }
                if targets == ["!"] { return nil }
                for target in targets where !result.contains(target) { result.append(target) }
            }
            return result
        }

        /// The heads a line names.
        var named: Set<String> { Set(map.values.joined()).union(everything ?? []).subtracting(["!"]) }
    }

    public var lines: [Line]

    /// - Throws: `PackRecipeError` with the line that is wrong.
    public init(tsv: [UInt8]) throws(PackRecipeError) {
        lines = []
        for (number, row) in String(decoding: tsv, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if row.isEmpty || row.hasPrefix("#") { continue }
            let fields = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 7, let group = Group(rawValue: fields[2]), let weight = Float(fields[5]), weight > 0 else {
                throw PackRecipeError(line: number + 1)
            }
            var line = Line(
                set: fields[0], split: fields[1], group: group, map: [:], everything: nil, isIdentity: fields[3] == "=",
                judgesAll: fields[4] == "all", weight: weight, language: fields[6])
            for item in fields[3].split(separator: ",") where !line.isIdentity {
                let sides = item.split(separator: ">", maxSplits: 1).map(String.init)
                guard sides.count == 2 else { throw PackRecipeError(line: number + 1) }
                let targets = sides[1].split(separator: "+").map(String.init)
                if sides[0] == "*" { line.everything = targets } else { line.map[sides[0]] = targets }
            }
            lines.append(line)
        }
    }
}

/// A line of the recipe that cannot be read.
public struct PackRecipeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Counted from 1.
    public var line: Int
    public var description: String {
        "recipe.tsv:\(line): expected `set split group labels judges weight language` with tabs: see the head of the file"
    }
}
