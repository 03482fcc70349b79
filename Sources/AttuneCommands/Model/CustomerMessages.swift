import AttuneEngine
import Foundation

/// A file of `Corpora/customers`: labelled messages as tab-separated lines, below lines of `# ` and one that names the columns.
struct CustomerMessages {
    private let columns: [String]
    private let rows: [[String]]

    /// - Throws: `CommandFailure` that names the line when the file is not what it should be.
    init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else { throw CommandFailure("cannot read \(path)") }
        var columns = [String]()
        var rows = [[String]]()
        for (index, line) in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty || line.starts(with: "# ".utf8) { continue }
            let cells = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
            if columns.isEmpty {
                columns = cells
            } else if cells.count == columns.count {
                rows.append(cells)
            } else {
                throw CommandFailure("\(path):\(index + 1): \(cells.count) columns instead of the \(columns.count) that the file names")
            }
        }
        guard columns.first == "text" else { throw CommandFailure("\(path): the first line without # names the columns, beginning with text") }
        (self.columns, self.rows) = (columns, rows)
    }

    /// The messages with the labels of one column: one, or a list (`-` is empty).
    func examples(_ column: String, language: String? = nil) throws -> [TrainingExample] {
        guard let at = columns.firstIndex(of: column) else {
            throw CommandFailure("there is no column \(column) among \(columns.joined(separator: ", "))")
        }
        return rows.map { cells in
            let text = cells[0].contains("\\") ? cells[0].replacingOccurrences(of: "\\n", with: "\n") : cells[0]
            let labels = cells[at] == "-" ? [] : cells[at].split(separator: ",").map(String.init)
            return TrainingExample(text: Array(text.utf8), labels: labels, language: language)
        }
    }
}
