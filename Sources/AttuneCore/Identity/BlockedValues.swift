/// Values that systems write where a person is not known. They name nobody, so they never join anybody.
enum BlockedValues {
    /// - Parameter lower: UTF-8 in small letters.
    static func contains(_ lower: [UInt8], kind: Identifier.Kind) -> Bool {
        lower.withUnsafeBufferPointer { contains($0, kind: kind) }
    }

    private static func contains(_ lower: UnsafeBufferPointer<UInt8>, kind: Identifier.Kind) -> Bool {
        if lower.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "-") }) { return true }
        switch kind {
        case .email:
            guard let at = lower.firstIndex(of: UInt8(ascii: "@")) else { return words.contains(lower) }
            let local = UnsafeBufferPointer(rebasing: lower[..<at])
            return emails.contains(lower) || words.contains(local) || automatic.contains(local)
                || reservedDomains.contains { $0.count <= lower.count && lower.suffix($0.count).elementsEqual($0) }
        case .phone:
            var digits = [UInt8]()
            for byte in lower where byte >= 48 && byte <= 57 { digits.append(byte) }
            if digits.isEmpty { return words.contains(lower) }
            // 1234567, 0123456789 …: each digit one more than the one before.
            return digits.count >= 7 && digits.count <= 20 && zip(digits, digits.dropFirst()).allSatisfy { $1 == ($0 == 57 ? 48 : $0 + 1) }
        case .handle:
            if let colon = lower.firstIndex(of: UInt8(ascii: ":")), words.contains(UnsafeBufferPointer(rebasing: lower[(colon + 1)...])) {
                return true
            }
            return words.contains(lower)
        default: return words.contains(lower)
        }
    }

    private static let words = ByteTable([
        "-1", "null", "nil", "none", "n/a", "na", "nan", "undefined", "unknown", "anonymous", "anon", "guest", "test", "tester", "testing", "user",
        "customer", "admin", "default", "empty", "missing", "not available", "not set", "void", "xxx", "true", "false", "?", ".", "[deleted]",
        "deleted", "removed", "tbd", "tba",
    ])
    private static let emails = ByteTable(["a@a.com", "a@b.com", "abc@abc.com", "aa@aa.com", "asdf@asdf.com", "email@email.com", "x@x.com"])
    private static let automatic = ByteTable([
        "noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "mailer-daemon", "postmaster", "nobody", "noemail", "no-email",
    ])
    /// RFC 2606 and what forms suggest.
    private static let reservedDomains = [
        "@test.com", "@example.com", "@example.org", "@example.net", ".invalid", ".test", "@none.com", "@noemail.com", "@mailinator.com",
    ].map { Array($0.utf8) }
}
