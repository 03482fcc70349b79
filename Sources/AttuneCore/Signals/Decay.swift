/// Exponential decay by half-life, computed with multiplications and additions only, so every machine gives the same bits.
enum Decay {
    /// 2^(−elapsed / halfLife): 1 at no elapsed time (or negative), towards 0.
    static func factor(elapsed: Duration, halfLife: Duration) -> Double {
        let x = seconds(elapsed) / seconds(halfLife)
        guard x > 0 else { return 1 }
        guard x < 1_000 else { return 0 }
        let whole = x.rounded(.down)
        return Double(sign: .plus, exponent: -Int(whole), significand: exp2Fraction(-(x - whole)))
    }

    static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }

    /// 2^f for −1 < f ≤ 0: the Taylor series of e^(f ln 2) to the 17th term, below one unit in the last place at |f ln 2| < .7.
    private static func exp2Fraction(_ f: Double) -> Double {
        let y = f * 0.693_147_180_559_945_3
        var term = 1.0
        var sum = 1.0
        for n in 1...17 {
            term *= y / Double(n)
            sum += term
        }
        return sum
    }
}
