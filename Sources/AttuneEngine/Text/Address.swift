/// Web and mail addresses.
enum Address {
    /// Endings that make `name.ending` an address without `www.` or a path behind it.
    private static let endings: [StaticString] = ["com", "net", "org", "edu", "gov", "io"]
    /// Labels of a host name that are looked at before a text is no address, and the bytes of one (RFC 1035).
    private static let mostLabels = 5, longestLabel = 63
    /// Bytes of the part before and behind the `@` that are looked at (RFC 5321 allows 64 and 255).
    private static let longestLocal = 64, longestDomain = 255

    /// Reads a web address at `start`, the first letter of a word; its end, or nil when there is none.
    @inline(__always)
    static func read(_ scan: TextScan, _ start: Int, _ buffer: inout TokenBuffer) -> Int? {
        let first = scan.lower[start]
        if first == UInt8(ascii: "h") || first == UInt8(ascii: "w") {
            if let from = schemeEnd(scan, start), let end = addressEnd(scan, from) { return append(start, end, &buffer) }
        }
        guard first < 0x80 else { return nil }
        let end = scan.alphanumericEnd(start)
        guard scan.byte(end) == UInt8(ascii: "."), scan.isLetter(end &+ 1), isHost(scan, end &+ 1) else { return nil }
        return addressEnd(scan, end).map { append(start, $0, &buffer) }
    }

    private static func schemeEnd(_ scan: TextScan, _ start: Int) -> Int? {
        if scan.has("https://", at: start) { return start &+ 8 }
        if scan.has("http://", at: start) { return start &+ 7 }
        return scan.has("www.", at: start) ? start &+ 4 : nil
    }

    /// Whether the labels from `start` on end like a host name: `.com`, or two to four letters before a path (`bit.ly/x`).
    private static func isHost(_ scan: TextScan, _ first: Int) -> Bool {
        var start = first
        for _ in 0..<mostLabels {
            let end = scan.alphanumericEnd(start)
            guard end > start, end &- start <= longestLabel else { return false }
            if scan.byte(end) == UInt8(ascii: "/"), (2...4).contains(end &- start), scan.isLetter(start) { return scan.isWordish(end &+ 1) }
            if scan.byte(end) != UInt8(ascii: ".") || !scan.isLetter(end &+ 1) {
                return endings.contains { $0.utf8CodeUnitCount == end &- start && scan.has($0, at: start) }
            }
            start = end &+ 1
        }
        return false
    }

    /// End of the address whose host begins at `from`: up to a space or a byte above ASCII, without the punctuation at its end.
    private static func addressEnd(_ scan: TextScan, _ from: Int) -> Int? {
        var end = scan.printableASCIIEnd(from)
        while end > from, !scan.isWordish(end &- 1), scan.text[end &- 1] != UInt8(ascii: "/") { end &-= 1 }
        return end > from ? end : nil
    }

    private static func append(_ start: Int, _ end: Int, _ buffer: inout TokenBuffer) -> Int {
        buffer.append(.url, start, end, [], foldedStart: buffer.folded.count)
        return end
    }

    /// Reads a mail address whose `@` stands at `sign`: the tokens of the part before it are taken back. Nil when there is none.
    static func readMail(_ scan: TextScan, _ sign: Int, _ buffer: inout TokenBuffer) -> Int? {
        guard scan.isWordish(sign &- 1), !scan.isHigh(sign &- 1), scan.isWordish(sign &+ 1) else { return nil }
        guard let end = domainEnd(scan, sign &+ 1) else { return nil }
        var start = sign
        while start > 0, sign &- start < longestLocal, isLocal(scan, start &- 1) { start &-= 1 }
        while let last = buffer.tokens.last, Int(last.span.end) > start {
            start = min(start, Int(last.span.start))
            buffer.removeLast()
        }
        return append(start, end, &buffer)
    }

    private static func isLocal(_ scan: TextScan, _ position: Int) -> Bool {
        switch scan.text[position] {
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"): true
        default: scan.isLetter(position) || scan.isDigit(position)
        }
    }

    /// End of a domain with a dot before its last letters.
    private static func domainEnd(_ scan: TextScan, _ start: Int) -> Int? {
        var end = start
        var dot = -1
        while end < scan.count, end &- start < longestDomain {
            let byte = scan.text[end]
            if byte == UInt8(ascii: "."), scan.isLetter(end &+ 1) {
                dot = end
            } else if byte != UInt8(ascii: "-"), !scan.isLetter(end), !scan.isDigit(end) {
                break
            }
            end &+= 1
        }
        return dot > start ? end : nil
    }
}
