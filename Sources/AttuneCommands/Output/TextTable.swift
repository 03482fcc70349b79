/// A plain table: columns as wide as their content, numbers to the right. On a terminal the last column is cut at its width; where not even that
/// is enough, each row becomes lines of names and values, so that no column is missing. Elsewhere nothing is cut.
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
        if least(widths) > terminal.limit { return records(terminal) }
        let lines = ([header] + rows).map { cells in
            let padded = cells.indices.map { c -> String in
                let space = String(repeating: " ", count: max(0, widths[c] - Self.width(cells[c])))
                if alignments[c] == .right { return space + cells[c] }
                return c == cells.count - 1 ? cells[c] : cells[c] + space
            }
            return Self.cut(padded.joined(separator: "  "), to: terminal.limit)
        }
        return [terminal.styled(lines[0], .bold)] + lines.dropFirst()
    }

    /// A last column of text is of use from here.
    private static let leastText = 24

    /// Columns that all of it takes when the last one is cut as far as it may be.
    private func least(_ widths: [Int]) -> Int {
        guard let last = widths.last else { return 0 }
        let isText = alignments.last == .left
        let cut = isText ? min(last, max(Self.leastText, Self.width(header.last ?? ""))) : last
        return widths.dropLast().reduce(0) { $0 + $1 + 2 } + cut
    }

    /// A line a value, a blank line between rows.
    private func records(_ terminal: Terminal) -> [String] {
        let names = header.map(Self.width).max() ?? 0
        let blocks = rows.map { cells in
            zip(header, cells).map { name, cell in
                terminal.styled(name, .bold) + String(repeating: " ", count: names - Self.width(name) + 2) + cell
            }
        }
        return Array(blocks.joined(separator: [""]))
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
