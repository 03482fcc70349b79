/// Brings identifiers into the one form under which they are compared.
public struct IdentifierNormalizer: Sendable {
    public let policy: IdentityPolicy
    private var blocked = BlockedList()
    private var isBlocking = false

    public init(policy: IdentityPolicy) {
        self.policy = policy
        blocked = BlockedList(policy) { [self] in normalize($0) }
        isBlocking = !policy.blocked.isEmpty
    }

    /// Bytes of the longest value: an address has 254 at most.
    static let byteLimit = 320

    /// How the values of a kind are read.
    enum Rule {
        case email, phone, handle, orderNumber, plain

        init(_ kind: Identifier.Kind) {
            switch kind {
            case .email: self = .email
            case .phone: self = .phone
            case .handle: self = .handle
            case .orderNumber: self = .orderNumber
            default: self = .plain
            }
        }
    }

    /// The canonical value, or nil when the value names nobody: malformed, blocked, or of a kind that never joins.
    public func normalize(_ identifier: Identifier) -> String? {
        var text = identifier.value
        return text.withUTF8 { normalize($0, identifier.kind, Rule(identifier.kind)) { phone($0) } }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// - Parameters:
    ///   - value: UTF-8.
    ///   - rule: that of the kind.
    ///   - phone: completes a number, which depends on what else is known.
    func normalize(
        _ value: UnsafeBufferPointer<UInt8>, _ kind: Identifier.Kind, _ rule: Rule, phone: (PhoneNumber) -> [UInt8]
    ) -> [UInt8]? {
        let trimmed = Self.trim(value)
        guard !trimmed.isEmpty, trimmed.count <= Self.byteLimit else { return nil }
        let lower = Self.lowercased(trimmed)
        guard !BlockedValues.contains(lower, rule), !isBlocking || !blocked.contains(lower, kind) else { return nil }
        let result: [UInt8]? =
            switch rule {
            case .email: EmailAddress.normalize(lower)
            case .phone: PhoneNumber(utf8: trimmed).map(phone)
            case .handle: Handle.normalize(lower)
            case .orderNumber: Array(String(decoding: trimmed.drop { $0 == UInt8(ascii: "#") || $0 == 32 }, as: UTF8.self).uppercased().utf8)
            case .plain: trimmed
            }
        guard let result, !result.isEmpty else { return nil }
        if result == trimmed || result == lower { return result }
        let normal = Self.lowercased(result)
        return BlockedValues.contains(normal, rule) || isBlocking && blocked.contains(normal, kind) ? nil : result
    }

    /// With a national phone number completed for the country it is most likely from.
    /// - Parameter region: ISO 3166 code; nil where nothing is known.
    public func normalize(_ identifier: Identifier, region: String?) -> String? {
        guard let value = normalize(identifier) else { return nil }
        guard identifier.kind == .phone, policy.defaultCallingCode == nil, let plan = region.flatMap(PhonePlan.plan),
            let number = PhoneNumber(value), !number.isInternational, let complete = number.ownInternational(in: plan)
        else { return value }
        return "+" + String(decoding: complete, as: UTF8.self)
    }

    /// E.164 with `+`; without a calling code and without a default one, the national digits (they only meet their like).
    func phone(_ number: PhoneNumber) -> [UInt8] {
        if number.isInternational { return [UInt8(ascii: "+")] + number.digits }
        guard let code = policy.defaultCallingCode else { return number.digits }
        return Array("+\(code)".utf8) + number.digits.drop { $0 == 48 }
    }

    private static func lowercased(_ bytes: [UInt8]) -> [UInt8] {
        var (isASCII, hasCapital) = (true, false)
        for byte in bytes {
            if byte >= 128 { isASCII = false }
            if byte >= 65, byte <= 90 { hasCapital = true }
        }
        if !isASCII { return Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8) }
        return hasCapital ? bytes.map { $0 >= 65 && $0 <= 90 ? $0 + 32 : $0 } : bytes
    }

    /// Without blanks and direction marks at both ends.
    private static func trim(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        if let first = bytes.first, let last = bytes.last, first > 32, first < 127, last > 32, last < 127 { return Array(bytes) }
        let isIgnorable = { (c: Unicode.Scalar) in
            c.properties.isWhitespace || c.properties.isDefaultIgnorableCodePoint || c.properties.isBidiControl
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isIgnorable($0) }), let last = scalars.lastIndex(where: { !isIgnorable($0) }) else {
            return []
        }
        return Array(String(scalars[first...last]).utf8)
    }
}
