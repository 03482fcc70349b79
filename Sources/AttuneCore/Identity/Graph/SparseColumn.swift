/// A number of each of many records, most of which have none: four bytes for each that there is, and three bits for two records.
struct SparseColumn: Sendable {
    /// A bit for each record, the lowest first.
    private var isThere: [UInt64] = []
    /// Numbers of the records before each word of bits.
    private var before: [Int32] = []
    private var numbers: [Int32] = []
    private(set) var count = 0

    private static let wordSize = UInt64.bitWidth

    var footprint: Int { 8 * isThere.capacity + 4 * (before.capacity + numbers.capacity) }

    /// - Parameter number: of the next record; a negative one is none.
    mutating func append(_ number: Int32) {
        let bit = count % Self.wordSize
        if bit == 0 {
            isThere.append(0)
            before.append(Int32(numbers.count))
        }
        if number >= 0 {
            isThere[isThere.count - 1] |= 1 << UInt64(bit)
            numbers.append(number)
        }
        count += 1
    }

    /// The number of a record; -1 for none.
    subscript(_ record: Int) -> Int32 {
        let (word, bit) = (isThere[record / Self.wordSize], 1 << UInt64(record % Self.wordSize) as UInt64)
        if word & bit == 0 { return -1 }
        return numbers[Int(before[record / Self.wordSize]) + (word & (bit - 1)).nonzeroBitCount]
    }

    /// - Parameter replacement: of every number; a negative one is none.
    mutating func replaceNumbers(_ replacement: (Int32) -> Int32) {
        for i in numbers.indices { numbers[i] = max(-1, replacement(numbers[i])) }
    }

    /// The records in another order.
    func ordered(_ order: [Int32]) -> SparseColumn {
        var result = SparseColumn()
        for place in order { result.append(self[Int(place)]) }
        return result
    }
}
