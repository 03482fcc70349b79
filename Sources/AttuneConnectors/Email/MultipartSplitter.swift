/// Cuts the body of a multipart at its boundary.
enum MultipartSplitter {
    /// Ranges of the parts, without the line ends that belong to the boundary; nil when no boundary occurs. A last part whose
    /// end is missing goes to the end. A boundary that the header does not name, or names wrongly, is guessed.
    static func split(_ bytes: UnsafeBufferPointer<UInt8>, _ body: Range<Int>, boundary: String?) -> [Range<Int>]? {
        if let boundary, !boundary.isEmpty, let parts = split(bytes, body, delimiter: Array("--\(boundary)".utf8)) { return parts }
        return guessed(bytes, body).flatMap { split(bytes, body, delimiter: $0) }
    }

    private static func split(_ bytes: UnsafeBufferPointer<UInt8>, _ body: Range<Int>, delimiter: [UInt8]) -> [Range<Int>]? {
        var parts: [Range<Int>] = []
        var start: Int?
        var occurs = false
        var at = body.lowerBound
        while let found = ByteSearch.first(delimiter, in: bytes, from: at, to: body.upperBound) {
            at = found + delimiter.count
            guard found == body.lowerBound || bytes[found - 1] == 10, let (end, isLast) = lineEnd(bytes, at, body.upperBound) else { continue }
            occurs = true
            if let start { parts.append(start..<max(start, textEnd(bytes, start, found))) }
            start = isLast ? nil : end
            if isLast { break }
            at = end
        }
        if let start { parts.append(start..<body.upperBound) }
        return occurs ? parts : nil
    }

    /// Where the rest of a delimiter's line ends, and whether it is the last one; nil when the line is no delimiter.
    private static func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ limit: Int) -> (end: Int, isLast: Bool)? {
        let isLast = from + 1 < limit && bytes[from] == UInt8(ascii: "-") && bytes[from + 1] == UInt8(ascii: "-")
        var p = isLast ? from + 2 : from
        while p < limit, bytes[p] == 32 || bytes[p] == 9 || bytes[p] == 13 { p += 1 }
        if p == limit { return (p, isLast) }
        return bytes[p] == 10 ? (p + 1, isLast) : nil
    }

    /// Without the line end before a delimiter.
    private static func textEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ delimiter: Int) -> Int {
        var end = delimiter
        if end > start, bytes[end - 1] == 10 { end -= 1 }
        if end > start, bytes[end - 1] == 13 { end -= 1 }
        return end
    }

    /// Longest boundary, bytes (RFC 2046 says 70), and how many lines are looked at for one that the header does not name.
    private static let longest = 100
    private static let linesLooked = 50

    /// The first line that looks like a delimiter: `--` and more, followed by a field or an empty line.
    private static func guessed(_ bytes: UnsafeBufferPointer<UInt8>, _ body: Range<Int>) -> [UInt8]? {
        var at = body.lowerBound
        for _ in 0..<linesLooked {
            guard let end = ByteSearch.first(10, in: bytes, from: at, to: body.upperBound) else { return nil }
            let line = bytes[at..<end].drop { $0 == 13 }
            let next = end + 1
            let nextEnd = ByteSearch.first(10, in: bytes, from: next, to: body.upperBound) ?? body.upperBound
            if line.count > 4, line.count <= longest, line.starts(with: "--".utf8), next < body.upperBound,
                MailHeader.colon(bytes, next, nextEnd) != nil || nextEnd - next <= 1
            {
                var delimiter = Array(line)
                while let last = delimiter.last, last <= 32 { delimiter.removeLast() }
                return delimiter
            }
            at = next
        }
        return nil
    }
}
