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
