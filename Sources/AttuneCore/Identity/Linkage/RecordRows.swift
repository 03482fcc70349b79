/// The rows of a table in flat memory: cells one behind the other, as they were written.
public struct RecordRows: Sendable {
    public let width: Int
    private var bytes: [UInt8] = []
    /// Where each cell ends, row by row.
    private var ends: [Int] = []

    /// - Parameter width: cells of a row.
    public init(width: Int) { self.width = max(1, width) }

    public init(width: Int, _ rows: some Sequence<[String]>) {
        self.init(width: width)
        for row in rows { append(row) }
    }

    public var count: Int { ends.count / width }

    /// Appends a row; cells that are missing are empty, those beyond the width are left out.
    public mutating func append(_ cells: [String]) {
        for c in 0..<width {
            if c < cells.count {
                var cell = cells[c]
                cell.withUTF8 { bytes.append(contentsOf: $0) }
            }
            ends.append(bytes.count)
        }
    }

    public func text(_ row: Int, _ column: Int) -> String { String(decoding: self[row, column], as: UTF8.self) }

    /// UTF-8 of a cell.
    public subscript(_ row: Int, _ column: Int) -> ArraySlice<UInt8> { bytes[range(row, column)] }

    func withBytes<R>(_ row: Int, _ column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        let range = range(row, column)
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    private func range(_ row: Int, _ column: Int) -> Range<Int> {
        let cell = row * width + column
        return (cell == 0 ? 0 : ends[cell - 1])..<ends[cell]
    }

    /// The first row whose cell of a column is empty, or one that another row had before it.
    public func repetition(_ column: Int) -> Int? {
        var seen = ByteTable()
        return (0..<count).first { row in
            let known = seen.count
            withBytes(row, column) { _ = seen.intern($0) }
            return seen.count == known || self[row, column].isEmpty
        }
    }

    /// Rows in an order of their content: by these columns first, then by all.
    func order(_ columns: [Int]) -> [Int] {
        (0..<count).sorted { a, b in
            for c in columns {
                let (x, y) = (self[a, c], self[b, c])
                if x != y { return x.lexicographicallyPrecedes(y) }
            }
            return bytes[range(a)].lexicographicallyPrecedes(bytes[range(b)])
        }
    }

    private func range(_ row: Int) -> Range<Int> { range(row, 0).lowerBound..<range(row, width - 1).upperBound }
}
