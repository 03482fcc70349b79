/// ASCII faces: `:-)`, `;)`, `:'(`, `<3`, `^_^`. Their folded form has no nose and one mouth: `:-)))` is `:)`.
enum Emoticon {
    /// Reads a face that begins with punctuation at `start`; its end, or nil.
    @inline(__always)
    static func read(_ scan: TextScan, _ start: Int, _ buffer: inout TokenBuffer) -> Int? {
        switch scan.text[start] {
        case UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: ">"):
            if let end = readUpright(scan, start, &buffer) { return end }
        case UInt8(ascii: "("), UInt8(ascii: ")"):
            if let end = readMirrored(scan, start, &buffer) { return end }
        case UInt8(ascii: "<"), UInt8(ascii: "^"), UInt8(ascii: "-"), UInt8(ascii: "\\"): break
        default: return nil
        }
        return readWhole(scan, start, &buffer)
    }

    /// Faces that are not made of eyes and a mouth: their text, and what they are folded to.
    private static let whole: [(text: StaticString, folded: StaticString)] = [
        ("</3", "</3"), ("<3", "<3"), ("^_^", "^_^"), ("^.^", "^_^"), ("^-^", "^_^"), ("^^", "^_^"), ("-_-", "-_-"), (">_<", ">_<"),
        (">.<", ">_<"), (";_;", ";_;"), (";-;", ";_;"), ("\\o/", "\\o/"),
    ]

    private static func readWhole(_ scan: TextScan, _ start: Int, _ buffer: inout TokenBuffer) -> Int? {
        guard !scan.isWordish(start &- 1) || scan.text[start] == UInt8(ascii: "<") else { return nil }
        for face in whole where scan.has(face.text, at: start) {
            var end = start &+ face.text.utf8CodeUnitCount
            // `<333`
            while scan.byte(end) == UInt8(ascii: "3"), scan.byte(end &- 1) == UInt8(ascii: "3") { end &+= 1 }
            guard !scan.isLetter(end), !scan.isDigit(end) else { continue }
            return append(face.folded, start, end, &buffer)
        }
        return nil
    }

    /// `T_T`, `o_O`: faces that begin with a letter.
    @inline(__always)
    static func readLetters(_ scan: TextScan, _ start: Int, _ buffer: inout TokenBuffer) -> Int? {
        guard scan.byte(start &+ 1) == UInt8(ascii: "_"), !scan.isWordish(start &- 1), !scan.isWordish(start &+ 3) else { return nil }
        guard scan.byte(start &- 1) != UInt8(ascii: "_"), scan.byte(start &+ 3) != UInt8(ascii: "_") else { return nil }
        for face in [("t_t", "t_t"), ("o_o", "o_o"), ("u_u", "u_u"), ("q_q", "t_t"), ("x_x", "x_x")] as [(StaticString, StaticString)]
        where scan.has(face.0, at: start) {
            return append(face.1, start, start &+ 3, &buffer)
        }
        return nil
    }

    /// Eyes, perhaps a nose, a mouth: `:)`, `:-(`, `>:(`, `:'(`, `=D`.
    private static func readUpright(_ scan: TextScan, _ start: Int, _ buffer: inout TokenBuffer) -> Int? {
        var position = start
        let isAngry = scan.text[start] == UInt8(ascii: ">")
        if isAngry { position &+= 1 }
        let eyes = scan.byte(position)
        guard eyes == UInt8(ascii: ":") || (!isAngry && (eyes == UInt8(ascii: ";") || eyes == UInt8(ascii: "="))) else { return nil }
        if eyes == UInt8(ascii: "="), scan.isWordish(start &- 1) { return nil }
        position &+= 1
        var isCrying = false
        switch scan.byte(position) {
        case UInt8(ascii: "-"), UInt8(ascii: "^"): position &+= 1
        case UInt8(ascii: "'"):
            isCrying = true
            position &+= 1
        case UInt8(ascii: "o") where isBracket(scan.byte(position &+ 1)): position &+= 1
        default: break
        }
        guard let mouth = mouth(scan.byte(position)), let end = mouthEnd(scan, start, position) else { return nil }
        let foldedStart = buffer.folded.count
        if isAngry { buffer.folded.append(UInt8(ascii: ">")) }
        buffer.folded.append(eyes)
        if isCrying { buffer.folded.append(UInt8(ascii: "'")) }
        buffer.folded.append(mouth)
        buffer.append(.emoticon, start, end, end &- position >= 3 ? .elongated : [], foldedStart: foldedStart)
        return end
    }

    private static func isBracket(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ")") || byte == UInt8(ascii: "(")
    }

    /// The mouth that stands for this one, or nil when it is none.
    private static func mouth(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): UInt8(ascii: ")")
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "c"), UInt8(ascii: "C"): UInt8(ascii: "(")
        case UInt8(ascii: "D"): UInt8(ascii: "d")
        case UInt8(ascii: "p"), UInt8(ascii: "P"): UInt8(ascii: "p")
        case UInt8(ascii: "o"), UInt8(ascii: "O"): UInt8(ascii: "o")
        case UInt8(ascii: "s"), UInt8(ascii: "S"): UInt8(ascii: "s")
        case UInt8(ascii: "/"), UInt8(ascii: "\\"): UInt8(ascii: "/")
        case UInt8(ascii: "|"), UInt8(ascii: "*"), UInt8(ascii: "3"): byte
        default: nil
        }
    }

    /// The end of the mouth at `position`, as often as it stands; nil when what is around it says that it is none.
    private static func mouthEnd(_ scan: TextScan, _ start: Int, _ position: Int) -> Int? {
        let end = scan.repeatEnd(position)
        let byte = scan.text[position]
        if scan.isLetter(position) || scan.isDigit(position) {
            return scan.isWordish(start &- 1) || scan.isWordish(end) ? nil : end
        }
        if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") {
            return end &- position > 1 || scan.isWordish(end) ? nil : end
        }
        // `note:(see below)`
        let opens = byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{")
        return opens && (scan.isLetter(end) || scan.isDigit(end)) ? nil : end
    }

    /// `(:`, `(-:`, `):` with nothing but a space before them.
    private static func readMirrored(_ scan: TextScan, _ start: Int, _ buffer: inout TokenBuffer) -> Int? {
        guard scan.isSpace(start &- 1) else { return nil }
        var position = start &+ 1
        if scan.byte(position) == UInt8(ascii: "-") { position &+= 1 }
        let eyes = scan.byte(position)
        guard eyes == UInt8(ascii: ":") || eyes == UInt8(ascii: ";") || eyes == UInt8(ascii: "="), scan.isSpace(position &+ 1) else { return nil }
        let foldedStart = buffer.folded.count
        buffer.folded.append(eyes)
        buffer.folded.append(scan.text[start] == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "("))
        buffer.append(.emoticon, start, position &+ 1, [], foldedStart: foldedStart)
        return position &+ 1
    }

    private static func append(_ folded: StaticString, _ start: Int, _ end: Int, _ buffer: inout TokenBuffer) -> Int {
        let foldedStart = buffer.folded.count
        buffer.folded.append(contentsOf: UnsafeBufferPointer(start: folded.utf8Start, count: folded.utf8CodeUnitCount))
        buffer.append(.emoticon, start, end, [], foldedStart: foldedStart)
        return end
    }
}
