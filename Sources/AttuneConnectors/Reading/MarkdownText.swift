/// Markdown as chats write it, read as text: the words without the marks around them.
enum MarkdownText {
    private typealias Bytes = ArraySlice<UInt8>

    /// Bytes between two marks at most: the time stays linear.
    private static let longest = 512
    /// One asterisk or underscore alone is left: `2 * 3`, `snake_case`.
    private static let pairs = [Array("**".utf8), Array("__".utf8), Array("~~".utf8), Array("`".utf8)]
    private static let marks = Set("*_~`[#".utf8)

    /// Emphasis (`**`, `__`, `~~`, `` ` ``) and the addresses of links are gone, `* ` before an item is `- `, `# ` before a heading is nothing.
    static func plain(_ text: String) -> String {
        guard text.utf8.contains(where: marks.contains) else { return text }
        var out = [UInt8]()
        for (i, line) in text.utf8.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
            if i > 0 { out.append(10) }
            append(line: Array(line)[...], to: &out)
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func append(line: Bytes, to out: inout [UInt8]) {
        let indent = line.prefix { $0 == 32 }
        let body = line[indent.endIndex...]
        if body.starts(with: "* ".utf8) {
            out += indent + Array("- ".utf8)
            return append(body.dropFirst(2), to: &out)
        }
        let heading = body.drop { $0 == UInt8(ascii: "#") }
        append(heading.count < body.count && heading.first == 32 ? heading.dropFirst() : line, to: &out)
    }

    private static func append(_ text: Bytes, to out: inout [UInt8]) {
        var at = text.startIndex
        while at < text.endIndex {
            let rest = text[at...]
            guard marks.contains(text[at]), let (words, end, isCode) = link(rest) ?? enclosed(rest) else {
                out.append(text[at])
                at += 1
                continue
            }
            if isCode { out += words } else { append(words, to: &out) }
            at = end
        }
    }

    /// What stands between a mark and its next one, which touch their words.
    private static func enclosed(_ text: Bytes) -> (words: Bytes, end: Int, isCode: Bool)? {
        guard let mark = pairs.first(where: text.starts(with:)) else { return nil }
        let inner = text.dropFirst(mark.count).prefix(longest)
        guard let first = inner.first, first > 32 else { return nil }
        for end in inner.indices.dropFirst() where inner[end] == mark[0] && inner[end...].starts(with: mark) {
            return inner[end - 1] > 32 ? (inner[..<end], end + mark.count, mark.count == 1) : nil
        }
        return nil
    }

    /// `[words](address)`
    private static func link(_ text: Bytes) -> (words: Bytes, end: Int, isCode: Bool)? {
        guard text.first == UInt8(ascii: "[") else { return nil }
        let words = text.dropFirst().prefix(longest).prefix { $0 != UInt8(ascii: "]") }
        let behind = text[words.endIndex...]
        guard behind.starts(with: "](".utf8) else { return nil }
        let address = behind.dropFirst(2).prefix(4 * longest).prefix { $0 > 32 && $0 != UInt8(ascii: ")") }
        guard address.endIndex < text.endIndex, text[address.endIndex] == UInt8(ascii: ")") else { return nil }
        return (words, address.endIndex + 1, false)
    }
}
