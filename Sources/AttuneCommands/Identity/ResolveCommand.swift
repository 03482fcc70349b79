import ArgumentParser
import AttuneCore
import Foundation

struct ResolveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Find out which records of a table or message file are the same person; no labels needed.",
        discussion: """
            Reads CSV with a header, or JSON Lines with the members of `ids` as identifiers; `.gz` is read as it is. Columns are recognised by \
            their names and values; standard error says as what. The output has the columns record and customer.
            """
    )

    @Argument(help: "CSV or JSON Lines; `-` is standard input.")
    var file: String

    @Option(help: "CSV file to write; `-` is standard output.")
    var output: String

    @Option(help: "JSON configuration: columns {header: role}, identifiers {member: kind}, region, genericThreshold.")
    var config: String?

    @Flag(help: "Stop at the first record that cannot be read.")
    var strict = false

    func run() throws {
        let configuration = try ResolveConfiguration.read(config)
        let input = try ResolveInput.read(file, configuration: configuration, strict: strict)
        let (ids, clusters) = try resolved(input, configuration)
        var text = "record,customer\n"
        var customers = [String](repeating: "", count: ids.count)
        for cluster in clusters {
            let customer = CustomerID(firstMessageID: ids[cluster[0]]).rawValue
            for record in cluster { customers[record] = customer }
        }
        for (id, customer) in zip(ids, customers) { text += "\(Self.cell(id)),\(customer)\n" }
        if output == "-" { return try StandardOutput.write(text) }
        guard FileManager.default.createFile(atPath: output, contents: Data(text.utf8)) else {
            throw CommandFailure("cannot write \(output): check that its folder exists and may be written to")
        }
        StandardError.write("attune: \(ids.count) records, \(clusters.count) customers\n")
    }

    /// Record ids in the order of the file, and clusters of their places.
    private func resolved(_ input: ResolveInput, _ configuration: ResolveConfiguration) throws -> (ids: [String], clusters: [[Int]]) {
        switch input {
        case .sightings(let sightings):
            return (sightings.map(\.id), EvidenceGraph(policy: configuration.policy).clusters(sightings))
        case .table(let headers, let rows):
            for name in configuration.columns.keys.sorted() where !headers.contains(name) {
                throw CommandFailure.usage("\(config ?? ""): the configuration maps the column \"\(name)\", which \(file) does not have")
            }
            let columns = RecordColumns(headers: headers, rows: rows, mapping: configuration.columns)
            guard let id = columns.roles.firstIndex(of: .id) else {
                throw CommandFailure("\(file): no column tells the records apart: map one with {\"columns\": {\"NAME\": \"id\"}}")
            }
            let read = zip(headers, columns.roles).map { "\($0)=\($1.rawValue)" }.joined(separator: " ")
            StandardError.write("attune: \(file): read as \(read)\n")
            return (rows.map { $0[id] }, TableLinkage(headers: headers, columns: columns).clusters(rows))
        }
    }

    /// Quoted where needed. Ids are given back as they were, so no spreadsheet marks.
    private static func cell(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
