/// Text of Slack's markup: `<@U1>`, `<#C1|name>`, `<url|label>`, `<!here>`, and the escapes of `&`, `<` and `>`.
enum SlackText {
    static func plain(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "<")) else { return EscapedText.unescaped(text) }
        var out = ""
        var rest = text[...]
        while let open = rest.utf8.firstIndex(of: UInt8(ascii: "<")) {
            out += rest[..<open]
            let inner = rest[rest.utf8.index(after: open)...]
            guard let close = inner.utf8.firstIndex(of: UInt8(ascii: ">")) else {
                // A character of its own would have been escaped; broken markup stays as it is.
                out += rest[open...]
                rest = ""
                break
            }
            out += shown(inner[..<close])
            rest = inner[inner.utf8.index(after: close)...]
        }
        return EscapedText.unescaped(out + rest)
    }

    /// What a reader sees of a mark's inside.
    private static func shown(_ inside: Substring) -> String {
        let bar = inside.utf8.firstIndex(of: UInt8(ascii: "|"))
        let target = inside[..<(bar ?? inside.endIndex)]
        let label = bar.map { String(inside[inside.utf8.index(after: $0)...]) }.flatMap { $0.isEmpty ? nil : $0 }
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
