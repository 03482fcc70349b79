/// Owns bytes that tables point into: a copy of its own, or memory that somebody else mapped.
///
/// `@unchecked Sendable`: the bytes are never written after `init`, and the owner lives as long as this object.
public final class ModelStorage: @unchecked Sendable {
    public let bytes: UnsafeRawBufferPointer
    /// Keeps foreign memory alive; nil when the bytes are ours.
    private let owner: (any Sendable)?

    /// Memory that stays valid and unchanged while `owner` lives, such as a read-only map of a file.
    public init(mapped bytes: UnsafeRawBufferPointer, owner: any Sendable) {
        self.bytes = bytes
        self.owner = owner
    }

    /// A copy, aligned to a cache line.
    public init(copying source: [UInt8]) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: source.count, alignment: 64)
        copy.copyBytes(from: source)
        bytes = UnsafeRawBufferPointer(copy)
        owner = nil
    }

    deinit { if owner == nil { bytes.deallocate() } }
}
