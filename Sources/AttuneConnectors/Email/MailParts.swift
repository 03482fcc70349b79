import AttuneCore

/// What a mail consists of: the parts that are its body, and the others by kind and name. Follows RFC 8621 §4.1.4 for what is
/// body and what is an attachment.
struct MailParts {
    /// A text of the body, still encoded.
    struct Leaf {
        let body: Range<Int>
        var isHTML = false
        /// Nil for none, or one that nobody knows.
        var charset: MailCharset.Form?
        /// Of `format=flowed`, and whether the blank that marks a soft line end is not text.
        var isFlowed = false
        var deletesSpace = false
        var encoding: TransferDecoding.Method?
        /// Of base64, which was decoded to see whether it is.
        var content: [UInt8]?
    }

    /// Parts to show as plain text: those of `multipart/alternative` that are plain, else HTML.
    private(set) var texts: [Leaf] = []
    private(set) var attachments: [Attachment] = []
    /// Whether the mail is an emoji that somebody put on another one, as Gmail sends them: its text is for programs that do not know that.
    private(set) var isReaction = false

    private static let reaction = "text/vnd.google.email-reaction+json"

    /// Multiparts within multiparts that are opened; mails that were forwarded ten times have about twenty.
    private static let deepest = 40
    /// Parts of a mail that are looked at.
    private static let mostParts = 1_000

    private let bytes: UnsafeBufferPointer<UInt8>
    private var count = 0

    /// - Parameters:
    ///   - type: what the header says of the content, if it does.
    ///   - body: the bytes behind the header of the mail.
    init(_ bytes: UnsafeBufferPointer<UInt8>, header: MailHeader, type: ContentField?, body: Range<Int>) {
        self.bytes = bytes
        // Nothing is said of the content, as in many mails of machines and nearly all old ones: it is text.
        if type == nil, !header.has(.contentDisposition), !header.has(.contentTransferEncoding) {
            texts = [Leaf(body: body)]
            return
        }
        var part = Part(header, type, body)
        // Markdown, enriched text: as the whole mail it is read as it stands. An invitation or a card is nobody's words.
        let (type, isText) = (part.type.value, part.isText)
        if type.hasPrefix("text/"), !isText, type != Self.reaction, Self.kind(type) == "document" { part.type = .plain }
        if part.isMultipart {
            var (text, html): ([Leaf]?, [Leaf]?) = ([], [])
            collect(part, depth: 1, inAlternative: part.type.value == "multipart/alternative", &text, &html)
            texts = text ?? []
        } else if let leaf = shown(part, isFirst: true, parent: "mixed") {
            texts = [leaf]
        }
    }

    private struct Part {
        let header: MailHeader
        let body: Range<Int>
        var type: ContentField
        let isAttachment: Bool
        /// Whether it is to be shown, and yet a file.
        let isInlineFile: Bool
        let name: String?

        /// - Parameter isDigest: whether a part without a type is a mail.
        init(_ header: MailHeader, _ content: ContentField?, _ body: Range<Int>, isDigest: Bool = false) {
            self.header = header
            self.body = body
            type = content ?? (isDigest ? .mail : .plain)
            if !type.value.utf8.contains(UInt8(ascii: "/")) { type = .plain }
            let disposition = header.unfolded(.contentDisposition) { ContentField($0) }
            isAttachment = disposition?.value == "attachment"
            isInlineFile = disposition?.value == "inline" && disposition?["filename"] != nil
            name = disposition?["filename"] ?? type["name"]
        }

        var isMultipart: Bool { type.value.hasPrefix("multipart/") }
        var isText: Bool { type.value == "text/plain" || type.value == "text/html" }

        var leaf: Leaf {
            let isHTML = type.value == "text/html"
            let isFlowed = !isHTML && type["format"]?.lowercased() == "flowed"
            return Leaf(
                body: body, isHTML: isHTML, charset: type["charset"].flatMap(MailCharset.form), isFlowed: isFlowed,
                deletesSpace: isFlowed && type["delsp"]?.lowercased() == "yes",
                encoding: TransferDecoding.Method(header.keyword(.contentTransferEncoding)))
        }
    }

