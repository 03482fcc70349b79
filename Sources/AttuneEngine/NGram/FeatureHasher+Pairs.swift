/// Pairs of word beginnings: what two words of a text have in common with other texts, whatever stands between them and however they end.
///
/// Seventy intents are told apart by what occurs together: `cash … declin`, `top … fail`. Neither word says it, nor do neighbours.
extension FeatureHasher {
    /// Scalars of a word that count: enough to know it, few enough to forget its ending.
    private static let beginning = 3
    private static let seed: UInt64 = 0x07

    /// Adds a row for every two words at most `pairDistance` words apart, in either order.
    func addPairs(_ tokens: TokenBuffer, _ origins: Bool, _ buffer: inout FeatureBuffer) {
        let distance = configuration.pairDistance
        guard distance > 0 else { return }
        buffer.beginnings.removeAll(keepingCapacity: true)
        for (index, token) in tokens.tokens.enumerated() where [.word, .hashtag, .number].contains(token.kind) {
            buffer.beginnings.append(.init(hash: Self.beginning(tokens.form(token)), token: index))
        }
        for second in buffer.beginnings.indices {
            for first in max(0, second - distance)..<second {
                let (one, two) = (buffer.beginnings[first], buffer.beginnings[second])
                let hash = StableHash.pair(min(one.hash, two.hash), max(one.hash, two.hash))
                buffer.append(row: row(hash), .pair, one.token..<two.token + 1, negated: false, origins: origins)
            }
        }
    }

    private static func beginning(_ form: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var state = StableHash.offset ^ seed
        var scalars = 0
        for byte in form {
            // Continuation bytes belong to the scalar before them.
            if byte & 0xC0 != 0x80 { scalars += 1 }
            if scalars > beginning { break }
            state = StableHash.extend(state, byte)
        }
        return StableHash.finish(state)
    }
}
