/// Ids of records one behind the other, each as what it does not have in common with the one before: of numbers that grow two or
/// three bytes.
public struct RecordIDs: Sendable {
    /// Of each id how many bytes the one before lends it, how many are its own (LEB128), and these.
    private var bytes: [UInt8] = []
    /// Where each block of `blockSize` ids begins, the first of which borrows nothing.
    private var blocks: [Int] = []
    private var last: [UInt8] = []
    /// Each id is longer than the one before, or as long and behind it.
    private var isAscending = true
    public private(set) var count = 0

    /// Ids that are read at most to find one.
    private static let blockSize = 16

    public init() {}

    /// Bytes of memory it holds.
    var footprint: Int { bytes.capacity + 8 * blocks.capacity + last.capacity }

    /// An id, as it was given.
    public subscript(_ place: Int) -> [UInt8] {
        var id = [UInt8]()
        append(place, to: &id)
        return id
    }

    /// Appends an id to a text.
    public func append(_ place: Int, to text: inout [UInt8]) {
        bytes.withUnsafeBufferPointer { bytes in
            withUnsafeTemporaryAllocation(of: Piece.self, capacity: Self.blockSize) { pieces in
                var at = blocks[place / Self.blockSize]
                let last = place % Self.blockSize
                for i in 0...last { pieces.initializeElement(at: i, to: Self.piece(bytes, &at)) }
                var open = pieces[last].lent + pieces[last].own.count
                let start = text.count
                text.append(contentsOf: repeatElement(0, count: open))
                text.withUnsafeMutableBytes { text in
                    // What each lends is found among those before it, from the end on, so that every byte is moved once.
                    for i in stride(from: last, through: 0, by: -1) where pieces[i].lent < open {
                        let (lent, own) = (pieces[i].lent, pieces[i].own)
                        for k in lent..<open { text[start &+ k] = bytes[own.lowerBound &+ k &- lent] }
                        open = lent
                    }
                }
            }
        }
    }

    /// What an id takes over from the one before, and where its own bytes stand.
    private struct Piece {
        var lent: Int
        var own: Range<Int>
    }

    /// Reads over the id that begins at `at`.
    @inline(__always)
    private static func piece(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> Piece {
        let lent = Int(bytes[at])
        at &+= 1
        var (own, shift) = (0, 0)
        while bytes[at] & 0x80 != 0 {
            own |= Int(bytes[at] & 0x7F) << shift
            shift += 7
            at &+= 1
        }
        own |= Int(bytes[at]) << shift
        at &+= 1
        defer { at &+= own }
        return Piece(lent: lent, own: at..<at &+ own)
    }

    mutating func append(_ id: UnsafeBufferPointer<UInt8>) {
        var common = 0
        while common < min(last.count, id.count), last[common] == id[common] { common += 1 }
        if count > 0, last.count != id.count ? last.count > id.count : common == id.count || last[common] > id[common] { isAscending = false }
        let isFirst = count % Self.blockSize == 0
        if isFirst { blocks.append(bytes.count) }
        let lent = isFirst ? 0 : min(common, Int(UInt8.max))
        bytes.append(UInt8(lent))
        var own = id.count - lent
        while own > 0x7F {
            bytes.append(UInt8(own & 0x7F | 0x80))
            own >>= 7
        }
        bytes.append(UInt8(own))
        bytes.append(contentsOf: id[lent...])
        last.removeLast(last.count - common)
        last.append(contentsOf: id[common...])
        count += 1
    }

    /// The places of ids that are those of ones before them, ascending.
    public func repetitions() -> [Int] {
        // Numbers that grow need no index, and most ids are such.
        if isAscending { return [] }
        var (seen, repetitions) = (ByteTable(), [Int]())
        var (id, at) = ([UInt8](), 0)
        bytes.withUnsafeBufferPointer { bytes in
            for place in 0..<count {
                let piece = Self.piece(bytes, &at)
                id.removeLast(id.count - piece.lent)
                id.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[piece.own]))
                seen.intern(id)
                if seen.count < place + 1 - repetitions.count { repetitions.append(place) }
            }
        }
        return repetitions
    }
}
