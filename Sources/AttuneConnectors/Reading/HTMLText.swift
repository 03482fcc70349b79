/// Plain text of HTML. Line breaks and block ends become line ends, white space is folded, entities are decoded once; scripts,
/// styles, the head, comments, pictures' texts and elements that are not shown are dropped. Takes time linear in the length.
enum HTMLText {
    /// What the author wrote: without quoted mails (`blockquote`, `gmail_quote`, what stands below Outlook's dividers, …), the
    /// line that introduces them, and marked signatures. Empty when everything is quoted.
    static func plain(_ html: String) -> String { split(html).own }

    /// The author's own text, and the rest that `plain` leaves out; nil when there is none.
    static func split(_ html: String) -> (own: String, quoted: String?) {
        var html = html
        return html.withUTF8 { bytes in
            var reader = HTMLTextReader(bytes, keepsQuotesApart: true)
            return reader.read()
        }
    }

    /// All text in order, quoted or not.
    static func whole(_ html: String) -> String {
        var html = html
        return html.withUTF8 { bytes in
            var reader = HTMLTextReader(bytes, keepsQuotesApart: false)
            return reader.read().own
        }
    }
}

/// Walks over the tokens of HTML, and knows at each whether its text is the author's own, quoted, or not shown.
struct HTMLTextReader {
    /// An element whose text is treated apart, until its end tag.
    private struct Region {
        let name: String
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

    mutating func read() -> (own: String, quoted: String?) {
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
            case .end(let name): end(name)
            }
        }
        let rest = quoted.text
        return (own.text, rest.isEmpty ? nil : rest)
    }

    private var isQuoted: Bool { isQuotedToEnd || quotedRegion != nil }

    private mutating func start(_ tag: HTMLTag) {
        leaveHidden(before: tag)
        let isVoid = HTMLElements.void.contains(tag.name)
        if !isVoid, !tag.isSelfClosing {
            if hiddenRegion?.name == tag.name { hiddenRegion?.depth += 1 }
            if quotedRegion?.name == tag.name { quotedRegion?.depth += 1 }
            if tag.name == "pre" { preformatted += 1 }
        }
        guard hiddenRegion == nil else { return }
        layOut(tag.name)
        switch tag.effect(bytes) {
        case .none: return
        case .hidden: if !isVoid, !tag.isSelfClosing { hiddenRegion = Region(name: tag.name) }
        case .quoted: if !isVoid, !tag.isSelfClosing { enterQuote(Region(name: tag.name)) }
        case .quotedToEnd: enterQuote(nil)
        }
    }

    private mutating func end(_ name: String) {
        if hiddenRegion != nil {
            if hiddenRegion?.name == name { hiddenRegion?.depth -= 1 }
            // An inline element does not outlive the block that it stands in.
            let isLeft = HTMLElements.blocks.contains(name) && hiddenRegion.map { !HTMLElements.blocks.contains($0.name) && $0.name != "xml" } == true
            if hiddenRegion?.depth == 0 || isLeft || name == "head" { hiddenRegion = nil }
        }
        if name == "pre" { preformatted = max(0, preformatted - 1) }
        if hiddenRegion == nil { layOut(name) }
        guard quotedRegion?.name == name else { return }
        quotedRegion?.depth -= 1
        if quotedRegion?.depth == 0 { quotedRegion = nil }
    }

    /// A head ends where the first element of a body begins; a title contains no elements; a paragraph or an inline element
    /// whose end tag is missing ends at the next block.
    private mutating func leaveHidden(before tag: HTMLTag) {
        guard let region = hiddenRegion else { return }
        let isLeft =
            switch region.name {
            case "head": !HTMLElements.metadata.contains(tag.name) && !tag.name.contains(":")
            case "title": true
            case "xml": tag.name == "body"
            case "p": HTMLElements.blocks.contains(tag.name)
            default: HTMLElements.blocks.contains(tag.name) && !HTMLElements.blocks.contains(region.name)
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
    private mutating func layOut(_ name: String) {
        if name == "br" {
            if isQuoted { quoted.lineBreak() } else { own.lineBreak() }
        } else if HTMLElements.blocks.contains(name) {
            if isQuoted { quoted.blockBreak() } else { own.blockBreak() }
        } else if name == "td" || name == "th" {
            if isQuoted { quoted.space() } else { own.space() }
        }
    }
}

/// Elements by what they do to lines.
enum HTMLElements {
    static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu", "nav",
        "ol", "optgroup", "option", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
    ]
    static let void: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    ]
    /// Elements that do not end a head.
    static let metadata: Set<String> = ["head", "title", "meta", "link", "base", "style", "script", "noscript", "template", "object", "xml"]
}
