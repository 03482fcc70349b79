import AttuneCore

/// The words in a message's blocks, where Slack or an application left its text empty.
enum SlackBlocks {
    /// Blocks are nested in sections, lists and quotes; deeper ones than this Slack does not make.
    private static let deepest = 8

    /// Without quotes, unless nothing else is there.
    static func text(_ blocks: Payload?) -> String {
        let own = text(blocks) { $0["type"]?.says("rich_text_quote") != true }
        return own.isEmpty ? text(blocks) { _ in true } : own
    }

    private static func text(_ blocks: Payload?, of isOwn: (Payload) -> Bool) -> String {
        (blocks?.items ?? []).map { block in
            if let text = block.at("text", "text")?.string { return text }
            return (block["elements"]?.items ?? []).filter(isOwn).map { words($0, depth: 0) }.joined(separator: "\n")
        }.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private static func words(_ element: Payload, depth: Int) -> String {
        switch element["type"]?.string {
        case "text": return escaped(element["text"]?.string ?? "")
        case "link": return escaped((element["text"] ?? element["url"])?.string ?? "")
        case "emoji": return emoji(element)
        case "user": return element["user_id"]?.string.map { "<@\($0)>" } ?? ""
        case "channel": return element["channel_id"]?.string.map { "<#\($0)>" } ?? ""
        case "broadcast": return element["range"]?.string.map { "<!\($0)>" } ?? ""
        default:
            guard depth < deepest else { return "" }
            let separator = element["type"]?.says("rich_text_list") == true ? "\n" : ""
            return (element["elements"]?.items ?? []).map { words($0, depth: depth + 1) }.joined(separator: separator)
        }
    }

    /// Texts in blocks are as people typed them; what reads them expects what Slack escapes.
    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    /// `"unicode":"1f621"` is the character, `"name":"rage"` stands in for a team's own picture.
    private static func emoji(_ element: Payload) -> String {
        let scalars = (element["unicode"]?.string ?? "").split(separator: "-").map { UInt32($0, radix: 16).flatMap(Unicode.Scalar.init) }
        guard !scalars.isEmpty, !scalars.contains(nil) else { return element["name"]?.string.map { ":\($0):" } ?? "" }
        return String(String.UnicodeScalarView(scalars.compactMap { $0 }))
    }
}
