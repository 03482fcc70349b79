import CTextBoundary

/// Words and numbers: what begins with a letter, a digit or a byte above ASCII.
enum Word {
    private static let apostrophe = UInt8(ascii: "'")

    /// Whether what stands at `end` cannot continue the word before it, nor make an address or a face of it.
    @inline(__always)
    static func isPlainEnd(_ scan: TextScan, _ start: Int, _ end: Int) -> Bool {
        if scan.isSpace(end) { return true }
        switch scan.text[end] {
        case UInt8(ascii: "'"), UInt8(ascii: "."): return !scan.isWordish(end &+ 1)
        case UInt8(ascii: ","), UInt8(ascii: "/"): return !scan.isDigit(start)
        case UInt8(ascii: ":"): return !scan.isDigit(start) && scan.byte(end &+ 1) != UInt8(ascii: "/")
        case UInt8(ascii: "_"): return false
        case let byte: return byte < 0x80
        }
    }

    /// Reads a word or number that is ASCII up to `end`, the end of its letters and digits.
    @inline(__always)
    static func readASCII(
        _ scan: TextScan, _ start: Int, _ alphanumericEnd: Int, _ boundary: TextBoundary, _ buffer: inout TokenBuffer
    ) -> Int {
        var end = alphanumericEnd
        let byte = scan.byte(end)
        if byte == apostrophe, scan.isLetter(end &+ 1) {
            return readContraction(scan, start, boundary, &buffer)
        }
        if byte >= 0x2C, byte <= 0x3A, scan.isDigit(start), isDigits(scan, start, end) {
            end = numberEnd(scan, end)
        }
        appendASCII(scan, start, end, &buffer)
        return end
    }

    /// `4/5`, `19.99`, `1,000`, `10:30`: separators between digits belong to the number.
    private static func numberEnd(_ scan: TextScan, _ first: Int) -> Int {
        var end = first
        while true {
            switch scan.byte(end) {
            case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "/"): break
            default: return end
            }
            guard scan.isDigit(end &+ 1) else { return end }
            let next = scan.alphanumericEnd(end &+ 1)
            guard isDigits(scan, end &+ 1, next) else { return end }
            end = next
        }
    }

    private static func isDigits(_ scan: TextScan, _ start: Int, _ end: Int) -> Bool {
        var position = start
        while position < end {
            if !scan.isDigit(position) { return false }
            position &+= 1
        }
        return true
    }

    /// A word with an apostrophe inside: `don't` is one, `l'ami` is two.
    private static func readContraction(_ scan: TextScan, _ start: Int, _ boundary: TextBoundary, _ buffer: inout TokenBuffer) -> Int {
        var end = scan.alphanumericEnd(start)
        while scan.byte(end) == apostrophe, scan.isLetter(end &+ 1) { end = scan.alphanumericEnd(end &+ 1) }
        if scan.isHigh(end) || (scan.byte(end) == apostrophe && scan.isHigh(end &+ 1)) {
            return readMixed(scan, start, boundary, &buffer)
        }
        var from = start
        while let split = Elision.split(scan, from, end) {
            appendASCII(scan, from, split, &buffer)
            from = split
        }
        appendASCII(scan, from, end, &buffer)
        return end
    }

    /// Appends the ASCII word or number at `start..<end`.
    @inline(__always)
    static func appendASCII(_ scan: TextScan, _ start: Int, _ end: Int, _ buffer: inout TokenBuffer) {
        let foldedStart = buffer.folded.count
        let length = min(end &- start, TokenBuffer.longestForm)
        let bytes = scan.lower + start
        var capitals = 0
        var letters = 0
        var elongated = false
        var index = 0
        while index < length {
            let byte = bytes[index]
            let isLetter = byte >= 0x61 && byte <= 0x7A
            letters &+= isLetter ? 1 : 0
            capitals &+= byte != scan.text[start &+ index] ? 1 : 0
            if isLetter, index >= 2, byte == bytes[index &- 1], byte == bytes[index &- 2] { elongated = true }
            index &+= 1
        }
        var shape: Token.Shape = []
        if capitals >= 2, capitals == letters { shape.insert(.allCaps) }
        if elongated {
            shape.insert(.elongated)
            appendShortened(bytes, min(end &- start, 4 * TokenBuffer.longestForm), &buffer)
            buffer.append(letters > 0 ? .word : .number, start, end, shape, foldedStart: foldedStart)
        } else {
            buffer.appendAsWritten(letters > 0 ? .word : .number, start, end, shape)
        }
    }

    /// Appends letters of which three or more in a row become two.
    private static func appendShortened(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ buffer: inout TokenBuffer) {
        var written = 0
        var index = 0
        while index < count, written < TokenBuffer.longestForm {
            let byte = bytes[index]
            let isLetter = byte >= 0x61 && byte <= 0x7A
            if !(isLetter && index >= 2 && byte == bytes[index &- 1] && byte == bytes[index &- 2]) {
                buffer.folded.append(byte)
                written &+= 1
            }
            index &+= 1
        }
    }

    /// Reads a run of letters, digits, inner apostrophes and bytes above ASCII, at most `Tokenizer.longestRun` of them.
    static func readMixed(_ scan: TextScan, _ start: Int, _ boundary: TextBoundary, _ buffer: inout TokenBuffer) -> Int {
        var end = scan.wordishEnd(start)
        while end &- start < Tokenizer.longestRun, scan.byte(end) == apostrophe, scan.isLetter(end &+ 1) || scan.isHigh(end &+ 1) {
            end = scan.wordishEnd(end &+ 1)
        }
        if end &- start > Tokenizer.longestRun { end = UTF8Decoding.boundary(scan.text, start &+ Tokenizer.longestRun) }
        guard end &- start <= RunMemo.longestRun else {
            split(scan, start, end, boundary, &buffer)
            return end
        }
        let key = RunMemo.key(scan.slice(start, end))
        if boundary.runs.append(key, at: start, &buffer) { return end }
        let first = buffer.tokens.count
        let mayJoin = first > 0 && buffer.tokens[first &- 1].kind == .punctuation && Int(buffer.tokens[first &- 1].span.end) == start
        split(scan, start, end, boundary, &buffer)
        if !mayJoin { boundary.runs.remember(key, at: start, tokensFrom: first, buffer) }
        return end
    }

    /// Appends the tokens of a run.
    private static func split(_ scan: TextScan, _ start: Int, _ end: Int, _ boundary: TextBoundary, _ buffer: inout TokenBuffer) {
        if PlainLatin.read(scan, start, end, &buffer) || PlainLetters.read(scan, start, end, boundary, &buffer) { return }
        var from = start
        while from < end {
            let valid = UTF8Decoding.validEnd(scan.text, from, end)
            if valid > from { Segments.read(scan, from, valid, boundary, &buffer) }
            // A byte that is not UTF-8 separates words.
            from = max(valid, valid < end ? valid &+ 1 : valid)
        }
    }
}
