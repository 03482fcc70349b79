/// The ticket of a page of comments that names none itself, by the path of its file.
enum ZendeskPages {
    /// `77` of `ticket_77_comments.json`, `77.json`, `comments_77.json`, `tickets/77/comments.json`; nil where no number stands out.
    static func ticketID(baseName: String?, folderName: String?) -> String? {
        if let id = baseName.flatMap({ ticketID(inName: $0) }) { return id }
        let folder = folderName.flatMap { number($0, among: []) ?? ticketID(inName: $0) }
        // Exports may be kept by years, too.
        if let folder, folder.utf8.count != 4 || !(folder.hasPrefix("19") || folder.hasPrefix("20")) { return folder }
        return baseName.flatMap { number($0, among: words) } ?? folder
    }

    /// Behind `ticket`; nil for a name with a date, or without a number.
    static func ticketID(inName name: String) -> String? {
        let name = name.lowercased()
        guard let word = name.firstRange(of: "ticket") else { return nil }
        let rest = name.utf8[word.upperBound...].drop { [UInt8(ascii: "_"), UInt8(ascii: "-"), 32, UInt8(ascii: "#")].contains($0) }
        let id = rest.prefix { $0 &- 48 < 10 }
        let behind = rest[id.endIndex...]
        let isDate =
            behind.first.map { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") } == true && behind.dropFirst().first.map { $0 &- 48 < 10 } == true
        return id.isEmpty || id.count > 20 || isDate ? nil : String(Substring(id))
    }

    /// What may stand beside the number in a file's name.
    private static let words: Set<String> = ["comment", "comments", "zendesk", "json", "jsonl", "ndjson"]

    /// The only number among nothing but these words; nil for a date.
    private static func number(_ name: String, among words: Set<String>) -> String? {
        let parts = name.lowercased().split { !($0.isLetter || $0.isNumber) }.map { String($0) }
        let numbers = parts.filter { $0.utf8.allSatisfy { $0 &- 48 < 10 } }
        guard let number = numbers.first, numbers.count == 1, number.utf8.count <= 20, parts.allSatisfy({ $0 == number || words.contains($0) }),
            !(number.utf8.count == 8 && (number.hasPrefix("19") || number.hasPrefix("20")))
        else { return nil }
        return number
    }
}
