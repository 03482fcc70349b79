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

            The configuration is JSON, everything in it optional: \
            {"columns": {"Kd-Nr": "id", "Ort": "town"}, "identifiers": {"crm": "userID"}, "region": "DE", \
            "rules": [{"kind": "userID", "unique": true}, {"kind": "email", "limit": 5, "window": "annually"}], \
            "blocked": {"email": ["info@shop.example", "*@test.example"]}, "genericThreshold": 1}. \
            rules tell which kinds of identifiers join messages, the strongest first, how many of each a customer may have (unique is a limit \
            of 1), within which window (ever, annually, weekly); a kind that is not listed joins nobody. blocked values name nobody; * stands \
            for any characters. More than genericThreshold unique values beside one identifier, and it joins nobody.
            """
    )

    @Argument(help: "CSV or JSON Lines; `-` is standard input.")
    var file: String

    @Option(help: "CSV file to write; `-` is standard output.")
    var output: String

    @Option(help: "JSON configuration: columns, identifiers, region, rules, blocked, genericThreshold; see above.")
    var config: String?

    @Flag(help: "Stop at the first record that cannot be read.")
    var strict = false

    @Flag(help: "Tell on standard error what was learned: chances and weights of every level of agreement.")
    var modelReport = false

    @Option(
        name: .customLong("explain"), parsing: .singleValue,
        help: ArgumentHelp(
            "Tell on standard error why the record belongs to its customer; of two, why they are one or not.", valueName: "record"))
    var explain: [String] = []

    @Flag(help: ArgumentHelp("Look every record up again and tell the times: for Benchmarks/identity.", visibility: .hidden))
    var lookups = false

    func run() throws {
        let configuration = try ResolveConfiguration.read(config)
        ResidentMemory.returnLargeBlocks()
        var input = try ResolveInput.read(file, configuration: configuration, strict: strict)
        let people: People
        // Given up rather than lent: what reads it frees it piece by piece.
        if let log = input.takeLog() { people = try resolved(consume log, configuration) } else { people = try resolved(input, configuration) }
        if output == "-" { return try people.forEachPiece { try StandardOutput.write($0) } }
        try OutputFile.write(output) { handle in try people.forEachPiece { try handle.write(contentsOf: $0) } }
        StandardError.write("attune: \(people.persons.count) records, \(people.earliest.count) customers\n")
    }

    /// Who the records of a file are.
    private struct People {
        /// Person of each record, in the order of the file.
        var persons: [Int32]
        /// First record of each person.
        var earliest: [Int32]
        /// Appends the id of a record.
        var appendID: (Int, inout [UInt8]) -> Void

        /// Bytes that are written at a time, about.
        private static let pieceSize = 1 << 16

        /// The output, a line for each record, in pieces.
        func forEachPiece(_ body: ([UInt8]) throws -> Void) throws {
            let (customers, width) = customers()
            var text = [UInt8]("record,customer\n".utf8)
            text.reserveCapacity(2 * Self.pieceSize)
            for (record, person) in persons.enumerated() {
                let start = text.count
                appendID(record, &text)
                Self.quoteCell(at: start, of: &text)
                text.append(UInt8(ascii: ","))
                customers.withUnsafeBufferPointer {
                    text.append(contentsOf: UnsafeBufferPointer(rebasing: $0[Int(person) * width..<(Int(person) + 1) * width]))
                }
                text.append(UInt8(ascii: "\n"))
                guard text.count >= Self.pieceSize else { continue }
                try body(text)
                text.removeAll(keepingCapacity: true)
            }
            try body(text)
        }

        /// Ids of all customers one behind the other: all have one length.
        private func customers() -> (bytes: [UInt8], width: Int) {
            var (bytes, id) = ([UInt8](), [UInt8]())
            for first in earliest {
                id.removeAll(keepingCapacity: true)
                appendID(Int(first), &id)
                bytes += id.withUnsafeBufferPointer { CustomerID(firstMessageID: $0) }.rawValue.utf8
            }
            return (bytes, earliest.isEmpty ? 0 : bytes.count / earliest.count)
        }

        /// Quotes the cell that ends a text, where needed. Ids are given back as they were, so no spreadsheet marks.
        private static func quoteCell(at start: Int, of text: inout [UInt8]) {
            let quote = UInt8(ascii: "\"")
            guard text[start...].contains(where: { $0 == quote || $0 == 44 || $0 == 10 || $0 == 13 }) else { return }
            let id = Array(text[start...])
            text.removeSubrange(start...)
            text.append(quote)
            for byte in id {
                if byte == quote { text.append(quote) }
                text.append(byte)
            }
            text.append(quote)
        }
    }

    /// Messages with identifiers: the people alone, unless somebody asks for more.
    private func resolved(_ log: consuming EvidenceLog, _ configuration: ResolveConfiguration) throws -> People {
        let graph = EvidenceGraph(policy: configuration.policy)
        let ids = log.ids
        let appendID = { (place: Int, text: inout [UInt8]) in ids.append(place, to: &text) }
        if explain.isEmpty, !lookups {
            let people = graph.people(log)
            if modelReport { StandardError.write(people.modelReport) }
            return People(persons: people.persons, earliest: people.earliest, appendID: appendID)
        }
        let resolved = graph.resolved(copy log)
        if modelReport { StandardError.write(resolved.modelReport) }
        if !explain.isEmpty {
            let explanation = LinkExplanation(resolved) { String(decoding: ids[$0], as: UTF8.self) }
            StandardError.write(try explanation.text(explain, count: ids.count, clusters: resolved.clusters))
        }
        if lookups { StandardError.write(LookupTimes(log, resolved, policy: configuration.policy).json) }
        return People(persons: resolved.persons, earliest: resolved.earliest, appendID: appendID)
    }

    private func resolved(_ input: ResolveInput, _ configuration: ResolveConfiguration) throws -> People {
        switch input {
        case .sightings(let log): return try resolved(log, configuration)
        case .table(let headers, let rows):
            for name in configuration.columns.keys.sorted() where !headers.contains(name) {
                throw CommandFailure.usage("\(config ?? ""): the configuration maps the column \"\(name)\", which \(file) does not have")
            }
            if let twice = Dictionary(grouping: headers, by: { $0 }).filter({ $1.count > 1 }).keys.sorted().first {
                StandardError.write("attune: \(file): more than one column is called \"\(twice)\": a mapping holds for all of them\n")
            }
            let columns = RecordColumns(headers: headers, rows: rows, mapping: configuration.columns)
            let id = columns.roles.firstIndex(of: .id)
            if let id, let row = rows.repetition(id) {
                let reason = rows[row, id].isEmpty ? "is empty" : "has the value of another row"
                throw CommandFailure.usage(
                    "\(file): row \(row + 1): \"\(headers[id])\" is mapped as the id but \(reason): map a column that tells all rows apart, or none")
            }
            if id == nil {
                StandardError.write(
                    "attune: \(file): no column tells the records apart, they are numbered from 1 on: map one with "
                        + "{\"columns\": {\"NAME\": \"id\"}}\n")
            }
            let read = zip(headers, columns.roles).map { "\($0)=\($1.rawValue)" }.joined(separator: " ")
            StandardError.write("attune: \(file): read as \(read)\n")
            let table = TableLinkage(headers: headers, columns: columns, policy: configuration.policy).resolve(rows)
            if modelReport { StandardError.write(table.modelReport) }
            let clusters = table.clusters
            if !explain.isEmpty {
                let explanation = LinkExplanation(table) { row in id.map { rows.text(row, $0) } ?? String(row + 1) }
                StandardError.write(try explanation.text(explain, count: rows.count, clusters: clusters))
            }
            var persons = [Int32](repeating: 0, count: rows.count)
            for (p, cluster) in clusters.enumerated() { for row in cluster { persons[row] = Int32(p) } }
            return People(persons: persons, earliest: clusters.map { Int32($0[0]) }) { row, text in
                if let id { text += rows[row, id] } else { text += String(row + 1).utf8 }
            }
        }
    }
}
