import AttuneCore

/// Identifiers as support systems write them.
enum DeskIdentity {
    /// `a@b.example`, `Ana <a@B.example>`; nil for what is no address. The domain is in lower case.
    static func email(_ value: Payload?, verified: Bool) -> Identifier? {
        if let value, let address = value.withPlainBytes(plainAddress) ?? nil {
            return Identifier(kind: .email, value: address, verified: verified)
        }
        guard var text = value?.string?.trimmed else { return nil }
        if text.utf8.last == UInt8(ascii: ">"), let open = text.utf8.lastIndex(of: UInt8(ascii: "<")) {
            text = String(text[text.utf8.index(after: open)...].dropLast())
        }
        guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")), at != text.startIndex, !hasBlank(text) else { return nil }
        let behind = text.utf8.index(after: at)
        guard behind < text.endIndex else { return nil }
        return Identifier(kind: .email, value: text[..<behind] + text[behind...].lowercased(), verified: verified)
    }

    /// An address in small letters of ASCII with nothing around it, as nearly all are; nil leaves it to the longer way.
    private static func plainAddress(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        var at = 0
        for i in bytes.indices {
            let byte = bytes[i]
            guard byte > 32, byte < 0x7F, byte &- 65 >= 26, byte != UInt8(ascii: "<"), byte != UInt8(ascii: ">") else { return nil }
            if byte == UInt8(ascii: "@") { at = i }
        }
        return at > 0 && at + 1 < bytes.count ? String(copying: bytes) : nil
    }

    /// The properties of a letter beyond ASCII take longer to find than all the rest.
    private static func hasBlank(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.value < 0x80 ? $0 == " " || 9...13 ~= $0.value : $0.properties.isWhitespace }
    }

    /// A number with its country's code, as platforms store it; nil for what is no number.
    static func phone(_ value: Payload?, verified: Bool) -> Identifier? {
        guard let text = value?.scalarText?.trimmed else { return nil }
        let digits = text.utf8.count { $0 >= 48 && $0 <= 57 }
        guard digits >= 5, digits <= 15, text.utf8.allSatisfy({ $0 < 65 }) else { return nil }
        return Identifier(kind: .phone, value: text, verified: verified)
    }

    /// The platform's id of a person, `platform:id`.
    static func external(_ platform: String, _ value: Payload?) -> Identifier? { external(platform, value?.scalarText) }

    static func external(_ platform: String, _ text: String?) -> Identifier? {
        guard let text, !text.isEmpty else { return nil }
        return Identifier(kind: .externalID, value: ScopedID.of(platform, text), verified: true)
    }

    /// The business's own number of a person, which only its own systems can have set.
    static func userID(_ value: Payload?, verified: Bool = true) -> Identifier? {
        guard let text = value?.scalarText, !text.isEmpty else { return nil }
        return Identifier(kind: .userID, value: text, verified: verified)
    }

    /// `Priya N` of a first and a last name; nil when there is neither.
    static func name(_ first: Payload?, _ last: Payload?) -> String? {
        let name = [first?.string?.trimmed, last?.string?.trimmed].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
        return name.isEmpty ? nil : name
    }
}
