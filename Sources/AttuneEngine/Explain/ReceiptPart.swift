/// A contribution before it is rounded to millionths.
struct ReceiptPart: Sendable {
    var source: Receipt.Contribution.Source
    var name: String
    var span: Span?
    var value: Double
}

extension Receipt.Account {
    /// Rounds parts so that they sum to the score exactly; equal sources at equal places become one, and what is 0 is left out.
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
        self.init(head: head, unit: unit, millionths: millionths, contributions: contributions)
    }
}
