/// A half-open range of UTF-8 byte offsets into a text exactly as it was received.
public struct Span: Hashable, BitwiseCopyable, Sendable {
    /// Offset of the first byte.
    public var start: Int32
    /// Offset behind the last byte; never less than `start`.
    public var end: Int32

    @inlinable
    public init(_ start: Int, _ end: Int) {
        self.start = Int32(truncatingIfNeeded: start)
        self.end = Int32(truncatingIfNeeded: end)
    }

    /// Length in bytes.
    @inlinable
    public var count: Int { Int(end &- start) }

    /// The smallest span that covers both.
    public func union(_ other: Span) -> Span {
        Span(Int(min(start, other.start)), Int(max(end, other.end)))
    }
}
