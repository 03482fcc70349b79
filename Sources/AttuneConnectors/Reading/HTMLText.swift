import AttuneCore

/// Plain text of HTML. Line breaks and block ends become line ends, white space is folded, entities are decoded once; scripts,
/// styles, the head, comments, pictures' texts and elements that are not shown are dropped. Takes time linear in the length.
enum HTMLText {
    /// What the author wrote: without quoted mails (`blockquote`, `gmail_quote`, what stands below Outlook's dividers, …), the
    /// line that introduces them, and marked signatures. Empty when everything is quoted.
    static func plain(_ html: String) -> String {
        if isPlain(html) { return html }
        var html = html
        return html.withUTF8 { plain($0) }
    }

    /// - Parameter html: in UTF-8.
    static func plain(_ html: UnsafeBufferPointer<UInt8>) -> String {
        isPlain(html) ? String(copying: html) : own(html, keepsQuotesApart: true)
    }

    /// The author's own text, and the rest that `plain` leaves out; nil when there is none.
    static func split(_ html: String) -> (own: String, quoted: String?) {
        if isPlain(html) { return (html, nil) }
        var html = html
        return html.withUTF8 { bytes in
            var reader = HTMLTextReader(bytes, keepsQuotesApart: true)
            reader.read()
            let rest = reader.rest
            return (reader.text, rest.isEmpty ? nil : rest)
        }
    }

    /// All text in order, quoted or not.
    static func whole(_ html: String) -> String {
        if isPlain(html) { return html }
        var html = html
        return html.withUTF8 { whole($0) }
    }

    static func whole(_ html: UnsafeBufferPointer<UInt8>) -> String { own(html, keepsQuotesApart: false) }

    private static func own(_ html: UnsafeBufferPointer<UInt8>, keepsQuotesApart: Bool) -> String {
        if let text = paragraph(html), isPlain(text) { return String(copying: text) }
        var reader = HTMLTextReader(html, keepsQuotesApart: keepsQuotesApart)
        reader.read()
        return reader.text
    }

    /// What stands in the only paragraph, as in nearly all short messages; nil for a text that begins or ends otherwise.
    private static func paragraph(_ html: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        let (opening, closing): (StaticString, StaticString) = ("<p>", "</p>")
        let end = html.count - closing.utf8CodeUnitCount
        guard end > opening.utf8CodeUnitCount, ByteSearch.begins(html, with: opening),
            ByteSearch.equal(UnsafeBufferPointer(rebasing: html[end...]), closing)
        else { return nil }
        return UnsafeBufferPointer(rebasing: html[opening.utf8CodeUnitCount..<end])
    }

    /// Whether a text has neither markup nor entities, nothing that is folded and no marks that are taken out: it is its own text.
    private static func isPlain(_ html: String) -> Bool { html.utf8.withContiguousStorageIfAvailable(isPlain) == true }

    static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        // Nearly all HTML begins with a tag.
        guard let first = bytes.first, first != UInt8(ascii: "<"), bytes[bytes.count - 1] > 32 else { return false }
        var (isBehindBlank, largest) = (true, UInt8(0))
        for byte in bytes {
            let isBlank = byte == 32
            // A no-break space begins with 0xC2.
            if byte < 32 || isBlank && isBehindBlank || byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") || byte == 0xC2 { return false }
            isBehindBlank = isBlank
            largest = max(largest, byte)
        }
        // Marks of direction begin from 0xE2 on.
        return largest < 0xE2 || TextMarks.first(in: bytes) == nil
    }
}

/// Walks over the tokens of HTML, and knows at each whether its text is the author's own, quoted, or not shown.
struct HTMLTextReader {
    /// An element whose text is treated apart, until its end tag.
    private struct Region {
        let name: HTMLName
        let traits: HTMLElements.Traits
        /// Open elements of that name, itself included.
        var depth = 1
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let keepsQuotesApart: Bool
    private var tokens: HTMLTokenizer
    private var own = HTMLTextBuilder()
    private var quoted = HTMLTextBuilder()
    private var quotedRegion: Region?
    private var hiddenRegion: Region?
    private var isQuotedToEnd = false
    private var preformatted = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, keepsQuotesApart: Bool) {
        self.bytes = bytes
        self.keepsQuotesApart = keepsQuotesApart
        tokens = HTMLTokenizer(bytes)
    }

