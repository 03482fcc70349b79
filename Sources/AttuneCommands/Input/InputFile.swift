import AttuneCore
import CGzip
import Foundation

/// A file or standard input (`-`), read in blocks; gzip is inflated as it is read.
struct InputFile: ~Copyable {
    let path: String
    /// Bytes on disk; nil for a pipe.
    let size: Int?
    /// When it was last changed: the time of records that have none of their own.
    let modified: Timestamp
    /// Bytes of the file read so far, before inflating.
    private(set) var consumed = 0

    private let handle: FileHandle
    private var gzip: OpaquePointer?
    private var compressed: [UInt8] = []
    private var isAtEnd = false
    private var isInsideMember = false
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
            gzip = cgzip_create()
            if gzip == nil { throw CommandFailure("not enough memory to inflate \(path)") }
            compressed = first
            isInsideMember = true
        } else {
            ahead = first
        }
    }

    deinit { if let gzip { cgzip_destroy(gzip) } }

    private static func failure(_ path: String, _ code: Int32) -> CommandFailure {
        CommandFailure("cannot read \(path): \(String(cString: strerror(code)))")
    }

    /// The next bytes, at most a few blocks; empty at the end.
    mutating func read() throws -> [UInt8] {
        if !ahead.isEmpty {
            defer { ahead = [] }
            return ahead
        }
        if gzip == nil { return isAtEnd ? [] : try readRaw() }
        while true {
            let block = try inflate()
            if !block.isEmpty { return block }
            if isAtEnd, compressed.isEmpty {
                if isInsideMember { throw CommandFailure("\(path) ends in the middle of its gzip data: it was cut, copy it again") }
                return []
            }
        }
    }

    /// At least `count` first bytes where the input has them, without taking them away.
    mutating func peek(_ count: Int) throws -> ArraySlice<UInt8> {
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

    private mutating func readRaw() throws -> [UInt8] {
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

    private mutating func inflate() throws -> [UInt8] {
        if compressed.isEmpty, !isAtEnd { compressed = try readRaw() }
        if compressed.isEmpty { return [] }
        var used = 0
        var status: Int32 = 0
        let output = [UInt8](unsafeUninitializedCapacity: Self.blockSize) { buffer, count in
            status = compressed.withUnsafeBufferPointer { input in
                cgzip_inflate(gzip, input.baseAddress, input.count, buffer.baseAddress, buffer.count, &used, &count)
            }
        }
        if status < 0 { throw CommandFailure("\(path) is damaged: its gzip data cannot be inflated") }
        compressed.removeFirst(used)
        isInsideMember = status == 0
        // Zeros behind the last member are padding (tar, tapes), not another member.
        if status == 1, compressed.allSatisfy({ $0 == 0 }) {
            compressed = []
        } else if status == 1 {
            isInsideMember = !compressed.isEmpty
        }
        return output
    }
}
