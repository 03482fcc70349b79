import Foundation

/// The labelled messages of `Corpora/customers`, as their files say them.
struct CustomerCorpus {
    struct Row {
        /// As the customer wrote it: `\n` of the file is a line break here.
        var text: String
        var sentiment: String
        var emotions: [String]
        var intents: [String]
        var topics: [String]
        var flags: [String]
        var channel: String
        var industry: String
        /// `file:line`
        var place: String
        var isHeldOut: Bool
    }

    struct File {
        /// Below `Corpora`, as in its manifest.
        var path: String
        /// Folder of the file: a language, `hard`, or `posts`.
        var folder: String
        /// What its language is; nil where the folder does not say.
        var language: String?
        /// Lines before the names of the columns, without `# `.
        var notes: [String]
        var columns: [String]
        var rows: [Row]
        /// Lines that are no rows, as `file:line: reason`.
        var problems: [String]
    }

    static let folder = Larkspur.root.appendingPathComponent("Corpora/customers")
    static let columns = ["text", "sentiment", "emotions", "intents", "topics", "flags", "channel", "industry"]

    /// In the order of their paths.
    let files: [File]

    init() throws {
        let paths = (FileManager.default.enumerator(atPath: Self.folder.path)?.compactMap { $0 as? String } ?? []).sorted()
        files = try paths.filter { $0.hasSuffix(".tsv") }.map { path in
            Self.read(path, try String(contentsOf: Self.folder.appendingPathComponent(path), encoding: .utf8))
        }
    }

    var rows: [Row] { files.flatMap(\.rows) }

    static func read(_ path: String, _ content: String) -> File {
        let parts = path.split(separator: "/").map(String.init)
        var file = File(
            path: "customers/" + path, folder: parts.first ?? "", language: parts.first == "hard" ? nil : parts.dropLast().last, notes: [],
            columns: [], rows: [], problems: [])
        // By bytes: splitting three megabytes into characters first takes many times as long.
        for (index, line) in content.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let place = "\(file.path):\(index + 1)"
            let cells = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map { String(Substring($0)) }
            if line.starts(with: "# ".utf8) {
                file.notes.append(String(Substring(line.dropFirst(2))))
            } else if file.columns.isEmpty {
                file.columns = cells
            } else if cells.count == columns.count, !cells.contains("") {
                file.rows.append(row(cells, place, isHeldOut: parts.last != "train.tsv"))
            } else if !line.isEmpty {
                file.problems.append("\(place): \(cells.count) columns instead of \(columns.count), or an empty one")
            }
        }
        return file
    }

    private static func row(_ cells: [String], _ place: String, isHeldOut: Bool) -> Row {
        let list = { (cell: String) in cell == "-" ? [] : cell.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        return Row(
            text: cells[0].contains("\\") ? cells[0].replacingOccurrences(of: "\\n", with: "\n") : cells[0], sentiment: cells[1],
            emotions: list(cells[2]), intents: list(cells[3]), topics: list(cells[4]), flags: list(cells[5]), channel: cells[6], industry: cells[7],
            place: place, isHeldOut: isHeldOut)
    }

    /// What two texts are compared by: runs of letters, digits and their marks, in compatibility form and lower case.
    static func words(_ text: String) -> [String] {
        var words = [String]()
        var word = String.UnicodeScalarView()
        for scalar in text.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            if isPartOfWord(scalar) {
                word.append(scalar)
            } else if !word.isEmpty {
                words.append(String(word))
                word = String.UnicodeScalarView()
            }
        }
        return word.isEmpty ? words : words + [String(word)]
    }

    /// The letters of a text without spaces and punctuation; of a text without letters, what it has.
    static func letters(_ text: String) -> String {
        let letters = words(text).joined()
        return letters.isEmpty ? text.filter { !$0.isWhitespace } : letters
    }

    private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .letterNumber, .otherNumber: true
        // A variation selector belongs to an emoji.
        case .nonspacingMark, .spacingMark: !(0xFE00...0xFE0F).contains(scalar.value)
        default: false
        }
    }
}
