import Foundation

/// The reader of our output closed it.
struct BrokenPipe: Error {}

/// Standard output in large writes.
enum StandardOutput {
    /// Writes all bytes; throws `BrokenPipe` when the reader is gone.
    static func write(_ bytes: some Collection<UInt8>) throws {
        let done: Void? = try bytes.withContiguousStorageIfAvailable { try writeAll($0) }
        if done == nil { try Array(bytes).withUnsafeBufferPointer { try writeAll($0) } }
    }

    static func write(_ text: String) throws { try write(Array(text.utf8)) }

    static func line(_ text: String) throws { try write(text + "\n") }

    private static func writeAll(_ buffer: UnsafeBufferPointer<UInt8>) throws {
        var rest = UnsafeRawBufferPointer(buffer)
        while !rest.isEmpty {
            let count = Foundation.write(STDOUT_FILENO, rest.baseAddress, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                if errno == EPIPE { throw BrokenPipe() }
                throw CommandFailure("cannot write to standard output: \(String(cString: strerror(errno)))")
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// What `print` of a library may have left in the C library's buffer.
    static func flushOrExit() { if fflush(nil) != 0, errno != EPIPE { Foundation.exit(1) } }
}

enum StandardError {
    static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
