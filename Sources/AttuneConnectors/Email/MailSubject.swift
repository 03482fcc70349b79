/// A subject without what answering and forwarding put before it.
struct MailSubject {
    /// Lower case, white space folded.
    let base: String
    /// Whether there was an answering prefix.
    let isReply: Bool

    init(_ subject: String) {
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
        "doorst", "ref", "fs", "atb", "απ", "σχετ", "回复", "回覆", "转发", "轉寄", "答复", "返信", "转", "答",
    ]
}
