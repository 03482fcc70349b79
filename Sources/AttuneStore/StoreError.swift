import GRDB

/// What can go wrong with a store, by what the caller can do about it. Never holds message text or an identifier's value.
public enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no store at this path and it was not to be created.
    case notFound(path: String)
    case missingDirectory(path: String)
    case isDirectory(path: String)
    /// The file or its directory may not be written.
    case notWritable(path: String, what: String)
    /// The file is something else: no SQLite database, or another program's.
    case notAStore(path: String, what: String)
    /// Written by a later Attune than this one.
    case newerVersion(path: String, found: Int, known: Int)
    /// Written by an earlier Attune, and opened for reading only, so it can't be brought up to date.
    case olderVersion(path: String, found: Int, known: Int)
    /// Another process writes it; `holder` is its process id where known.
    case locked(path: String, holder: Int32?)
    /// A write to a store that was opened for reading only.
    case openedReadOnly(path: String)
    /// What was erased is gone from the store, but a reader keeps the log with its bytes open.
    case unscrubbed(path: String)
    /// A sink that was never registered.
    case unknownSink(String)
    /// The caller broke the protocol's rules (inserting a known message, say): a bug, not a fault of the data.
    case contradiction(String)
    /// What is stored can't be read back.
    case corrupt(String)
    /// SQLite failed: its extended code and its words.
    case failed(code: Int32, reason: String)

    public var description: String {
        switch self {
        case .notFound(let path): "\(path): there is no store here; import something first, or check the path"
        case .missingDirectory(let path): "\(path): the directory does not exist; create it first"
        case .isDirectory(let path): "\(path): this is a directory; name a file in it"
        case .notWritable(let path, let what): "\(path): the \(what) is read-only; change its permissions or use another path"
        case .notAStore(let path, let what): "\(path): \(what); name another file, this one is left as it is"
        case .newerVersion(let path, let found, let known):
            "\(path): written by a newer Attune (store version \(found), this one knows \(known)); use that version or a later one"
        case .olderVersion(let path, let found, let known):
            "\(path): written by an older Attune (store version \(found), this one needs \(known)); open it once for writing to bring it up to date"
        case .locked(let path, let holder):
            "\(path): another process\(holder.map { " (\($0))" } ?? "") is writing to it; stop that one or wait until it has finished"
        case .openedReadOnly(let path): "\(path): opened for reading only; open it for writing"
        case .unscrubbed(let path):
            "\(path): erased, but another program reads the store, so its log still holds old pages; close that program and erase again"
        case .unknownSink(let name): "sink \(name): not registered with this store; register it first"
        case .contradiction(let what): "\(what); this is a bug in the caller"
        case .corrupt(let what): "\(what); restore the store from a backup"
        case .failed(let code, let reason): "the store failed: \(reason) (SQLite \(code))\(Self.advice(code))"
        }
    }

    private static func advice(_ code: Int32) -> String {
        switch code & 0xFF {
        case 10: "; check the disk"
        case 11, 26: "; restore the store from a backup"
        case 13: "; make room on the disk and try again"
        default: ""
        }
    }
}

extension StoreError {
    /// GRDB's errors quote SQL; ours say only SQLite's own words. Any other error is passed on as it is.
    static func wrapping<Result>(path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: throw StoreError.locked(path: path, holder: nil)
            case .SQLITE_READONLY: throw StoreError.notWritable(path: path, what: "store")
            case .SQLITE_NOTADB: throw StoreError.notAStore(path: path, what: "this is not a SQLite database")
            default: throw StoreError.failed(code: error.extendedResultCode.rawValue, reason: error.message ?? "no reason given")
            }
        }
    }
}
