import AttuneCore
import Foundation

/// Appends events to a file as NDJSON, one CloudEvent a line. `-` writes to standard output instead.
///
/// An event counts as delivered when its bytes are on the disk (`fsync`), which standard output can't promise. A batch that
/// could not be written whole is cut off again and retried, so a full disk leaves no half line behind; half a line that a
/// loss of power left is closed with a line end, and its event follows again whole.
public struct FileSink: Sink {
    public let name: String
    private let path: String
    private let queue: BlockingQueue

    /// - Throws: `SinkError` when the file can't be opened for writing; it is created when there is none.
    public init(name: String, path: String) throws(SinkError) {
        self.name = name
        self.path = path
        queue = BlockingQueue("attune.sink.\(name)")
        if path != "-" { try EventFile(path: path).close() }
    }

    public func write(_ events: [OutboxEvent]) async -> [DeliveryOutcome] {
        var bytes = [UInt8]()
        bytes.reserveCapacity(events.reduce(0) { $0 + $1.body.count + 1 })
        for event in events {
            bytes.append(contentsOf: event.body)
            bytes.append(UInt8(ascii: "\n"))
        }
        let lines = bytes
        do {
            try await queue.run { [path] in
                if path == "-" { return try EventFile.standardOutput.append(lines) }
                // Opened for each batch, so that a log rotation that moves the file away is followed.
                let file = try EventFile(path: path)
                defer { file.close() }
                try file.append(lines)
            }
            return events.map { _ in .delivered }
        } catch {
            return events.map { _ in .retry(reason: "\(error)", after: nil) }
        }
    }
}

/// An open file that is only appended to.
private struct EventFile {
    let descriptor: Int32
    let path: String
    static let standardOutput = EventFile(descriptor: STDOUT_FILENO, path: "standard output")

    init(path: String) throws(SinkError) {
        let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw SinkError("\(path): \(Self.reason()); check the directory and its permissions") }
        self.init(descriptor: descriptor, path: path)
    }

    private init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    func close() { _ = Foundation.close(descriptor) }

    func append(_ lines: [UInt8]) throws(SinkError) {
        let length = regularLength()
        if let length, length > 0, !endsWithLineEnd(length) { try write([UInt8(ascii: "\n")]) }
        do throws(SinkError) {
            try write(lines)
        } catch {
            if let length { ftruncate(descriptor, length) }
            throw error
        }
        // Pipes and terminals have nothing to sync.
        if length != nil, fsync(descriptor) != 0 { throw SinkError("\(path): \(Self.reason())") }
    }

    /// Length of a regular file; nil for pipes, terminals and devices.
    private func regularLength() -> off_t? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return status.st_size
    }

    private func endsWithLineEnd(_ length: off_t) -> Bool {
        var last: UInt8 = 0
        // Unreadable (standard output redirected to a file): then nothing is known to be broken.
        return pread(descriptor, &last, 1, length - 1) != 1 || last == UInt8(ascii: "\n")
    }

    private func write(_ bytes: [UInt8]) throws(SinkError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw SinkError("\(path): \(Self.reason())") }
            rest = rest.dropFirst(count)
        }
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
