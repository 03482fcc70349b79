/// Cuts an input into blocks of whole lines, for work that runs block by block on several cores.
struct LineBlocks {
    struct Block: Sendable {
        /// Whole lines; the last one of the input may lack its newline.
        var bytes: [UInt8]
        /// 1-based number of the block's first line.
        var firstLine: Int
        /// Lines that were longer than the limit, at the end of the block, and left out.
        var oversized: [Int] = []
    }

    /// A longer line is no message: the longest real one we know is a mail of 2 MiB.
    static let lineLimit = 16 << 20

    private let file: InputFile
    private var rest: [UInt8] = []
    private var line = 1
    private var isSkipping = false
    private var isAtEnd = false

    init(_ file: InputFile) { self.file = file }

    var consumed: Int { file.consumed }
    var size: Int? { file.size }

    /// The next block; nil at the end.
    mutating func next() throws -> Block? {
        while !isAtEnd {
            var bytes = try file.read()
            isAtEnd = bytes.isEmpty
            if isSkipping {
                guard let newline = bytes.firstIndex(of: 10) else { continue }
                isSkipping = false
                line += 1
                bytes.removeSubrange(...newline)
            }
            if !rest.isEmpty {
                rest += bytes
                bytes = rest
                rest = []
            }
            if let block = cut(bytes) { return block }
        }
        return nil
    }

    /// Takes the whole lines of `bytes`, keeps what follows the last newline for the next block.
    private mutating func cut(_ bytes: [UInt8]) -> Block? {
        var block = Block(bytes: bytes, firstLine: line)
        if !isAtEnd {
            let end = bytes.lastIndex(of: 10).map { $0 + 1 } ?? 0
            rest = Array(bytes[end...])
            block.bytes.removeSubrange(end...)
        }
        block.bytes.withUnsafeBufferPointer { buffer in for byte in buffer where byte == 10 { line += 1 } }
        if rest.count > Self.lineLimit {
            rest = []
            isSkipping = true
            block.oversized = [line]
        }
        return block.bytes.isEmpty && block.oversized.isEmpty ? nil : block
    }
}
