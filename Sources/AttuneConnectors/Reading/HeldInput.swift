import Foundation

/// An input that can only be read as a whole, gathered chunk by chunk. The C library moves large blocks without copying them.
final class HeldInput {
    private var start: UnsafeMutableRawPointer?
    private var capacity = 0
    private var count = 0

    deinit { free(start) }

    /// What was gathered; valid until the next chunk.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start?.assumingMemoryBound(to: UInt8.self), count: count) }

    func hold(_ chunk: UnsafeBufferPointer<UInt8>) {
        guard let from = chunk.baseAddress, !chunk.isEmpty else { return }
        if count + chunk.count > capacity {
            capacity = Swift.max(count + chunk.count, 2 * capacity)
            guard let moved = realloc(start, capacity) else { preconditionFailure("no memory for an input of \(capacity) bytes") }
            start = moved
        }
        start?.advanced(by: count).copyMemory(from: from, byteCount: chunk.count)
        count += chunk.count
    }
}

/// Inputs that can only be read as a whole, gathered chunk by chunk.
extension [UInt8] {
    /// Appends a chunk. Grows eightfold, up to the largest document that is read: memory that is not written yet costs nothing, moving what is
    /// there does.
    mutating func hold(_ chunk: UnsafeBufferPointer<UInt8>) {
        let needed = count + chunk.count
        if !isEmpty, needed > capacity { reserveCapacity(Swift.max(needed, Swift.min(8 * needed, DecodingLimits.document))) }
        append(contentsOf: chunk)
    }
}
