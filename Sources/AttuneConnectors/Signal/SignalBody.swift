import AttuneCore

/// A message's lines, taken apart: own words, and what came with them.
struct SignalBody {
    var text: String
    var attachments: [Attachment] = []

    init(_ written: String) {
        var kept = [Substring]()
        for line in written.split(separator: "\n", omittingEmptySubsequences: false) {
            var rest = Self.withoutReactions(line)
            while let link = Self.file(rest) {
                attachments.append(Attachment(kind: link.isPicture ? "image" : "document", name: link.name))
                rest = Substring(String(rest[..<link.range.lowerBound]) + String(rest[link.range.upperBound...]))
            }
            if rest.isEmpty != line.isEmpty, rest.allSatisfy(\.isWhitespace) { continue }
            kept.append(rest)
        }
        text = TextMarks.removed(from: MarkdownQuote.own(kept.joined(separator: "\n"))).trimmed
    }

    /// Reactions stand behind the text: `(- Tom: 👍, Ana: ❤ -)`.
    private static func withoutReactions(_ line: Substring) -> Substring {
        guard line.utf8.contains(UInt8(ascii: "(")) else { return line }
        let text = String(line).trimmed
        guard text.hasSuffix("-)"), let open = text.firstRange(of: "(- ") else { return line }
        return Substring(String(text[..<open.lowerBound]).trimmed)
    }

    /// A link to an exported file: `![name](./media/name.jpg)`, `[name](media/name.pdf)`. Links elsewhere are text.
    private static func file(_ line: Substring) -> (range: Range<Substring.Index>, name: String, isPicture: Bool)? {
        for start in ["](./media/", "](media/"] {
            guard let middle = line.firstRange(of: start), let open = line[..<middle.lowerBound].lastIndex(of: "["),
                let close = line[middle.upperBound...].firstIndex(of: ")")
            else { continue }
            let isPicture = open > line.startIndex && line[line.index(before: open)] == "!"
            let first = isPicture ? line.index(before: open) : open
            return (first..<line.index(after: close), String(line[middle.upperBound..<close]), isPicture)
        }
        return nil
    }
}
