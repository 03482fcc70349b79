/// Values that systems write where a person is not known. They name nobody, so they never join anybody.
enum BlockedValues {
    /// - Parameter lower: UTF-8 in small letters.
    static func contains(_ lower: [UInt8], _ rule: IdentifierNormalizer.Rule) -> Bool {
        lower.withUnsafeBufferPointer { contains($0, rule) }
    }

    private static func contains(_ lower: UnsafeBufferPointer<UInt8>, _ rule: IdentifierNormalizer.Rule) -> Bool {
        if lower.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "-") }) { return true }
        switch rule {
        case .email:
            guard let at = lower.firstIndex(of: UInt8(ascii: "@")) else { return isWord(lower) }
            let (local, domain) = (UnsafeBufferPointer(rebasing: lower[..<at]), UnsafeBufferPointer(rebasing: lower[(at + 1)...]))
            return isWord(local) || automatic.contains(local) || isReserved(domain) || lower.count <= longestEmail && emails.contains(lower)
        case .phone:
            // 1234567, 0123456789 …: each digit one more than the one before.
            var (count, last, isSequence) = (0, UInt8(0), true)
            for byte in lower where byte >= 48 && byte <= 57 {
                if count > 0, byte != (last == 57 ? 48 : last + 1) { isSequence = false }
                (count, last) = (count + 1, byte)
            }
            return count == 0 ? isWord(lower) : isSequence && (7...20).contains(count)
        case .handle:
            guard let colon = lower.firstIndex(of: UInt8(ascii: ":")) else { return isWord(lower) }
            return isWord(UnsafeBufferPointer(rebasing: lower[(colon + 1)...])) || isWord(lower)
        case .orderNumber, .plain: return isWord(lower)
        }
    }

    private static func isWord(_ lower: UnsafeBufferPointer<UInt8>) -> Bool { lower.count <= longestWord && words.contains(lower) }

    /// What no mailbox is in: RFC 2606, and what people put into forms.
    private static func isReserved(_ domain: UnsafeBufferPointer<UInt8>) -> Bool {
        let top = domain.lastIndex(of: UInt8(ascii: ".")).map { UnsafeBufferPointer(rebasing: domain[($0 + 1)...]) } ?? domain
        return reservedDomains.contains(domain) || reservedTops.contains(top)
    }

    private static let longestWord = 13
    private static let longestEmail = 15

    private static let words = ByteTable([
        "-1", "null", "nil", "none", "n/a", "na", "nan", "undefined", "unknown", "anonymous", "anon", "guest", "test", "tester", "testing", "user",
        "customer", "admin", "default", "empty", "missing", "not available", "not set", "void", "xxx", "true", "false", "?", ".", "[deleted]",
        "deleted", "removed", "tbd", "tba",
    ])
    private static let emails = ByteTable(["a@a.com", "a@b.com", "abc@abc.com", "aa@aa.com", "asdf@asdf.com", "email@email.com", "x@x.com"])
    private static let automatic = ByteTable([
        "noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "mailer-daemon", "postmaster", "nobody", "noemail", "no-email",
    ])
    private static let reservedDomains = ByteTable([
        "test.com", "example.com", "example.org", "example.net", "none.com", "noemail.com", "mailinator.com",
    ])
    private static let reservedTops = ByteTable(["invalid", "test"])
}
