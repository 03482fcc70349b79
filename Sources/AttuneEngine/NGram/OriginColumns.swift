/// A column for each English set that rows come from, while heads are learned: how often a set has a label then says nothing about its
/// words. The sets of another language share one: there the language itself tells what to expect.
///
/// What a text's set would have added is not known when it is scored; the mean over the rows stands in for it.
struct OriginColumns {
    /// Column of each row.
    private let places: [Int]
    /// Share of the rows' weight that each column has.
    private let shares: [Float]

    /// - Parameter rows: in the order of the examples.
    init(_ rows: [PackRows.Row], _ recipe: PackRecipe) {
        // By set and not by line: a set's labels may be spread over lines.
        let names = rows.map { recipe.lines[$0.line].language == "en" ? recipe.lines[$0.line].set : "" }
        let column = Dictionary(uniqueKeysWithValues: Set(names).sorted().enumerated().map { ($1, $0) })
        places = names.map { column[$0] ?? 0 }
        var weights = [Float](repeating: 0, count: column.count)
        for (place, row) in zip(places, rows) { weights[place] += row.example.weight }
        let total = weights.reduce(0, +)
        shares = weights.map { total > 0 ? $0 / total : 0 }
    }

    var width: Int { shares.count }

    /// 1 in the column of each row's set, row after row.
    func columns() -> [Float] {
        var columns = [Float](repeating: 0, count: places.count * width)
        for (row, place) in places.enumerated() { columns[row * width + place] = 1 }
        return columns
    }

    /// A head over widened examples as one over plain ones.
    func withoutOrigin(_ head: HeadWeights) -> HeadWeights {
        var head = head
        let origins = head.dense.suffix(width)
        head.bias += zip(origins, shares).reduce(0) { $0 + $1.0 * $1.1 }
        head.dense.removeLast(width)
        return head
    }
}
