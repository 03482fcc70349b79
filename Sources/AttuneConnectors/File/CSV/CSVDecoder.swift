import AttuneCore

/// Streams a table: finds the dialect, reads the header, then row by row.
struct CSVDecoder: Decoder {
    private let mapping: FieldMapping?
    private var assembler: RecordAssembler
    private var encoding = TextEncoding()
    private var head = CSVHead()
    private var splitter: CSVSplitter?
    private var header: CSVHeader?
    private var row = 0
    private var waiting = DayOrderQueue()
    private var isOrderGuessed = false

    var remarks: [String] {
        let isWithoutTime = row > 0 && header?.hasTime == false
        let isWithoutText = row > 0 && header?.hasText == false
        return (isWithoutText ? [Self.noText] : []) + (isWithoutTime ? [Self.noTime] : []) + (isOrderGuessed ? [DayOrderQueue.guess] : [])
            + assembler.remarks
    }

    /// Rows at the beginning that may say once more what the columns are.
    private static let headerRows = 2
    private static let noText = "no column is known to be the text, so only ratings are read: name the column with mapping.text"
    private static let noTime = "no column is known to be the time, so the file's own stands for it: name the column with mapping.timestamp"

    init(connector: String, configuration: ConnectorConfiguration, context: DecodingContext) {
        mapping = configuration.mapping
        assembler = RecordAssembler(connector: connector, configuration: configuration, context: context)
        waiting.isOpen = assembler.times.needsDayOrder
    }

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        // Taken out while its closure uses the rest of this value.
        var encoding = TextEncoding()
        swap(&encoding, &self.encoding)
        try encoding.decode(chunk, isLast: isLast) { bytes in
            if splitter != nil { return try split(bytes, isLast: isLast, emit) }
            guard let dialect = head.dialect(with: bytes, isLast: isLast) else { return }
            splitter = CSVSplitter(separator: dialect.separator, firstLine: dialect.headerLine)
            let table = head.bytes[dialect.preamble...]
            head = CSVHead()
            try table.withUnsafeBufferPointer { try split($0, isLast: isLast, emit) }
        }
        swap(&encoding, &self.encoding)
        if isLast {
            isOrderGuessed = isOrderGuessed || waiting.isWaiting
            try flush(emit)
        }
    }

    private mutating func split(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, _ emit: (Operation) throws -> Void) throws {
        guard var splitter = splitter.take() else { return }
        try splitter.feed(bytes, isLast: isLast) { output, width in
            switch output {
            case .rejected(let reason, let line):
                if header != nil { row += 1 }
                try send(.rejected(Rejection(reason: reason, line: line, row: header == nil ? nil : row)), emit)
            case .record(let cells, let bytes, let line): try take(cells, bytes, line: line, width: &width, emit)
            }
        }
        self.splitter = splitter
    }

    private mutating func take(
        _ cells: [CSVSplitter.Cell], _ bytes: UnsafeBufferPointer<UInt8>, line: Int, width: inout Int?, _ emit: (Operation) throws -> Void
    ) throws {
        let record = UnsafeBufferPointer(rebasing: bytes[(cells.first?.start ?? 0)...])
        let isUTF8 = WellFormed.utf8(record)
        guard let header else {
            let names = cells.map { Self.text($0, bytes, isUTF8: isUTF8).trimmed }
            header = try CSVHeader(names: names, mapping: mapping)
            width = names.count
            return
        }
        row += 1
        let columns = header.names.count
        if cells.first?.start == cells.first?.end, cells.allSatisfy({ $0.start == $0.end }) { return try send(.ignored(reason: "empty-row"), emit) }
        // Trailing separators are common and harmless.
        guard cells.count == columns || cells.count > columns && cells[columns...].allSatisfy({ $0.start == $0.end }) else {
            let hint =
                cells.count > columns
                ? "quote cells that hold the separator"
                : "write all of its separators, also those of empty cells, and quote cells that hold a line end"
            let reason = "the row has \(cells.count) cell\(cells.count == 1 ? "" : "s"), the header has \(columns): \(hint)"
            return try send(.rejected(Rejection(reason: reason, line: line, row: row)), emit)
        }
        if ByteSearch.first(0, in: record, from: 0, to: record.count) != nil {
            return try send(.rejected(Rejection(reason: "a NUL in the row: texts have none", line: line, row: row)), emit)
        }
        if row <= Self.headerRows, header.isRepeated({ Self.text(cells[$0], bytes, isUTF8: isUTF8) }) {
            return try send(.ignored(reason: "header-row"), emit)
        }
        var generic = GenericRecord()
        header.read({ Self.text(cells[$0], bytes, isUTF8: isUTF8) }, into: &generic)
        if waiting.concerns(generic) {
            waiting.hold(.init(record: generic, row: row, line: line))
            guard let dayFirst = waiting.decision else { return }
            isOrderGuessed = waiting.isDecidedByLimit
            assembler.times.dayFirst = dayFirst
            try flush(emit)
        } else {
            try emit(operation(&generic, row: row, line: line, isMapped: header.isMapped))
        }
    }

    /// Keeps an operation behind rows that wait for the order of their dates.
    private mutating func send(_ operation: Operation, _ emit: (Operation) throws -> Void) throws {
        if !waiting.holdBehind(operation) { try emit(operation) }
    }

    private mutating func flush(_ emit: (Operation) throws -> Void) throws {
        for item in waiting.drain() {
            switch item {
            case .row(var held): try emit(operation(&held.record, row: held.row, line: held.line, isMapped: header?.isMapped ?? false))
            case .operation(let operation): try emit(operation)
            }
        }
    }

    private mutating func operation(_ record: inout GenericRecord, row: Int, line: Int, isMapped: Bool) -> Operation {
        do throws(RecordProblem) { return try assembler.operation(&record, number: row, isMapped: isMapped) } catch {
            return .rejected(Rejection(reason: error.reason, line: line, row: row))
        }
    }

    /// CR and CRLF within quotes as LF: a text is the same on every system.
    private static func lineEnds(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(13) else { return bytes }
        return bytes.indices.compactMap { i in
            guard bytes[i] == 13 else { return bytes[i] }
            return i + 1 < bytes.count && bytes[i + 1] == 10 ? nil : 10
        }
    }

    static func text(_ cell: CSVSplitter.Cell, _ bytes: UnsafeBufferPointer<UInt8>, isUTF8: Bool) -> String {
        if cell.hasQuotes {
            let raw = lineEnds(cell.unquoted(bytes))
            return isUTF8 ? String(decoding: raw, as: UTF8.self) : Windows1252.text(raw)
        }
        let raw = UnsafeBufferPointer(rebasing: bytes[cell.start..<cell.end])
        return isUTF8 ? String(decoding: raw, as: UTF8.self) : Windows1252.text(raw)
    }
}
