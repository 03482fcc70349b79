/// A contribution before it is rounded to millionths.
struct ReceiptPart: Sendable {
    var source: Receipt.Contribution.Source
    var name: String
    var span: Span?
    var value: Double
}

extension Receipt.Account {
    /// Contributions of a score that are told one by one. Nobody reads more, and a text of a megabyte has millions.
    static let longest = 2_000

    /// Rounds parts so that they sum to the score exactly; equal sources at equal places become one, and what is 0 is left out. Of more
    /// than `longest` the largest are told, and what the others add up to.
    init(head: String, unit: Receipt.Unit, parts: [ReceiptPart], total: Double) {
        struct Key: Hashable {
            var source: Receipt.Contribution.Source
            var name: String
            var span: Span?
        }
        var order: [Key] = []
        var sums: [Key: Double] = [:]
        for part in parts {
            let key = Key(source: part.source, name: part.name, span: part.span)
            if sums[key] == nil { order.append(key) }
            sums[key, default: 0] += part.value
        }
        let millionths = Millionths.of(total)
        let rounded = Millionths.distribute(order.map { sums[$0] ?? 0 }, total: millionths)
        var contributions: [Receipt.Contribution] = []
        for (key, value) in zip(order, rounded) where value != 0 {
            contributions.append(.init(source: key.source, name: key.name, span: key.span, millionths: value))
        }
        if order.isEmpty, millionths != 0 {
            contributions.append(.init(source: .baseline, name: "baseline", span: nil, millionths: millionths))
        }
        self.init(head: head, unit: unit, millionths: millionths, contributions: Self.shortened(contributions))
    }

    private static func shortened(_ all: [Receipt.Contribution]) -> [Receipt.Contribution] {
        guard all.count > longest else { return all }
        let order = all.indices.sorted { a, b in
            let (x, y) = (all[a].millionths.magnitude, all[b].millionths.magnitude)
            return x != y ? x > y : a < b
        }
        let kept = order.prefix(longest - 1).sorted().map { all[$0] }
        let rest = order.dropFirst(longest - 1)
        let sum = rest.reduce(0) { $0 + all[$1].millionths }
        return kept + [.init(source: .rest, name: "\(rest.count) further", span: nil, millionths: sum)]
    }
}
