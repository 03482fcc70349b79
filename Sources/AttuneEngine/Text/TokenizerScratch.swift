import CKernels

/// Memory that `Tokenizer` uses again for every text. One thread at a time; make one per worker.
public struct TokenizerScratch {
    let memory = ScanMemory()
    let boundary = TextBoundary()

    public init() {}
}

/// The kernels' output for one text: grows to the longest text seen, up to the tokeniser's limit.
final class ScanMemory {
    let kernels: UnsafePointer<attune_kernels>
    private(set) var lower: UnsafeMutablePointer<UInt8>
    private(set) var blocks: UnsafeMutablePointer<attune_block>
    private var blockCapacity: Int

    init(kernels: UnsafePointer<attune_kernels> = attune_kernels_best()) {
        self.kernels = kernels
        blockCapacity = 64
        lower = .allocate(capacity: blockCapacity * 64)
        blocks = .allocate(capacity: blockCapacity)
    }

    deinit {
        lower.deallocate()
        blocks.deallocate()
    }

    /// Classifies a text. The answer is valid until the next call.
    func scan(_ text: UnsafePointer<UInt8>, count: Int) -> TextScan {
        let needed = (count &+ 63) >> 6
        if needed > blockCapacity {
            lower.deallocate()
            blocks.deallocate()
            blockCapacity = max(needed, 2 * blockCapacity)
            lower = .allocate(capacity: blockCapacity * 64)
            blocks = .allocate(capacity: blockCapacity)
        }
        kernels.pointee.scan(text, count, lower, blocks)
        return TextScan(text: text, lower: lower, blocks: blocks, count: count)
    }
}
