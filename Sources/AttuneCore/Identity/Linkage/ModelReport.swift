extension MatchModel {
    /// What was learned, for people to read: a line for each level of each field.
    func report(_ columns: [FieldColumn]) -> String {
        let weights = weights()
        var lines = ["field\tlevel\tm (one person)\tu (strangers)\tweight in bits"]
        for (f, column) in columns.enumerated() {
            let comparison = Comparison(kind: column.kind)
            for level in 1...Int(comparison.halfExchanged) where level <= fields[f].differs || column.kind == .givenName || column.kind == .surname {
                let (m, u) = (fields[f].m[level], fields[f].u[level])
                let isRarity = level == 1 && fields[f].usesRarity
                let weight = isRarity ? "\(Self.rounded(weights[f][level], 10)) + the value's rarity" : "\(Self.rounded(weights[f][level], 10))"
                lines.append(
                    "\(column.name)\t\(comparison.word(UInt8(level)))\t\(Self.rounded(m, 1e6))\t\(Self.rounded(u, 1e6))\t"
                        + (fields[f].vetoes && level == 2 ? "never" : weight))
            }
        }
        lines.append("Of all pairs \(prior) are one person, \(kinPrior) of one household; a pair is joined when its odds are better than even.")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func rounded(_ x: Double, _ parts: Double) -> Double { (x * parts).rounded() / parts }
}
