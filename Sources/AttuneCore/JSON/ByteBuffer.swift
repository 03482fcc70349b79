/// Bytes being gathered in memory that is used again: room is asked for once a record and then written through a pointer.
public struct ByteBuffer: ~Copyable {
    /// Where the bytes begin. Moves when `reserve` makes room.
    public private(set) var start: UnsafeMutablePointer<UInt8>
    public private(set) var count = 0
    public private(set) var capacity: Int

    public init(capacity: Int = 0) {
        self.capacity = max(capacity, 64)
        start = .allocate(capacity: self.capacity)
    }

    deinit { start.deallocate() }

    public var isEmpty: Bool { count == 0 }
    /// The bytes; valid until the buffer is changed.
    public var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }
    /// Room behind the bytes; nothing is known of what stands there.
    public var free: UnsafeMutableBufferPointer<UInt8> { UnsafeMutableBufferPointer(start: start + count, count: capacity - count) }

    /// Makes room for `room` more bytes and returns where they go.
    @inline(__always)
    public mutating func reserve(_ room: Int) -> UnsafeMutablePointer<UInt8> {
        if capacity - count < room { grow(room) }
        return start + count
    }

    /// Takes what was written up to `end`, which must lie within the room reserved.
    @inline(__always)
    public mutating func advance(to end: UnsafeMutablePointer<UInt8>) {
        let written = end - start
        precondition(written >= count && written <= capacity, "written behind the room that was reserved")
        count = written
    }

    @inline(never)
    private mutating func grow(_ room: Int) {
        let wider = max(capacity * 2, count + room)
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: wider)
        memory.update(from: start, count: count)
        start.deallocate()
        start = memory
        capacity = wider
    }

    public mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let base = bytes.baseAddress else { return }
        let room = reserve(bytes.count)
        room.update(from: base, count: bytes.count)
        count += bytes.count
    }

    public mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { append($0) } }

    public mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    public mutating func append(literal text: StaticString) { append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)) }

    public mutating func append(_ byte: UInt8) {
        reserve(1).pointee = byte
        count += 1
    }

    /// Drops what stands behind the first `length` bytes.
    public mutating func truncate(to length: Int) { count = min(count, max(0, length)) }

    /// Drops the first `length` bytes; the rest moves to the front.
    public mutating func removeFirst(_ length: Int) {
        let length = min(count, max(0, length))
        start.update(from: start + length, count: count - length)
        count -= length
    }

    /// Empties the buffer. Memory beyond `limit` bytes is given back: one huge record must not be kept for ever.
    public mutating func removeAll(keeping limit: Int = .max) {
        count = 0
        guard capacity > limit else { return }
        start.deallocate()
        capacity = max(limit, 64)
        start = .allocate(capacity: capacity)
    }
}
