import AttuneCore

/// Reads the values of JSON texts that stand in strings, one after another into the same memory: making that anew would take longer than reading a
/// short text.
///
/// One for all that a decoder reads, and so a reference. Not shared between threads.
final class NestedReader {
    private var reader = JSONReader()

    /// Hands the value to `body`, which must neither keep it nor read another text with this reader; nil when the text is no JSON.
    func read<R>(_ text: UnsafeBufferPointer<UInt8>, _ body: (Payload) -> R) -> R? {
        guard let payload = try? reader.parse(text) else { return nil }
        // The payload is a place in the reader's memory.
        return withExtendedLifetime(self) { body(payload) }
    }
}

extension Payload {
    /// The same of a single text.
    static func reading<R>(_ text: String, _ body: (Payload) -> R) -> R? {
        var text = text
        return text.withUTF8 { NestedReader().read($0, body) }
    }
}
