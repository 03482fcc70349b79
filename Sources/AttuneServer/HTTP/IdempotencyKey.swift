import HTTPTypes

/// The `Idempotency-Key` of a request (draft-ietf-httpapi-idempotency-key-header): a structured-field string, taken without its quotation marks
/// as well, because most clients send it so.
enum IdempotencyKey {
    /// Bytes of a key: a UUID has 36.
    static let byteLimit = 255
    private static let name = HTTPField.Name("Idempotency-Key")

    /// Nil without the header. Throws 400 for what is no key.
    static func read(_ headers: HTTPFields) throws(Problem) -> String? {
        guard let name else { return nil }
        let values = headers[values: name]
        guard let value = values.first else { return nil }
        guard values.count == 1, let key = parse(value) else {
            throw .malformed("Idempotency-Key must be one string of 1 to \(byteLimit) visible characters of ASCII, such as a UUID")
        }
        return key
    }

    static func parse(_ value: String) -> String? {
        var text = value[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        let key = text.first == "\"" ? unquoted(text) : text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 } ? String(text) : nil
        return key.flatMap { (1...byteLimit).contains($0.utf8.count) ? $0 : nil }
    }

    /// An `sf-string` (RFC 8941, 3.3.3) without parameters.
    private static func unquoted(_ text: Substring) -> String? {
        var key = ""
        var rest = text.unicodeScalars.dropFirst()
        while let next = rest.popFirst() {
            switch next {
            case "\"": return rest.isEmpty ? key : nil
            case "\\":
                guard let escaped = rest.popFirst(), escaped == "\"" || escaped == "\\" else { return nil }
                key.unicodeScalars.append(escaped)
            case "\u{20}"..."\u{7E}": key.unicodeScalars.append(next)
            default: return nil
            }
        }
        return nil
    }
}
