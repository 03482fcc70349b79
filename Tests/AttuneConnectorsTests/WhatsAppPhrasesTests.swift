import AttuneCore
import AttuneEngine
import Testing

@testable import AttuneConnectors

/// What WhatsApp writes between people's messages, in each language that is listed.
@Suite struct WhatsAppPhrasesTests {
    private func read(_ body: String) throws -> AttuneCore.Operation? {
        try decode("whatsapp-export", "13/02/26, 09:00 - a: hi\n13/02/26, 09:01 - b: yes\n13/02/26, 09:02 - a: \(body)\n").last
    }

    @Test(arguments: [
        ("<Media omitted>", "media"), ("image omitted", "image"), ("imagen omitida", "image"), ("figurinha omitida", "sticker"),
        ("<Médias omis>", "media"), ("Bild weggelassen", "image"), ("<Media omessi>", "media"),
        ("afbeelding weggelaten", "image"), ("<Medya dahil edilmedi>", "media"), ("görüntü dahil edilmedi", "image"), ("<Без медиафайлов>", "media"),
        ("изображение отсутствует", "image"), ("<تم استبعاد الوسائط>", "media"),
        ("<मीडिया शामिल नहीं किया गया>", "media"), ("<Media tidak disertakan>", "media"), ("stiker tidak disertakan", "sticker"),
        ("<Media jätettiin pois>", "media"), ("kuva jätetty pois", "image"), ("<メディアは含まれていません>", "media"),
        ("画像は含まれていません", "image"), ("IMG-20260203-WA0001.jpg (dosya ekli)", "image"), ("letter.pdf (файл добавлен)", "document"),
        ("letter.pdf (file terlampir)", "document"), ("<liite: scan.pdf>", "document"),
        ("<添付ファイル: 00000012-PHOTO-2026-02-03-09-15-00.jpg>", "image"), ("AUD-20190101-WA0000. (file attached)", "audio"),
        ("<Anhang: 00000012-PHOTO-2026-02-03-09-15-05.jpg>", "image"), ("report.docx \u{200E}document omitted", "document"),
        ("plan • 2 pages document omitted \u{200E}", "document"), ("scan.pdf document manquant", "document"),
        ("Bericht.pdf Dokument weggelassen", "document"),
        ("Sales report Q1.docx document omitted", "document"), ("report.docx \u{200E}<attached: 00000013-report.docx>", "document"),
        ("video note omitted", "video"), ("Videonachricht weggelassen", "video"), ("nota de video omitida", "video"),
        ("note vidéo absente", "video"), ("recado de vídeo ocultado", "video"), ("videomessaggio omesso", "video"),
        ("videobericht weggelaten", "video"), ("видеосообщение отсутствует", "video"), ("catatan video tidak disertakan", "video"),
        ("vídeo não revelado", "video"), ("لم يتم إدراج الصورة", "image"), ("फ़ोटो हटाई गई", "image"), ("ei kuvaa", "image"),
        ("<अटैच किया गया: 00000012-PHOTO-2026-02-03-09-15-05.jpg>", "image"),
        ("IMG-20260203-WA0001.jpg (फाइल अटैच कर दी गई है)", "image"), ("x.pdf (archivo adjuntado)", "document"), ("<省略多媒体文件>", "media"),
        ("<미디어 파일을 생략한 대화내용>", "media"), ("\u{200E}사진 생략됨", "image"), ("동영상 생략됨", "video"), ("\u{200E}\u{200F}התמונה הושמטה", "image"),
        ("סרטון הושמט", "video"), ("naklejkę pominięto", "sticker"), ("dokument udeladt", "document"), ("<pliki pominięto>", "media"),
    ])
    func media(body: String, kind: String) throws {
        guard case .attachment(let message)? = try read(body) else { return #expect(Bool(false), "\(body)") }
        #expect(message.text.isEmpty && message.attachments.map(\.kind) == [kind])
    }

    @Test(arguments: [
        "This message was deleted.", "Se eliminó este mensaje.", "Mensagem apagada", "Ce message a été supprimé", "Diese Nachricht wurde gelöscht.",
        "Questo messaggio è stato eliminato", "Dit bericht is verwijderd", "Bu mesaj silindi",
        "Данное сообщение удалено", "تم حذف هذه الرسالة", "यह मैसेज मिटा दिया गया", "Pesan ini telah dihapus", "Tämä viesti poistettiin.", "このメッセージは削除されました",
        "यह संदेश मिटाया गया", "这条消息已被删除。", "הודעה זו נמחקה", "این پیام حذف شد", "Ta wiadomość została usunięta",
        "Apagaste esta mensagem", "El admin. Juan eliminó este mensaje.", "El admin. Juan eliminó este mensaje",
        "Questo messaggio è stato eliminato da un amministratore", "Diese Nachricht wurde von einem Admin gelöscht.",
        "Det här meddelandet raderades", "Du raderade det här meddelandet", "Ova je poruka izbrisana", "Izbrisali ste ovu poruku",
        "Táto správa bola odstránená", "Това съобщение беше изтрито", "এই মেসেজটি মুছে ফেলা হয়েছে", "हा संदेश हटवला गेला",
        "இந்தச் செய்தி நீக்கப்பட்டது", "یہ پیغام حذف کر دیا گیا تھا", "이 메시지를 삭제했습니다", "Anda memadam mesej ini", "คุณลบข้อความนี้แล้ว",
        "您已刪除這則訊息",
    ])
    func deletions(body: String) throws {
        guard case .delete? = try read(body) else { return #expect(Bool(false), "\(body)") }
    }

    @Test(arguments: [
        "<This message was edited>", "<Bu mesaj düzenlendi>", "<Сообщение изменено>", "<تم تعديل هذه الرسالة>", "<यह मैसेज एडिट किया गया था>",
        "<Pesan ini diedit>", "<Tätä viestiä muokattiin>", "<このメッセージは編集されました>",
    ])
    func edits(mark: String) throws {
        guard case .message(let message)? = try read("fixed \u{200E}\(mark)") else { return #expect(Bool(false), "\(mark)") }
        #expect(message.edited && message.text == "fixed")
    }

    /// What was written beside a file, exported or not, and edited or not: nothing of it is WhatsApp's.
    @Test(arguments: [
        ("IMG-20260203-WA0001.jpg (file attached)\nbroken lid <This message was edited>", "image", "broken lid", true),
        ("IMG-20260203-WA0001.jpg (file attached) <This message was edited>", "image", "", true),
        ("broken lid \u{200E}<attached: 00000013-PHOTO-2026-02-03-09-15-05.jpg> \u{200E}<This message was edited>", "image", "broken lid", true),
        (
            "broken lid \u{200E}<bifogad: 00000013-PHOTO-2026-02-03-09-15-05.jpg> \u{200E}<Meddelandet har redigerats>", "image", "broken lid", true
        ),
        ("broken lid\nand cup \u{200E}<attached: 00000013-PHOTO-2026-02-03-09-15-05.jpg>", "image", "broken lid\nand cup", false),
        ("broken lid \u{200E}image omitted", "image", "broken lid", false),
        ("broken lid\nand cup \u{200E}video omitted", "video", "broken lid\nand cup", false),
        ("broken lid \u{200E}image omitted \u{200E}<This message was edited>", "image", "broken lid", true),
        ("\u{200E}image omitted \u{200E}<This message was edited>", "image", "", true),
        ("kaputt 😡 \u{200E}Bild weggelassen", "image", "kaputt 😡", false),
        ("<Media omitted>\nbroken lid", "media", "broken lid", false), ("<Médias omis>\ncassé\nencore", "media", "cassé\nencore", false),
        ("<Media omitted>\nbroken lid <This message was edited>", "media", "broken lid", true),
    ])
    func captions(body: String, kind: String, caption: String, isEdited: Bool) throws {
        let operation = try #require(try read(body))
        let message = try #require(messages([operation]).first, "\(operation)")
        #expect(message.text == caption && message.attachments.map(\.kind) == [kind] && message.edited == isEdited)
        #expect(outline([operation]) == [caption.isEmpty ? "attachment" : "message"])
    }

    @Test(arguments: [
        "Missed voice call", "Gemist spraakgesprek", "Ligação de voz perdida", "音声通話不在着信",
        " Helsinki (Helsinki): https://maps.google.com/?q=60.167850,24.952965",
        "Helsinki\nFinland\nlocation: https://maps.google.com/?q=60.16,-24.95",
        "Cevapsız sesli arama", "Пропущенный видеозвонок", "مكالمة صوتية فائتة", "मिस्ड वॉइस कॉल", "Panggilan video tak terjawab",
        "Vastaamaton äänipuhelu", "不在着信", "Voice call, 3 min", "Sesli arama, 3 dk.", "Видеозвонок, 5 мин.",
        "Mesajlar ve aramalar uçtan uca şifrelidir.", "Сообщения и звонки защищены сквозным шифрованием.",
        "الرسائل والمكالمات مشفرة تمامًا بين الطرفين.", "Pesan dan panggilan terenkripsi secara end-to-end.", "メッセージと通話はエンドツーエンド暗号化されています。",
    ])
    func notices(body: String) throws {
        guard case .ignored(let reason, _, _)? = try read(body) else { return #expect(Bool(false), "\(body)") }
        #expect(reason == "system")
    }

    @Test(arguments: [
        "my image omitted", "see\n<attached: 00000013-PHOTO-2026-02-03-09-15-05.jpg>", "<sarcasm on>\ngreat", "image omitted by mistake",
        "see https://maps.google.com/?q=tea 5", "<3", "<wow>", "<3 you all>", "v1.docx is ready",
        "see a.pdf and the document omitted", "i deleted this message", "video call, please?",
        "Konum nerede?", "this is a file (attached)",
        "сообщение удалено, почему?", "El admin. Juan no contesta", "El admin. eliminó este mensaje y otros",
    ])
    func peoplesOwnWords(body: String) throws {
        guard case .message(let message)? = try read(body) else { return #expect(Bool(false), "\(body)") }
        #expect(message.text == body)
    }

    @Test(arguments: [
        ("WhatsApp Chat with Bo.txt", "Bo"), ("WhatsApp Chat - Bo.zip/_chat.txt", "Bo"), ("x/Bo ile WhatsApp Sohbeti.txt", "Bo"),
        ("Чат WhatsApp с Анна.txt", "Анна"), ("Conversación de WhatsApp con Bo.txt", "Bo"), ("Czat WhatsApp z Bo.txt", "Bo"),
        ("WhatsApp-chatt med Bo (1).txt", "Bo"), ("צ'אט WhatsApp עם דנה.txt", "דנה"), ("WhatsApp के साथ Bo की चैट.txt", "Bo"),
        ("WhatsApp Bo とのトーク.txt", "Bo"), ("WhatsApp-keskustelu käyttäjän Bo kanssa.txt", "Bo"), ("محادثة WhatsApp مع Bo.txt", "Bo"),
        ("Bo ile WhatsApp Sohbeti (1).txt", "Bo"), ("WhatsApp Chat with Bo-2.txt", "Bo-2"), ("与Bo的WhatsApp聊天.txt", "Bo"),
        ("Chat WhatsApp dengan Bo (2).txt", "Bo"), ("notes.txt", "a, b"),
    ])
    func names(file: String, conversation: String) throws {
        let read = messages(try decode("whatsapp-export", "13/02/26, 09:00 - a: hi\n13/02/26, 09:01 - b: yes\n", fileName: file))
        #expect(read.map(\.conversationID) == [conversation, conversation])
    }

    @Test(arguments: [
        "١٣\u{200F}/٢\u{200F}/٢٠٢٦، ٩:٢٥ م - a: m", "13/2/26 下午9:25 - a: m", "[2026/2/13 下午9:25:00] a: m", "2026. 2. 13. 오후 9:25 - a: m",
        "13.2.2026 klo 21.25 - a: m", "13/2/2026 à 21:25 - a: m", "[13/2/26, 9:25:00\u{202F}PM] a: m",
        "\u{200E}[02/13/26 9:25:00 p.\u{A0}m.] a: m", "13. 2. 2026. 21:25 a: m", "[02/2026/13, 21:25:00] a: m", "[13.02.26 г., 21:25:00 ч.] a: m",
        "13-02-2026, 09.25 PM - a: m",
    ])
    func headers(line: String) throws {
        let read = messages(try decode("whatsapp-export", line + "\n"))
        #expect(
            read.map { RFC3339.format($0.sentAt) } == ["2026-02-13T21:25:00Z"] && read.first?.text == "m" && read.first?.author.displayName == "a")
    }

    /// What is found many bytes at a time, against one byte at a time.
    @Test func aBodysHintsSayWhatOccursInIt() {
        let pieces = ["a", "longer words here ", ">", ")", "\r", "é", "’", "…", "\u{200E}", "\u{2066}", "\u{FEFF}", "ﬀ", "遅", "😕"].map {
            Array($0.utf8)
        }
        var generator = SplitMix64(seed: 5)
        for _ in 0..<5_000 {
            let body = (0..<Int.random(in: 0...8, using: &generator)).flatMap { _ in pieces.randomElement(using: &generator) ?? [] }
            body.withUnsafeBufferPointer { bytes in
                let hints = BodyHints(bytes, 0, bytes.count)
                #expect(hints.isASCII == body.allSatisfy { $0 < 0x80 })
                #expect(hints.isComposed == body.allSatisfy { $0 < 0xCC })
                #expect(hints.hasClosingSign == body.contains { $0 == 0x3E || $0 == 0x29 })
                #expect(hints.isPlain == (!body.contains(13) && TextMarks.text(bytes).utf8.elementsEqual(body)), "\(body)")
            }
        }
    }
}
