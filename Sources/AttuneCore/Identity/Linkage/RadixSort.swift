/// Sorts numbers in a few passes over them, least significant bits first.
enum RadixSort {
    private static let bits: UInt64 = 12

    static func sort(_ numbers: inout [UInt64]) {
        guard numbers.count > 4096 else { return numbers.sort() }
        let used = numbers.reduce(0, |)
        var other = [UInt64](repeating: 0, count: numbers.count)
        for shift in stride(from: 0 as UInt64, to: 64, by: Int(bits)) where used >> shift & (1 << bits - 1) != 0 {
            pass(numbers, &other, shift)
            swap(&numbers, &other)
        }
    }

    private static func pass(_ from: [UInt64], _ to: inout [UInt64], _ shift: UInt64) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 1 << Int(bits)) { places in
            places.initialize(repeating: 0)
            from.withUnsafeBufferPointer { from in
                to.withUnsafeMutableBufferPointer { to in
                    for x in from { places[Int(truncatingIfNeeded: x >> shift & (1 << bits - 1))] &+= 1 }
                    var sum = 0
                    for i in places.indices { (places[i], sum) = (sum, sum &+ places[i]) }
                    for x in from {
                        let digit = Int(truncatingIfNeeded: x >> shift & (1 << bits - 1))
                        to[places[digit]] = x
                        places[digit] &+= 1
                    }
                }
            }
        }
    }
}
