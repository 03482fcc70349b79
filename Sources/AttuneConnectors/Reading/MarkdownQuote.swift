/// Quoting in Markdown: what begins with `>` are somebody else's words.
enum MarkdownQuote {
    /// The text without its quoted lines; the whole text when nothing else is in it. `>!spoilers!<` are the writer's own.
    /// - Parameter openMark: what begins a quote that goes on to the end of the text.
    static func own(_ text: String, openMark: String? = nil) -> String {
        if !text.utf8.contains(UInt8(ascii: ">")) { return text }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let said = openMark.map { mark in lines.prefix { !$0.drop(while: { $0 == " " }).hasPrefix(mark) } } ?? lines[...]
        let kept = said.filter { !isQuoted($0) }
        if kept.count == lines.count { return text }
        let own = kept.joined(separator: "\n").trimmed
        return own.isEmpty ? text : own
    }

    private static func isQuoted(_ line: Substring) -> Bool {
        let start = line.utf8.drop { $0 == 32 }
        return start.first == UInt8(ascii: ">") && start.dropFirst().first != UInt8(ascii: "!")
    }
}
