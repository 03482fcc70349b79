/// CSV as RFC 4180 has it, safe to open in a spreadsheet.
enum CSVText {
    /// Quoted where needed; a leading `= + - @` gets an apostrophe, so that no spreadsheet takes a customer's text for a formula.
    static func cell(_ text: String) -> String {
        var text = text
        if let first = text.utf8.first, "=+-@".utf8.contains(first) { text = "'" + text }
        guard text.utf8.contains(where: { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
