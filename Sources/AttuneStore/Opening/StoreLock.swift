import Foundation
import Synchronization

/// The right to write a store: an advisory lock on a file beside it, held by one process, gone with that process however it
/// ends.
///
/// It is no lock on the database file: closing any descriptor of that would drop SQLite's own locks. The lock file stays,
/// since removing it would let two processes lock two different files of the same name.
final class StoreLock: Sendable {
    /// Nil once released.
    private let descriptor: Mutex<Int32?>

    /// Takes the lock or throws `StoreError.locked` at once.
    init(storePath: String) throws {
        let path = storePath + "-lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError.notWritable(path: path, what: "lock file") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = Self.holder(descriptor)
            close(descriptor)
            throw StoreError.locked(path: storePath, holder: holder)
        }
        self.descriptor = Mutex(descriptor)
        let owner = Array("\(getpid())\n".utf8)
        // Only a hint for the other process's message: the lock holds without it.
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, owner, owner.count, 0) }
    }

    deinit { release() }

    /// Gives the right to write back. Does nothing the second time.
    func release() {
        descriptor.withLock { descriptor in
            if let open = descriptor { close(open) }
            descriptor = nil
        }
    }

    private static func holder(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return count > 0 ? Int32(String(decoding: bytes[..<count].prefix { $0 != 10 }, as: UTF8.self)) : nil
    }
}
