/// Logarithms and probabilities in bits, out of IEEE operations alone, so that every machine decides alike.
enum Bits {
    /// log2 of a positive finite number, to about 1e-14.
    static func log2(_ x: Double) -> Double {
        guard x > 0 else { return -1074 }
        var exponent = Double(x.exponent)
        var s = x.significand
        if s > 1.414_213_562_373_095_1 {
            s *= 0.5
            exponent += 1
        }
        // ln s = 2 artanh t with |t| < .172.
        let t = (s - 1) / (s + 1)
        let square = t * t
        var sum = 0.0
        for k in stride(from: 19, through: 1, by: -2) { sum = sum * square + 1 / Double(k) }
        return exponent + 2 * t * sum * 1.442_695_040_888_963_4
    }

    /// 2 to the power of `x`; 0 and infinity at the ends.
    static func exp2(_ x: Double) -> Double {
        guard x > -1000 else { return 0 }
        guard x < 1000 else { return .infinity }
        let whole = x.rounded()
        let y = (x - whole) * 0.693_147_180_559_945_3
        var sum = 1.0
        for k in stride(from: 14, through: 1, by: -1) { sum = 1 + sum * y / Double(k) }
        return Double(sign: .plus, exponent: Int(whole), significand: 1) * sum
    }

    /// The probability whose log-odds are `weight` bits.
    static func probability(_ weight: Double) -> Double { 1 / (1 + exp2(-weight)) }

    static func logOdds(_ probability: Double) -> Double { log2(probability / (1 - probability)) }
}
