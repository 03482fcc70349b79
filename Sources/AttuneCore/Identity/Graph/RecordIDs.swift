/// Ids of records one behind the other, as they were written: four bytes beside each.
public struct RecordIDs: Sendable {
    private var bytes: [UInt8] = []
    /// Where each id ends, counted from where its block begins.
    private var ends: [UInt32] = []
    /// Where each block of `blockSize` ids begins.
    private var blocks: [Int] = []

    /// Ids of a block: as many of the longest line that is read end within 32 bits.
    private static let blockSize = 128

    public init() {}

    public var count: Int { ends.count }

    /// Bytes of memory it holds.
    var footprint: Int { bytes.capacity + 4 * ends.capacity + 8 * blocks.capacity }

    public subscript(_ place: Int) -> ArraySlice<UInt8> {
        let start = blocks[place / Self.blockSize]
        return bytes[start + (place % Self.blockSize == 0 ? 0 : Int(ends[place - 1]))..<start + Int(ends[place])]
    }

    public func append(_ place: Int, to text: inout [UInt8]) {
        let start = blocks[place / Self.blockSize]
        let range = start + (place % Self.blockSize == 0 ? 0 : Int(ends[place - 1]))..<start + Int(ends[place])
        bytes.withUnsafeBufferPointer { text.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
    }

    mutating func append(_ id: UnsafeBufferPointer<UInt8>) {
        if ends.count % Self.blockSize == 0 { blocks.append(bytes.count) }
        bytes.append(contentsOf: id)
        ends.append(UInt32(bytes.count - blocks[blocks.count - 1]))
    }

    /// The places of ids that are those of ones before them, ascending.
    public func repetitions() -> [Int] {
        // Numbers that grow need no index, and most ids are such.
        var isAscending = true
        for i in 1..<max(1, count) where isAscending {
            let (a, b) = (self[i - 1], self[i])
            isAscending = a.count != b.count ? a.count < b.count : a.lexicographicallyPrecedes(b)
        }
        if isAscending { return [] }
        var seen = ByteTable()
        return (0..<count).filter { place in
            let known = seen.count
            self[place].withUnsafeBufferPointer { _ = seen.intern($0) }
            return seen.count == known
        }
    }
}
