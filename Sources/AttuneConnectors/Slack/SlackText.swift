/// Text of Slack's markup: `<@U1>`, `<#C1|name>`, `<url|label>`, `<!here>`, and the escapes of `&`, `<` and `>`.
enum SlackText {
    static func plain(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "<")) else { return EscapedText.unescaped(text) }
        var out = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "<") {
            out += rest[..<open]
            let inner = rest[rest.index(after: open)...]
            guard let close = inner.firstIndex(of: ">") else {
                // A character of its own would have been escaped; broken markup stays as it is.
                out += rest[open...]
                rest = ""
                break
            }
            out += shown(inner[..<close])
            rest = inner[inner.index(after: close)...]
        }
        return EscapedText.unescaped(out + rest)
    }

    /// What a reader sees of a mark's inside.
    private static func shown(_ inside: Substring) -> String {
        let parts = inside.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let target = parts[0]
        let label = parts.count == 2 && !parts[1].isEmpty ? String(parts[1]) : nil
        switch target.first {
        case "@": return "@" + (label?.drop { $0 == "@" } ?? target.dropFirst())
        case "#": return "#" + (label?.drop { $0 == "#" } ?? target.dropFirst())
        case "!":
            if let label { return label }
            return "@" + (target.dropFirst().split(separator: "^").first ?? "")
        default: return label ?? (target.hasPrefix("mailto:") ? String(target.dropFirst(7)) : String(target))
        }
    }
}
