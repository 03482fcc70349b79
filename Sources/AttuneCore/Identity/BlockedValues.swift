/// Values that systems write where a person is not known. They name nobody, so they never join anybody.
enum BlockedValues {
    static func contains(_ value: String, kind: Identifier.Kind) -> Bool {
        let lower = value.lowercased()
        if lower.utf8.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "-") }) { return true }
        switch kind {
        case .email:
            let local = lower.prefix { $0 != "@" }
            return words.contains(lower) || emails.contains(lower) || words.contains(String(local)) || automatic.contains(String(local))
                || reservedDomains.contains(where: { lower.hasSuffix($0) })
        case .phone:
            let digits = lower.filter(\.isNumber)
            return digits.isEmpty ? words.contains(lower) : "01234567890123456789".contains(digits) && digits.count >= 7
        case .handle: return words.contains(String(lower.drop { $0 != ":" }.dropFirst())) || words.contains(lower)
        default: return words.contains(lower)
        }
    }

    private static let words: Set<String> = [
        "-1", "null", "nil", "none", "n/a", "na", "nan", "undefined", "unknown", "anonymous", "anon", "guest", "test", "tester", "testing", "user",
        "customer", "admin", "default", "empty", "missing", "not available", "not set", "void", "xxx", "true", "false", "?", ".", "[deleted]",
        "deleted", "removed",
    ]
    private static let emails: Set<String> = ["a@a.com", "a@b.com", "abc@abc.com", "aa@aa.com", "asdf@asdf.com", "email@email.com", "x@x.com"]
    private static let automatic: Set<String> = [
        "noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "mailer-daemon", "postmaster", "nobody", "noemail", "no-email",
    ]
    /// RFC 2606 and what forms suggest.
    private static let reservedDomains = [
        "@test.com", "@example.com", "@example.org", "@example.net", ".invalid", ".test", "@none.com", "@noemail.com", "@mailinator.com",
    ]
}
