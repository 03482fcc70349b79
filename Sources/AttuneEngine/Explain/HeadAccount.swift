extension LinearHeads {
    /// Why one label was answered and not another: the difference of their log-odds, taken apart into what the text's words contribute.
    /// - Parameters:
    ///   - other: nil explains the label by itself.
    ///   - scratch: as `TextReader.read` left it.
    /// - Returns: nil when the heads do not know the label.
    public func account(of label: String, over other: String?, _ scratch: TextReader.Scratch, lexicon: Lexicon) -> Receipt.Account? {
        guard let head = labels.firstIndex(of: label) else { return nil }
        var features = FeatureBuffer()
        FeatureHasher(configuration: configuration).hash(scratch.tokens, scratch.reading, origins: true, into: &features)
        let text = HeadExplanation.TextReading(tokens: scratch.tokens, reading: scratch.reading, lexicon: lexicon)
        let explanation = HeadExplanation(heads: self, features: features, text: text)
        var parts = explanation.parts(head: head)
        var name = label
        if let other, let against = labels.firstIndex(of: other) {
            parts += explanation.parts(head: against, factor: -1)
            name += " over \(other)"
        }
        return .init(head: name, unit: .logOdds, parts: parts, total: parts.reduce(0) { $0 + $1.value })
    }
}
