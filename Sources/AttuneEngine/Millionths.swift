/// Fixed-point numbers of receipts: contributions that are rounded one by one and still add up.
enum Millionths {
    /// A number as millionths, to the nearest; not a number counts 0.
    static func of(_ value: Double) -> Int64 {
        let scaled = (value * 1e6).rounded(.toNearestOrEven)
        return scaled.isFinite && abs(scaled) < 9e15 ? Int64(scaled) : 0
    }

    /// Rounds values so that they sum to `total` exactly: each down, then the units left go to the largest remainders.
    static func distribute(_ values: [Double], total: Int64) -> [Int64] {
        guard !values.isEmpty else { return [] }
        var result: [Int64] = []
        var remainders: [(index: Int, part: Double)] = []
        var left = total
        for (index, value) in values.enumerated() {
            let scaled = value * 1e6
            let floor = scaled.isFinite && abs(scaled) < 9e15 ? scaled.rounded(.down) : 0
            result.append(Int64(floor))
            left -= Int64(floor)
            remainders.append((index, scaled - floor))
        }
        // Equal remainders go by position, so that the order is the same everywhere.
        remainders.sort { $0.part != $1.part ? $0.part > $1.part : $0.index < $1.index }
        let (each, rest) = left.quotientAndRemainder(dividingBy: Int64(values.count))
        for (rank, item) in remainders.enumerated() {
            result[item.index] += each + (rank < abs(rest) ? rest.signum() : 0)
        }
        return result
    }
}
