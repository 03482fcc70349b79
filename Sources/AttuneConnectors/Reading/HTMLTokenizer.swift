/// Cuts HTML into text and tags, in time linear in its length whatever the bytes are. Comments, declarations, processing
/// instructions and the contents of scripts and styles are left out.
///
/// It follows the tokenizer of the HTML standard, except where that would hide what a person wrote: a `<` that opens no tag
/// that ends, `<3`, `</3` and `<ann@example.com>` are text.
struct HTMLTokenizer {
    enum Token {
        case text(Range<Int>)
        case start(HTMLTag)
        /// Name of an end tag.
        case end(HTMLName, HTMLElements.Traits)
    }

    let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0
    /// What is known not to follow any more, so that a failed search is never repeated.
    private var hasTagEnds = true
    private var hasCommentEnds = true
    private var hasDoubleQuotes = true
    private var hasSingleQuotes = true
    /// False once a tag did not end because of its quotes: from then on a tag ends at its first `>`.
    private var trustsQuotes = true

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func next() -> Token? {
        while at < bytes.count {
            let start = at
            if bytes[start] == UInt8(ascii: "<") {
                switch markup() {
                case .token(let token): return token
                case .skipped: continue
                case .text: at = start + 1
                }
            }
            at = ByteSearch.first(UInt8(ascii: "<"), in: bytes, from: at, to: bytes.count) ?? bytes.count
            return .text(start..<at)
        }
        return nil
    }

    private enum Markup { case token(Token), skipped, text }

    /// What the `<` at `at` begins; moves behind it unless it is text.
    private mutating func markup() -> Markup {
        guard at + 1 < bytes.count else { return .text }
        switch bytes[at + 1] {
        case UInt8(ascii: "/"):
            guard at + 2 < bytes.count else { return .text }
            if Self.isLetter(bytes[at + 2]) { return tag(nameAt: at + 2).map { .token(.end($0.name, $0.traits)) } ?? .text }
            return bytes[at + 2] == UInt8(ascii: ">") ? skip(behind: at + 2) : .text
        case UInt8(ascii: "!"): return declaration()
        case UInt8(ascii: "?"): return skipToTagEnd()
        case let byte where Self.isLetter(byte):
            guard let tag = tag(nameAt: at + 1) else { return .text }
            if !tag.isSelfClosing, tag.traits.contains(.raw) { skipContent(of: tag.name) }
            return .token(.start(tag))
        default: return .text
        }
    }

    private mutating func skip(behind index: Int) -> Markup {
        at = index + 1
        return .skipped
    }

    private mutating func skipToTagEnd() -> Markup { tagEnd().map { skip(behind: $0) } ?? .text }

    /// Offset of the next `>`, quotes or not.
    private mutating func tagEnd() -> Int? {
        guard hasTagEnds else { return nil }
        let end = ByteSearch.first(UInt8(ascii: ">"), in: bytes, from: at, to: bytes.count)
        hasTagEnds = end != nil
        return end
    }

    private mutating func declaration() -> Markup {
        guard at + 2 < bytes.count else { return .text }
        if bytes[at + 2] == UInt8(ascii: "-"), at + 3 < bytes.count, bytes[at + 3] == UInt8(ascii: "-") { return comment() }
        return Self.isLetter(bytes[at + 2]) || bytes[at + 2] == UInt8(ascii: "[") ? skipToTagEnd() : .text
    }

    /// `<!-- … -->`; `<!-->` and `<!--->` are whole. One that does not end is taken to end at the next `>`.
    private mutating func comment() -> Markup {
        var from = at + 4
        if hasCommentEnds {
            while let end = ByteSearch.first(UInt8(ascii: ">"), in: bytes, from: from, to: bytes.count) {
                if bytes[end - 1] == UInt8(ascii: "-"), bytes[end - 2] == UInt8(ascii: "-") { return skip(behind: end) }
                if bytes[end - 1] == UInt8(ascii: "!"), bytes[end - 2] == UInt8(ascii: "-"), bytes[end - 3] == UInt8(ascii: "-") {
                    return skip(behind: end)
                }
                from = end + 1
            }
            hasCommentEnds = false
        }
        return skipToTagEnd()
    }

