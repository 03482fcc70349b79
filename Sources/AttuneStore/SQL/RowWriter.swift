import AttuneCore
import GRDB
import GRDBSQLite

/// Writes many rows of one table, several with a statement: each statement opens the table and its indexes anew, which takes as long as
/// putting a row there.
///
///     let writer = try RowWriter("INSERT INTO conversations (id, source)", columns: 2, in: database)
///     try writer.write(keys.count) { place, row in
///         row.text(keys[place].id)
///         row.text(keys[place].source)
///     }
struct RowWriter {
    /// Rows of a statement. Of more each costs hardly less.
    static let rowsAtOnce = 16
    /// Bytes of texts and blobs that are put where SQLite reads them in place; it copies what is beyond.
    private static let memoryBytes = 16_384

    private let several: Prepared
    private let one: Prepared
    private let columns: Int

    /// - Parameters:
    ///   - start: the statement up to its values.
    ///   - end: what stands behind them.
    init(_ start: String, columns: Int, _ end: String = "", in database: Database) throws {
        let row = "(" + repeatElement("?", count: columns).joined(separator: ", ") + ")"
        one = try database.prepared("\(start) VALUES \(row) \(end)")
        several = try database.prepared("\(start) VALUES \(repeatElement(row, count: Self.rowsAtOnce).joined(separator: ", ")) \(end)")
        self.columns = columns
    }

    /// Writes rows in their order.
    /// - Parameter bind: gives a row its values from left to right, all of them.
    /// - Returns: how many rows the table has changed by that.
    @discardableResult func write(_ count: Int, _ bind: (_ place: Int, _ row: inout Row) -> Void) throws -> Int {
        try withUnsafeTemporaryAllocation(byteCount: Self.memoryBytes, alignment: 8) { memory in
            // Before the memory is gone.
            defer {
                one.forget()
                several.forget()
            }
            var (changes, place) = (0, 0)
            while place < count {
                let rows = count - place >= Self.rowsAtOnce ? Self.rowsAtOnce : 1
                let statement = rows == 1 ? one : several
                var row = Row(statement, memory)
                for next in place..<place + rows { bind(next, &row) }
                guard row.isBound(columns * rows) else { throw row.isWhole ? statement.failure() : Self.contradiction }
                changes += try statement.runBound()
                place += rows
            }
            return changes
        }
    }

    private static var contradiction: StoreError { .contradiction("a row was given too many values or too few") }

    /// Binds the values of a row one after the other.
    struct Row {
        private let handle: OpaquePointer
        private var memory: UnsafeMutableRawBufferPointer.SubSequence
        private var count: Int32 = 0
        private(set) var isWhole = true

        fileprivate init(_ statement: Prepared, _ memory: UnsafeMutableRawBufferPointer) {
            handle = statement.handle
            self.memory = memory[...]
        }

        fileprivate func isBound(_ values: Int) -> Bool { isWhole && Int(count) == values }

        private mutating func note(_ code: Int32) { if code != SQLITE_OK { isWhole = false } }

        private mutating func next() -> Int32 {
            count += 1
            return count
        }

        mutating func null() { note(sqlite3_bind_null(handle, next())) }
        mutating func integer(_ number: Int64) { note(sqlite3_bind_int64(handle, next(), number)) }
        mutating func integer(_ number: Int) { integer(Int64(number)) }
        mutating func bool(_ value: Bool) { integer(value ? 1 : 0) }

        mutating func text(_ text: String?) {
            guard var text else { return null() }
            text.withUTF8 { self.text($0) }
        }

        mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
            withBytes(UnsafeRawBufferPointer(bytes)) { handle, index, start, count, isCopied in
                sqlite3_bind_text64(handle, index, start?.assumingMemoryBound(to: CChar.self), UInt64(count), isCopied, UInt8(SQLITE_UTF8))
            }
        }

        mutating func text(_ id: CustomerID) { id.withUTF8 { text($0) } }

        /// The hash's digits.
        mutating func text(_ hash: KeyHash) { hash.withDigits { text($0) } }

        mutating func blob(_ blob: [UInt8]?) {
            guard let blob else { return null() }
            blob.withUnsafeBytes { self.blob($0) }
        }

        private mutating func blob(_ bytes: UnsafeRawBufferPointer) {
            if bytes.isEmpty { return note(sqlite3_bind_zeroblob(handle, next(), 0)) }
            withBytes(bytes) { handle, index, start, count, isCopied in sqlite3_bind_blob64(handle, index, start, UInt64(count), isCopied) }
        }

        /// The hash's 16 bytes.
        mutating func blob(_ hash: KeyHash) { hash.withBytes { blob(UnsafeRawBufferPointer($0)) } }

        /// `claims.id`
        mutating func blob(_ id: EvidenceID) { if id.part == 0 { blob(id.claim) } else { blob(ClaimCoding.bytes(id)) } }

        /// - Parameter bind: gets the bytes where they stay, or what makes SQLite copy them.
        @inline(__always)
        private mutating func withBytes(
            _ bytes: UnsafeRawBufferPointer, _ bind: (OpaquePointer, Int32, UnsafeRawPointer?, Int, sqlite3_destructor_type?) -> Int32
        ) {
            let index = next()
            // One more: an empty text has a place, too.
            guard bytes.count < memory.count else {
                return note(bind(handle, index, bytes.baseAddress, bytes.count, unsafeBitCast(-1, to: sqlite3_destructor_type.self)))
            }
            let place = UnsafeMutableRawBufferPointer(rebasing: memory.prefix(bytes.count + 1))
            place.copyMemory(from: bytes)
            memory = memory.dropFirst(bytes.count)
            note(bind(handle, index, place.baseAddress, bytes.count, nil))
        }
    }
}
