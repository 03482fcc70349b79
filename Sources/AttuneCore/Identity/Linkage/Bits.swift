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
        var sum = 1.0 / 19
        sum = sum * square + 1.0 / 17
        sum = sum * square + 1.0 / 15
        sum = sum * square + 1.0 / 13
        sum = sum * square + 1.0 / 11
        sum = sum * square + 1.0 / 9
        sum = sum * square + 1.0 / 7
        sum = sum * square + 1.0 / 5
        sum = sum * square + 1.0 / 3
        sum = sum * square + 1
        return exponent + 2 * t * sum * 1.442_695_040_888_963_4
    }

    /// 2 to the power of `x`; 0 and infinity at the ends.
    static func exp2(_ x: Double) -> Double {
        guard x > -1000 else { return 0 }
        guard x < 1000 else { return .infinity }
        let whole = x.rounded()
        let y = (x - whole) * 0.693_147_180_559_945_3
        var sum = 1 + y * (1.0 / 14)
        sum = 1 + sum * (y * (1.0 / 13))
        sum = 1 + sum * (y * (1.0 / 12))
        sum = 1 + sum * (y * (1.0 / 11))
        sum = 1 + sum * (y * (1.0 / 10))
        sum = 1 + sum * (y * (1.0 / 9))
        sum = 1 + sum * (y * (1.0 / 8))
        sum = 1 + sum * (y * (1.0 / 7))
        sum = 1 + sum * (y * (1.0 / 6))
        sum = 1 + sum * (y * (1.0 / 5))
        sum = 1 + sum * (y * (1.0 / 4))
        sum = 1 + sum * (y * (1.0 / 3))
        sum = 1 + sum * (y * (1.0 / 2))
        sum = 1 + sum * y
        return scaled(sum, Int(whole))
    }

    /// `x` times 2 to the power of `exponent`, which is from -1000 to 1000.
    private static func scaled(_ x: Double, _ exponent: Int) -> Double {
        x * Double(bitPattern: UInt64(bitPattern: Int64(1023 + exponent)) << 52)
    }

    /// The probability whose log-odds are `weight` bits.
    static func probability(_ weight: Double) -> Double { 1 / (1 + exp2(-weight)) }

    static func logOdds(_ probability: Double) -> Double { log2(probability / (1 - probability)) }
}
