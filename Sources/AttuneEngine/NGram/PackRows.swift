/// The recipe applied to the rows: who teaches which head, without rows that stand in a dev split.
struct PackRows: Sendable {
    struct Row: Sendable {
        var example: TrainingExample
        /// The heads' labels that are right.
        var labels: [String]
        /// Index of the recipe's line.
        var line: Int
    }

    let recipe: PackRecipe
    private(set) var trainRows: [PackRecipe.Group: [Row]] = [:]
    /// Rows that confidence and thresholds are fitted on.
    private(set) var calibrationRows: [PackRecipe.Group: [Row]] = [:]
    /// Rows that scores are told of: nothing was learned or fitted on them.
    private(set) var devRows: [PackRecipe.Group: [Row]] = [:]

    init(recipe: PackRecipe, sources: [PackTrainer.Source: [TrainingExample]]) {
        self.recipe = recipe
        let held = Self.devKeys(recipe, sources)
        for (index, line) in recipe.lines.enumerated() {
            guard let examples = sources[.init(set: line.set, split: line.source)] else { continue }
            for var example in examples {
                guard let labels = line.labels(of: example) else { continue }
                if line.group == .sentiment, labels.count != 1 { continue }
                let key = Self.key(example.text)
                if line.isTeaching, held.contains(key) { continue }
                example.weight *= line.weight
                if !line.language.isEmpty { example.language = line.language }
                let row = Row(example: example, labels: labels, line: index)
                switch line.use(key) {
                case .learn: trainRows[line.group, default: []].append(row)
                case .calibrate: calibrationRows[line.group, default: []].append(row)
                case .measure: devRows[line.group, default: []].append(row)
                }
            }
        }
    }

    /// Rows of a group with their head labels in place of their own.
    func train(_ group: PackRecipe.Group) -> [TrainingExample] { Self.examples(trainRows[group] ?? []) }

    private static func examples(_ rows: [Row]) -> [TrainingExample] {
        rows.map { row in
            var example = row.example
            example.labels = row.labels
            return example
        }
    }

    /// Whether a line's rows answer the question of a head.
    func judges(_ line: Int, _ label: String) -> Bool {
        recipe.lines[line].judgesAll || recipe.lines[line].named.contains(label)
    }

    func counts() -> [(group: PackRecipe.Group, set: String, rows: Int)] {
        PackRecipe.Group.allCases.flatMap { group in
            var counts: [Int: Int] = [:]
            for row in trainRows[group] ?? [] { counts[row.line, default: 0] += 1 }
            return counts.sorted { $0.key < $1.key }.map { (group, recipe.lines[$0.key].set, $0.value) }
        }
    }

    /// Letters of the dev texts: published splits overlap, and a row that is in both would flatter the score.
    private static func devKeys(_ recipe: PackRecipe, _ sources: [PackTrainer.Source: [TrainingExample]]) -> Set<UInt64> {
        var keys: Set<UInt64> = []
        for line in recipe.lines where !line.isTeaching {
            for example in sources[.init(set: line.set, split: line.source)] ?? [] { keys.insert(key(example.text)) }
        }
        return keys
    }

    /// A text's ASCII letters in lower case and all other bytes above ASCII, hashed: spaces, punctuation and digits do not count.
    private static func key(_ text: [UInt8]) -> UInt64 {
        var state = StableHash.offset
        for byte in text {
            if byte >= 0x80 { state = StableHash.extend(state, byte) }
            if (byte | 0x20) &- 0x61 < 26 { state = StableHash.extend(state, byte | 0x20) }
        }
        return StableHash.finish(state)
    }
}
