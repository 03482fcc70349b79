/// E-mail addresses in the one form their mailbox has.
enum EmailAddress {
    /// Lower case without `mailto:`, a display name's brackets, or what stands behind a plus; with the provider's own rules
    /// (Gmail ignores dots, and some domains are one mailbox under several names). Nil when it is no address.
    static func normalize(_ text: String) -> String? {
        var text = text.lowercased()
        if text.hasPrefix("mailto:") { text.removeFirst(7) }
        if let open = text.lastIndex(of: "<"), text.hasSuffix(">") { text = String(text[text.index(after: open)...].dropLast()) }
        while text.hasSuffix(".") { text.removeLast() }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.count <= 64, parts[1].contains("."), !parts[1].hasPrefix("."),
            !text.contains(where: \.isWhitespace)
        else { return nil }
        let domain = domains[String(parts[1])] ?? String(parts[1])
        var local = parts[0]
        if let plus = local.firstIndex(of: "+"), plus != local.startIndex { local = local[..<plus] }
        if domain == "yahoo.com", let dash = local.firstIndex(of: "-"), dash != local.startIndex { local = local[..<dash] }
        guard domain == "gmail.com" else { return "\(local)@\(domain)" }
        let plain = local.filter { $0 != "." }
        return plain.isEmpty ? nil : "\(plain)@gmail.com"
    }

    /// Several names of one provider's mailbox.
    private static let domains = [
        "googlemail.com": "gmail.com", "pm.me": "proton.me", "protonmail.com": "proton.me", "protonmail.ch": "proton.me", "me.com": "icloud.com",
        "mac.com": "icloud.com", "ya.ru": "yandex.ru", "yandex.com": "yandex.ru",
    ]
}
