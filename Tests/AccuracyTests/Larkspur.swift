import AttuneConnectors
import AttuneCore
import AttuneEngine
import Foundation

@testable import AttuneCommands

/// The bundled world with its truth, read as the program reads it.
struct Larkspur {
    struct Row {
        var text: String
        var role: String
        var sentiment: String
        var intent: String
        var language: String
        /// `file:n`
        var place: String
    }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    let analyzer: Analyzer
    /// A row per message of every file that the truth lists.
    let rows: [Row]

    init() throws {
        let corpora = Self.root.appendingPathComponent("Corpora")
        analyzer = try PackLoader.analyzer(Installation(lexicons: Self.root.appendingPathComponent("Lexicons"), corpora: corpora))
        let configuration = try ConfigurationFile.connector(corpora.appendingPathComponent("larkspur/config.json").path)
        var texts: [String: [String]] = [:]
        var rows = [Row]()
        for line in try String(contentsOf: corpora.appendingPathComponent("larkspur/truth.tsv"), encoding: .utf8).split(separator: "\n").dropFirst() {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            if texts[cells[0]] == nil { texts[cells[0]] = try Self.messages(corpora.appendingPathComponent(cells[0]).path, configuration) }
            guard let messages = texts[cells[0]], let n = Int(cells[1]), messages.indices.contains(n - 1) else {
                throw CommandFailure("truth.tsv names message \(cells[1]) of \(cells[0]), which has \(texts[cells[0]]?.count ?? 0)")
            }
            rows.append(
                Row(
                    text: messages[n - 1], role: cells[3], sentiment: cells[4], intent: cells[5], language: cells[6], place: "\(cells[0]):\(cells[1])"
                ))
        }
        self.rows = rows
    }

    private static func messages(_ path: String, _ configuration: ConnectorConfiguration) throws -> [String] {
        var texts = [String]()
        try ConnectorInput(path: path, connectorName: nil).forEachOperation(configuration) { operation, _ in
            if case .message(let message) = operation { texts.append(message.text) }
        }
        return texts
    }

    /// Rows that customers wrote.
    var customers: [Row] { rows.filter { $0.role == "customer" } }
}
