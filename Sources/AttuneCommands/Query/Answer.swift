import ArgumentParser
import AttuneCore

/// What a query answers: named tables of values, and how each is printed.
struct Answer {
    struct Column {
        var name: String
        var alignment: TextTable.Alignment = .left
        init(_ name: String, _ alignment: TextTable.Alignment = .left) {
            self.name = name
            self.alignment = alignment
        }
    }

    struct Section {
        /// Member name in JSON, heading elsewhere.
        var name: String
        var columns: [Column]
        var rows: [[JSONValue]]
    }

    /// The first one is the answer proper: all that `csv` and `jsonl` print.
    var sections: [Section]

    func lines(_ format: AnswerFormat, terminal: Terminal) -> [String] {
        switch format {
        case .table: sections.flatMap { [""] + [terminal.styled($0.name.uppercased(), .dim)] + table($0, terminal) }.dropFirst().map { $0 }
        case .markdown: sections.flatMap { ["", "## " + $0.name, ""] + markdown($0) }.dropFirst().map { $0 }
        case .json: [Self.printed(.object(sections.map { .init($0.name, .array(objects($0))) }))]
        case .jsonl: sections.prefix(1).flatMap { objects($0).map(Self.printed) }
        case .csv: sections.prefix(1).flatMap(csv)
        }
    }

    private static func printed(_ value: JSONValue) -> String { String(decoding: JSONWriter.printed(value), as: UTF8.self) }

    private func objects(_ section: Section) -> [JSONValue] {
        section.rows.map { row in .object(zip(section.columns, row).map { .init($0.0.name, $0.1) }) }
    }

    private func csv(_ section: Section) -> [String] {
        [section.columns.map { CSVText.cell($0.name) }.joined(separator: ",")]
            + section.rows.map { row in
                // A number may begin with a minus; only text is made safe for spreadsheets.
                row.map { cell in if case .number(let digits) = cell { digits } else { CSVText.cell(Self.text(cell)) } }.joined(separator: ",")
            }
    }

    private func markdown(_ section: Section) -> [String] {
        let rows = section.rows.map { row in "| " + row.map { Self.escape(Self.text($0)) }.joined(separator: " | ") + " |" }
        let rule = section.columns.map { $0.alignment == .right ? "---:" : "---" }.joined(separator: "|")
        return ["| " + section.columns.map(\.name).joined(separator: " | ") + " |", "|" + rule + "|"] + rows
    }

    private static func escape(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|").split(whereSeparator: \.isNewline).joined(
            separator: " ")
    }

    private func table(_ section: Section, _ terminal: Terminal) -> [String] {
        var table = TextTable([:])
        table.header = section.columns.map(\.name)
        table.alignments = section.columns.map(\.alignment)
        table.rows = section.rows.map { $0.map { Self.text($0).split(whereSeparator: \.isNewline).joined(separator: " ⏎ ") } }
        return section.rows.isEmpty ? ["none"] : table.lines(terminal)
    }

    private static func text(_ cell: JSONValue) -> String {
        switch cell {
        case .null: ""
        case .array(let items): items.map(text).joined(separator: ", ")
        default: cell.scalarText ?? ""
        }
    }
}

enum AnswerFormat: String, ExpressibleByArgument, CaseIterable {
    case table, json, jsonl, csv, markdown
}

/// `--output`, the same for every query.
struct AnswerOptions: ParsableArguments {
    @Option(name: .customLong("output"), help: "table, json, jsonl, csv or markdown; a table on a terminal, json in a pipe.")
    var format: AnswerFormat?

    func print(_ answer: Answer) throws {
        let terminal = Terminal.standardOutput()
        for line in answer.lines(format ?? (terminal.isTerminal ? .table : .json), terminal: terminal) { try StandardOutput.line(line) }
    }
}
