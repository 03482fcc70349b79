/// Cuts a stream into lines of UTF-8, whatever its encoding and wherever the chunks end.
struct TextLines {
    private var encoding = TextEncoding()
    private var lines = LineAssembler()

    /// Calls `body` with each finished line and its number (`LineAssembler`).
    mutating func feed(
        _ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (LineAssembler.Line, Int) throws -> Void
    ) throws {
        // Taken out while its closure uses it.
        var lines = LineAssembler()
        swap(&lines, &self.lines)
        try encoding.decode(chunk, isLast: isLast) { bytes in try lines.feed(bytes, isLast: isLast, body) }
        swap(&lines, &self.lines)
    }
}
