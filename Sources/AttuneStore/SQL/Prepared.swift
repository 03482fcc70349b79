import AttuneCore
import GRDB
import GRDBSQLite

/// A prepared statement, bound and read by position.
///
/// GRDB's own binding and reading of text stop at U+0000, which real messages contain; here texts go with their length.
/// Nor does it box every value, which counts: half a dozen statements run for every message.
struct Prepared {
    private let statement: Statement
    private let handle: OpaquePointer

    init(_ sql: String, on database: Database) throws {
        statement = try database.cachedStatement(sql: sql)
        handle = statement.sqliteStatement
    }

    /// Runs a statement that gives no rows; returns how many rows it changed.
    @discardableResult
    func run(_ values: Value...) throws -> Int {
        try bind(values)
        defer { reset() }
        guard try !step() else { throw StoreError.contradiction("a statement that changes rows gave rows") }
        return Int(sqlite3_changes(sqlite3_db_handle(handle)))
    }

    /// The rows, each read by `read` while the statement stands on it.
    func all<Item>(_ values: Value..., read: (Columns) throws -> Item) throws -> [Item] {
        try bind(values)
        defer { reset() }
        var items = [Item]()
        while try step() { items.append(try read(Columns(handle: handle))) }
        return items
    }

    /// The first row; nil when there is none.
    func first<Item>(_ values: Value..., read: (Columns) throws -> Item) throws -> Item? {
        try bind(values)
        defer { reset() }
        return try step() ? try read(Columns(handle: handle)) : nil
    }

    /// Gives the rows to `body` one by one until it answers false.
    func each(_ values: Value..., body: (Columns) throws -> Bool) throws {
        try bind(values)
        defer { reset() }
        while try step(), try body(Columns(handle: handle)) {}
    }

    private func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw failure()
        }
    }

    private func reset() {
        sqlite3_reset(handle)
        // Or a text would stay in memory until the statement's next use.
        sqlite3_clear_bindings(handle)
    }

    private func failure() -> StoreError {
        let connection = sqlite3_db_handle(handle)
        return .failed(code: sqlite3_extended_errcode(connection), reason: String(cString: sqlite3_errmsg(connection)))
    }

    private func bind(_ values: [Value]) throws {
        guard values.count == Int(sqlite3_bind_parameter_count(handle)) else {
            throw StoreError.contradiction("a statement was given \(values.count) values, it takes \(sqlite3_bind_parameter_count(handle))")
        }
        for (i, value) in values.enumerated() {
            let index = Int32(i + 1)
            let code =
                switch value {
                case .null: sqlite3_bind_null(handle, index)
                case .integer(let number): sqlite3_bind_int64(handle, index, number)
                case .real(let number): sqlite3_bind_double(handle, index, number)
                case .text(let text): bind(text, at: index)
                case .blob(let bytes): bind(bytes, at: index)
                }
            guard code == SQLITE_OK else { throw failure() }
        }
    }

    /// SQLite copies what it is given: SQLITE_TRANSIENT, a macro that Swift does not import.
    private static var copying: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    private func bind(_ text: String, at index: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                characters.baseAddress.map {
                    sqlite3_bind_text64(handle, index, $0, UInt64(characters.count), Self.copying, UInt8(SQLITE_UTF8))
                } ?? sqlite3_bind_text(handle, index, "", 0, Self.copying)
            }
        }
    }

    private func bind(_ bytes: [UInt8], at index: Int32) -> Int32 {
        bytes.isEmpty
            ? sqlite3_bind_zeroblob(handle, index, 0)
            : bytes.withUnsafeBytes { sqlite3_bind_blob64(handle, index, $0.baseAddress, UInt64($0.count), Self.copying) }
    }
}

/// The columns of the row a statement stands on, from 0. Valid only inside the closure it is given to.
struct Columns {
    fileprivate let handle: OpaquePointer

    func isNull(_ index: Int32) -> Bool { sqlite3_column_type(handle, index) == SQLITE_NULL }
    func integer(_ index: Int32) -> Int64 { sqlite3_column_int64(handle, index) }
    func int(_ index: Int32) -> Int { Int(sqlite3_column_int64(handle, index)) }
    func bool(_ index: Int32) -> Bool { sqlite3_column_int64(handle, index) != 0 }
    func real(_ index: Int32) -> Double { sqlite3_column_double(handle, index) }
    func time(_ index: Int32) -> Timestamp { Timestamp(nanoseconds: sqlite3_column_int64(handle, index)) }

    func optionalInteger(_ index: Int32) -> Int64? { isNull(index) ? nil : integer(index) }
    func optionalReal(_ index: Int32) -> Double? { isNull(index) ? nil : real(index) }
    func optionalTime(_ index: Int32) -> Timestamp? { isNull(index) ? nil : time(index) }
    func optionalText(_ index: Int32) -> String? { isNull(index) ? nil : text(index) }

    /// A text; empty for NULL.
    func text(_ index: Int32) -> String {
        guard let start = sqlite3_column_text(handle, index) else { return "" }
        return String(decoding: UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, index))), as: UTF8.self)
    }

    /// The bytes of a text or a blob; empty for NULL.
    func bytes(_ index: Int32) -> [UInt8] { withBytes(index) { Array($0) } }

    /// The bytes of a text or a blob where SQLite keeps them; empty for NULL.
    func withBytes<Result>(_ index: Int32, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        guard let start = sqlite3_column_blob(handle, index) else { return try body(UnsafeBufferPointer(start: nil, count: 0)) }
        let count = Int(sqlite3_column_bytes(handle, index))
        return try body(UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: count))
    }
}

extension Database {
    /// A statement of this connection, prepared once and kept.
    func prepared(_ sql: String) throws -> Prepared { try Prepared(sql, on: self) }
}
