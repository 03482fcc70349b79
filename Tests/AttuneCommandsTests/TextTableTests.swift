import AttuneCore
import Testing

@testable import AttuneCommands

/// Tables never lose a column.
@Suite struct TextTableTests {
    private static func table(_ columns: Int, rows: Int, last: String = "z") -> TextTable {
        var table = TextTable([:])
        table.header = (0..<columns).map { "column\($0)" }
        table.alignments = table.header.map { _ in .left }
        table.rows = (0..<rows).map { row in (0..<columns).map { $0 == columns - 1 ? last : "value\(row)-\($0)" } }
        return table
    }

    private static func terminal(_ width: Int?) -> Terminal { Terminal(isTerminal: width != nil, hasColour: false, width: width ?? 100) }

    @Test(arguments: [1, 3], [2, 5, 40])
    func everyColumnIsThere(rows: Int, columns: Int) {
        for width in [nil, 30, 80, 200] {
            let table = Self.table(columns, rows: rows, last: "last")
            let text = table.lines(Self.terminal(width)).joined(separator: "\n")
            for name in table.header { #expect(text.contains(name), "\(name) at \(width ?? 0)") }
            for cell in table.rows.joined() { #expect(text.contains(cell), "\(cell) at \(width ?? 0)") }
        }
    }

    @Test func onATerminalTheLastTextIsCut() {
        let long = String(repeating: "word ", count: 60)
        let lines = Self.table(3, rows: 2, last: long).lines(Self.terminal(80))
        #expect(lines.count == 3 && lines.allSatisfy { TextTable.width($0) <= 80 } && lines[1].hasSuffix("…"))
        #expect(Self.table(3, rows: 2, last: long).lines(Self.terminal(nil))[1].hasSuffix(long), "whole elsewhere")
    }

    @Test func whatDoesNotFitBecomesNamesAndValues() {
        let lines = Self.table(8, rows: 2).lines(Self.terminal(40))
        #expect(lines.count == 17 && lines[0] == "column0  value0-0" && lines[8].isEmpty && lines[16] == "column7  z")
        // A number is never cut.
        var numbers = Self.table(4, rows: 1, last: "12345678")
        numbers.alignments[3] = .right
        #expect(numbers.lines(Self.terminal(37)).last == "column3  12345678" && numbers.lines(Self.terminal(38)).count == 2)
    }
}