    /// Moves to the end tag of `name`, or to the end.
    private mutating func skipContent(of name: HTMLName) {
        let name = Array(name.text(bytes).utf8)
        while let open = ByteSearch.first(UInt8(ascii: "<"), in: bytes, from: at, to: bytes.count) {
            at = open
            let first = open + 2
            if first + name.count <= bytes.count, bytes[open + 1] == UInt8(ascii: "/"),
                zip(bytes[first..<first + name.count], name).allSatisfy({ $0 | 0x20 == $1 })
            {
                return
            }
            at = open + 1
        }
        at = bytes.count
    }

    /// The tag whose name begins at `nameAt`; moves behind its `>`. Nil when it is none.
    private mutating func tag(nameAt: Int) -> HTMLTag? {
        var end = nameAt
        while end < bytes.count, !Self.isSpace(bytes[end]), bytes[end] != UInt8(ascii: ">"), bytes[end] != UInt8(ascii: "/") {
            // An address, not an element.
            if bytes[end] == UInt8(ascii: "@") || bytes[end] == UInt8(ascii: "<") { return nil }
            end += 1
        }
        var tag = HTMLTag(HTMLName(bytes, nameAt..<end))
        if trustsQuotes {
            if let close = attributes(from: end, to: bytes.count, &tag) {
                at = close + 1
                return tag
            }
            trustsQuotes = false
        }
        guard let close = tagEnd() else { return nil }
        var short = HTMLTag(tag.name)
        if close > end { _ = attributes(from: end, to: close, &short) }
        at = close + 1
        return short
    }

    /// Reads attributes up to a `>` outside quotes, and returns its offset; nil when there is none before `to`.
    private mutating func attributes(from: Int, to limit: Int, _ tag: inout HTMLTag) -> Int? {
        var p = from
        while true {
            while p < limit, Self.isSpace(bytes[p]) || bytes[p] == UInt8(ascii: "/") {
                tag.isSelfClosing = bytes[p] == UInt8(ascii: "/")
                p += 1
            }
            guard p < limit else { return nil }
            if bytes[p] == UInt8(ascii: ">") { return p }
            tag.isSelfClosing = false
            let name = p
            p += 1
            while p < limit, !Self.isSpace(bytes[p]), !Self.endsName(bytes[p]) { p += 1 }
            let nameEnd = p
            while p < limit, Self.isSpace(bytes[p]) { p += 1 }
            guard p < limit, bytes[p] == UInt8(ascii: "=") else {
                tag.set(bytes, name..<nameEnd, nameEnd..<nameEnd)
                continue
            }
            p += 1
            while p < limit, Self.isSpace(bytes[p]) { p += 1 }
            tag.set(bytes, name..<nameEnd, value(&p, limit))
        }
    }

    /// The value at `p`, quoted or not; moves behind it.
    private mutating func value(_ p: inout Int, _ limit: Int) -> Range<Int> {
        if p < limit, bytes[p] == UInt8(ascii: "\"") && hasDoubleQuotes || bytes[p] == UInt8(ascii: "'") && hasSingleQuotes {
            if let close = ByteSearch.first(bytes[p], in: bytes, from: p + 1, to: limit) {
                defer { p = close + 1 }
                return p + 1..<close
            }
            if limit == bytes.count {
                if bytes[p] == UInt8(ascii: "\"") { hasDoubleQuotes = false } else { hasSingleQuotes = false }
            }
        }
        let start = p
        while p < limit, !Self.isSpace(bytes[p]), bytes[p] != UInt8(ascii: ">") { p += 1 }
        return start..<p
    }

    private static func endsName(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "=") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") }
    static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte >= 9 && byte <= 13 && byte != 11 }
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 97 && (byte | 0x20) <= 122 }

    /// Bytes of a name with ASCII letters in lower case; names longer than any that matters are cut.
    static func lower(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
        let count = min(range.count, 40)
        return String(unsafeUninitializedCapacity: count) { out in
            for i in 0..<count {
                let byte = bytes[range.lowerBound + i]
                // Bytes beyond ASCII never occur in names we compare; this keeps the string well-formed when it is cut.
                out[i] = byte >= 65 && byte <= 90 ? byte | 0x20 : byte < 128 ? byte : UInt8(ascii: "?")
            }
            return count
        }
    }
}
