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
        let scan = scratch.memory.scan(base, count: count)
        var position = 0
        while true {
            let start = scan.spaceEnd(position)
            if start > position { noteLineBreak(scan, position, start, &buffer) }
            if start >= count { break }
            position = readToken(scan, start, scratch.boundary, &buffer)
        }
        dropTrailingLineBreak(&buffer)
    }

    /// Reads what begins at `start`, which is no space; returns the position behind it, always greater than `start`.
    @inline(__always)
    private func readToken(_ scan: TextScan, _ start: Int, _ boundary: TextBoundary, _ buffer: inout TokenBuffer) -> Int {
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
        if buffer.folded[Int(last.foldedStart)] == 0x0A { buffer.removeLast() }
    }
}
