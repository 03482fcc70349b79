/// A start tag: its name and the attributes that tell quoted and hidden text.
struct HTMLTag {
    let name: HTMLName
    let traits: HTMLElements.Traits
    var isSelfClosing = false
    /// Byte ranges of attribute values in the source.
    private var classes: Range<Int>?
    private var identifier: Range<Int>?
    private var style: Range<Int>?
    private var tabIndex: Range<Int>?

    /// Longest attribute value that is looked at, bytes: class lists and styles of mail programs have some hundred.
    private static let valueLimit = 2_048

    init(_ name: HTMLName) {
        self.name = name
        traits = HTMLElements.traits(name)
    }

    /// Notes an attribute; of two with the same name the first counts.
    mutating func set(_ bytes: UnsafeBufferPointer<UInt8>, _ name: Range<Int>, _ value: Range<Int>) {
        // Most attributes have names of another length.
        guard name.count == 2 || name.count == 5 || name.count == 8, value.count <= Self.valueLimit else { return }
        switch HTMLElements.key(bytes[name]) {
        case HTMLName.classes: classes = classes ?? value
        case HTMLName.identifier: identifier = identifier ?? value
        case HTMLName.style: style = style ?? value
        case HTMLName.tabIndex: tabIndex = tabIndex ?? value
        default: return
        }
    }

    /// What becomes of the text in and behind an element.
    enum Effect { case none, hidden, quoted, quotedToEnd }

    func effect(_ bytes: UnsafeBufferPointer<UInt8>) -> Effect {
        if traits.contains(.named) {
            if name.key == HTMLName.blockquote { return isIndentation(bytes) ? .none : .quoted }
            if name.key == HTMLName.title || name.key == HTMLName.xml || name.key == HTMLName.head { return .hidden }
        }
        if let identifier {
            let id = Self.original(HTMLTokenizer.lower(bytes, identifier)[...])
            if Self.endIDs.contains(id) { return .quotedToEnd }
            if Self.quoteIDs.contains(id) || id.hasPrefix("yahoo_quoted") { return .quoted }
        }
        if let classes {
            for part in Self.words(bytes, classes) {
                let word = Self.original(part[...])
                if word == "invisible" { return .hidden }
                if word == "outlookmessageheader" { return .quotedToEnd }
                if Self.quoteClasses.contains(word) { return .quoted }
            }
        }
        // Outlook on the web takes its dividing rule out of the tab order.
        if let tabIndex, name.key == HTMLName.hr, HTMLTokenizer.lower(bytes, tabIndex) == "-1" { return .quotedToEnd }
        guard let style else { return .none }
        let compact = Self.compact(bytes, style)
        if Self.contains("display:none", compact) || Self.contains("mso-hide:all", compact) { return .hidden }
        return name.key == HTMLName.div && Self.isOutlookDivider(compact) ? .quotedToEnd : .none
    }

    /// Outlook's line above the header of the answered mail, as its versions and the web rewrite it.
    private static func isOutlookDivider(_ style: [UInt8]) -> Bool {
        let hasLine = contains("border-top", style) && contains("solid", style) || contains("border-style:solidnonenone", style)
        return hasLine && (contains("padding:3.0pt0", style) || contains("padding:3pt0", style) || contains("padding-top:5px", style))
    }

    private static func contains(_ word: StaticString, _ style: [UInt8]) -> Bool {
        style.withUnsafeBufferPointer { ByteSearch.first(word, in: $0, from: 0, to: $0.count) != nil }
    }

    /// Gmail and Apple Mail indent a person's own text with a `blockquote` of this style.
    private func isIndentation(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let style else { return false }
        let compact = Self.compact(bytes, style)
        return Self.contains("border:none", compact) && (Self.contains("margin:00040px", compact) || Self.contains("margin:0px0px0px40px", compact))
    }

    /// Elements with the answered mail or a signature.
    private static let quoteIDs: Set<Substring> = [
        "olk_src_body_section", "mail-editor-reference-message-container", "ms-outlook-mobile-signature", "signature", "applemailsignature",
        "reply-intro", "ymail_android_signature",
    ]
    /// Behind these everything is the answered mail.
    private static let endIDs: Set<Substring> = ["divrplyfwdmsg", "appendonsend", "stopspelling", "replysplit", "zwchr"]
    private static let quoteClasses: Set<Substring> = [
        "gmail_quote", "gmail_quote_container", "gmail_attr", "gmail_signature", "gmail_signature_prefix", "yahoo_quoted", "moz-cite-prefix",
        "moz-signature", "moz-forward-container", "protonmail_quote", "protonmail_signature_block", "tutanota_quote", "zmail_extra",
        "freshdesk_quote", "io-ox-signature", "quote-inline",
    ]

    /// Without the `x_` that Outlook on the web puts before names it quotes.
    private static func original(_ name: Substring) -> Substring {
        var name = name
        while name.hasPrefix("x_") { name.removeFirst(2) }
        return name
    }

    private static func words(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [String] {
        var words = [String]()
        var start = range.lowerBound
        for p in range.lowerBound...range.upperBound where p == range.upperBound || HTMLTokenizer.isSpace(bytes[p]) {
            if p > start { words.append(HTMLTokenizer.lower(bytes, start..<p)) }
            start = p + 1
        }
        return words
    }

    /// A style without blanks, lower case.
    private static func compact(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: range.count) { out, count in
            for byte in bytes[range] where !HTMLTokenizer.isSpace(byte) {
                out[count] = byte >= 65 && byte <= 90 ? byte | 0x20 : byte
                count += 1
            }
        }
    }
}