    /// The author's own text, and what is quoted, once they are read.
    var text: String { own.text }
    var rest: String { quoted.text }

    mutating func read() {
        while let token = tokens.next() {
            switch token {
            case .text(let range):
                guard hiddenRegion == nil else { continue }
                if isQuoted {
                    quoted.append(bytes, range, isPreformatted: preformatted > 0)
                } else {
                    own.append(bytes, range, isPreformatted: preformatted > 0)
                }
            case .start(let tag): start(tag)
            case .end(let name, let traits): end(name, traits)
            }
        }
    }

    private var isQuoted: Bool { isQuotedToEnd || quotedRegion != nil }

    private mutating func start(_ tag: HTMLTag) {
        leaveHidden(before: tag)
        let isVoid = tag.traits.contains(.void)
        if !isVoid, !tag.isSelfClosing {
            if let region = hiddenRegion, region.name.isSame(as: tag.name, in: bytes) { hiddenRegion?.depth += 1 }
            if let region = quotedRegion, region.name.isSame(as: tag.name, in: bytes) { quotedRegion?.depth += 1 }
            if tag.traits.contains(.named), tag.name.key == HTMLName.pre { preformatted += 1 }
        }
        guard hiddenRegion == nil else { return }
        layOut(tag.name, tag.traits)
        switch tag.effect(bytes) {
        case .none: return
        case .hidden: if !isVoid, !tag.isSelfClosing { hiddenRegion = Region(name: tag.name, traits: tag.traits) }
        case .quoted: if !isVoid, !tag.isSelfClosing { enterQuote(Region(name: tag.name, traits: tag.traits)) }
        case .quotedToEnd: enterQuote(nil)
        }
    }

    private mutating func end(_ name: HTMLName, _ traits: HTMLElements.Traits) {
        if let region = hiddenRegion {
            if region.name.isSame(as: name, in: bytes) { hiddenRegion?.depth -= 1 }
            // An inline element does not outlive the block that it stands in.
            let isLeft = traits.contains(.block) && !region.traits.contains(.block) && region.name.key != HTMLName.xml
            if hiddenRegion?.depth == 0 || isLeft || name.key == HTMLName.head { hiddenRegion = nil }
        }
        if traits.contains(.named), name.key == HTMLName.pre { preformatted = max(0, preformatted - 1) }
        if hiddenRegion == nil { layOut(name, traits) }
        guard let region = quotedRegion, region.name.isSame(as: name, in: bytes) else { return }
        quotedRegion?.depth -= 1
        if quotedRegion?.depth == 0 { quotedRegion = nil }
    }

    /// A head ends where the first element of a body begins; a title contains no elements; a paragraph or an inline element
    /// whose end tag is missing ends at the next block.
    private mutating func leaveHidden(before tag: HTMLTag) {
        guard let region = hiddenRegion else { return }
        let isLeft =
            switch region.name.key {
            case HTMLName.head: !tag.traits.contains(.metadata) && !tag.name.text(bytes).contains(":")
            case HTMLName.title: true
            case HTMLName.xml: tag.name.key == HTMLName.body
            case HTMLName.p: tag.traits.contains(.block)
            default: tag.traits.contains(.block) && !region.traits.contains(.block)
            }
        if isLeft { hiddenRegion = nil }
    }

    private mutating func enterQuote(_ region: Region?) {
        guard keepsQuotesApart, !isQuoted else {
            if keepsQuotesApart, region == nil { isQuotedToEnd = true }
            return
        }
        if let introduction = own.takeAttribution() { quoted.append(line: introduction) }
        own.blockBreak()
        quoted.blockBreak()
        if let region { quotedRegion = region } else { isQuotedToEnd = true }
    }

    /// Breaks lines where an element begins or ends.
    private mutating func layOut(_ name: HTMLName, _ traits: HTMLElements.Traits) {
        if traits.contains(.block) {
            if isQuoted { quoted.blockBreak() } else { own.blockBreak() }
        } else if !traits.contains(.named) {
            return
        } else if name.key == HTMLName.br {
            if isQuoted { quoted.lineBreak() } else { own.lineBreak() }
        } else if name.key == HTMLName.td || name.key == HTMLName.th {
            if isQuoted { quoted.space() } else { own.space() }
        }
    }
}
