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

    @Flag(help: "Tell on standard error what was learned: chances and weights of every level of agreement.")
    var modelReport = false

    @Flag(help: ArgumentHelp("Look every record up again and tell the times: for Benchmarks/identity.", visibility: .hidden))
    var lookups = false

    func run() throws {
        let configuration = try ResolveConfiguration.read(config)
        let input = try ResolveInput.read(file, configuration: configuration, strict: strict)
        let people = try resolved(input, configuration)
        let customers = people.earliest.map { CustomerID(firstMessageID: people.id($0)).rawValue }
        var text = [UInt8]("record,customer\n".utf8)
        text.reserveCapacity(people.persons.count * 36)
        for (record, person) in people.persons.enumerated() {
            text += Self.cell(people.id(record)).utf8
            text.append(UInt8(ascii: ","))
            text += customers[Int(person)].utf8
            text.append(UInt8(ascii: "\n"))
        }
        if output == "-" { return try StandardOutput.write(String(decoding: text, as: UTF8.self)) }
        guard FileManager.default.createFile(atPath: output, contents: Data(text)) else {
            throw CommandFailure("cannot write \(output): check that its folder exists and may be written to")
        }
        StandardError.write("attune: \(people.persons.count) records, \(customers.count) customers\n")
    }

    /// Who the records of a file are.
    private struct People {
        /// Person of each record, in the order of the file.
        var persons: [Int32]
        /// First record of each person.
        var earliest: [Int]
        /// Id of a record.
        var id: (Int) -> String
    }

    private func resolved(_ input: ResolveInput, _ configuration: ResolveConfiguration) throws -> People {
        switch input {
        case .sightings(let log):
            let graph = EvidenceGraph(policy: configuration.policy).resolved(log)
            if modelReport { StandardError.write(graph.modelReport) }
            if lookups { StandardError.write(LookupTimes(log, graph, policy: configuration.policy).json) }
            return People(persons: graph.persons, earliest: graph.earliest, id: log.id)
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
            let (clusters, report) = TableLinkage(headers: headers, columns: columns).resolve(rows)
            if modelReport { StandardError.write(report) }
            var persons = [Int32](repeating: 0, count: rows.count)
            for (p, cluster) in clusters.enumerated() { for row in cluster { persons[row] = Int32(p) } }
            return People(persons: persons, earliest: clusters.map { $0[0] }) { rows[$0][id] }
        }
    }

    /// Quoted where needed. Ids are given back as they were, so no spreadsheet marks.
    private static func cell(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
