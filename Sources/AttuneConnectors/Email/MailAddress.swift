import AttuneCore

/// Who a mail is from: the first mailbox of an address list, in the grammar of RFC 5322 with its obsolete forms.
struct MailAddress: Hashable {
    /// Display name, or the comment behind a bare address.
    var name: String?
    /// Local part as written, domain in lower case; nil when there is none.
    var address: String?

    /// The first mailbox of an unfolded `From`, also within a group; nil when the field says nothing.
    init?(first value: UnsafeBufferPointer<UInt8>) {
        if let plain = Self.plain(value) {
            self = plain
            return
        }
        var scanner = Scanner()
        scanner.scan(value)
        guard let found = scanner.result else { return nil }
        self = found
    }

    init?(first value: [UInt8]) {
        guard let found = value.withUnsafeBufferPointer({ MailAddress(first: $0) }) else { return nil }
        self = found
    }

    private init(name: String?, address: String?) {
        self.name = name
        self.address = address
    }

    /// `Ann Lee <ann@example.com>`, `"Lee, Ann" <ann@example.com>` and `<ann@example.com>` in ASCII without comments and lists, as nearly all
    /// are; nil where the grammar has to be asked.
    private static func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> MailAddress? {
        guard bytes.last == UInt8(ascii: ">"), let (nameRange, open) = plainName(bytes) else { return nil }
        let (angle, close) = (open + 1, bytes.count - 1)
        var sign: Int?
        for at in angle..<close {
            switch bytes[at] {
            case UInt8(ascii: "@"):
                if sign != nil { return nil }
                sign = at
            case UInt8(ascii: "("), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ":"): return nil
            case let byte: if byte <= 32 || byte >= 127 { return nil }
            }
        }
        let point = UInt8(ascii: ".")
        guard let sign, sign > angle, sign + 1 < close, bytes[sign + 1] != point, bytes[close - 1] != point else { return nil }
        let address = String(unsafeUninitializedCapacity: close - angle) { out in
            for at in angle..<close { out[at - angle] = at > sign && bytes[at] &- 65 < 26 ? bytes[at] | 0x20 : bytes[at] }
            return close - angle
        }
        return MailAddress(name: nameRange.isEmpty ? nil : String(copying: UnsafeBufferPointer(rebasing: bytes[nameRange])), address: address)
    }

    /// The name at the beginning, and where the `<` behind it stands; nil unless it is surely shown as it is written.
    private static func plainName(_ bytes: UnsafeBufferPointer<UInt8>) -> (name: Range<Int>, open: Int)? {
        let isQuoted = bytes[0] == UInt8(ascii: "\"")
        let start = isQuoted ? 1 : 0
        var at = start
        scan: while at < bytes.count {
            switch bytes[at] {
            case 65...90, 97...122, 48...57, UInt8(ascii: "-"), UInt8(ascii: "."): break
            // A blank at an end, or two of them.
            case 32: if at == start || bytes[at - 1] == 32 { return nil }
            case UInt8(ascii: ","), UInt8(ascii: "&"), UInt8(ascii: "/"): if !isQuoted { return nil }
            default: break scan
            }
            at += 1
        }
        guard at < bytes.count else { return nil }
        if isQuoted {
            guard bytes[at] == UInt8(ascii: "\""), at > start, bytes[at - 1] != 32 else { return nil }
            let open = at + 1 < bytes.count && bytes[at + 1] == 32 ? at + 2 : at + 1
            return open < bytes.count && bytes[open] == UInt8(ascii: "<") ? (start..<at, open) : nil
        }
        guard bytes[at] == UInt8(ascii: "<") else { return nil }
        return (0..<(at > 0 && bytes[at - 1] == 32 ? at - 1 : at), at)
    }

    /// Whether the part before the `@` is that name (lower case), in any case.
    func isLocal(_ name: StaticString) -> Bool {
        guard var address else { return false }
        return address.withUTF8 { bytes in
            var cursor = ByteCursor(bytes)
            return cursor.skip(word: name) && cursor.current == UInt8(ascii: "@")
        }
    }

    /// Who wrote to a group that puts its own address into From: `'Ann Lee' via Support <support@harbour-tea.example>`.
    func beforeGroup(_ header: MailHeader) -> MailAddress {
        guard header.has(.originalSender), let name, let via = name.firstRange(of: " via "),
            let sender = header.unfolded(.originalSender, MailAddress.init(first:)) ?? nil
        else { return self }
        let own = String(name[..<via.lowerBound]).trimming { $0 == "'" || $0 == "\"" || $0.isWhitespace }
        return MailAddress(name: own.isEmpty ? sender.name : own, address: sender.address)
    }

    /// Walks over a list until it has a mailbox.
    private struct Scanner {
        private var words: [[UInt8]] = []
        /// Whether the last word goes on: no blank stood behind it.
        private var isOpen = false
        private var angle: [UInt8]?
        private var comments: [[UInt8]] = []
        private var groupName: String?
        private(set) var result: MailAddress?

        mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
            var at = 0
            while at < bytes.count, result == nil {
                switch bytes[at] {
                case UInt8(ascii: "("): comments.append(MailComment.content(bytes, &at))
                case UInt8(ascii: "\""):
                    let word = MailComment.quoted(bytes, &at)
                    // `"ann lee"@example.com`: the quotes belong to the address.
                    let isLocal = at < bytes.count && bytes[at] == UInt8(ascii: "@")
                    append(isLocal ? [34] + word + [34] : word, closes: !isLocal)
                case UInt8(ascii: "<"): angle = Self.angle(bytes, &at)
                case UInt8(ascii: ","), UInt8(ascii: ";"):
                    finish()
                    at += 1
                case UInt8(ascii: ":") where angle == nil && !words.contains { $0.contains(UInt8(ascii: "@")) }:
                    groupName = name
                    reset()
                    at += 1
                case let byte where byte <= 32:
                    isOpen = false
                    at += 1
                case UInt8(ascii: ">"): at += 1
                default:
                    let start = at
                    at += 1
                    while at < bytes.count, !Self.isSpecial(bytes[at]) { at += 1 }
                    append(Array(bytes[start..<at]), closes: false)
                }
            }
            if result == nil { finish() }
            if result == nil, let groupName { result = MailAddress(name: groupName, address: nil) }
        }

        /// Whether a byte may end a word.
        private static func isSpecial(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"):
                true
            default: byte <= 32
            }
        }

        private mutating func append(_ part: [UInt8], closes: Bool) {
            if isOpen, !closes { words[words.count - 1] += part } else { words.append(part) }
            isOpen = !closes
        }

        private mutating func reset() { (words, angle, comments, isOpen) = ([], nil, [], false) }

        /// What stands between `<` and `>`, without blanks, comments and a route.
        private static func angle(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> [UInt8] {
            var out = [UInt8]()
            at += 1
            while at < bytes.count, bytes[at] != UInt8(ascii: ">") {
                switch bytes[at] {
                case UInt8(ascii: "("): MailComment.skip(bytes, &at)
                case UInt8(ascii: "\""): out += [34] + MailComment.quoted(bytes, &at) + [34]
                case UInt8(ascii: "<"):
                    // `<<ann@example.com>`
                    out = []
                    at += 1
                case let byte:
                    if byte > 32 { out.append(byte) }
                    at += 1
                }
            }
            at = min(at + 1, bytes.count)
            // `@a,@b:ann@example.com`
            if out.first == UInt8(ascii: "@"), let colon = out.firstIndex(of: UInt8(ascii: ":")) { out.removeFirst(colon + 1) }
            return out
        }

        private var name: String? { Self.text(Self.joined(words[...], 32)) }

        /// A name without quotes and blanks around it, blanks in it folded. Double quotes of which one stands within are around a part of it.
        private static func text(_ bytes: [UInt8]) -> String? {
            if bytes.isEmpty { return nil }
            let decoded = TextMarks.removed(from: EncodedWords.decode(bytes)).collapsed
            let bare = decoded.trimming { $0 == "'" || $0 == "\"" || $0.isWhitespace }
            let text = bare.utf8.contains(UInt8(ascii: "\"")) ? decoded.trimming { $0 == "'" || $0.isWhitespace } : bare
            return text.isEmpty ? nil : text
        }

        private static func joined(_ words: ArraySlice<[UInt8]>, _ separator: UInt8? = nil) -> [UInt8] {
            var out = [UInt8]()
            for (i, word) in words.enumerated() {
                if i > 0, let separator { out.append(separator) }
                out += word
            }
            return out
        }

        /// Ends a mailbox, if there is one.
        private mutating func finish() {
            defer { reset() }
            let comment = comments.isEmpty ? nil : Self.text(Self.joined(comments[...], 32))
            if let angle {
                let shown = name
                let name = [shown, shown == nil ? comment : comment.map { "(\($0))" }].compactMap { $0 }.joined(separator: " ")
                let address = Self.address(angle)
                guard address != nil || !name.isEmpty else { return }
                result = MailAddress(name: name.isEmpty || name == address ? nil : name, address: address)
            } else if let at = words.firstIndex(where: { $0.contains(UInt8(ascii: "@")) }) {
                // Obsolete grammar allows blanks around dots and the sign: `jdoe@test . example`. Words before are a name.
                let first = Self.start(words, at)
                let address = Self.address(Self.joined(words[first...]))
                let name = Self.text(Self.joined(words[..<first], 32)) ?? comment
                result = MailAddress(name: name, address: address)
            } else if let text = name ?? (groupName == nil ? comment : nil) {
                result = MailAddress(name: text, address: nil)
            }
        }

        /// The word with which the address around the word at `at` begins.
        private static func start(_ words: [[UInt8]], _ at: Int) -> Int {
            var first = at
            while first > 0, [UInt8(ascii: "@"), UInt8(ascii: ".")].contains(words[first].first ?? 0) || words[first - 1].last == UInt8(ascii: ".") {
                first -= 1
            }
            return first
        }

        /// An address with something on both sides of its last `@`.
        private static func address(_ bytes: [UInt8]) -> String? {
            var bytes = bytes
            if bytes.starts(with: "mailto:".utf8) { bytes.removeFirst(7) }
            guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), at > 0, at + 1 < bytes.count else { return nil }
            let domain = MailCharset.unlabelled(Array(bytes[(at + 1)...])).lowercased().trimming { $0 == "." }
            return domain.isEmpty ? nil : MailCharset.unlabelled(Array(bytes[..<at])) + "@" + domain
        }
    }
}
