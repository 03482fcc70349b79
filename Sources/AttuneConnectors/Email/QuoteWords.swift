/// Words by which mail programs mark what they quote, in the languages of Europe and some beyond. Lower case.
enum QuoteWords {
    /// Verbs of `On … wrote:`.
    static let wrote = PhraseList(
        """
        wrote|schrieb|geschrieben|a écrit|écrit|escribió|ha escrito|ha scritto|scritto|escreveu|schreef|geschreven|napisał|napisała|napisał(a)|pisze|\
        skrev|har skrivit|skrifaði|kirjoitti|kirjoittaa|пишет|написал|написала|написал(а)|пише|написав|napsal|napsal(a)|napísal|írta|a scris|yazdı|\
        şunları yazdı|menulis|đã viết|έγραψε|כתב|כתבה|מאת|كتب|كتبت|escrigué|va escriure|rašė|napisao|je napisao|ने लिखा|लिखा|تمت كتابة ما يلي بواسطة|napisana przez|:00 от|:30 от|写道|寫道|書きました|のメール|作成|작성|님이 작성
        """)

    /// Words with which the line begins.
    static let starts: Set<String> = [
        "on", "am", "le", "el", "il", "em", "a", "op", "w", "dnia", "den", "på", "fra", "från", "vào", "dne", "pada", "у", "в", "la", "na", "dana",
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "um", "ma", "ti", "ke", "to", "pe", "su", "de", "em", "στις", "tarihinde", "בתאריך", "ב",
        "no", "às", "wiadomość",
    ]

    enum Label: Hashable { case from, sent, to, subject, copy }

    /// Labels of the header that some programs put above the quoted mail.
    static let labels: [String: Label] = {
        var labels: [String: Label] = [:]
        func add(_ text: String, _ label: Label) { for word in words(text) { labels[word] = label } }
        add(
            """
            from|von|de|van|da|od|från|fra|lähettäjä|от|від|kimden|gönderen|remitente|mittente|expéditeur|remetente|absender|afzender|nadawca|odesílatel|\
            feladó|de la|dari|từ|από|发件人|寄件者|寄件人|差出人|送信者|보낸 사람|من|מאת|प्रेषक|द्वारा|šalje|จาก
            """, .from)
        add(
            """
            sent|date|gesendet|datum|envoyé|envoyé le|fecha|enviado|enviado el|enviada em|enviado em|data|inviato|verzonden|wysłano|wysłane|data wysłania|skickat|\
            sendt|dato|lähetetty|päivämäärä|päiväys|отправлено|дата|надіслано|gönderildi|tarih|gönderme tarihi|odesláno|elküldve|dátum|trimis|tanggal|\
            dikirim|ngày|ημερομηνία|发送时间|日期|寄件日期|傳送時間|送信日時|日付|보낸 날짜|날짜|تاريخ|التاريخ|נשלח|तारीख|भेजा गया|दिनांक|تاريخ الإرسال|تم الإرسال|date sent|\
            изпратено|poslano|poslano dana|enviat el|enviat|ส่ง|วันที่
            """, .sent)
        add(
            """
            to|an|à|a|para|aan|do|till|til|vastaanottaja|кому|kime|alıcı|destinataire|destinatario|destinatário|komu|címzett|către|kepada|đến|προς|\
            收件人|收件者|宛先|받는 사람|إلى|אל|प्रति|до|prima|per a|ถึง
            """, .to)
        add(
            """
            subject|betreff|objet|asunto|oggetto|assunto|onderwerp|temat|ämne|emne|aihe|тема|konu|předmět|predmet|tárgy|subiect|perihal|subjek|chủ đề|\
            θέμα|主题|主旨|件名|제목|الموضوع|נושא|विषय|เรื่อง|tema
            """, .subject)
        add("cc|kopie|copie|copia|cópia|dw|kopia|kopi|копия|копія|bilgi|másolat|kopio|抄送|副本|참조|نسخة|प्रतिलिपि|reply-to|antwort an|répondre à", .copy)
        return labels
    }()

    /// Words between dashes above a quoted mail.
    static let originals = Set(
        words(
            """
            original message|reply message|original appointment|forwarded message|forwarded by|begin forwarded message|ursprüngliche nachricht|\
            originalnachricht|original-nachricht|ursprüngliche mail|antwort nachricht|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|\
            message d'origine|message d’origine|message original|message initial|message transféré|début du message transféré|début du message réexpédié|\
            mensaje original|mensaje reenviado|inicio del mensaje reenviado|messaggio originale|messaggio inoltrato|inizio messaggio inoltrato|\
            mensagem original|mensagem encaminhada|início da mensagem reencaminhada|início da mensagem encaminhada|oorspronkelijk bericht|\
            doorgestuurd bericht|begin doorgestuurd bericht|oryginalna wiadomość|wiadomość oryginalna|wiadomość przekazana|przesłana wiadomość|\
            treść przekazanej wiadomości|originalmeddelande|ursprungligt meddelande|vidarebefordrat meddelande|vidarebefordrat brev|\
            oprindelig meddelelse|original meddelelse|videresendt meddelelse|opprinnelig melding|videresendt melding|alkuperäinen viesti|\
            välitetty viesti|исходное сообщение|пересылаемое сообщение|оригінальне повідомлення|původní zpráva|přeposlaná zpráva|eredeti üzenet|\
            mesaj original|orijinal ileti|orijinal mesaj|iletilen ileti|pesan asli|pesan terusan|αρχικό μήνυμα|原始邮件|原始郵件|转发的邮件|轉寄郵件|\
            元のメッセージ|転送メッセージ|원본 메시지|전달된 메시지|الرسالة الأصلية|رسالة مُعاد توجيهها|अग्रेषित संदेश|मूल संदेश|yönlendirilen ileti|\
            i̇letilen ileti başlangıcı|iletilen ileti başlangıcı|begin pgp signature
            """))

    /// Lines that ticket systems put above what they quote.
    static let replyAbove = PhraseList(
        """
        reply above this line|write above this line|type your reply above|please reply above|antwort über dieser zeile|antworten sie oberhalb dieser zeile|\
        répondre au-dessus de cette ligne|répondez au-dessus de cette ligne|responda por encima de esta línea|responder por encima de esta línea|\
        rispondi sopra questa riga|responda acima desta linha|antwoord boven deze lijn|antwoord boven deze regel
        """)

    private static func words(_ text: String) -> [String] { text.split(separator: "|").map { String($0) } }
}
