/// Elements by what they do to lines and to the text in them.
enum HTMLElements {
    struct Traits: OptionSet, Sendable {
        let rawValue: UInt8

        /// Begins and ends on a line of its own.
        static let block = Traits(rawValue: 1)
        /// Has no content and no end tag.
        static let void = Traits(rawValue: 2)
        /// Does not end a head.
        static let metadata = Traits(rawValue: 4)
        /// Its content is no markup and no text of a person.
        static let raw = Traits(rawValue: 8)
        /// Its name is asked for beyond these traits, which few are.
        static let named = Traits(rawValue: 16)
    }

    private static let names: [(traits: Traits, names: [String])] = [
        (
            .block,
            [
                "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
                "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li",
                "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
            ]
        ),
        (.void, ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]),
        (.metadata, ["head", "title", "meta", "link", "base", "style", "script", "noscript", "template", "object", "xml"]),
        (.named, ["blockquote", "br", "head", "hr", "pre", "td", "th", "title", "xml"]),
        (.raw, ["script", "style", "iframe", "noembed", "noframes"]),
    ]

    /// What the element of a name is; nothing for names that are not listed.
    static func traits(_ name: HTMLName) -> Traits { table.traits(name.key) }

    /// A name of at most ten bytes as a number, 0 for a longer one: six bits tell the letters and digits of element names apart.
    static func key(_ name: some Collection<UInt8>) -> UInt64 {
        if name.count > 10 { return 0 }
        var key: UInt64 = 0
        for byte in name {
            let isLetter = (byte | 0x20) &- 97 < 26
            guard isLetter || byte &- 48 < 10 else { return 0 }
            key = key << 6 | UInt64(isLetter ? (byte | 0x20) &- 96 : byte &- 48 &+ 32)
        }
        return key
    }

    private static let table = Table(names)

    /// Traits by key, in an open table: every tag of a mail is looked up, and hashing strings would take longer than reading it.
    private struct Table: Sendable {
        private var slots: [(key: UInt64, traits: Traits)] = Array(repeating: (0, []), count: 256)

        init(_ names: [(traits: Traits, names: [String])]) {
            for (traits, names) in names {
                for name in names {
                    let key = HTMLElements.key(name.utf8)
                    let at = place(key)
                    slots[at] = (key, slots[at].traits.union(traits))
                }
            }
        }

        func traits(_ key: UInt64) -> Traits { key == 0 ? [] : slots[place(key)].traits }

        /// Where a key is, or belongs.
        private func place(_ key: UInt64) -> Int {
            var at = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> 56)
            while slots[at].key != key, slots[at].key != 0 { at = (at + 1) & 255 }
            return at
        }
    }
}
