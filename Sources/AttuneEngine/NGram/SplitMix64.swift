/// The generator behind every random choice of training (Steele, Lea, Flood 2014): same seed, same numbers, on every machine.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number in 0 ..< bound, by multiplication; the bias is below 2⁻³² for the bounds used here.
    mutating func index(below bound: Int) -> Int {
        Int(((next() >> 32) &* UInt64(truncatingIfNeeded: bound)) >> 32)
    }

    /// Fisher–Yates, written out because the order of the standard library's `shuffle` is not promised to stay.
    mutating func shuffle(_ values: inout [Int32]) {
        var last = values.count - 1
        while last > 0 {
            values.swapAt(last, index(below: last + 1))
            last -= 1
        }
    }
}
