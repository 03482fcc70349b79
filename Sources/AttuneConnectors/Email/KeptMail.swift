/// Mails that a mailbox keeps and nobody sent, or that were thrown away.
enum KeptMail {
    /// Why a mail is ignored: `draft`, `deleted`, `spam`; nil for others.
    /// - Parameter flags: of a Maildir's file (`flags(ofFile:)`).
    static func reason(_ header: MailHeader, flags: String) -> String? {
        if !flags.isEmpty {
            if flags.contains("T") { return "deleted" }
            if flags.contains("D") { return "draft" }
        }
        guard header.hasKeeping else { return nil }
        // Thunderbird marks what it will leave out when it next tidies the file.
        if let status = header.keyword(.mozillaStatus).flatMap({ UInt16($0, radix: 16) }), status & 8 != 0 { return "deleted" }
        if let status = header.keyword(.status) {
            if status.contains("d") { return "deleted" }
            if status.contains("t") { return "draft" }
        }
        if header.keyword(.unsent) == "1" { return "draft" }
        return reason(labels(header))
    }

    private static func reason(_ names: Set<String>) -> String? {
        if !names.isDisjoint(with: spam) { return "spam" }
        if !names.isDisjoint(with: trash) { return "deleted" }
        return names.isDisjoint(with: drafts) ? nil : "draft"
    }

    /// Why the mails of a Maildir's folder are: it is that of a mailbox for nothing else (`.Trash`, `.INBOX.Junk`).
    /// - Parameter part: the folder within it that holds the files.
    static func reason(folder: String?, part: String?) -> String? {
        guard part == "cur" || part == "new", let folder, folder.hasPrefix("."), let name = folder.lowercased().split(separator: ".").last else {
            return nil
        }
        return reason([String(name)])
    }

    /// Whether Gmail says that the mailbox's owner sent it.
    static func isSent(_ header: MailHeader) -> Bool { header.has(.gmailLabels) && !labels(header).isDisjoint(with: sent) }

    /// `S` of `cur/1770109747.M1P2.host:2,S`; empty for files that are not named so.
    static func flags(ofFile name: String?) -> String {
        guard let name, let comma = name.utf8.lastIndex(of: UInt8(ascii: ",")) else { return "" }
        let (before, flags) = (name.utf8[..<comma].suffix(2), name.utf8[comma...].dropFirst())
        // Systems without colons in names write another sign.
        guard before.count == 2, before.last == UInt8(ascii: "2"), let sign = before.first, ":;!".utf8.contains(sign),
            flags.allSatisfy({ $0 | 0x20 &- 97 < 26 })
        else { return "" }
        return String(Substring(flags))
    }

    /// In lower case.
    private static func labels(_ header: MailHeader) -> Set<String> {
        Set((header.text(.gmailLabels) ?? "").lowercased().split(separator: ",").map { String($0).trimming { $0 == "\"" || $0.isWhitespace } })
    }

    private static func names(_ text: String) -> Set<String> { Set(text.split(separator: "|").map { String($0) }) }

    // Folders have their names in the UTF-7 of IMAP (RFC 3501 §5.1.3).
    private static let spam = names(
        "spam|junk|junk e-mail|junk-e-mail|junk email|spamverdacht|courrier ind&aok-sirable|ind&aok-sirables|correo no deseado|posta indesiderata|"
            + "lixo eletr&apq-nico|ongewenste e-mail|skr&aoq-ppost|स्पैम|الرسائل غير المرغوب فيها|غير مرغوب فيها|спам")
    private static let trash = names(
        "trash|bin|papierkorb|corbeille|papelera|lixeira|lixo|cestino|prullenbak|kosz|çöp kutusu|المهملات|ट्रैश|корзина|deleted|deleted items|"
            + "deleted messages|gel&apy-schte elemente|gel&apy-schte objekte|gel&apy-scht|&amk-l&aok-ments supprim&aok-s|messages supprim&aok-s|"
            + "elementos eliminados|elementi eliminati|posta eliminata|verwijderde items|itens exclu&ao0-dos")
    private static let drafts = names(
        "drafts|draft|entwürfe|entwurf|entw&apw-rfe|brouillons|brouillon|borradores|borrador|rascunhos|rascunho|bozze|concepten|wersje robocze|robocze|taslaklar|"
            + "المسودات|مسودات|ड्राफ़्ट|ड्राफ्ट|черновики")
    private static let sent = names(
        "sent|sent mail|gesendet|messages envoyés|envoyés|enviados|enviadas|enviado|e-mails enviados|inviati|posta inviata|verzonden|wysłane|"
            + "gönderilmiş postalar|gönderilenler|gönderilmiş|البريد المرسل|المرسلة|الرسائل المرسلة|भेजे गए|भेजे गए ईमेल|भेजे गए मेल|отправленные")
}
