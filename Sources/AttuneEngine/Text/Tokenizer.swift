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
        while position < count { position = readWindow(scan, position, scratch.boundary, &buffer) }
        dropTrailingLineBreak(&buffer)
    }

    /// Reads what stands between spaces in the 64 bytes from `from` on, where a token or a space begins; returns the position behind it.
    ///
    /// Most of a text are words between spaces, some with one mark behind them: those are read off the window's bitmaps.
    @inline(__always)
    private func readWindow(_ scan: TextScan, _ from: Int, _ boundary: TextBoundary, _ buffer: inout TokenBuffer) -> Int {
        let window = scan.window(from)
        let alphanumeric = window.letter | window.digit
        // A bit where something begins behind a space, and where a space begins behind something.
        var starts = ~window.space & ~(~window.space &<< 1)
        var stops = window.space & (~window.space &<< 1)
        var behind: UInt64 = 0
        while starts != 0 {
            let first = UInt64(truncatingIfNeeded: starts.trailingZeroBitCount)
            if window.newline != 0, window.newline &>> behind & ~(~0 &<< (first &- behind)) != 0 {
                noteLineBreaks(scan, from &+ Int(behind), from &+ Int(first), &buffer)
            }
            let start = from &+ Int(first)
            // What goes on behind the window is looked at again, as the beginning of another one.
            guard stops != 0 else { return first > 0 ? start : readPiece(scan, window, start, 0, boundary, &buffer) }
            behind = UInt64(truncatingIfNeeded: stops.trailingZeroBitCount)
            let run = (1 &<< behind) &- (1 &<< first)
            starts &= starts &- 1
            stops &= stops &- 1
            let others = run & ~alphanumeric
            if others | run & window.triple == 0 {
                append(window, run, start, from &+ Int(behind), &buffer)
                continue
            }
            let last = from &+ Int(behind) &- 1
            if others == 1 &<< (behind &- 1), others != run, run & window.triple == 0, let shape = closing(scan, last, start) {
                append(window, run ^ others, start, last, &buffer)
                buffer.appendAsWritten(.punctuation, last, last &+ 1, shape)
                continue
            }
            var position = start
            repeat {
                position = readPiece(scan, window, position, UInt64(truncatingIfNeeded: position &- from), boundary, &buffer)
            } while position <= last
        }
        let rest = from &+ Int(behind)
        guard window.newline &>> behind != 0 else { return from &+ 64 }
        let end = scan.spaceEnd(rest)
        noteLineBreaks(scan, rest, end, &buffer)
        return end
    }

    /// The shape of a `.`, `,`, `!` or `?` that closes a word or number beginning at `start`; nil for other marks, and for a comma behind
    /// digits, which may be a part of them.
    @inline(__always)
    private func closing(_ scan: TextScan, _ position: Int, _ start: Int) -> Token.Shape? {
        switch scan.text[position] {
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): .endsSentence
        case UInt8(ascii: ",") where !scan.isDigit(start): []
        default: nil
        }
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
