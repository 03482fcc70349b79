import CTextBoundary

/// What ICU says of a run of valid UTF-8: words, numbers, emoji and punctuation beyond ASCII.
enum Segments {
    /// Appends the tokens of `start..<end`.
    static func read(_ scan: TextScan, _ start: Int, _ end: Int, _ boundary: TextBoundary, _ buffer: inout TokenBuffer) {
        let count = boundary.split(scan.slice(start, end))
        guard count > 0 else {
            appendWord(scan, start, end, .word, boundary, &buffer)
            return
        }
        var from = start
        for index in 0..<count {
            let segment = boundary.segments[index]
            let to = min(start &+ Int(segment.end), end)
            if to > from { append(scan, from, to, segment.kind, boundary, &buffer) }
            from = max(from, to)
        }
    }

    private static func append(
        _ scan: TextScan, _ start: Int, _ end: Int, _ kind: Int32, _ boundary: TextBoundary, _ buffer: inout TokenBuffer
    ) {
        guard let first = UTF8Decoding.scalar(scan.text, start, end) else { return }
        if kind == Int32(attune_segment_word.rawValue) {
            appendContraction(scan, start, end, boundary, &buffer)
        } else if attune_is_emoji(first.value) || isKeycap(scan, start, end) {
            appendEmoji(scan, start, end, &buffer)
        } else if kind == Int32(attune_segment_number.rawValue) {
            appendWord(scan, start, end, .number, boundary, &buffer)
        } else if !attune_is_word_scalar(first.value) {
            Punctuation.append(first.value, start, start &+ first.length, &buffer)
        }
    }

    /// `1️⃣`: a digit with U+20E3 at its end.
    private static func isKeycap(_ scan: TextScan, _ start: Int, _ end: Int) -> Bool {
        end &- start >= 4 && scan.text[end &- 3] == 0xE2 && scan.text[end &- 2] == 0x83 && scan.text[end &- 1] == 0xA3
    }

    private static func appendContraction(
        _ scan: TextScan, _ start: Int, _ end: Int, _ boundary: TextBoundary, _ buffer: inout TokenBuffer
    ) {
        var from = start
        while let split = Elision.split(scan, from, end) {
            appendWord(scan, from, split, .word, boundary, &buffer)
            from = split
        }
        appendWord(scan, from, end, .word, boundary, &buffer)
    }

    /// Appends the word, number or hashtag whose text stands at `start..<end`; its span begins `prefix` bytes earlier.
    static func appendWord(
        _ scan: TextScan, _ start: Int, _ end: Int, _ kind: Token.Kind, _ boundary: TextBoundary, _ buffer: inout TokenBuffer,
        prefix: Int = 0
    ) {
        var cut = end
        if end &- start > TextBoundary.foldedSource { cut = UTF8Decoding.boundary(scan.text, start &+ TextBoundary.foldedSource) }
        let folded = boundary.fold(scan.slice(start, cut))
        var form = FoldedForm(&buffer)
        form.count(capitals: folded.uppercase, small: folded.lowercase)
        let bytes = folded.count > 0 ? UnsafePointer(boundary.folded) : scan.lower + start
        let count = folded.count > 0 ? folded.count : cut &- start
        var position = 0
        while position < count, let scalar = UTF8Decoding.scalar(bytes, position, count) {
            form.append(scalar.value, &buffer)
            position &+= scalar.length
        }
        form.finish(kind, start &- prefix, end, &buffer)
    }

    /// Appends an emoji sequence; skin tones and variation selectors do not stand in its folded form.
    private static func appendEmoji(_ scan: TextScan, _ start: Int, _ end: Int, _ buffer: inout TokenBuffer) {
        let foldedStart = buffer.folded.count
        var position = start
        while position < end, let scalar = UTF8Decoding.scalar(scan.text, position, end) {
            position &+= scalar.length
            switch scalar.value {
            case 0xFE0E, 0xFE0F, 0x1F3FB...0x1F3FF: continue
            default: break
            }
            guard buffer.folded.count &- foldedStart &+ scalar.length <= TokenBuffer.longestForm else { break }
            FoldedForm.encode(scalar.value, &buffer.folded)
        }
        // A skin tone that stands alone.
        if buffer.folded.count == foldedStart { FoldedForm.encode(0x1F3FB, &buffer.folded) }
        buffer.append(.emoji, start, end, .nonASCII, foldedStart: foldedStart)
    }
}
