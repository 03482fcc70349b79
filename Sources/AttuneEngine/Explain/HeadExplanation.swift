/// Takes a head's log-odds apart: baseline, every word, pair of words and word's characters, every lexicon hit and rule, and shape.
///
/// A linear head is a sum, so this is no approximation: the parts are the addends of the score.
struct HeadExplanation {
    let heads: LinearHeads
    let features: FeatureBuffer
    let text: TextReading
    /// What the order of things adds; nil for heads that do not look at it.
    var outline: LinearHeads?

    /// What the parts are attributed to.
    struct TextReading {
        let tokens: TokenBuffer
        let reading: LexicalReading
        let lexicon: Lexicon
    }

    /// The parts of one head, each multiplied by `factor`.
    func parts(head: Int, factor: Double = 1) -> [ReceiptPart] {
        var parts = [ReceiptPart(source: .baseline, name: "baseline", span: nil, value: Double(heads.bias[head]) * factor)]
        addFeatures(head, factor, &parts)
        addDense(head, factor, &parts)
        addOutline(head, factor, &parts)
        return parts
    }

    private func addFeatures(_ head: Int, _ factor: Double, _ parts: inout [ReceiptPart]) {
        guard heads.table != nil, !features.rows.isEmpty else { return }
        let unit = Double(heads.scale[head]) / Double(features.rows.count).squareRoot() * factor
        for origin in features.origins {
            var sum: Int32 = 0
            for index in origin.rows { sum += Int32(heads.weight(row: features.rows[index], head)) }
            guard sum != 0 else { continue }
            let name = origin.negated ? "negated \(origin.kind)" : "\(origin.kind)"
            let source: Receipt.Contribution.Source = origin.kind == .characters ? .characters : .word
            parts.append(.init(source: source, name: name, span: span(origin.tokens), value: Double(sum) * unit))
        }
    }

    /// The heads of an outline are the first of the group it adds to.
    private func addOutline(_ head: Int, _ factor: Double, _ parts: inout [ReceiptPart]) {
        guard let outline, head < outline.labels.count, let table = outline.table else { return }
        let (symbols, tokens) = (text.reading.outline.symbols, text.reading.outline.tokens)
        let unit = Double(outline.scale[head]) / Double(max(1, OutlinePairs.count(symbols.count))).squareRoot() * factor
        // Of a very long text nobody reads where each of the many pairs stands: what stands in the same order becomes one part.
        let isLong = symbols.count > Receipt.Account.longest
        var (names, sums): ([UInt32: String], [UInt32: Double]) = ([:], [:])
        OutlinePairs.forEach(text.reading.outline) { row, first, second in
            let weight = table[Int(row) * outline.lanes + head]
            guard weight != 0 else { return }
            let name = names[row] ?? "\(TextOutline.Symbol.name(symbols[first])), \(TextOutline.Symbol.name(symbols[second]))"
            names[row] = name
            if isLong {
                sums[row, default: 0] += Double(weight) * unit
                return
            }
            let span = text.tokens.tokens[Int(tokens[first])].span.union(text.tokens.tokens[Int(tokens[second])].span)
            parts.append(.init(source: .structure, name: name, span: span, value: Double(weight) * unit))
        }
        for (row, sum) in sums.sorted(by: { $0.key < $1.key }) {
            parts.append(.init(source: .structure, name: names[row] ?? "", span: nil, value: sum))
        }
    }

    private func span(_ tokens: Range<Int>) -> Span {
        text.tokens.tokens[tokens.lowerBound].span.union(text.tokens.tokens[tokens.upperBound - 1].span)
    }

    private func addDense(_ head: Int, _ factor: Double, _ parts: inout [ReceiptPart]) {
        let width = heads.denseCount
        let spread = DenseSpread(text: text)
        for index in 0..<min(width, text.reading.dense.count) {
            guard let feature = DenseFeature(rawValue: index) else { continue }
            let value = Double(heads.dense[head * width + index]) * Double(text.reading.dense[index]) * factor
            if value != 0 { spread.add(feature, value, &parts) }
        }
    }
}
