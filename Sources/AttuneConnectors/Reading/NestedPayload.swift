import AttuneCore

extension Payload {
    /// Hands the value of JSON text that stands in a string to `body`, which must not keep it; nil when the text is no JSON.
    static func reading<R>(_ text: String, _ body: (Payload) -> R) -> R? {
        var (text, reader) = (text, JSONReader())
        return text.withUTF8 { bytes in
            guard let payload = try? reader.parse(bytes) else { return nil }
            return withExtendedLifetime(reader) { body(payload) }
        }
    }
}
