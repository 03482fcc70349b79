/// Collects text with its line ends, folding white space as browsers do.
struct HTMLTextBuilder {
    private var bytes: [UInt8] = []
    /// Line ends due before the next character; two make an empty line, more are never written.
    private var breaks = 0
    private var hasSpace = false

    private static let mostBreaks = 2
    /// Bytes of most texts.
    private static let firstRoom = 256

    /// The text without blanks at its ends and direction marks.
    var text: String {
        bytes.withUnsafeBufferPointer { bytes in
            var end = bytes.count
            while end > 0, bytes[end - 1] <= 32 { end -= 1 }
            return TextMarks.text(UnsafeBufferPointer(rebasing: bytes[..<end]))
        }
    }

    mutating func lineBreak() {
        breaks = min(breaks + 1, Self.mostBreaks)
        hasSpace = false
    }

    /// A line end, unless there is one.
    mutating func blockBreak() {
        breaks = max(breaks, 1)
        hasSpace = false
    }

    mutating func space() { hasSpace = true }

    /// Appends a line that is already plain.
    mutating func append(line: [UInt8]) {
        blockBreak()
        flush()
        bytes.append(contentsOf: line)
        blockBreak()
    }

    /// Appends the text of `source[range]`, with its entities decoded.
    mutating func append(_ source: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, isPreformatted: Bool) {
        var p = range.lowerBound
        while p < range.upperBound {
            let byte = source[p]
            if byte == UInt8(ascii: "&"), let (scalar, end) = HTMLEntities.decode(source, at: p, to: range.upperBound) {
                append(scalar, isPreformatted: isPreformatted)
                p = end
            } else if byte <= 32 {
                append(blank: byte, isPreformatted: isPreformatted)
                p += 1
            } else if byte == 0xC2, p + 1 < range.upperBound, source[p + 1] == 0xA0 {
                append(blank: 32, isPreformatted: isPreformatted)
                p += 2
            } else {
                let end = Self.runEnd(source, p + 1, range.upperBound)
                flush()
                // Room for what follows too, without growing step by step.
                if bytes.isEmpty { bytes.reserveCapacity(min(source.count - p, Self.firstRoom)) }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[p..<end]))
                p = end
            }
        }
    }

    /// End of a run that is copied as it is: words with one blank between them.
    private static func runEnd(_ source: UnsafeBufferPointer<UInt8>, _ from: Int, _ limit: Int) -> Int {
        func isPlain(_ byte: UInt8) -> Bool { byte > 32 && byte != UInt8(ascii: "&") && byte != 0xC2 }
        var p = from
        while p < limit {
            if isPlain(source[p]) {
                p += 1
            } else if source[p] == 32, p + 1 < limit, isPlain(source[p + 1]) {
                p += 2
            } else {
                break
            }
        }
        return p
    }

    private mutating func append(_ scalar: Unicode.Scalar, isPreformatted: Bool) {
        switch scalar.value {
        case 0...32: append(blank: UInt8(scalar.value), isPreformatted: isPreformatted)
        case 0xA0: append(blank: 32, isPreformatted: isPreformatted)
        default:
            flush()
            if let units = UTF8.encode(scalar) { for unit in units { bytes.append(unit) } }
        }
    }

    private mutating func append(blank byte: UInt8, isPreformatted: Bool) {
        if !isPreformatted {
            hasSpace = true
        } else if byte == 10 {
            lineBreak()
        } else if byte != 13 {
            // Indentation belongs to preformatted text.
            flush()
            if !bytes.isEmpty { bytes.append(byte == 9 ? 9 : 32) }
        }
    }

    /// Writes the line ends or the blank that are due.
    private mutating func flush() {
        if breaks > 0 {
            while bytes.last == 32 || bytes.last == 9 { bytes.removeLast() }
            if !bytes.isEmpty { for _ in 0..<breaks { bytes.append(10) } }
        } else if hasSpace, !bytes.isEmpty {
            bytes.append(32)
        }
        breaks = 0
        hasSpace = false
    }

    /// Takes away the line or lines that introduce a quoted mail, `On Tuesday at 9:14 Ann <ann@example.com> wrote:`; nil when
    /// the text does not end so.
    mutating func takeAttribution() -> [UInt8]? {
        guard let start = bytes.withUnsafeBufferPointer({ Attribution.start($0, end: $0.count) }) else { return nil }
        let line = Array(bytes[start...])
        bytes.removeLast(bytes.count - start)
        while bytes.last == 10 || bytes.last == 32 { bytes.removeLast() }
        return line
    }
}
