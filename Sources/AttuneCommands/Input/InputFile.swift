import AttuneCore
import Foundation

/// A file or standard input (`-`), read into the caller's memory; gzip is inflated as it is read. Of a zip file the text of the
/// chat export in it is read.
final class InputFile {
    let path: String
    /// Bytes on disk; nil for a pipe.
    let size: Int?
    /// When it was last changed: the time of records that have none of their own.
    let modified: Timestamp
    /// Bytes of the file read so far, before inflating.
    private(set) var consumed = 0

    /// Name of the file within a zip file that is read; nil for other files.
    private(set) var entryName: String?

    private let handle: FileHandle
    private var gzip: GzipInflater?
    /// Bytes of a gzip file that are not inflated yet.
    private var compressed = ByteBuffer()
    private var inflated = 0
    /// Read ahead to look at the format, handed out first. Of a zip file all there is.
    private var ahead = ByteBuffer()
    private var handedOut = 0

    /// Bytes of a read where nobody asks for another size: the kernel's own read-ahead, and a pipe's capacity.
    static let blockSize = 64 << 10

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
        // A pipe may hand out a single byte at first.
        while ahead.count < 4, try readRaw(into: &ahead) > 0 {}
        if ahead.bytes.starts(with: [0x1F, 0x8B]) {
            gzip = try GzipInflater()
            swap(&compressed, &ahead)
        } else if ahead.bytes.starts(with: [0x50, 0x4B, 3, 4]) || ahead.bytes.starts(with: [0x50, 0x4B, 5, 6]) {
            try openZip()
        }
    }

    /// A file in a zip file.
    init(_ zipped: ZippedFile) throws {
        path = zipped.zip.path
        handle = .nullDevice
        size = zipped.entry.compressedSize
        modified = zipped.zip.modified
        entryName = zipped.entry.name
        consumed = zipped.entry.compressedSize
        ahead.append(try zipped.contents())
    }

    /// Replaces what was read ahead by the text in the zip file. Its directory stands at the end, so that it is needed whole.
    private func openZip() throws {
        let archive: Data
        if size != nil {
            // Chats with media have gigabytes: only the pages that are looked at are read.
            archive = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
            consumed = archive.count
        } else {
            while try readRaw(into: &ahead) > 0 {
                guard ahead.count <= ZipArchive.contentLimit else {
                    throw CommandFailure("\(path) is too large for a pipe: give the zip file's name")
                }
            }
            archive = Data(ahead.bytes)
        }
        guard let found = try archive.withUnsafeBytes({ try text(inZip: $0) }) else {
            throw CommandFailure("\(path) holds several files and none is the text of a chat: unpack it and name the files to read")
        }
        entryName = found.name
        ahead.removeAll()
        ahead.append(found.bytes)
    }

    /// Hands the whole file to `body` where the system keeps it, in no memory of ours; false, and nothing done, for a pipe and for what has
    /// to be inflated. Takes the place of `read`.
    func withMapped(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws -> Bool {
        guard let size, size > 0, gzip == nil, entryName == nil else { return false }
        let whole = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        consumed = whole.count
        try whole.withUnsafeBytes { try body($0.bindMemory(to: UInt8.self)) }
        return true
    }

    private func text(inZip bytes: UnsafeRawBufferPointer) throws -> (name: String, bytes: [UInt8])? {
        do throws(ZipArchive.Failure) {
            let zip = try ZipArchive(bytes)
            guard let entry = zip.textEntry else { return nil }
            // The files of one that has a name are inputs of their own.
            let others = zip.files.filter { size == nil && $0 != entry && $0.name.lowercased().hasSuffix(".txt") }.map(\.name)
            if !others.isEmpty {
                let list = others.prefix(5).joined(separator: ", ") + (others.count > 5 ? " and \(others.count - 5) more" : "")
                let name = path == "-" ? "standard input" : path
                StandardError.write("attune: \(name): not read, because a pipe's zip file is read for one text: \(list): give the file's name\n")
            }
            return (entry.name, try zip.unpacked(entry))
        } catch {
            throw CommandFailure("\(path) cannot be unpacked: \(error)")
        }
    }

    private static func failure(_ path: String, _ code: Int32) -> CommandFailure {
        CommandFailure("cannot read \(path): \(String(cString: strerror(code)))")
    }

    /// Reads the next bytes into `memory`, which must have room: their number, 0 at the end.
    func read(into memory: UnsafeMutableRawBufferPointer) throws -> Int {
        if handedOut < ahead.count { return handOut(into: memory) }
        if let gzip { return try inflate(gzip, into: memory) }
        return entryName == nil ? try readRaw(into: memory) : 0
    }

    /// Appends the next bytes, at most `limit`, to a buffer: their number, 0 at the end.
    func read(into buffer: inout ByteBuffer, limit: Int = .max) throws -> Int {
        if buffer.free.isEmpty { _ = buffer.reserve(Self.blockSize) }
        let count = try read(into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer.free.prefix(limit))))
        buffer.advance(to: buffer.start + buffer.count + count)
        return count
    }

    /// At least `count` first bytes where the input has them, without taking them away; to be called before the first `read`.
    func peek(_ count: Int) throws -> [UInt8] {
        var head = ByteBuffer()
        swap(&head, &ahead)
        _ = head.reserve(max(0, count - head.count))
        while head.count < count, try read(into: &head) > 0 {}
        swap(&head, &ahead)
        return Array(ahead.bytes.prefix(count))
    }

    private func handOut(into memory: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(memory.count, ahead.count - handedOut)
        memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(ahead.bytes)[handedOut..<(handedOut + count)]))
        handedOut += count
        if handedOut == ahead.count {
            ahead.removeAll(keeping: 0)
            handedOut = 0
        }
        return count
    }

    private func inflate(_ gzip: GzipInflater, into memory: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            if inflated == compressed.count {
                compressed.removeAll()
                inflated = 0
                if try readRaw(into: &compressed) == 0 {
                    if gzip.isInsideMember { throw CommandFailure("\(path) ends in the middle of its gzip data: it was cut, copy it again") }
                    return 0
                }
            }
            do throws(GzipInflater.Failure) {
                let rest = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(compressed.bytes)[inflated...])
                let step = try gzip.inflate(rest, into: memory)
                inflated += step.used
                if step.produced > 0 { return step.produced }
            } catch {
                throw CommandFailure("\(path) is damaged: its gzip data cannot be inflated")
            }
        }
    }

    private func readRaw(into buffer: inout ByteBuffer) throws -> Int {
        _ = buffer.reserve(Self.blockSize)
        let count = try readRaw(into: UnsafeMutableRawBufferPointer(buffer.free))
        buffer.advance(to: buffer.start + buffer.count + count)
        return count
    }

    private func readRaw(into memory: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = Foundation.read(handle.fileDescriptor, memory.baseAddress, memory.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw Self.failure(path, errno) }
            consumed += count
            return count
        }
    }
}