    /// Places the parts of a multipart; `text` and `html` are nil where an enclosing alternative has already decided.
    private mutating func collect(_ multipart: Part, depth: Int, inAlternative: Bool, _ text: inout [Leaf]?, _ html: inout [Leaf]?) {
        let kind = String(multipart.type.value.dropFirst("multipart/".count))
        let before = (text: text?.count ?? -1, html: html?.count ?? -1)
        guard let ranges = MultipartSplitter.split(bytes, multipart.body, boundary: multipart.type["boundary"]) else {
            // Its boundary never occurs: what is there is text.
            let header = multipart.header
            let encoding = TransferDecoding.Method(header.keyword(.contentTransferEncoding))
            text?.append(Leaf(body: multipart.body, encoding: encoding))
            return
        }
        // RFC 2387: what the others belong to is the first part, or the one that the multipart names. Whichever that is, it is text.
        var hasRoot = false
        for (i, range) in ranges.enumerated() {
            guard count < Self.mostParts else { return }
            count += 1
            let part = part(range, isDigest: kind == "digest")
            let isRoot = kind == "related" && !hasRoot && !part.isAttachment && (part.isText || part.isMultipart)
            hasRoot = hasRoot || isRoot
            // A file that is shown first is what was written only where nothing else is.
            let isFile = i == 0 && part.isText && part.isInlineFile && kind == "mixed" && ranges.dropFirst().contains(where: isWritten)
            if part.isMultipart, depth < Self.deepest, !part.isAttachment {
                let isAlternative = inAlternative || part.type.value == "multipart/alternative"
                var (innerText, innerHTML) = (text, html)
                collect(part, depth: depth + 1, inAlternative: isAlternative, &innerText, &innerHTML)
                if text != nil { text = innerText ?? text }
                if html != nil { html = innerHTML ?? html }
            } else {
                let isFirst = kind == "related" ? isRoot : i == 0 && !isFile
                place(part, isFirst: isFirst, parent: kind, inAlternative: inAlternative, &text, &html)
            }
        }
        // An alternative with HTML only is shown as that, also where a program added an empty plain text for form's sake.
        if kind == "alternative", let shown = html, let given = text, before.html >= 0, shown.count > before.html,
            given.dropFirst(before.text).allSatisfy(isBlank)
        {
            text = Array(given[..<before.text]) + shown[before.html...]
        }
    }

    private func part(_ range: Range<Int>, isDigest: Bool = false) -> Part {
        let header = MailHeader(bytes, range)
        let type = header.unfolded(.contentType) { ContentField($0) }
        return Part(header, type, header.bodyStart..<range.upperBound, isDigest: isDigest)
    }

    /// Whether a part may be what was written: a text that is no file, or several forms of one.
    private func isWritten(_ range: Range<Int>) -> Bool {
        let part = part(range)
        return !part.isAttachment && (part.isMultipart || part.isText && part.name == nil)
    }

    /// The text of a part that is of the body; another part is an attachment.
    private mutating func shown(_ part: Part, isFirst: Bool, parent: String) -> Leaf? {
        let isBody = !part.isAttachment && part.isText && (isFirst || parent != "related" && part.name == nil)
        if isBody, let leaf = leaf(part) { return leaf }
        if part.type.value == Self.reaction { isReaction = true }
        attachments.append(Attachment(kind: Self.kind(part.type.value), name: part.name))
        return nil
    }

    private mutating func place(_ part: Part, isFirst: Bool, parent: String, inAlternative: Bool, _ text: inout [Leaf]?, _ html: inout [Leaf]?) {
        guard let leaf = shown(part, isFirst: isFirst, parent: parent) else { return }
        if parent == "alternative" {
            if leaf.isHTML { html?.append(leaf) } else { text?.append(leaf) }
            return
        }
        if inAlternative, leaf.isHTML { text = nil }
        if inAlternative, !leaf.isHTML { html = nil }
        text?.append(leaf)
        html?.append(leaf)
    }

    /// Bytes in which a text that is not blank shows something.
    private static let blankLimit = 4_096

    /// Whether a text has nothing but blanks, also U+00A0 in UTF-8 or a charset of one byte.
    private func isBlank(_ leaf: Leaf) -> Bool {
        let raw = UnsafeBufferPointer(rebasing: bytes[leaf.body].prefix(Self.blankLimit))
        let content =
            switch leaf.encoding {
            case .base64: TransferDecoding.base64(raw).bytes
            case .quotedPrintable: TransferDecoding.quotedPrintable(raw)
            case nil: Array(raw)
            }
        return content.allSatisfy { $0 <= 32 || $0 == 0xA0 || $0 == 0xC2 }
    }

    /// Share of characters in a base64 text that may be stray before it is taken for something else, as a divisor.
    private static let strayDivisor = 10

    /// The text of a part; nil when it says it is base64 and is not.
    private func leaf(_ part: Part) -> Leaf? {
        var leaf = part.leaf
        guard leaf.encoding == .base64 else { return leaf }
        let input = UnsafeBufferPointer(rebasing: bytes[part.body])
        let (content, strays) = TransferDecoding.base64(input)
        leaf.content = content
        return strays * Self.strayDivisor > input.count ? nil : leaf
    }

    private static func kind(_ type: String) -> String {
        switch type.prefix(while: { $0 != "/" }) {
        case "image": "image"
        case "video": "video"
        case "audio": "audio"
        case "message": "message"
        default: type == "text/calendar" ? "event" : type.hasSuffix("vcard") ? "contact" : "document"
        }
    }
}
