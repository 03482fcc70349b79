import AttuneCore
import Foundation

/// Whole lines of an input, in memory that is used again for block after block.
struct LineBlock: ~Copyable {
    /// Whole lines; the last one of the input may lack its newline.
    fileprivate(set) var bytes = ByteBuffer()
    /// 1-based number of the block's first line.
    fileprivate(set) var firstLine = 1
    /// Bytes of the input read so far, before inflating.
    fileprivate(set) var consumed = 0
    /// Line behind the block's lines that was longer than the limit, and left out.
    fileprivate(set) var oversized: Int?

    /// Offset of each line's end: of its newline, or of the end of the input.
    fileprivate(set) var ends: [Int32] = []

    /// Calls `body` with each line, without its LF or CR LF, and the line's number, until it says to stop.
    func forEachLine(_ body: (UnsafeBufferPointer<UInt8>, Int) throws -> Bool) rethrows {
        let bytes = UnsafePointer(bytes.start)
        var start = 0
        for (i, end) in ends.enumerated() {
            let end = Int(end)
            let last = end > start && bytes[end - 1] == 13 ? end - 1 : end
            guard try body(UnsafeBufferPointer(start: bytes + start, count: last - start), firstLine + i) else { return }
            start = end + 1
        }
    }

    /// Finds the lines of the bytes.
    fileprivate mutating func findLines() {
        ends.removeAll(keepingCapacity: true)
        let start = UnsafePointer(bytes.start)
        let count = bytes.count
        var at = 0
        while at < count {
            let end = memchr(start + at, 10, count - at).map { UnsafeRawPointer($0) - UnsafeRawPointer(start) } ?? count
            ends.append(Int32(truncatingIfNeeded: end))
            at = end + 1
        }
    }
}

/// Cuts an input into blocks of whole lines, for work that runs block by block on several cores.
struct LineBlocks {
    /// A longer line is no message: the longest real one we know is a mail of 2 MiB.
    static let lineLimit = 16 << 20
    /// Bytes of a block: stays in a core's second-level cache together with its results.
    static let blockSize = 128 << 10

    private let file: InputFile
    private let blockSize: Int
    /// What follows the last newline of the block before.
    private var rest: [UInt8] = []
    private var line = 1
    private var isSkipping = false
    private var isAtEnd = false

    init(_ file: InputFile, blockSize: Int = Self.blockSize) {
        self.file = file
        self.blockSize = blockSize
    }

    var size: Int? { file.size }

    /// Fills a block with the next lines; false at the end.
    mutating func next(into block: inout LineBlock) throws -> Bool {
        block.bytes.removeAll(keeping: 4 * blockSize)
        block.firstLine = line
        block.oversized = nil
        _ = block.bytes.reserve(blockSize)
        block.bytes.append(rest)
        rest.removeAll(keepingCapacity: rest.capacity <= blockSize)
        defer { block.consumed = file.consumed }
        while !isAtEnd {
            let before = block.bytes.count
            // One byte more tells that a line is too long.
            isAtEnd = try file.read(into: &block.bytes, limit: Self.lineLimit + 1 - before) == 0
            if isSkipping, !skip(&block) { continue }
            if isAtEnd || cut(&block, from: min(before, block.bytes.count)) { break }
            if block.bytes.count > Self.lineLimit {
                block.bytes.removeAll(keeping: blockSize)
                block.ends = []
                block.oversized = line
                isSkipping = true
                return true
            }
        }
        block.findLines()
        line += block.ends.count
        return !block.bytes.isEmpty
    }

    /// Drops the rest of an oversized line; false while its end is not in sight.
    private mutating func skip(_ block: inout LineBlock) -> Bool {
        guard let newline = block.bytes.bytes.firstIndex(of: 10) else {
            block.bytes.removeAll()
            return false
        }
        block.bytes.removeFirst(newline + 1)
        line += 1
        block.firstLine = line
        isSkipping = false
        return true
    }

    /// Keeps what follows the last newline for the next block; false when there is no newline from `start` on.
    private mutating func cut(_ block: inout LineBlock, from start: Int) -> Bool {
        let bytes = block.bytes.bytes
        guard let last = bytes[start...].lastIndex(of: 10) else { return false }
        rest.append(contentsOf: bytes[(last + 1)...])
        block.bytes.truncate(to: last + 1)
        return true
    }
}
