import CTextBoundary

/// Words of letters and marks whose folding depends on each alone: Arabic, Devanagari, Cyrillic, Greek, Ethiopic and most other scripts.
///
/// UAX #29 never splits them, and what ICU says of a scalar is kept with the boundary; so a new word costs a look-up a letter instead of an
/// iterator and a normaliser. A differential test holds this to ICU.
enum PlainLetters {
    /// What `attune_letter_of` says of a scalar.
    struct Letter {
        private let raw: UInt32

        init(raw: UInt32) { self.raw = raw }

        var folded: UInt32 { raw & 0xFFFF }

        @inline(__always)
        func `is`(_ flag: Int) -> Bool { raw & UInt32(truncatingIfNeeded: flag) != 0 }
    }

    /// Appends the word at `start..<end` and says true, or says false and appends nothing when it is not of this plain kind.
    static func read(_ scan: TextScan, _ start: Int, _ end: Int, _ boundary: TextBoundary, _ buffer: inout TokenBuffer) -> Bool {
        guard end &- start <= TokenBuffer.longestForm else { return false }
        let foldedStart = buffer.folded.count
        var form = FoldedForm(&buffer)
        guard append(scan, start, end, boundary, &form, &buffer) else {
            buffer.folded.setCount(foldedStart)
            return false
        }
        form.finish(.word, start, end, &buffer)
        return true
    }

    private static func append(
        _ scan: TextScan, _ start: Int, _ end: Int, _ boundary: TextBoundary, _ form: inout FoldedForm, _ buffer: inout TokenBuffer
    ) -> Bool {
        var position = start
        // A word begins with a letter, and two marks that may change places are ICU's.
        var mayMark = false
        var isReordered = false
        while position < end {
            let byte = scan.lower[position]
            if byte < 0x80 {
                guard scan.isLetter(position) else { return false }
                form.count(byte != scan.text[position], byte == scan.text[position])
                form.append(UInt32(byte), &buffer)
                position &+= 1
            } else {
                guard let scalar = UTF8Decoding.scalar(scan.text, position, end), scalar.value < 0x10000 else { return false }
                let letter = boundary.letter(UInt16(truncatingIfNeeded: scalar.value))
                form.append(letter.folded, &buffer)
                position &+= scalar.length
                guard letter.is(attune_letter) else {
                    guard letter.is(attune_letter_mark), mayMark, !(isReordered && letter.is(attune_letter_reordered)) else { return false }
                    isReordered = letter.is(attune_letter_reordered)
                    continue
                }
                form.count(letter.is(attune_letter_capital), letter.is(attune_letter_small))
            }
            mayMark = true
            isReordered = false
        }
        return true
    }
}
