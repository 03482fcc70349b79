import AttuneCore
import GRDB
import GRDBSQLite

/// A prepared statement, bound and read by position.
///
/// GRDB's own binding and reading of text stop at U+0000, which real messages contain; here texts go with their length.
/// Nor does it box every value, which counts: half a dozen statements run for every message.
struct Prepared {
    private let statement: Statement
    let handle: OpaquePointer

    init(_ sql: String, on database: Database) throws {
        statement = try database.cachedStatement(sql: sql)
        handle = statement.sqliteStatement
    }

    /// Runs a statement that gives no rows; returns how many rows it changed.
    @discardableResult func run(_ values: Value...) throws -> Int { try run(values) }

    @discardableResult func run(_ values: [Value]) throws -> Int {
        try withBound(values) {
            guard try !step() else { throw StoreError.contradiction("a statement that changes rows gave rows") }
            return Int(sqlite3_changes(sqlite3_db_handle(handle)))
        }
    }

    /// Runs a statement whose values were bound to `handle`, as `run` does. They stay bound until `forget`, or others take their place.
    func runBound() throws -> Int {
        defer { sqlite3_reset(handle) }
        guard try !step() else { throw StoreError.contradiction("a statement that changes rows gave rows") }
        return Int(sqlite3_changes(sqlite3_db_handle(handle)))
    }

    /// Takes away what was bound.
    func forget() { sqlite3_clear_bindings(handle) }

    /// The rows, each read by `read` while the statement stands on it.
    func all<Item>(_ values: Value..., read: (Columns) throws -> Item) throws -> [Item] {
        try withBound(values) {
            var items = [Item]()
            while try step() { items.append(try read(Columns(handle: handle))) }
            return items
        }
    }

    /// The first row; nil when there is none.
    func first<Item>(_ values: Value..., read: (Columns) throws -> Item) throws -> Item? {
        try withBound(values) { try step() ? try read(Columns(handle: handle)) : nil }
    }

    /// Gives the rows to `body` one by one until it answers false.
    func each(_ values: Value..., body: (Columns) throws -> Bool) throws {
        try withBound(values) { while try step(), try body(Columns(handle: handle)) {} }
    }

    private func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw failure()
        }
    }

    func failure() -> StoreError {
        let connection = sqlite3_db_handle(handle)
        return .failed(code: sqlite3_extended_errcode(connection), reason: String(cString: sqlite3_errmsg(connection)))
    }

    /// Binds the values while `body` runs. Texts and blobs lie in one piece of memory that SQLite reads where it is: half a dozen texts a
    /// statement would cost it a piece each.
    private func withBound<Result>(_ values: [Value], _ body: () throws -> Result) throws -> Result {
        guard values.count == Int(sqlite3_bind_parameter_count(handle)) else {
            throw StoreError.contradiction("a statement was given \(values.count) values, it takes \(sqlite3_bind_parameter_count(handle))")
        }
        // One more: an empty text has a place, too.
        let size = values.reduce(1) { $0 + $1.byteCount }
        return try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: size) { memory in
            var rest = memory[...]
            // Before the memory is gone; and a text would stay in memory until the statement's next use.
            defer {
                sqlite3_reset(handle)
                sqlite3_clear_bindings(handle)
            }
            for (i, value) in values.enumerated() { guard bind(value, at: Int32(i + 1), in: &rest) == SQLITE_OK else { throw failure() } }
            return try body()
        }
    }

    /// - Parameter memory: takes the bytes; what is left of it.
    private func bind(_ value: Value, at index: Int32, in memory: inout Slice<UnsafeMutableBufferPointer<UInt8>>) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(handle, index)
        case .integer(let number): return sqlite3_bind_int64(handle, index, number)
        case .real(let number): return sqlite3_bind_double(handle, index, number)
        case .text(var text):
            let bytes = text.withUTF8 { Self.copy($0, into: &memory) }
            return bytes.withMemoryRebound(to: CChar.self) {
                sqlite3_bind_text64(handle, index, $0.baseAddress, UInt64($0.count), nil, UInt8(SQLITE_UTF8))
            }
        case .blob(let blob):
            let bytes = blob.withUnsafeBufferPointer { Self.copy($0, into: &memory) }
            return bytes.isEmpty
                ? sqlite3_bind_zeroblob(handle, index, 0) : sqlite3_bind_blob64(handle, index, bytes.baseAddress, UInt64(bytes.count), nil)
        case .hash(let hash):
            let bytes = hash.withBytes { Self.copy($0, into: &memory) }
            return sqlite3_bind_blob64(handle, index, bytes.baseAddress, UInt64(bytes.count), nil)
        }
    }

    private static func copy(
        _ bytes: UnsafeBufferPointer<UInt8>, into memory: inout Slice<UnsafeMutableBufferPointer<UInt8>>
    ) -> UnsafeMutableBufferPointer<UInt8> {
        let place = UnsafeMutableBufferPointer(rebasing: memory.prefix(bytes.count))
        _ = place.initialize(fromContentsOf: bytes)
        memory = memory.dropFirst(bytes.count)
        return place
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

    /// The hash of an identifier, which is kept as a text in tables that people look into.
    /// - Throws: `StoreError.corrupt`
    func keyHash(_ index: Int32) throws -> KeyHash {
        guard let hash = KeyHash(digits: bytesInPlace(index)) else { throw StoreError.corrupt("the hash of an identifier can't be read back") }
        return hash
    }

    /// The hash of a claim, which is kept as its bytes.
    /// - Throws: `StoreError.corrupt`
    func claim(_ index: Int32) throws -> KeyHash {
        let bytes = UnsafeRawBufferPointer(bytesInPlace(index))
        guard bytes.count == KeyHash.byteCount else { throw StoreError.corrupt("the hash of a claim can't be read back") }
        return KeyHash(bytes)
    }

    /// The bytes of a text or a blob; empty for NULL.
    func bytes(_ index: Int32) -> [UInt8] { withBytes(index) { Array($0) } }

    /// The bytes of a text or a blob where SQLite keeps them, until the statement moves on; empty for NULL.
    func bytesInPlace(_ index: Int32) -> UnsafeBufferPointer<UInt8> { withBytes(index) { $0 } }

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
