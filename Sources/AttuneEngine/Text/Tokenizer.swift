import CKernels

/// Splits a text of any bytes into tokens, in time linear in its length.
///
/// ASCII is walked by the kernels' bitmaps; only runs of letters with bytes above ASCII are given to ICU, so `café` is one
/// word and Thai or Chinese is split by dictionary. Bytes that are not UTF-8 separate words and are in no token.
public struct Tokenizer: Sendable {
    /// Bytes of a text that are read; what lies behind is cut at a character.
    public let limit: Int

    /// A run without spaces is given to ICU in parts of this many bytes: its work on one part is not linear for every script.
    static let longestRun = 4096

    /// - Parameter limit: bytes of a text that are read, 1 MiB if nothing is said, at most 1 GiB (spans are 32 bits wide).
    public init(limit: Int = 1 << 20) {
        self.limit = max(0, min(limit, 1 << 30))
    }

    /// Replaces what is in `buffer` by the tokens of `text`, in text order and without overlaps.
    public func tokenize(_ text: UnsafeBufferPointer<UInt8>, scratch: inout TokenizerScratch, into buffer: inout TokenBuffer) {
        buffer.removeAll()
        buffer.textCount = text.count
        guard let base = text.baseAddress, !text.isEmpty, limit > 0 else { return }
        let count = text.count <= limit ? text.count : UTF8Decoding.boundary(base, limit)
        buffer.scannedCount = count
        guard count > 0 else { return }
        let scan = scratch.scan(base, count: count, &buffer)
        var position = 0
        while position < count { position = readWords(scan, position, scratch.boundary, &buffer) }
        dropTrailingLineBreak(&buffer)
    }

    /// Reads from `position`, which is no inside of a token, to the end of the block of 64 bytes it stands in, or to the end of the last
    /// token that begins there.
    ///
    /// Most of a text are words between spaces: those are read off the block's bitmaps, and everything else is left to `readOther`.
    @inline(__always)
    private func readWords(_ scan: TextScan, _ from: Int, _ boundary: TextBoundary, _ buffer: inout TokenBuffer) -> Int {
        let blockStart = from & ~63
        let block = scan.blocks[from >> 6]
        let alphanumeric = block.letter | block.digit
        var position = from
        while position < blockStart &+ 64 {
            let shift = UInt64(truncatingIfNeeded: position & 63)
            let solid = ~block.space &>> shift
            if solid == 0 {
                if block.newline &>> shift != 0 { noteLineBreak(scan, position, min(blockStart &+ 64, scan.count), &buffer) }
                return blockStart &+ 64
            }
            let gap = UInt64(truncatingIfNeeded: solid.trailingZeroBitCount)
            if gap > 0, block.newline &>> shift & ~(~0 &<< gap) != 0 { noteLineBreak(scan, position, position &+ Int(gap), &buffer) }
            let start = position &+ Int(gap)
            let first = shift &+ gap
            let length = UInt64(truncatingIfNeeded: (~(alphanumeric &>> first)).trailingZeroBitCount)
            // A word that reaches the block's end may go on behind it.
            if length > 0, first &+ length < 64, Word.isPlainEnd(scan, start, start &+ Int(length)) {
                let word = ~(~0 &<< length) &<< first
                // A triple of the last two letters would have to go on behind the word.
                if block.triple & word == 0 {
                    let capitals = block.upper & word
                    let isLoud = capitals & (capitals &- 1) != 0 && capitals == block.letter & word
                    buffer.appendAsWritten(block.letter & word != 0 ? .word : .number, start, start &+ Int(length), isLoud ? .allCaps : [])
                    position = start &+ Int(length)
                    continue
                }
            }
            position = readOther(scan, start, boundary, &buffer)
        }
        return position
    }

    /// Reads what begins at `start`, which is no space; returns the position behind it, always greater than `start`.
    @inline(never)
    private func readOther(_ scan: TextScan, _ start: Int, _ boundary: TextBoundary, _ buffer: inout TokenBuffer) -> Int {
        guard scan.isWordish(start) else { return Punctuation.read(scan, start, boundary, &buffer) }
        if let end = Address.read(scan, start, &buffer) { return end }
        if let end = Emoticon.readLetters(scan, start, &buffer) { return end }
        let end = scan.alphanumericEnd(start)
        if scan.isHigh(end) || (scan.byte(end) == UInt8(ascii: "'") && scan.isHigh(end &+ 1)) {
            return Word.readMixed(scan, start, boundary, &buffer)
        }
        return Word.readASCII(scan, start, end, boundary, &buffer)
    }

    /// A line break between two tokens is a token of its own, as it ends a sentence, unless the sentence has already ended.
    private func noteLineBreak(_ scan: TextScan, _ start: Int, _ end: Int, _ buffer: inout TokenBuffer) {
        guard let last = buffer.tokens.last, !last.shape.contains(.endsSentence) else { return }
        guard let position = scan.lineBreak(start, end) else { return }
        let foldedStart = buffer.folded.count
        buffer.folded.append(0x0A)
        buffer.append(.punctuation, position, position &+ 1, .endsSentence, foldedStart: foldedStart)
    }

    private func dropTrailingLineBreak(_ buffer: inout TokenBuffer) {
        guard let last = buffer.tokens.last, last.kind == .punctuation else { return }
        if buffer.form(last)[0] == 0x0A { buffer.removeLast() }
    }
}
