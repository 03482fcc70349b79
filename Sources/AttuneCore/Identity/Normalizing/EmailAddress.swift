/// E-mail addresses in the one form their mailbox has.
enum EmailAddress {
    /// Lower case without `mailto:`, a display name's brackets, or what stands behind a plus; with the provider's own rules
    /// (Gmail ignores dots, and some domains are one mailbox under several names). Nil when it is no address.
    ///
    /// - Parameter lower: UTF-8 in small letters.
    static func normalize(_ lower: [UInt8]) -> [UInt8]? {
        lower.withUnsafeBufferPointer { normalize($0) }
    }

    private static func normalize(_ lower: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var (start, end) = (0, lower.count)
        if lower.starts(with: mailto) {
            start = mailto.count
            end = lower.firstIndex(of: UInt8(ascii: "?")) ?? end
        }
        if end > start, lower[end - 1] == UInt8(ascii: ">"), let open = lower[start..<end].lastIndex(of: UInt8(ascii: "<")) {
            (start, end) = (open + 1, end - 1)
        }
        while end > start, lower[end - 1] == UInt8(ascii: ".") { end -= 1 }
        var (at, hasDot) = (-1, false)
        for i in start..<max(start, end) {
            if lower[i] <= 32 { return nil }
            if lower[i] == UInt8(ascii: "@") {
                if at >= 0 { return nil }
                at = i
            } else if at >= 0, lower[i] == UInt8(ascii: ".") {
                if i == at + 1 { return nil }
                hasDot = true
            }
        }
        guard at > start, at - start <= 64, hasDot else { return nil }
        return mailbox(UnsafeBufferPointer(rebasing: lower[start..<at]), UnsafeBufferPointer(rebasing: lower[(at + 1)..<end]))
    }

    private static func mailbox(_ local: UnsafeBufferPointer<UInt8>, _ domain: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var domain = domain
        var usual: [UInt8] = []
        if let place = aliases.find(domain) { usual = mailboxes[Int(place)] }
        return usual.withUnsafeBufferPointer { usual in
            if !usual.isEmpty { domain = usual }
            let rule = Rule(domain)
            var result = [UInt8]()
            result.reserveCapacity(local.count + domain.count + 1)
            for (i, byte) in local.enumerated() {
                if i > 0, byte == UInt8(ascii: "+") || rule == .yahoo && byte == UInt8(ascii: "-") { break }
                switch (rule, byte) {
                case (.gmail, UInt8(ascii: ".")), (.proton, UInt8(ascii: ".")), (.proton, UInt8(ascii: "-")), (.proton, UInt8(ascii: "_")): break
                case (.yandex, UInt8(ascii: ".")): result.append(UInt8(ascii: "-"))
                default: result.append(byte)
                }
            }
            if result.isEmpty { return nil }
            result.append(UInt8(ascii: "@"))
            result.append(contentsOf: domain)
            return result
        }
    }

    static func normalize(_ text: String) -> String? {
        normalize(Array(text.lowercased().utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    private static let mailto = Array("mailto:".utf8)
    /// What providers leave out of the part before the @: Gmail dots, Proton dots, hyphens and underscores; to Yandex a dot is a hyphen, and
    /// Yahoo puts the keyword of a disposable address behind one.
    private enum Rule {
        case gmail, yahoo, proton, yandex, plain

        init(_ domain: UnsafeBufferPointer<UInt8>) {
            if domain.elementsEqual(EmailAddress.gmail) {
                self = .gmail
            } else if domain.elementsEqual(EmailAddress.proton) {
                self = .proton
            } else if domain.elementsEqual(EmailAddress.yandex) {
                self = .yandex
            } else {
                self = domain.starts(with: EmailAddress.yahoo) ? .yahoo : .plain
            }
        }
    }

    private static let gmail = Array("gmail.com".utf8)
    private static let proton = Array("proton.me".utf8)
    private static let yandex = Array("yandex.ru".utf8)
    /// Yahoo has a domain in every country.
    private static let yahoo = Array("yahoo.".utf8)

    /// Several names of one provider's mailbox.
    private static let domains = [
        ("googlemail.com", "gmail.com"), ("pm.me", "proton.me"), ("protonmail.com", "proton.me"), ("protonmail.ch", "proton.me"),
        ("me.com", "icloud.com"), ("mac.com", "icloud.com"), ("ya.ru", "yandex.ru"), ("yandex.com", "yandex.ru"),
        ("yandex.by", "yandex.ru"), ("yandex.kz", "yandex.ru"),
    ]
    private static let aliases = ByteTable(domains.map(\.0))
    private static let mailboxes = domains.map { Array($0.1.utf8) }
}
