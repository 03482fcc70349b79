/// Words of ASCII letters, Latin-1 letters (U+00C0–U+00FF) and typographic apostrophes, folded without ICU.
///
/// They are most of what western European texts have above ASCII, and ICU's answer for them is a small table:
/// one word, capitals 0x20 lower, `ß` as `ss`. A differential test holds this to ICU.
enum PlainLatin {
    /// Appends the word at `start..<end` and says true, or says false and appends nothing when it is not of this plain kind.
    static func read(_ scan: TextScan, _ start: Int, _ end: Int, _ buffer: inout TokenBuffer) -> Bool {
        guard end &- start <= TokenBuffer.longestForm, isPlain(scan, start, end) else { return false }
        var from = start
        while let split = Elision.split(scan, from, end) {
            append(scan, from, split, &buffer)
            from = split
        }
        append(scan, from, end, &buffer)
        return true
    }

    private static func isPlain(_ scan: TextScan, _ start: Int, _ end: Int) -> Bool {
        var position = start
        var hasLetter = false
        while position < end {
            let byte = scan.text[position]
            if byte < 0x80 {
                hasLetter = hasLetter || scan.isLetter(position)
                position &+= 1
            } else if byte == 0xC3, position &+ 1 < end, isLatin1Letter(scan.text[position &+ 1]) {
                hasLetter = true
                position &+= 2
            } else if isInnerApostrophe(scan, position, start, end) {
                position &+= 3
            } else {
                return false
            }
        }
        return hasLetter
    }

    /// The second byte of U+00C0–U+00FF, without × and ÷.
    private static func isLatin1Letter(_ byte: UInt8) -> Bool {
        byte & 0xC0 == 0x80 && byte != 0x97 && byte != 0xB7
    }

    /// `’` between two ASCII letters.
    private static func isInnerApostrophe(_ scan: TextScan, _ position: Int, _ start: Int, _ end: Int) -> Bool {
        guard position > start, position &+ 3 < end, scan.text[position] == 0xE2, scan.text[position &+ 1] == 0x80 else { return false }
        return scan.text[position &+ 2] == 0x99 && scan.isLetter(position &- 1) && scan.isLetter(position &+ 3)
    }

    private static func append(_ scan: TextScan, _ start: Int, _ end: Int, _ buffer: inout TokenBuffer) {
        var form = FoldedForm(&buffer)
        var position = start
        while position < end {
            let byte = scan.lower[position]
            if byte < 0x80 {
                form.count(byte != scan.text[position], scan.isLetter(position) && byte == scan.text[position])
                form.append(UInt32(byte), &buffer)
                position &+= 1
            } else if byte == 0xC3 {
                let second = scan.lower[position &+ 1]
                let isCapital = second <= 0x9E
                form.count(isCapital, !isCapital)
                if second == 0x9F {
                    form.append(0x73, &buffer)
                    form.append(0x73, &buffer)
                } else {
                    form.append(0xC0 + UInt32(second & 0x3F) + (isCapital ? 0x20 : 0), &buffer)
                }
                position &+= 2
            } else {
                form.append(0x27, &buffer)
                position &+= 3
            }
        }
        form.finish(.word, start, end, &buffer)
    }
}
