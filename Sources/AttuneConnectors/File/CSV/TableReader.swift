import AttuneCore

/// Reads a table as what it is, header and rows, for those who do not want messages from it.
///
/// Dialect, encoding and quoting are found as the CSV connector finds them.
public struct TableReader {
    public enum Item {
        /// Names as written, once, before the rows.
        case header([String])
        /// Cells of a row, as many as the header has names.
        case row([String])
        case rejected(Rejection)
    }

    private var encoding = TextEncoding()
    private var head = CSVHead()
    private var splitter: CSVSplitter?
    private var width = 0
    private var row = 0

    public init() {}

    /// Hands out what is complete. Called with the input cut anywhere, in order, and a last time with `isLast`.
    public mutating func read(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (Item) throws -> Void) throws {
        // Taken out while its closure uses the rest of this value.
        var encoding = TextEncoding()
        swap(&encoding, &self.encoding)
        try encoding.decode(chunk, isLast: isLast) { bytes in
            if splitter != nil { return try split(bytes, isLast: isLast, body) }
            guard let dialect = head.dialect(with: bytes, isLast: isLast) else { return }
            splitter = CSVSplitter(separator: dialect.separator, firstLine: dialect.headerLine)
            let table = head.bytes[dialect.preamble...]
            head = CSVHead()
            try table.withUnsafeBufferPointer { try split($0, isLast: isLast, body) }
        }
        swap(&encoding, &self.encoding)
    }

    private mutating func split(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (Item) throws -> Void) throws {
        guard var splitter = splitter.take() else { return }
        try splitter.feed(bytes, isLast: isLast) { output, width in
            switch output {
            case .rejected(let reason, let line):
                if width != nil { row += 1 }
                try body(.rejected(Rejection(reason: reason, line: line, row: width == nil ? nil : row)))
            case .record(let cells, let bytes, let line): try take(cells, bytes, line: line, width: &width, body)
            }
        }
        self.splitter = splitter
    }

    private mutating func take(
        _ cells: [CSVSplitter.Cell], _ bytes: UnsafeBufferPointer<UInt8>, line: Int, width: inout Int?, _ body: (Item) throws -> Void
    ) throws {
        let isUTF8 = WellFormed.utf8(UnsafeBufferPointer(rebasing: bytes[(cells.first?.start ?? 0)...]))
        guard let columns = width else {
            width = cells.count
            return try body(.header(cells.map { CSVDecoder.text($0, bytes, isUTF8: isUTF8).trimmed }))
        }
        row += 1
        if cells.allSatisfy({ $0.start == $0.end }) { return }
        guard cells.count == columns || cells.count > columns && cells[columns...].allSatisfy({ $0.start == $0.end }) else {
            let reason =
                "the row has \(cells.count) cells, the header has \(columns): "
                + (cells.count < columns ? "write a separator for each empty cell too" : "quote cells that hold the separator")
            return try body(.rejected(Rejection(reason: reason, line: line, row: row)))
        }
        try body(.row(cells.prefix(columns).map { CSVDecoder.text($0, bytes, isUTF8: isUTF8).trimmed }))
    }
}
