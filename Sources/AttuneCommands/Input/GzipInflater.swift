import CGzip

/// A gzip stream being inflated: several members behind each other are one stream, as `gzip` and `cat` make them.
final class GzipInflater {
    enum Failure: Error { case outOfMemory, damaged }

    private let reader: OpaquePointer
    /// Whether the input read so far ends within a member: then it was cut.
    private(set) var isInsideMember = true

    init() throws(Failure) {
        guard let reader = cgzip_create() else { throw .outOfMemory }
        self.reader = reader
    }

    deinit { cgzip_destroy(reader) }

    /// Inflates at most `limit` bytes and removes from `input` what was used for them.
    func inflate(_ input: inout [UInt8], limit: Int) throws(Failure) -> [UInt8] {
        var used = 0
        var status: Int32 = 0
        let output = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            status = input.withUnsafeBufferPointer {
                cgzip_inflate(reader, $0.baseAddress, $0.count, buffer.baseAddress, buffer.count, &used, &count)
            }
        }
        if status < 0 { throw .damaged }
        input.removeFirst(used)
        // Zeros behind the last member are padding (tapes, block devices), not another member.
        if status == 1, input.allSatisfy({ $0 == 0 }) { input = [] }
        isInsideMember = status == 0 || !input.isEmpty
        return output
    }
}
