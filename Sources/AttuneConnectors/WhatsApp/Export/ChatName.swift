import AttuneCore

/// The name of an exported chat, from its file's name; iOS calls every chat `_chat.txt`, then the folder tells.
enum ChatName {
    /// Nil when the file's name says nothing.
    static func name(_ context: DecodingContext) -> String? {
        guard var base = context.baseName else { return nil }
        if base.lowercased().hasSuffix(".txt") { base.removeLast(4) }
        return name(inTitle: base) ?? (base.hasPrefix("_chat") ? context.folderName.flatMap(name(inTitle:)) : nil)
    }

    private static func name(inTitle title: String) -> String? {
        let title = title.lowercased().hasSuffix(".zip") ? String(title.dropLast(4)) : title
        for suffix in suffixes where title.lowercased().hasSuffix(suffix) {
            let name = String(title.dropLast(suffix.count)).trimmed
            return name.isEmpty ? nil : name
        }
        for prefix in prefixes where title.lowercased().hasPrefix(prefix) {
            // Downloaded twice, a file gets a number.
            var name = String(title.dropFirst(prefix.count)).trimmed
            if name.last == ")", let open = name.lastIndex(of: "("), name[open...].dropFirst().dropLast().allSatisfy(\.isNumber),
                name[open...].count <= 4
            {
                name = String(name[..<open]).trimmed
            }
            return name.isEmpty ? nil : name
        }
        return nil
    }

    /// Whether WhatsApp's own line says that the chat is encrypted.
    static func isEncryptionNotice(_ body: String) -> Bool {
        let body = body.lowercased()
        return encryptionWords.contains { body.contains($0) }
    }

    private static let encryptionWords = [
        "encrypt", "end-to-end", "verschlüsselt", "cifrad", "encriptad", "chiffré", "criptograf", "crittograf", "versleuteld", "şifre", "шифрован",
        "مشفر", "مُشفّر", "एंड-टू-एंड", "enkripsi", "päästä päähän", "salat", "エンドツーエンド", "krypter", "szyfrowan", "加密", "암호화",
    ]

    private static let prefixes = [
        "whatsapp chat with ", "whatsapp chat - ", "whatsapp chat mit ", "whatsapp-chat mit ", "chat de whatsapp con ", "discussion whatsapp avec ",
        "conversa do whatsapp com ", "chat whatsapp con ", "whatsapp-chat met ",
        "чат whatsapp с контактом ", "чат whatsapp с ", "محادثة واتساب مع ", "دردشة واتساب مع ", "whatsapp चैट - ", "chat whatsapp dengan ",
        "obrolan whatsapp dengan ", "whatsapp-keskustelu käyttäjän ", "whatsapp-keskustelu: ", "whatsapp-chatti ", "whatsappチャット - ",
    ]
    /// Languages that put the name first.
    private static let suffixes = [" ile whatsapp sohbeti", " adlı kişiyle whatsapp sohbeti", " के साथ whatsapp चैट", "とのwhatsappチャット", "とのトーク"]
}
