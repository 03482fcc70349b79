/// Column names of tables in other languages than English. A header is in one language, so a word such as `Data`, which is a date in
/// one and anything in another, counts only beside others of its language.
struct HeaderLanguage {
    private let names: [FieldName: [String]]

    /// Columns that a header in one of the languages names, for fields that none of the usual names found; empty when the header
    /// is in no language that is known, for which one word is too little.
    static func columns(_ header: [String], besides usual: [FieldName: Int]) -> [FieldName: Int] {
        let header = header.map(folded)
        var best: [FieldName: Int] = [:]
        for language in all {
            let known = language.columns(header)
            let found = known.filter { usual[$0.key] == nil && !usual.values.contains($0.value) }
            // A word such as `Message` is of French too, beside another of its words.
            guard found[.text] != nil || known.count >= 2, found.count > best.count else { continue }
            if found.values.contains(where: { !english.contains(header[$0]) }) { best = found }
        }
        return best
    }

    private func columns(_ header: [String]) -> [FieldName: Int] {
        names.compactMapValues { words in words.lazy.compactMap { header.firstIndex(of: $0) }.first }
    }

    /// Words that are as good in English, where they mean something else or the usual names know them.
    private static let english: Set<String> = ["note", "data", "client", "message", "date", "text", "feedback", "ad", "time"]

    private static func folded(_ name: String) -> String {
        name.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" && $0 != "\u{A0}" }
    }

