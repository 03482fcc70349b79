import CKernels

/// Memory that `Tokenizer` uses again for every text. One thread at a time; make one per worker.
public struct TokenizerScratch {
    let kernels: UnsafePointer<attune_kernels>
    private var blocks = Column<attune_block>()
    let boundary = TextBoundary()

    public init() { self.init(kernels: attune_kernels_best()) }

    init(kernels: UnsafePointer<attune_kernels>) { self.kernels = kernels }

    /// Classifies a text and writes its small letters into the buffer. The answer is valid until the next call.
    @inline(__always)
    mutating func scan(_ text: UnsafePointer<UInt8>, count: Int, _ buffer: inout TokenBuffer) -> TextScan {
        let blockCount = (count &+ 63) >> 6
        blocks.reserve(blockCount &+ 1)
        // Words are compared and hashed by eight bytes at a time, so as many may be read behind the last one.
        buffer.lower.reserve((blockCount &+ 1) << 6)
        kernels.pointee.scan(text, count, buffer.lower.base, blocks.base)
        // What stands behind the text is space.
        (blocks.base + blockCount).initialize(to: attune_block(letter: 0, digit: 0, space: ~0, high: 0, upper: 0, newline: 0, triple: 0))
        return TextScan(text: text, lower: buffer.lower.base, blocks: blocks.base, count: count)
    }
}
