import Foundation

/// What can be said of a store's path before SQLite touches it.
///
/// Permissions are read from the mode bits, not only asked of the system: the superuser may write everything, and still a
/// file that nobody is allowed to write was meant to stay as it is.
struct StoreFile {
    let path: String

    enum Kind: Equatable {
        case missing, empty, database, other
    }

    /// Tells what is there; refuses directories and paths below none.
    func inspect() throws -> Kind {
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard FileManager.default.fileExists(atPath: directory) else { throw StoreError.missingDirectory(path: directory) }
            return .missing
        }
        if status.st_mode & S_IFMT == S_IFDIR { throw StoreError.isDirectory(path: path) }
        guard let file = FileHandle(forReadingAtPath: path) else { throw StoreError.notAStore(path: path, what: "this file can't be read") }
        defer { try? file.close() }
        let head = try file.read(upToCount: Self.magic.count) ?? Data()
        if head.isEmpty { return .empty }
        return Array(head) == Self.magic ? .database : .other
    }

    /// Throws unless the file (where there is one) and its directory may be written: SQLite makes files beside the store.
    func checkWritable() throws {
        if access(path, F_OK) == 0, !Self.isWritable(path) { throw StoreError.notWritable(path: path, what: "file") }
        if !Self.isWritable(directory) { throw StoreError.notWritable(path: directory, what: "directory") }
    }

    /// Makes an empty file that only its owner may read: it will hold what customers wrote. SQLite gives its side files the
    /// same permissions.
    func create() throws {
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
        } else if errno != EEXIST {
            throw StoreError.notWritable(path: directory, what: "directory")
        }
    }

    private var directory: String {
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
        return parent.isEmpty ? "." : parent
    }

    private static func isWritable(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & 0o222 != 0 && access(path, W_OK) == 0
    }

    private static let magic = Array("SQLite format 3\0".utf8)
}
