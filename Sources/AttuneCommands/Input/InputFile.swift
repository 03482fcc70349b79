import AttuneCore
import Foundation

/// A file or standard input (`-`), read in blocks; gzip is inflated as it is read.
final class InputFile {
    let path: String
    /// Bytes on disk; nil for a pipe.
    let size: Int?
    /// When it was last changed: the time of records that have none of their own.
    let modified: Timestamp
    /// Bytes of the file read so far, before inflating.
    private(set) var consumed = 0

    private let handle: FileHandle
    private var gzip: GzipInflater?
    private var compressed: [UInt8] = []
    private var isAtEnd = false
    /// Read ahead to look at the format, handed out first.
    private var ahead: [UInt8] = []

    static let blockSize = 1 << 20

    init(path: String) throws {
        self.path = path
        if path == "-" {
            handle = .standardInput
            size = nil
            modified = Timestamp(seconds: Int64(Date().timeIntervalSince1970)) ?? Timestamp(nanoseconds: 0)
        } else {
            var info = stat()
            guard stat(path, &info) == 0 else { throw Self.failure(path, errno) }
            if info.st_mode & S_IFMT == S_IFDIR { throw CommandFailure("\(path) is a folder: name the files in it") }
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw Self.failure(path, errno) }
            handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            size = info.st_mode & S_IFMT == S_IFREG ? Int(info.st_size) : nil
            modified =
                Timestamp(seconds: Int64(info.st_mtim.tv_sec), nanoseconds: Int64(info.st_mtim.tv_nsec)) ?? Timestamp(nanoseconds: 0)
        }
        let first = try readRaw()
        if first.starts(with: [0x1F, 0x8B]) {
            gzip = try GzipInflater()
            compressed = first
        } else {
            ahead = first
        }
    }

    private static func failure(_ path: String, _ code: Int32) -> CommandFailure {
        CommandFailure("cannot read \(path): \(String(cString: strerror(code)))")
    }

    /// The next bytes, at most a few blocks; empty at the end.
    func read() throws -> [UInt8] {
        if !ahead.isEmpty {
            defer { ahead = [] }
            return ahead
        }
        guard let gzip else { return isAtEnd ? [] : try readRaw() }
        while true {
            if compressed.isEmpty, !isAtEnd { compressed = try readRaw() }
            if compressed.isEmpty {
                if gzip.isInsideMember { throw CommandFailure("\(path) ends in the middle of its gzip data: it was cut, copy it again") }
                return []
            }
            do throws(GzipInflater.Failure) {
                let block = try gzip.inflate(&compressed, limit: Self.blockSize)
                if !block.isEmpty { return block }
            } catch {
                throw CommandFailure("\(path) is damaged: its gzip data cannot be inflated")
            }
        }
    }

    /// At least `count` first bytes where the input has them, without taking them away.
    func peek(_ count: Int) throws -> ArraySlice<UInt8> {
        var head = ahead
        ahead = []
        while head.count < count {
            let block = try read()
            if block.isEmpty { break }
            head += block
        }
        ahead = head
        return ahead.prefix(count)
    }

    private func readRaw() throws -> [UInt8] {
        let descriptor = handle.fileDescriptor
        while true {
            var count = 0
            let block = [UInt8](unsafeUninitializedCapacity: Self.blockSize) { buffer, used in
                count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
                used = max(0, count)
            }
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw Self.failure(path, errno) }
            consumed += count
            if count == 0 { isAtEnd = true }
            return block
        }
    }
}
