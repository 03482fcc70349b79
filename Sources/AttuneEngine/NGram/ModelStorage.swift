/// Owns bytes that tables point into: memory of its own, or memory that somebody else mapped.
///
/// `@unchecked Sendable`: the bytes are never written after `init`, and the owner lives as long as this object.
public final class ModelStorage: @unchecked Sendable {
    public let bytes: UnsafeRawBufferPointer
    /// Where `bytes` begin.
    let base: UnsafeRawPointer
    /// Keeps foreign memory alive; nil when the bytes are ours.
    private let owner: (any Sendable)?

    /// Of own memory: a cache line, and more than any element of a table asks for.
    private static let alignment = 64

    /// Memory that stays valid and unchanged while `owner` lives, such as a read-only map of a file.
    public init(mapped bytes: UnsafeRawBufferPointer, owner: any Sendable) {
        if let address = bytes.baseAddress {
            self.bytes = bytes
            base = address
            self.owner = owner
        } else {
            base = UnsafeRawPointer(UnsafeMutableRawPointer.allocate(byteCount: Self.alignment, alignment: Self.alignment))
            self.bytes = UnsafeRawBufferPointer(start: base, count: 0)
            self.owner = nil
        }
    }

    /// A copy, aligned to a cache line.
    public convenience init(copying source: [UInt8]) {
        self.init(byteCount: source.count) { $0.copyBytes(from: source) }
    }

    /// Zeroed memory of its own, which `fill` writes once.
    init(byteCount: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Void) {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: max(byteCount, Self.alignment), alignment: Self.alignment)
        let used = UnsafeMutableRawBufferPointer(start: memory, count: byteCount)
        used.initializeMemory(as: UInt8.self, repeating: 0)
        fill(used)
        base = UnsafeRawPointer(memory)
        bytes = UnsafeRawBufferPointer(start: base, count: byteCount)
        owner = nil
    }

    /// A part of other storage.
    convenience init(_ range: Range<Int>, of whole: ModelStorage) {
        self.init(mapped: UnsafeRawBufferPointer(rebasing: whole.bytes[range]), owner: whole)
    }

    /// The bytes as an array. (`Array(storage.bytes)` may outlive its storage: nothing there holds on to it.)
    func copied() -> [UInt8] { Array(bytes) }

    deinit { if owner == nil { base.deallocate() } }
}
