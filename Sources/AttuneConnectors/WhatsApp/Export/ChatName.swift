import AttuneCore

/// The name of an exported chat, from its file's name; iOS calls every chat `_chat.txt`, then the folder tells.
enum ChatName {
    /// Nil when the file's name says nothing.
    static func name(_ context: DecodingContext) -> String? {
        guard var base = context.baseName else { return nil }
        if base.lowercased().hasSuffix(".txt") { base.removeLast(4) }
        return name(inTitle: base) ?? (base.hasPrefix("_chat") ? context.folderName.flatMap(name(inTitle:)) : nil)
    }

    /// Whether a file has the name that WhatsApp gives one.
    static func isWhatsApps(_ context: DecodingContext) -> Bool { context.baseName?.hasPrefix("_chat") == true || name(context) != nil }

    private static func name(inTitle title: String) -> String? {
        let title = uncounted(title.lowercased().hasSuffix(".zip") ? String(title.dropLast(4)) : title)
        let lower = title.lowercased()
        // Other lengths in lower case would cut elsewhere.
        guard lower.count == title.count else { return nil }
        for (before, behind) in frames where lower.hasPrefix(before) && lower.hasSuffix(behind) {
            guard lower.count > before.count + behind.count else { return nil }
            let name = String(title.dropFirst(before.count).dropLast(behind.count)).trimmed
            return name.isEmpty ? nil : name
        }
        return nil
    }

    /// Downloaded twice, a file gets a number in brackets. One behind a hyphen may be the name's.
    private static func uncounted(_ title: String) -> String {
        guard title.last == ")", let open = title.lastIndex(of: "("), title[open...].count <= 4,
            title[open...].dropFirst().dropLast().allSatisfy(\.isNumber)
        else { return title }
        return String(title[..<open]).trimmed
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

    /// What stands before and behind the name; languages that put the name first or between have both, and longer ones come first.
    private static let frames =
        [
            ("whatsapp-keskustelu käyttäjän ", " kanssa"), ("whatsapp-keskustelu: ", " kanssa"), ("whatsapp के साथ ", " की चैट"),
            ("whatsapp ", " とのトーク"), ("whatsapp ", "とのトーク"), ("与", "的 whatsapp 聊天"), ("与", "的whatsapp聊天"), ("與", "的 whatsapp 對話"),
            ("與", "的whatsapp對話"), ("", " adlı kişiyle whatsapp sohbeti"), ("", " ile whatsapp sohbeti"), ("", " के साथ whatsapp चैट"),
            ("", "とのwhatsappチャット"), ("", "とのトーク"), ("", " に関するwhatsappトーク履歴"),
        ]
        + [
            "whatsapp chat with ", "whatsapp chat - ", "whatsapp chat mit ", "whatsapp-chat mit ", "chat de whatsapp con ",
            "conversación de whatsapp con ", "discussion whatsapp avec ", "conversa do whatsapp com ", "conversa no whatsapp com ",
            "chat whatsapp con ", "chat di whatsapp con ", "whatsapp-chat met ", "whatsapp-chatt med ", "whatsapp-chat med ", "czat whatsapp z ",
            "чат whatsapp с контактом ", "чат whatsapp с ", "чат whatsapp із ", "чат whatsapp з ", "محادثة واتساب مع ", "دردشة واتساب مع ",
            "محادثة whatsapp مع ", "دردشة whatsapp مع ", "צ'אט whatsapp עם ", "צ׳אט whatsapp עם ", "whatsapp चैट - ", "chat whatsapp dengan ",
            "obrolan whatsapp dengan ", "whatsapp-keskustelu käyttäjän ", "whatsapp-keskustelu: ", "whatsapp-chatti ", "whatsappチャット - ",
        ].map { ($0, "") }
}
