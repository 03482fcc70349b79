import CTextBoundary

/// ICU's word boundaries and case folding, behind `CTextBoundary`. Used by one thread at a time: it lives in a scratch.
final class TextBoundary {
    /// Nil when ICU has no data on this machine; words beyond ASCII are then separated by spaces only.
    private let handle: OpaquePointer?

    /// What short runs were split into before.
    let runs = RunMemo()

    /// Segments of one call: a run of `Tokenizer.longestRun` bytes has no more.
    let segments: UnsafeMutablePointer<attune_segment>
    /// What the last `fold` wrote.
    let folded: UnsafeMutablePointer<UInt8>
    /// 512 source bytes are 170 scalars of three bytes, of which NFKC makes at most 33 bytes each (U+FDFA).
    static let foldedCapacity = 8192
    /// Bytes of source that one folding reads.
    static let foldedSource = 512

    init() {
        handle = attune_boundary_create()
        segments = .allocate(capacity: Tokenizer.longestRun)
        folded = .allocate(capacity: Self.foldedCapacity)
    }

    deinit {
        if let handle { attune_boundary_destroy(handle) }
        segments.deallocate()
        folded.deallocate()
    }

    /// The number of segments written to `segments`; 0 when ICU refused.
    func split(_ run: UnsafeBufferPointer<UInt8>) -> Int {
        guard let handle, let base = run.baseAddress else { return 0 }
        return attune_boundary_segments(handle, base, run.count, segments, Tokenizer.longestRun)
    }

    /// What becomes of a letter or mark among others: nothing that is known when it depends on more than the scalar, or without ICU.
    @inline(__always)
    func letter(_ scalar: UInt16) -> PlainLetters.Letter {
        guard let handle else { return PlainLetters.Letter(raw: 0) }
        return PlainLetters.Letter(raw: attune_letter_of(handle, scalar))
    }

    /// NFKC case folding of valid UTF-8 (its first `foldedSource` bytes at most) into `folded`.
    func fold(_ word: UnsafeBufferPointer<UInt8>) -> attune_folded {
        guard let handle, let base = word.baseAddress else { return attune_folded(count: 0, uppercase: 0, lowercase: 0) }
        return attune_boundary_fold(handle, base, word.count, folded, Self.foldedCapacity)
    }
}
