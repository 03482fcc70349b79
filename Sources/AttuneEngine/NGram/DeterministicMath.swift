/// Exponential, logarithm and what is made of them, the same to the last bit on every machine.
///
/// A platform's libm may round `exp` differently from another's; one such bit can flip a label. These use only operations that
/// IEEE 754 defines exactly (+, −, ×, ÷, √) in a fixed order.
enum DeterministicMath {
    private static let rounding = 6_755_399_441_055_744.0
    private static let log2e = 1.442_695_040_888_963_4
    /// ln 2 in two parts: the first has trailing zeros, so that `k × high` is exact.
    private static let ln2High = 6.931_471_803_691_238_16e-01
    private static let ln2Low = 1.908_214_929_270_587_70e-10

    /// eˣ within 2 ulp for |x| ≤ 700; 0 or infinity behind that; NaN stays NaN.
    static func exp(_ x: Double) -> Double {
        if x.isNaN { return x }
        if x > 709 { return .infinity }
        if x < -708 { return 0 }
        // Adding 1.5 · 2⁵² rounds to the nearest integer, halves to even.
        let k = (x * log2e + rounding) - rounding
        let r = (x - k * ln2High) - k * ln2Low
        // Taylor series to r¹³; |r| ≤ 0.347, so the first term left out is below 5e-18.
        var sum = 1.0 / 6_227_020_800
        sum = sum * r + 1.0 / 479_001_600
        sum = sum * r + 1.0 / 39_916_800
        sum = sum * r + 1.0 / 3_628_800
        sum = sum * r + 1.0 / 362_880
        sum = sum * r + 1.0 / 40_320
        sum = sum * r + 1.0 / 5_040
        sum = sum * r + 1.0 / 720
        sum = sum * r + 1.0 / 120
        sum = sum * r + 1.0 / 24
        sum = sum * r + 1.0 / 6
        sum = sum * r + 0.5
        sum = sum * r + 1
        sum = sum * r + 1
        let exponent = UInt64(Int64(1023) + Int64(k)) << 52
        return sum * Double(bitPattern: exponent)
    }

    /// ln x for finite x > 0 by the series of artanh; −∞ for anything that is not positive.
    static func log(_ x: Double) -> Double {
        guard x > 0, x.isFinite else { return x > 0 ? .infinity : -.infinity }
        var exponent = Double(x.exponent)
        var mantissa = x.significand
        if mantissa > 1.414_213_562_373_095_1 {
            mantissa *= 0.5
            exponent += 1
        }
        let s = (mantissa - 1) / (mantissa + 1)
        let square = s * s
        // 2 (s + s³/3 + s⁵/5 + …) to s²⁹; |s| ≤ 0.172, so the first term left out is below 1e-24.
        var sum = 1.0 / 29
        sum = sum * square + 1.0 / 27
        sum = sum * square + 1.0 / 25
        sum = sum * square + 1.0 / 23
        sum = sum * square + 1.0 / 21
        sum = sum * square + 1.0 / 19
        sum = sum * square + 1.0 / 17
        sum = sum * square + 1.0 / 15
        sum = sum * square + 1.0 / 13
        sum = sum * square + 1.0 / 11
        sum = sum * square + 1.0 / 9
        sum = sum * square + 1.0 / 7
        sum = sum * square + 1.0 / 5
        sum = sum * square + 1.0 / 3
        sum = sum * square + 1
        return exponent * ln2High + (2 * s * sum + exponent * ln2Low)
    }

    /// 1 / (1 + e⁻ˣ).
    static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

    /// ln(p / (1 − p)), with p held inside 1e-9 … 1 − 1e-9.
    static func logit(_ probability: Double) -> Double {
        let p = min(max(probability, 1e-9), 1 - 1e-9)
        return log(p / (1 - p))
    }

    /// Turns log-weights into probabilities that sum to 1, in place.
    static func softmax(_ values: inout [Double]) {
        guard let top = values.max() else { return }
        var total = 0.0
        for index in values.indices {
            values[index] = exp(values[index] - top)
            total += values[index]
        }
        for index in values.indices { values[index] /= total }
    }
}
