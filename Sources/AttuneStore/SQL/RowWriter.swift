import GRDB

/// Writes many rows of one table, several with a statement: each statement opens the table and its indexes anew, which takes as long as
/// putting a row there.
///
///     var writer = try RowWriter("INSERT INTO conversations (id, source)", columns: 2, in: database)
///     for key in keys { try writer.add(.text(key.id), .text(key.source)) }
///     try writer.finish()                                 // nothing is sure to be written before
struct RowWriter {
    /// Rows of a statement. Of more each costs hardly less.
    static let rowsAtOnce = 16

    private let several: Prepared
    private let one: Prepared
    private let columns: Int
    private var values: [Value] = []

    /// - Parameters:
    ///   - start: the statement up to its values.
    ///   - end: what stands behind them.
    init(_ start: String, columns: Int, _ end: String = "", in database: Database) throws {
        let row = "(" + repeatElement("?", count: columns).joined(separator: ", ") + ")"
        one = try database.prepared("\(start) VALUES \(row) \(end)")
        several = try database.prepared("\(start) VALUES \(repeatElement(row, count: Self.rowsAtOnce).joined(separator: ", ")) \(end)")
        self.columns = columns
        values.reserveCapacity(columns * Self.rowsAtOnce)
    }

    /// Adds a row; answers with how many rows the table has changed by that, of this and ones before.
    @inline(__always)
    @discardableResult mutating func add(_ row: Value...) throws -> Int {
        values.append(contentsOf: row)
        return values.count == columns * Self.rowsAtOnce ? try write() : 0
    }

    /// Writes what is left; answers with how many rows the table has changed by that.
    @discardableResult mutating func finish() throws -> Int {
        defer { values.removeAll(keepingCapacity: true) }
        return try stride(from: 0, to: values.count, by: columns).reduce(0) { try $0 + one.run(Array(values[$1..<$1 + columns])) }
    }

    private mutating func write() throws -> Int {
        defer { values.removeAll(keepingCapacity: true) }
        return try several.run(values)
    }
}
