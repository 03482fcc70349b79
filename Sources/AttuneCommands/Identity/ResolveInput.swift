import AttuneConnectors
import AttuneCore

/// The records of `attune resolve`: a table, or messages with identifiers.
enum ResolveInput {
    case table(headers: [String], rows: RecordRows)
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
        let result: ResolveInput =
            switch first {
            case UInt8(ascii: "{"): try lines(input, name, configuration, &report)
            case UInt8(ascii: "["): try array(input, name, configuration, &report)
            default: try table(input, name, &report)
            }
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

    /// The log, to be given up as it is read; nil of a table.
    mutating func takeLog() -> EvidenceLog? {
        guard case .sightings(let log) = self else { return nil }
        self = .sightings(EvidenceLog())
        return log
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
        var rows = RecordRows(width: 1)
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
                        rows = RecordRows(width: names.count)
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
        var records = JSONRecords(configuration)
        var lines = LineBlocks(input)
        var block = LineBlock()
        var json = JSONReader()
        while try lines.next(into: &block) {
            if let line = block.oversized { try report.note("\(name):\(line)", "the line is longer than 16 MiB: split it") }
            try block.forEachLine { line, number in
                if line.allSatisfy({ $0 == 32 || $0 == 13 || $0 == 9 }) { return true }
                do {
                    try records.append(try json.parse(line))
                } catch let rejection as Rejection {
                    try report.note("\(name):\(number)", rejection.reason)
                } catch let failure as JSONParser.Failure {
                    try report.note("\(name):\(number)", "not valid JSON: \(failure); a record has to stand in one line")
                }
                return true
            }
            try checkLimit(records.count, name)
        }
        return try records.input(name) { try report.note(name, $0) }
    }

    /// Bytes of a JSON array that is read at once.
    private static let arrayLimit = 256 << 20

    /// One JSON array of records.
    private static func array(
        _ input: InputFile, _ name: String, _ configuration: ResolveConfiguration, _ report: inout Report
    ) throws -> ResolveInput {
        var text = ByteBuffer()
        while try input.read(into: &text) > 0 {
            if text.bytes.count > arrayLimit {
                throw CommandFailure("\(name) is a JSON array of more than 256 MiB: write one record a line, e.g. with jq -c '.[]'")
            }
        }
        var records = JSONRecords(configuration)
        var json = JSONReader()
        do {
            for (i, record) in try json.parse(text.bytes).items.enumerated() {
                do { try records.append(record) } catch { try report.note("\(name): item \(i + 1)", error.reason) }
            }
        } catch let failure as JSONParser.Failure {
            throw CommandFailure("\(name) is not valid JSON: \(failure)")
        }
        try checkLimit(records.count, name)
        return try records.input(name) { try report.note(name, $0) }
    }

    private static func checkLimit(_ count: Int, _ name: String) throws {
        if count > recordLimit { throw CommandFailure("\(name) has more than \(recordLimit) records: split it by country or brand") }
    }
}
