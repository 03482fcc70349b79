import Foundation

/// A file mapped read-only into memory for as long as this object lives.
///
/// `@unchecked Sendable`: the pages are never written, and the map ends only in `deinit`.
final class MappedFile: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer

    /// A checksum reads all pages at once: mapping them together spares a fault for each few.
    #if os(Linux)
    private static let readAhead = MAP_POPULATE
    #else
    private static let readAhead: Int32 = 0
    #endif

    init(path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CommandFailure("cannot read \(path): \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        let count = Int(lseek(descriptor, 0, SEEK_END))
        guard count > 0 else { throw CommandFailure("\(path) is empty") }
        guard let address = mmap(nil, count, PROT_READ, MAP_PRIVATE | Self.readAhead, descriptor, 0), address != MAP_FAILED else {
            throw CommandFailure("cannot map \(path): \(String(cString: strerror(errno)))")
        }
        bytes = UnsafeRawBufferPointer(start: address, count: count)
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}
