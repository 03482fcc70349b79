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
        while position < count {
            position = buffer.appendWords(scan, position, scratch.kernels)
            if position < count { position = readRest(scan, position, scratch.boundary, &buffer) }
        }
        dropTrailingLineBreak(&buffer)
    }

    /// Reads what the kernel leaves: spaces with line breaks among them, or what stands between spaces, up to 64 bytes of it and the end of the
    /// token there. Returns the position behind it.
    @inline(never)
    private func readRest(_ scan: TextScan, _ from: Int, _ boundary: TextBoundary, _ buffer: inout TokenBuffer) -> Int {
        let window = scan.window(from)
        if window.space & 1 != 0 {
            let end = scan.spaceEnd(from)
            if window.newline != 0 || end > from &+ 64 { noteLineBreaks(scan, from, end, &buffer) }
            return end
        }
        let end = from &+ window.space.trailingZeroBitCount
        var position = from
        while position < end {
            position = readPiece(scan, window, position, UInt64(truncatingIfNeeded: position &- from), boundary, &buffer)
        }
        return position
    }

    /// Reads one token or mark at `start`, whose bit in the window is `first`; returns the position behind it.
    private func readPiece(
        _ scan: TextScan, _ window: attune_block, _ start: Int, _ first: UInt64, _ boundary: TextBoundary, _ buffer: inout TokenBuffer
    ) -> Int {
        let length = UInt64(truncatingIfNeeded: (~((window.letter | window.digit) &>> first)).trailingZeroBitCount)
        // A word that reaches the window's end may go on behind it.
        if length > 0, first &+ length < 64, Word.isPlainEnd(scan, start, start &+ Int(length)) {
            let word = ~(~0 &<< length) &<< first
            // A triple of the last two letters would have to go on behind the word.
            if window.triple & word == 0 {
                append(window, word, start, start &+ Int(length), &buffer)
                return start &+ Int(length)
            }
        } else if length > 0, let (word, end) = contraction(scan, window, start, first, length), window.triple & word == 0 {
            append(window, word, start, end, &buffer)
            return end
        }
        if length == 0, isLoneMark(scan, start, buffer) {
            buffer.appendAsWritten(.punctuation, start, start &+ 1, scan.text[start] == UInt8(ascii: ",") ? [] : .endsSentence)
            return start &+ 1
        }
        return readOther(scan, start, boundary, &buffer)
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

    /// Notes the line breaks in a gap between two tokens, each of its parts up to a multiple of 64 bytes by itself.
    @inline(never)
    private func noteLineBreaks(_ scan: TextScan, _ start: Int, _ end: Int, _ buffer: inout TokenBuffer) {
        var from = start
        while from < end {
            let to = min((from | 63) &+ 1, end)
            noteLineBreak(scan, from, to, &buffer)
            from = to
        }
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
