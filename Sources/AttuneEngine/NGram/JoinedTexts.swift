/// Long texts made of short ones, so that heads learned from posts can read letters: of several neutral texts nothing becomes an opinion, and
/// an opinion among neutral texts stays one.
struct JoinedTexts: Sendable {
    var seed: UInt64
    /// Made for every language.
    var perLanguage = 1000
    /// Texts in a row.
    private static let parts = 2...8
    private static let weight: Float = 0.5
    /// A language with fewer texts of some label gets none: the same few would come again and again.
    private static let fewest = 100
    private static let neutral = "neutral"
    /// Neutral twice: it is what most long texts are.
    private static let choices = ["negative", neutral, neutral, "positive"]

    /// - Parameter rows: short texts with one label each, in any languages.
    /// - Returns: joined texts with one label each; the same rows give the same texts.
    func rows(_ rows: [PackRows.Row]) -> [PackRows.Row] {
        var members: [String: [String: [Int]]] = [:]
        for (index, row) in rows.enumerated() {
            guard let language = row.example.language, let label = row.labels.first else { continue }
            members[language, default: [:]][label, default: []].append(index)
        }
        var generator = SplitMix64(seed: seed)
        var result: [PackRows.Row] = []
        for language in members.keys.sorted() {
            guard let own = members[language], Self.choices.allSatisfy({ own[$0, default: []].count >= Self.fewest }) else { continue }
            for _ in 0..<perLanguage {
                let label = Self.choices[generator.index(below: Self.choices.count)]
                result.append(joined(label, own, rows, &generator))
            }
        }
        return result
    }

    /// Half of the texts have the label, the others are neutral, in any order.
    private func joined(_ label: String, _ own: [String: [Int]], _ rows: [PackRows.Row], _ generator: inout SplitMix64) -> PackRows.Row {
        let count = Self.parts.lowerBound + generator.index(below: Self.parts.count)
        var chosen = (0..<count).map { position -> Int32 in
            let pool = own[position < (count + 1) / 2 ? label : Self.neutral] ?? []
            return Int32(pool[generator.index(below: pool.count)])
        }
        generator.shuffle(&chosen)
        var row = rows[Int(chosen[0])]
        row.labels = [label]
        row.example.weight = Self.weight
        row.example.text = Array(chosen.map { rows[Int($0)].example.text }.joined(separator: [0x20]))
        return row
    }
}
