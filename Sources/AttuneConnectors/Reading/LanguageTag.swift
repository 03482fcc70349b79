/// Languages as BCP 47 writes them.
enum LanguageTag {
    /// `de_DE`, `EN-us` and `de_DE.UTF-8` as `de-DE` and `en-US`; what is no language tag stays as it is.
    static func normalized(_ text: String) -> String {
        if text.utf8.count <= 3, text.utf8.allSatisfy({ $0 >= 97 && $0 <= 122 }) { return text }
        let tag = text.prefix { $0 != "." && $0 != "@" }
        let parts = tag.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "_" }
        let isTag = parts.allSatisfy { part in
            (1...8).contains(part.utf8.count) && part.utf8.allSatisfy { $0 < 0x80 && Character(Unicode.Scalar($0)).isLetter || $0 >= 48 && $0 <= 57 }
        }
        guard isTag, let first = parts.first, (2...3).contains(first.utf8.count), first.utf8.allSatisfy({ $0 >= 65 }) else { return text }
        let rest = parts.dropFirst().enumerated().map { index, part in
            switch part.utf8.count {
            case 4 where index == 0 && part.utf8.allSatisfy({ $0 >= 65 }): part.prefix(1).uppercased() + part.dropFirst().lowercased()
            case 2 where index < 2: part.uppercased()
            default: part.lowercased()
            }
        }
        return ([first.lowercased()] + rest).joined(separator: "-")
    }
}