    /// Names in the order in which they are preferred, folded.
    private static let all = [
        HeaderLanguage(names: [
            .text: [
                "kommentar", "nachricht", "text", "rezension", "bewertungstext", "rückmeldung", "feedback", "mitteilung", "inhalt", "beschreibung",
            ],
            .title: ["titel", "betreff"],
            .sentAt: [
                "datum", "erstelltam", "gesendetam", "gesendet", "zeitpunkt", "zeitstempel", "erstellungsdatum", "erstelldatum", "eingangsdatum",
                "eingegangenam", "empfangenam", "sendedatum", "datum/uhrzeit", "datum/zeit", "angelegtam",
            ],
            .timeOfDay: ["uhrzeit", "zeit"], .displayName: ["kunde", "kundenname", "autor", "verfasser"],
            .rating: ["bewertung", "sterne"], .email: ["emailadresse", "mailadresse"], .phone: ["telefon", "telefonnummer", "handynummer"],
            .speaker: ["absender", "sprecher"], .customerID: ["kundennummer"], .orderNumber: ["bestellnummer"], .language: ["sprache"],
        ]),
        HeaderLanguage(names: [
            .text: ["commentaire", "commentaires", "message", "avis", "texte"], .title: ["titre", "objet"],
            .sentAt: [
                "date", "datedecréation", "crééle", "envoyéle", "horodateur", "dated'envoi", "dated’envoi", "datederéception", "reçule",
                "dateetheure",
                "date/heure",
            ], .timeOfDay: ["heure"],
            .displayName: ["nom", "client", "auteur"], .speaker: ["expéditeur", "locuteur"], .rating: ["note", "étoiles"],
            .email: ["courriel", "adresseemail", "adressedemessagerie"],
            .phone: ["téléphone"], .orderNumber: ["numérodecommande"], .language: ["langue"],
        ]),
        HeaderLanguage(names: [
            .text: ["comentario", "comentarios", "mensaje", "reseña", "opinión", "texto"], .title: ["título", "asunto"],
            .sentAt: ["fecha", "fechadecreación", "marcatemporal", "fechadeenvío", "fechaderecepción", "fechayhora", "fecha/hora", "creadoel"],
            .timeOfDay: ["hora"], .displayName: ["cliente", "nombre", "autor"], .speaker: ["remitente", "hablante"],
            .rating: ["calificación", "valoración", "puntuación", "estrellas"],
            .email: ["correoelectrónico", "correo", "direccióndecorreoelectrónico", "direccióndecorreo"], .phone: ["teléfono"],
            .orderNumber: ["númerodepedido"], .language: ["idioma"],
        ]),
        HeaderLanguage(names: [
            .text: ["comentário", "comentários", "mensagem", "avaliação", "texto"], .title: ["título", "assunto"],
            .sentAt: ["data", "datadecriação", "carimbodedata/hora", "datadeenvio", "datahora", "data/hora", "dataehora", "criadoem", "enviadoem"],
            .timeOfDay: ["hora"], .displayName: ["nome", "cliente", "autor"], .speaker: ["remetente", "falante"],
            .rating: ["nota", "classificação", "estrelas"], .email: ["endereçodeemail", "correioeletrônico", "correioeletrónico"],
            .phone: ["telefone", "celular"], .language: ["idioma"],
        ]),
        HeaderLanguage(names: [
            .text: ["commento", "commenti", "messaggio", "recensione", "testo"], .title: ["titolo", "oggetto"],
            .sentAt: ["data", "datadicreazione", "informazionicronologiche", "datadiinvio", "dataeora", "data/ora", "creatoil", "inviatoil"],
            .timeOfDay: ["ora"],
            .displayName: ["nome", "cliente", "autore"], .speaker: ["mittente", "parlante"],
            .rating: ["valutazione", "voto", "stelle"], .email: ["indirizzoemail", "indirizzodipostaelettronica", "postaelettronica"],
            .phone: ["telefono"], .language: ["lingua"],
        ]),
        HeaderLanguage(names: [
            .text: ["bericht", "opmerking", "opmerkingen", "reactie", "recensie", "tekst", "toelichting"], .title: ["titel", "onderwerp"],
            .sentAt: [
                "datum", "aangemaaktop", "tijdstempel", "aanmaakdatum", "verzenddatum", "verzondenop", "ontvangenop", "datumentijd", "datum/tijd",
            ], .timeOfDay: ["tijd"], .displayName: ["naam", "klant", "auteur"], .speaker: ["afzender", "spreker"],
            .rating: ["beoordeling", "sterren", "cijfer"], .email: ["emailadres"], .phone: ["telefoon", "telefoonnummer"], .language: ["taal"],
        ]),
        HeaderLanguage(names: [
            .text: ["コメント", "メッセージ", "本文", "内容", "レビュー", "ご意見"], .title: ["タイトル", "件名"],
            .sentAt: ["日時", "日付", "投稿日", "タイムスタンプ", "投稿日時", "作成日", "作成日時", "送信日時", "受信日時"],
            .timeOfDay: ["時刻", "時間"], .displayName: ["名前", "氏名", "お名前", "投稿者"], .rating: ["評価", "星"],
            .email: ["メールアドレス", "メール"], .phone: ["電話番号"], .language: ["言語"],
        ]),
        HeaderLanguage(names: [
            .text: ["opinia", "komentarz", "komentarze", "wiadomość", "recenzja", "treść", "uwagi", "tekst"], .title: ["tytuł", "temat"],
            .sentAt: ["data", "sygnaturaczasowa", "dataigodzina", "datautworzenia", "datawysłania", "datadodania", "utworzono"],
            .timeOfDay: ["godzina", "czas"], .displayName: ["imię", "imięinazwisko", "klient", "autor", "nazwisko"], .speaker: ["nadawca", "mówca"],
            .rating: ["ocena", "gwiazdki"], .email: ["adresemail", "adrespocztyelektronicznej"], .phone: ["telefon", "numertelefonu"],
            .orderNumber: ["numerzamówienia"], .language: ["język"],
        ]),
        // Small letters of `İ` are an i and a dot above.
        HeaderLanguage(names: [
            .text: ["yorum", "yorumlar", "yorumunuz", "mesaj", "görüş", "görüşler", "değerlendirme", "metin", "açıklama"],
            .title: ["başlık", "konu"],
            .sentAt: ["tarih", "zamandamgası", "tarihsaat", "oluşturulmatarihi", "gönderimtarihi"], .timeOfDay: ["saat"],
            .displayName: ["adsoyad", "ad", "adı", "isim", "i\u{307}sim", "müşteri", "müşteriadı", "yazar"], .speaker: ["gönderen", "konuşmacı"],
            .rating: ["puan", "yıldız"], .email: ["eposta", "epostaadresi"], .phone: ["telefon", "telefonnumarası"],
            .orderNumber: ["siparişnumarası", "siparişno"], .language: ["dil"],
        ]),
        HeaderLanguage(names: [
            .text: ["التعليق", "تعليق", "التعليقات", "تعليقات", "الرسالة", "رسالة", "المراجعة", "النص", "الملاحظات", "ملاحظات"],
            .title: ["العنوان", "الموضوع"], .sentAt: ["التاريخ", "تاريخ", "طابعزمني", "تاريخالإنشاء", "تاريخالإرسال", "التاريخوالوقت"],
            .timeOfDay: ["الوقت"], .displayName: ["الاسم", "اسم", "العميل", "اسمالعميل"], .speaker: ["المرسل", "المتحدث"],
            .rating: ["التقييم", "تقييم", "النجوم"],
            .email: ["البريدالإلكتروني", "عنوانالبريدالإلكتروني", "بريدإلكتروني", "البريدالالكتروني"], .phone: ["الهاتف", "رقمالهاتف", "الجوال"],
            .orderNumber: ["رقمالطلب"], .language: ["اللغة"],
        ]),
        HeaderLanguage(names: [
            .text: ["टिप्पणी", "टिप्पणियाँ", "टिप्पणियां", "संदेश", "समीक्षा", "प्रतिक्रिया", "सुझाव"], .title: ["शीर्षक", "विषय"],
            .sentAt: ["दिनांक", "तारीख", "तिथि", "टाइमस्टैम्प", "दिनांकऔरसमय"], .timeOfDay: ["समय"], .displayName: ["नाम", "ग्राहक", "ग्राहककानाम"], .speaker: ["प्रेषक", "वक्ता"],
            .rating: ["रेटिंग", "मूल्यांकन"], .email: ["ईमेल", "ईमेलपता"], .phone: ["फ़ोन", "फोन", "फ़ोननंबर", "मोबाइल", "मोबाइलनंबर"],
            .orderNumber: ["ऑर्डरनंबर"], .language: ["भाषा"],
        ]),
        // Exports in English that write the thing before each name.
        HeaderLanguage(names: [
            .id: ["reviewid"],
            .text: ["reviewcontent", "messagetext", "messagebody", "messagecontent", "commenttext", "commentbody", "textbody", "verbatim"],
            .title: ["reviewtitle"], .sentAt: ["reviewcreated(utc)", "reviewcreated", "reviewtime"],
            .displayName: ["reviewusername", "consumername"], .rating: ["reviewstars"],
            .email: ["reviewuseremail", "revieweremail", "consumeremail"],
            .language: ["reviewlanguage"],
        ]),
    ]
}
