/// Brings identifiers into the one form under which they are compared.
public struct IdentifierNormalizer: Sendable {
    public var policy: IdentityPolicy

    public init(policy: IdentityPolicy) { self.policy = policy }

    /// The canonical value, or nil when the value names nobody: malformed, blocked, or of a kind that never joins.
    public func normalize(_ identifier: Identifier) -> String? {
        let trimmed = Self.trim(identifier.value)
        guard !trimmed.isEmpty, trimmed.utf8.count <= 320, !BlockedValues.contains(trimmed, kind: identifier.kind) else { return nil }
        let value: String? =
            switch identifier.kind {
            case .email: EmailAddress.normalize(trimmed)
            case .phone: phone(trimmed)
            case .handle: Self.handle(trimmed)
            case .orderNumber: String(trimmed.drop { $0 == "#" }).uppercased()
            default: trimmed
            }
        guard let value, !value.isEmpty, !BlockedValues.contains(value, kind: identifier.kind) else { return nil }
        return value
    }

    /// E.164 with `+`; without a calling code and without a default one, the national digits (they only meet their like).
    func phone(_ text: String) -> String? {
        guard let number = PhoneNumber(text) else { return nil }
        if number.isInternational { return "+" + String(decoding: number.digits, as: UTF8.self) }
        guard let code = policy.defaultCallingCode else { return String(decoding: number.digits, as: UTF8.self) }
        return "+" + code + String(decoding: number.digits.drop { $0 == 48 }, as: UTF8.self)
    }

    /// `platform:name` in lower case, without `@`.
    static func handle(_ text: String) -> String? {
        let lower = text.lowercased()
        guard let colon = lower.firstIndex(of: ":") else { return String(lower.drop { $0 == "@" }) }
        let name = lower[lower.index(after: colon)...].drop { $0 == "@" }
        return name.isEmpty ? nil : String(lower[...colon]) + name
    }

    /// Without blanks and direction marks at both ends.
    private static func trim(_ text: String) -> String {
        let isIgnorable = { (c: Unicode.Scalar) in c.properties.isWhitespace || c.properties.isDefaultIgnorableCodePoint || c.properties.isBidiControl
        }
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isIgnorable($0) }), let last = scalars.lastIndex(where: { !isIgnorable($0) }) else {
            return ""
        }
        return String(scalars[first...last])
    }
}
