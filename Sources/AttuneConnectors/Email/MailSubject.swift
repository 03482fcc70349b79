import AttuneCore

/// A subject without what answering and forwarding put before it.
struct MailSubject {
    /// Lower case, white space folded.
    let base: String
    /// Whether there was an answering prefix.
    let isReply: Bool

    init(_ subject: String) {
        var subject = subject
        if let plain = subject.withUTF8({ Self.plain($0) }) { self = plain } else { self.init(anyLetters: subject) }
    }

    private init(base: String, isReply: Bool) { (self.base, self.isReply) = (base, isReply) }

    /// The same for letters of ASCII, of which each is a byte; nil for other subjects.
    private static func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> MailSubject? {
        guard ByteSearch.largest(in: bytes) < 0x80 else { return nil }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { out in
            var count = 0
            for byte in bytes where byte > 32 || count > 0 && out[count - 1] != 32 {
                out[count] = byte <= 32 ? 32 : byte &- 65 < 26 ? byte | 0x20 : byte
                count += 1
            }
            if count > 0, out[count - 1] == 32 { count -= 1 }
            var prefixes = PlainPrefixes(UnsafeBufferPointer(rebasing: out[..<count]))
            prefixes.skip { Self.prefixes.contains($0) }
            return MailSubject(base: String(copying: prefixes.rest), isReply: prefixes.isReply)
        }
    }

    /// Whatever its letters are.
    init(anyLetters subject: String) {
        let folded = subject.lowercased().collapsed
        // No colon of either kind, no bracket: nothing stands before it.
        if !folded.utf8.contains(where: { $0 == 58 || $0 == 91 || $0 == 0xEF }) {
            (base, isReply) = (folded, false)
            return
        }
        var rest = Substring(folded)
        var isReply = false
        while true {
            if rest.first == "[", let end = rest.firstIndex(of: "]") {
                let inner = rest[rest.index(after: rest.startIndex)..<end]
                if inner.contains("#"), inner.contains(where: \.isNumber) {
                    // `[#123]` of a ticket system.
                    rest = rest[rest.index(after: end)...].drop { $0 == " " }
                    continue
                }
                if Self.outside.contains(String(inner)) {
                    rest = rest[rest.index(after: end)...].drop { $0 == " " }
                    continue
                }
                if inner.hasPrefix("fwd:") || inner.hasPrefix("fw:") {
                    // `[Fwd: …]`
                    rest = inner[(inner.firstIndex(of: ":").map { inner.index(after: $0) } ?? inner.startIndex)...].drop { $0 == " " }
                    continue
                }
            }
            guard let colon = rest.firstIndex(where: { $0 == ":" || $0 == "：" }), Self.isPrefix(rest[..<colon]) else { break }
            isReply = true
            rest = rest[rest.index(after: colon)...].drop { $0 == " " }
        }
        base = String(rest)
        self.isReply = isReply
    }

    /// `re`, `re[2]`, `aw (3)`.
    private static func isPrefix(_ word: Substring) -> Bool {
        let letters = word.prefix { $0.isLetter }
        let count = word[letters.endIndex...].trimmingPrefix { $0 == " " }
        return prefixes.contains(String(letters)) && count.allSatisfy { $0.isNumber || "[]()^*".contains($0) }
    }

    private static let prefixes: Set<String> = [
        "re", "fwd", "fw", "aw", "wg", "sv", "vs", "vb", "antw", "tr", "rv", "res", "enc", "odp", "pd", "rif", "r", "i", "ynt", "ilt", "vl", "betr",
        "doorst", "ref", "fs", "atb", "rép", "i̇lt", "απ", "σχετ", "رد", "تحويل", "उत्तर", "תגובה", "השב", "답장", "회신", "전달", "回复", "回覆", "转发",
        "轉寄", "答复", "返信", "转", "答",
    ]

    /// What servers of companies put in brackets before the subject of mails from elsewhere.
    fileprivate static let outside: Set<String> = [
        "external", "ext", "external email", "external sender", "extern", "externe", "externo", "externa", "esterno", "zewnętrzny", "spam",
    ]
}

/// Walks over what stands before a subject of ASCII, in lower case and with single blanks.
private struct PlainPrefixes {
    private(set) var rest: UnsafeBufferPointer<UInt8>
    private(set) var isReply = false

    /// Letters of the longest prefix of ASCII: `doorst`.
    private static let longest = 6

    /// Letters of the longest of `MailSubject.outside`.
    private static let longestTag = 15

    init(_ subject: UnsafeBufferPointer<UInt8>) { rest = subject }

    mutating func skip(isPrefix: (String) -> Bool) {
        while true {
            if rest.first == UInt8(ascii: "["), let end = first(UInt8(ascii: "]")) {
                let inner = UnsafeBufferPointer(rebasing: rest[1..<end])
                if inner.contains(UInt8(ascii: "#")), inner.contains(where: { $0 &- 48 < 10 }) {
                    move(to: end + 1)
                    continue
                }
                if inner.count <= Self.longestTag, MailSubject.outside.contains(String(copying: inner)) {
                    move(to: end + 1)
                    continue
                }
                if inner.starts(with: "fwd:".utf8) || inner.starts(with: "fw:".utf8) {
                    rest = inner
                    move(to: first(UInt8(ascii: ":")).map { $0 + 1 } ?? 0)
                    continue
                }
            }
            guard let colon = first(UInt8(ascii: ":")), endsPrefix(at: colon, isPrefix) else { return }
            isReply = true
            move(to: colon + 1)
        }
    }

    private func first(_ byte: UInt8) -> Int? { ByteSearch.first(byte, in: rest, from: 0, to: rest.count) }

    /// Behind blanks too.
    private mutating func move(to start: Int) {
        var start = start
        while start < rest.count, rest[start] == 32 { start += 1 }
        rest = UnsafeBufferPointer(rebasing: rest[start...])
    }

    private func endsPrefix(at colon: Int, _ isPrefix: (String) -> Bool) -> Bool {
        var letters = 0
        while letters < colon, rest[letters] &- 97 < 26 { letters += 1 }
        guard 1...Self.longest ~= letters else { return false }
        for byte in rest[letters..<colon].drop(while: { $0 == 32 }) where byte &- 48 >= 10 && !"[]()^*".utf8.contains(byte) { return false }
        return isPrefix(String(copying: UnsafeBufferPointer(rebasing: rest[..<letters])))
    }
}
