import AttuneConnectors
import AttuneCore

/// The records of `attune resolve`: a table, or messages with identifiers.
enum ResolveInput {
    case table(headers: [String], rows: [[String]])
    case sightings(EvidenceLog)

    /// Records one run takes: what fits a small machine's memory.
    static let recordLimit = 5_000_000
    /// Bad records that are named one by one.
    private static let reportLimit = 10

    static func read(_ path: String, configuration: ResolveConfiguration, strict: Bool) throws -> ResolveInput {
        let input = try InputFile(path: path)
        let head = try input.peek(4096)
        let name = path == "-" ? "standard input" : path
        var report = Report(strict: strict)
        let first = head.first { !" \t\r\n\u{FEFF}".utf8.contains($0) }
        if first == UInt8(ascii: "[") {
            throw CommandFailure("\(name) is one JSON array: write one record a line, e.g. with jq -c '.[]'")
        }
        let isJSON = first == UInt8(ascii: "{")
        let result = isJSON ? try lines(input, name, configuration, &report) : try table(input, name, &report)
        if report.count > reportLimit { StandardError.write("attune: \(name): \(report.count) records could not be read and were left out\n") }
        if result.count == 0 { throw CommandFailure("\(name) holds no records: expected a header and rows, or lines like {\"id\": …, \"ids\": {…}}") }
        return result
    }

    private var count: Int {
        switch self {
        case .table(_, let rows): rows.count
        case .sightings(let log): log.count
        }
    }

    /// Bad records: the first ones by name, or an end with the first.
    private struct Report {
        let strict: Bool
        var count = 0

        mutating func note(_ place: String, _ reason: String) throws {
            if strict { throw CommandFailure("\(place): \(reason)") }
            count += 1
            if count <= ResolveInput.reportLimit { StandardError.write("attune: \(place): \(reason)\n") }
        }
    }

    private static func table(_ input: InputFile, _ name: String, _ report: inout Report) throws -> ResolveInput {
        var reader = TableReader()
        var headers = [String]()
        var rows = [[String]]()
        var chunk = ByteBuffer()
        var isLast = false
        while !isLast {
            chunk.removeAll()
            isLast = try input.read(into: &chunk) == 0
            try InputErrors.naming(name) {
                try reader.read(chunk.bytes, isLast: isLast) { item in
                    switch item {
                    case .header(let names):
                        headers = names
                        if let cell = names.first(where: RecordColumns.isData) {
                            StandardError.write(
                                "attune: \(name): the first line is taken for the header, but \"\(cell)\" looks like a value: add a line of names\n")
                        }
                    case .row(let cells): rows.append(cells)
                    case .rejected(let rejection): try report.note(InputErrors.place(name, rejection), rejection.reason)
                    }
                }
            }
            try checkLimit(rows.count, name)
        }
        return .table(headers: headers, rows: rows)
    }

    private static func lines(
        _ input: InputFile, _ name: String, _ configuration: ResolveConfiguration, _ report: inout Report
    ) throws -> ResolveInput {
        var reader = SightingRecord(kinds: configuration.identifiers, region: configuration.region)
        var lines = LineBlocks(input)
        var block = LineBlock()
        var json = JSONReader()
        var log = EvidenceLog()
        var flat = FlatRecords()
        while try lines.next(into: &block) {
            if let line = block.oversized { try report.note("\(name):\(line)", "the line is longer than 16 MiB: split it") }
            try block.forEachLine { line, number in
                if line.allSatisfy({ $0 == 32 || $0 == 13 || $0 == 9 }) { return true }
                do {
                    let record = try json.parse(line)
                    if SightingRecord.isSighting(record) { try reader.append(record, to: &log) } else { flat.append(record) }
                } catch let rejection as Rejection {
                    try report.note("\(name):\(number)", rejection.reason)
                } catch let failure as JSONParser.Failure {
                    try report.note("\(name):\(number)", "not valid JSON: \(failure)")
                }
                return true
            }
            try checkLimit(log.count + flat.count, name)
        }
        log.finishReading()
        guard flat.count > 0 else { return .sightings(log) }
        guard log.count == 0 else {
            throw CommandFailure("\(name): some records have \"ids\" and some do not: give each an object \"ids\", empty where nothing is known")
        }
        return .table(headers: flat.headers, rows: flat.rows)
    }

    private static func checkLimit(_ count: Int, _ name: String) throws {
        if count > recordLimit { throw CommandFailure("\(name) has more than \(recordLimit) records: split it by country or brand") }
    }
}

/// JSON records without identifiers of their own, as a table of their members.
private struct FlatRecords {
    private(set) var headers: [String] = []
    private var place: [String: Int] = [:]
    private var cells: [[(Int, String)]] = []

    var count: Int { cells.count }

    mutating func append(_ record: JSONNode) {
        var row = [(Int, String)]()
        for member in record.members {
            guard let text = member.value.scalarText else { continue }
            let column = place[member.key] ?? headers.count
            if column == headers.count {
                place[member.key] = column
                headers.append(member.key)
            }
            row.append((column, text))
        }
        cells.append(row)
    }

    var rows: [[String]] {
        cells.map { row in
            var full = [String](repeating: "", count: headers.count)
            for (column, text) in row { full[column] = text }
            return full
        }
    }
}
