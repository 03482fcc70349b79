import CGzip

/// A gzip stream being inflated: several members behind each other are one stream, as `gzip` and `cat` make them.
final class GzipInflater {
    enum Failure: Error { case outOfMemory, damaged }

    private let reader: OpaquePointer
    private var isBetweenMembers = false
    /// Whether the input read so far ends within a member: then it was cut.
    var isInsideMember: Bool { !isBetweenMembers }

    /// - Parameter isRaw: whether the data has no framing, as in zip files.
    init(isRaw: Bool = false) throws(Failure) {
        guard let reader = isRaw ? cgzip_create_raw() : cgzip_create() else { throw .outOfMemory }
        self.reader = reader
    }

    deinit { cgzip_destroy(reader) }

    /// Inflates what fits into `output`.
    /// - Returns: bytes of `input` that were used, and bytes that were written.
    func inflate(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) throws(Failure) -> (used: Int, produced: Int) {
        // Zeros behind the last member are padding (tapes, block devices), not another member.
        if isBetweenMembers, input.allSatisfy({ $0 == 0 }) { return (input.count, 0) }
        var (used, produced) = (0, 0)
        let status = cgzip_inflate(
            reader, input.baseAddress?.assumingMemoryBound(to: UInt8.self), input.count, output.baseAddress?.assumingMemoryBound(to: UInt8.self),
            output.count, &used, &produced)
        if status < 0 { throw .damaged }
        isBetweenMembers = status == 1
        return (used, produced)
    }

    /// What a whole gzip file holds; nil when that is more than `limit` bytes.
    static func inflated(_ file: [UInt8], limit: Int) throws(Failure) -> [UInt8]? {
        let inflater = try GzipInflater()
        var piece = [UInt8](repeating: 0, count: 256 << 10)
        var inflated = [UInt8]()
        var at = 0
        while at < file.count {
            // A closure would forget which errors it throws.
            let step: Result<(used: Int, produced: Int), Failure> = file.withUnsafeBytes { file in
                piece.withUnsafeMutableBytes { piece in
                    do throws(Failure) {
                        return .success(try inflater.inflate(UnsafeRawBufferPointer(rebasing: file[at...]), into: piece))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            let (used, produced) = try step.get()
            if used == 0, produced == 0 { throw .damaged }
            at += used
            if inflated.count + produced > limit { return nil }
            inflated += piece[..<produced]
        }
        if inflater.isInsideMember { throw .damaged }
        return inflated
    }
}
