import AttuneCore

/// Identifiers as support systems write them.
enum DeskIdentity {
    /// Those that there are, in their order, in one piece of memory. Within its callers, which know how many they ask for.
    @inline(__always)
    static func all(
        _ first: consuming Identifier?, _ second: consuming Identifier? = nil, _ third: consuming Identifier? = nil,
        _ fourth: consuming Identifier? = nil, _ fifth: consuming Identifier? = nil
    ) -> [Identifier] {
        // Not compared with nil, for which each would be copied.
        var count = 0
        if case .some = first { count += 1 }
        if case .some = second { count += 1 }
        if case .some = third { count += 1 }
        if case .some = fourth { count += 1 }
        if case .some = fifth { count += 1 }
        var all = [Identifier]()
        all.reserveCapacity(count)
        if let first = first.take() { all.append(first) }
        if let second = second.take() { all.append(second) }
        if let third = third.take() { all.append(third) }
        if let fourth = fourth.take() { all.append(fourth) }
        if let fifth = fifth.take() { all.append(fifth) }
        return all
    }

    /// `a@b.example`, `Ana <a@B.example>`; nil for what is no address. The domain is in lower case.
    static func email(_ value: Payload?, verified: Bool) -> Identifier? {
        switch value?.withPlainBytes(asciiAddress) {
        case .address(let address): return Identifier(kind: .email, value: address, verified: verified)
        case .absent: return nil
        case .unclear, nil: break
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

    private enum ShortReading { case address(String), absent, unclear }

    /// The address in a text of ASCII, as nearly all are; any other text is left to the longer way.
    private static func asciiAddress(_ bytes: UnsafeBufferPointer<UInt8>) -> ShortReading {
        func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte &- 9 < 5 }
        guard ByteSearch.largest(in: bytes) < 0x80 else { return .unclear }
        var (start, end) = (0, bytes.count)
        while start < end, isBlank(bytes[start]) { start += 1 }
        while start < end, isBlank(bytes[end - 1]) { end -= 1 }
        if start < end, bytes[end - 1] == UInt8(ascii: ">"), let open = bytes[start..<end].lastIndex(of: UInt8(ascii: "<")) {
            (start, end) = (open + 1, end - 1)
        }
        guard let at = bytes[start..<end].lastIndex(of: UInt8(ascii: "@")), at > start, at + 1 < end, !bytes[start..<end].contains(where: isBlank)
        else { return .absent }
        let address = String(unsafeUninitializedCapacity: end - start) { out in
            for i in start..<end { out[i - start] = i > at && bytes[i] &- 65 < 26 ? bytes[i] | 0x20 : bytes[i] }
            return end - start
        }
        return .address(address)
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
        let (first, last) = (first?.string?.trimmed ?? "", last?.string?.trimmed ?? "")
        if first.isEmpty || last.isEmpty { return first.isEmpty ? last.isEmpty ? nil : last : first }
        return ScopedID.of(first, last, separator: UInt8(ascii: " "))
    }
}
