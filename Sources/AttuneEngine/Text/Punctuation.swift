/// Punctuation and what begins with it: hashtags, mentions, e-mail addresses, faces, runs of one mark.
enum Punctuation {
    /// Reads what begins at `start`, a byte of ASCII punctuation; returns the position behind it.
    static func read(_ scan: TextScan, _ start: Int, _ boundary: TextBoundary, _ buffer: inout TokenBuffer) -> Int {
        if let end = Emoticon.read(scan, start, &buffer) { return end }
        switch scan.text[start] {
        case UInt8(ascii: "#"):
            if let end = readHashtag(scan, start, boundary, &buffer) { return end }
        case UInt8(ascii: "@"):
            if let end = Address.readMail(scan, start, &buffer) ?? readMention(scan, start, &buffer) { return end }
        case UInt8(ascii: "-") where scan.isWordish(start &- 1) && scan.isWordish(start &+ 1):
            // `well-made` is two words, and nothing stands between them.
            return start &+ 1
        case UInt8(ascii: "["):
            if let end = RedactionMark.end(scan, start) {
                buffer.isRedacted = true
                return end
            }
        default: break
        }
        let end = scan.repeatEnd(start)
        let byte = scan.text[start]
        append(UInt32(byte), start, end, &buffer, repeats: end &- start)
        return end
    }

    /// Appends a mark, folded to ASCII where there is an equal: `。` is `.`, `？` is `?`. A mark beside its equal makes a run of it.
    static func append(_ scalar: UInt32, _ start: Int, _ end: Int, _ buffer: inout TokenBuffer, repeats: Int = 1) {
        guard let mark = unified(scalar) else { return }
        let count = scalar == 0x2026 ? 3 : repeats
        let shape: Token.Shape = scalar < 0x80 ? [] : .nonASCII
        let index = buffer.tokens.count &- 1
        if index >= 0, buffer.tokens[index].kind == .punctuation, Int(buffer.tokens[index].span.end) == start,
            isForm(buffer.tokens[index], mark, buffer)
        {
            buffer.tokens[index].span.end = Int32(truncatingIfNeeded: end)
            buffer.tokens[index].repeats &+= Int32(truncatingIfNeeded: count)
            buffer.tokens[index].shape.formUnion(shape)
            return
        }
        let foldedStart = buffer.folded.count
        FoldedForm.encode(mark, &buffer.folded)
        buffer.append(.punctuation, start, end, endsSentence(mark) ? shape.union(.endsSentence) : shape, foldedStart: foldedStart, repeats: count)
    }

    private static func isForm(_ token: Token, _ mark: UInt32, _ buffer: TokenBuffer) -> Bool {
        mark < 0x80 && token.foldedCount == 1 && UInt32(buffer.form(token)[0]) == mark
    }

    private static func endsSentence(_ mark: UInt32) -> Bool {
        mark == 0x2E || mark == 0x21 || mark == 0x3F
    }

    /// The mark that stands for this one, or nil for spaces and invisible marks.
    private static func unified(_ scalar: UInt32) -> UInt32? {
        switch scalar {
        case 0x80...0xA0, 0xAD, 0x1680, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x206F, 0x3000, 0xFE00...0xFE0F, 0xFEFF, 0xFFFD,
            0xE0000...0xE0FFF:
            nil
        case 0x2018, 0x2019, 0x201A, 0x201B, 0x02BC, 0xFF07: 0x27
        case 0x201C...0x201F, 0x00AB, 0x00BB, 0x300C...0x300F: 0x22
        case 0x2010...0x2015, 0x2212: 0x2D
        case 0x3002, 0xFF0E, 0xFF61, 0x0964, 0x0965, 0x06D4, 0x2026: 0x2E
        case 0xFF01, 0x203C: 0x21
        case 0xFF1F, 0x061F, 0x2047: 0x3F
        case 0x060C, 0x3001, 0xFF0C: 0x2C
        case 0x061B, 0xFF1B: 0x3B
        case 0xFF1A: 0x3A
        default: scalar
        }
    }

    /// `#WorstServiceEver` is one token, `#1` is not a hashtag.
    private static func readHashtag(_ scan: TextScan, _ start: Int, _ boundary: TextBoundary, _ buffer: inout TokenBuffer) -> Int? {
        let end = nameEnd(scan, start &+ 1)
        var position = start &+ 1
        while position < end, scan.isDigit(position) { position &+= 1 }
        guard position < end else { return nil }
        let isASCII = scan.printableASCIIEnd(start) >= end
        if isASCII {
            buffer.appendAsWritten(.hashtag, start, end, [], prefix: 1)
        } else {
            let valid = UTF8Decoding.validEnd(scan.text, start &+ 1, end)
            guard valid > start &+ 1 else { return nil }
            Segments.appendWord(scan, start &+ 1, valid, .hashtag, boundary, &buffer, prefix: 1)
            return valid
        }
        return end
    }

    private static func readMention(_ scan: TextScan, _ start: Int, _ buffer: inout TokenBuffer) -> Int? {
        guard !scan.isWordish(start &- 1) else { return nil }
        let end = UTF8Decoding.validEnd(scan.text, start &+ 1, nameEnd(scan, start &+ 1))
        guard end > start &+ 1 else { return nil }
        buffer.append(.mention, start, end, [], foldedStart: buffer.folded.count)
        return end
    }

    /// End of a hashtag's or a mention's name: letters, digits, `_`, and letters above ASCII, but no emoji or general punctuation.
    private static func nameEnd(_ scan: TextScan, _ start: Int) -> Int {
        var end = start
        while end < scan.count {
            let byte = scan.text[end]
            if byte < 0x80 {
                guard scan.isWordish(end) || byte == UInt8(ascii: "_") else { return end }
            } else if byte == 0xE2 || byte >= 0xF0 || (byte == 0xE3 && scan.byte(end &+ 1) == 0x80) || byte == 0xEF {
                return end
            }
            end &+= 1
        }
        return end
    }
}
