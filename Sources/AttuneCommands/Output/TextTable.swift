/// A plain table: columns as wide as their content, numbers to the right, the last column cut at the terminal's width.
struct TextTable {
    enum Alignment { case left, right }

    var header: [String]
    var alignments: [Alignment]
    var rows: [[String]] = []

    init(_ columns: KeyValuePairs<String, Alignment>) {
        header = columns.map(\.key)
        alignments = columns.map(\.value)
    }

    mutating func add(_ cells: String...) { rows.append(cells) }

    func lines(_ terminal: Terminal) -> [String] {
        let widths = header.indices.map { c in (rows.map { Self.width($0[c]) } + [Self.width(header[c])]).max() ?? 0 }
        let lines = ([header] + rows).map { cells in
            let padded = cells.indices.map { c -> String in
                let space = String(repeating: " ", count: max(0, widths[c] - Self.width(cells[c])))
                if alignments[c] == .right { return space + cells[c] }
                return c == cells.count - 1 ? cells[c] : cells[c] + space
            }
            return Self.cut(padded.joined(separator: "  "), to: terminal.width)
        }
        return [terminal.styled(lines[0], .bold)] + lines.dropFirst()
    }

    /// Columns a text takes: wide East Asian characters and emoji take two.
    static func width(_ text: String) -> Int {
        text.reduce(0) { sum, character in
            guard let scalar = character.unicodeScalars.first else { return sum }
            let isWide =
                scalar.properties.isEmojiPresentation || (0x1100...0x115F).contains(scalar.value) || (0x2E80...0xA4CF).contains(scalar.value)
                || (0xAC00...0xD7A3).contains(scalar.value) || (0xF900...0xFAFF).contains(scalar.value) || (0xFF00...0xFF60).contains(scalar.value)
            return sum + (isWide ? 2 : 1)
        }
    }

    /// At most `limit` columns; `…` tells that something is missing.
    static func cut(_ text: String, to limit: Int) -> String {
        guard width(text) > limit else { return text }
        var result = ""
        var used = 0
        for character in text {
            let next = width(String(character))
            if used + next > limit - 1 { break }
            result.append(character)
            used += next
        }
        return result + "…"
    }
}
