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
                    append(block, word, start, start &+ Int(length), &buffer)
                    position = start &+ Int(length)
                    continue
                }
            } else if length > 0, let (word, end) = contraction(scan, block, start, first, length), block.triple & word == 0 {
                append(block, word, start, end, &buffer)
                position = end
                continue
            }
            if length == 0, isLoneMark(scan, start, buffer) {
                let ends = scan.text[start] != UInt8(ascii: ",")
                buffer.appendAsWritten(.punctuation, start, start &+ 1, ends ? .endsSentence : [])
                position = start &+ 1
                continue
            }
            position = readOther(scan, start, boundary, &buffer)
        }
        return position
    }

    /// Whether one `.`, `,`, `!` or `?` stands at `start` with a space behind it and no mark directly before it.
    @inline(__always)
    private func isLoneMark(_ scan: TextScan, _ start: Int, _ buffer: TokenBuffer) -> Bool {
        let byte = scan.text[start]
        guard byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?") else { return false }
        guard scan.isSpace(start &+ 1) else { return false }
        guard let last = buffer.tokens.last else { return true }
        return last.kind != .punctuation || Int(last.span.end) != start
    }

    /// Appends a plain word or number; `word` are its bits in the block.
    @inline(__always)
    private func append(_ block: attune_block, _ word: UInt64, _ start: Int, _ end: Int, _ buffer: inout TokenBuffer) {
        let capitals = block.upper & word
        let isLoud = capitals & (capitals &- 1) != 0 && capitals == block.letter & word
        buffer.appendAsWritten(block.letter & word != 0 ? .word : .number, start, end, isLoud ? .allCaps : [])
    }

    /// `don't`, `I'm`, `we've`: a word that goes on behind an apostrophe with an ending that is never a word of its own (`Elision`).
    /// - Returns: its bits in the block and its end; nil when it must be looked at closer.
    @inline(__always)
    private func contraction(
        _ scan: TextScan, _ block: attune_block, _ start: Int, _ first: UInt64, _ length: UInt64
    ) -> (word: UInt64, end: Int)? {
        let apostrophe = start &+ Int(length)
        guard first &+ length < 60, apostrophe &+ 2 < scan.count, scan.text[apostrophe] == UInt8(ascii: "'") else { return nil }
        let tail = (block.letter | block.digit) &>> (first &+ length &+ 1)
        let ending = UInt64(truncatingIfNeeded: (~tail).trailingZeroBitCount)
        let (one, two) = (scan.lower[apostrophe &+ 1], scan.lower[apostrophe &+ 2])
        switch (ending, one, two) {
        case (1, UInt8(ascii: "s"), _), (1, UInt8(ascii: "t"), _), (1, UInt8(ascii: "m"), _), (1, UInt8(ascii: "d"), _): break
        case (2, UInt8(ascii: "r"), UInt8(ascii: "e")), (2, UInt8(ascii: "v"), UInt8(ascii: "e")), (2, UInt8(ascii: "l"), UInt8(ascii: "l")): break
        default: return nil
        }
        let end = apostrophe &+ 1 &+ Int(ending)
        guard scan.isSpace(end) else { return nil }
        return (~(~0 &<< (length &+ 1 &+ ending)) &<< first, end)
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
