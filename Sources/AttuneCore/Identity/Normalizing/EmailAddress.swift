/// E-mail addresses in the one form their mailbox has.
enum EmailAddress {
    /// Lower case without `mailto:`, a display name's brackets, or what stands behind a plus; with the provider's own rules
    /// (Gmail ignores dots, and some domains are one mailbox under several names). Nil when it is no address.
    ///
    /// - Parameter lower: UTF-8 in small letters.
    static func normalize(_ lower: [UInt8]) -> [UInt8]? {
        var text = lower[...]
        if text.starts(with: mailto) { text = text.dropFirst(mailto.count) }
        if text.last == UInt8(ascii: ">"), let open = text.lastIndex(of: UInt8(ascii: "<")) { text = text[(open + 1)...].dropLast() }
        while text.last == UInt8(ascii: ".") { text = text.dropLast() }
        guard let at = text.firstIndex(of: UInt8(ascii: "@")), at > text.startIndex, at - text.startIndex <= 64 else { return nil }
        var domain = text[(at + 1)...]
        guard domain.contains(UInt8(ascii: ".")), domain.first != UInt8(ascii: "."), !domain.contains(UInt8(ascii: "@")),
            !text.contains(where: { $0 <= 32 })
        else { return nil }
        if let usual = domains.first(where: { domain.elementsEqual($0.name) }) { domain = usual.mailbox[...] }
        var local = text[..<at]
        if let plus = local.dropFirst().firstIndex(of: UInt8(ascii: "+")) { local = local[..<plus] }
        if domain.elementsEqual(yahoo), let dash = local.dropFirst().firstIndex(of: UInt8(ascii: "-")) { local = local[..<dash] }
        guard domain.elementsEqual(gmail) else { return local + [UInt8(ascii: "@")] + domain }
        let plain = local.filter { $0 != UInt8(ascii: ".") }
        return plain.isEmpty ? nil : plain + [UInt8(ascii: "@")] + gmail
    }

    static func normalize(_ text: String) -> String? {
        normalize(Array(text.lowercased().utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    private static let mailto = Array("mailto:".utf8)
    private static let gmail = Array("gmail.com".utf8)
    private static let yahoo = Array("yahoo.com".utf8)

    /// Several names of one provider's mailbox.
    private static let domains = [
        ("googlemail.com", "gmail.com"), ("pm.me", "proton.me"), ("protonmail.com", "proton.me"), ("protonmail.ch", "proton.me"),
        ("me.com", "icloud.com"), ("mac.com", "icloud.com"), ("ya.ru", "yandex.ru"), ("yandex.com", "yandex.ru"),
    ].map { (name: Array($0.0.utf8), mailbox: Array($0.1.utf8)) }
}
